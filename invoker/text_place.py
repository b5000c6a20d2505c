"""Where a character of a text is, as editors count it. Pure."""


def column_after(before: str) -> int:
    """The 1-based column in UTF-16 units of what follows `before` in its line."""
    return len(before.encode("utf-16-le", errors="surrogatepass")) // 2 + 1


def place_at(text: str, at: int) -> tuple[int, int]:
    """The 1-based line and column of the character at an offset."""
    before = text[:at]
    return before.count("\n") + 1, column_after(before[before.rfind("\n") + 1 :])

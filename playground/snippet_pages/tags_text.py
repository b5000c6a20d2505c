"""Tags as somebody types them into one field: `team=payments, demo`. Pure."""

from collections.abc import Mapping


def read_tags_text(text: str) -> dict[str, str]:
    """A tag for each part between commas; what comes after its `=` is its value, or it has none."""
    pairs = (part.partition("=") for part in text.split(",") if part.strip())
    return {key.strip(): value.strip() for key, _, value in pairs}


def tags_text(tags: Mapping[str, str]) -> str:
    """The same tags as a text again."""
    return ", ".join(f"{key}={value}" if value else key for key, value in tags.items())

"""The log tail holds the last 4 KB of the log, whole characters, base64."""

import base64

from playground.lambda_api.log_tail import log_result


def tail(*texts: str) -> str:
    return base64.b64decode(log_result(texts)).decode()


def test_every_log_entry_ends_with_a_newline() -> None:
    assert tail("START", "a\nb", "END") == "START\na\nb\nEND\n"


def test_only_the_last_four_kilobytes_are_kept() -> None:
    text = tail("x" * 5_000, "END")

    assert len(text) == 4_096
    assert text.endswith("x\nEND\n")


def test_the_tail_begins_at_a_whole_character() -> None:
    text = tail("€" * 2_000)

    assert text == "€" * 1_365 + "\n"


def test_line_separators_of_unicode_do_not_break_an_entry() -> None:
    assert tail("a\u2028b") == "a\u2028b\n"


def test_lone_surrogates_are_no_fault() -> None:
    assert tail("a\ud800b") == "a?b\n"


def test_no_log_is_an_empty_tail() -> None:
    assert log_result("") == ""

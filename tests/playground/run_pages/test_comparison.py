"""Two texts side by side."""

from playground.run_pages.comparison import LINES_MAX, Row, compared, compared_files, pretty


def test_lines_that_differ_stand_beside_each_other() -> None:
    rows = compared("Log", "a\nb\nc", "a\nx\nc").rows
    assert rows == [Row("a", "a", True), Row("b", "x", False), Row("c", "c", True)]


def test_a_line_that_only_one_has_stands_alone() -> None:
    assert Row(None, "new", False) in compared("Log", "a", "a\nnew").rows
    assert compared("Log", "a", "a\nnew").is_same is False
    assert compared("Log", "a", "a").is_same


def test_a_file_that_only_one_run_had_is_compared_with_nothing() -> None:
    comparisons = compared_files({"a.mjs": "1"}, {"b.mjs": "2", "picture.png": None})
    assert [(one.title, one.is_same) for one in comparisons] == [
        ("a.mjs", False),
        ("b.mjs", False),
        ("picture.png", True),
    ]


def test_json_has_a_line_for_each_member_and_other_text_stays() -> None:
    assert pretty('{"a":1,"b":"ü"}') == '{\n  "a": 1,\n  "b": "ü"\n}'
    assert pretty("[1,") == "[1,"
    assert pretty("[" * 100_000) == "[" * 100_000


def test_what_is_very_long_is_compared_up_to_a_line_and_says_so() -> None:
    comparison = compared("Log", "x\n" * (LINES_MAX + 1), "y")
    assert comparison.is_cut
    assert len(comparison.rows) == LINES_MAX

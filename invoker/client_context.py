"""The client context of an invocation on its way into a header. Pure."""

import json


def header_value(json_text: str) -> str:
    """The same JSON as a header can carry it. Not parsed: its depth has no bound."""
    return "".join(_header_character(character) for character in json_text).strip()


def _header_character(character: str) -> str:
    if " " <= character <= "~":
        return character
    if character in "\t\r\n":
        return " "
    return "\\u007f" if character == "\x7f" else json.dumps(character)[1:-1]

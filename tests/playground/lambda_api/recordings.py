"""Answers recorded against AWS itself, and how an answer is compared with one."""

import json
import re
from pathlib import Path
from typing import Any

RECORDED: dict[str, Any] = json.loads((Path(__file__).parent / "recordings.json").read_text())

# What the recordings say of where they were made, and marks of values that vary.
_VARYING = re.compile(r"<[^>]+>|111111111111|^date(?=\t|$)")
# Headers and the request id are no part of the recordings.
_NOT_RECORDED = {"HTTPHeaders", "RequestId", "RetryAttempts", "MaxAttemptsReached"}


def differences(recorded: Any, answer: Any, path: str = "") -> list[str]:
    """Every place where an answer is not as recorded; a mark such as <region> stands for any text."""
    if isinstance(recorded, dict):
        if not isinstance(answer, dict):
            return [f"{path}: {answer!r} is no object"]
        keys = (recorded.keys() | answer.keys()) - _NOT_RECORDED
        return [
            difference
            for key in sorted(keys)
            for difference in (
                differences(recorded[key], answer[key], f"{path}.{key}")
                if key in recorded and key in answer
                else [f"{path}.{key}: {'missing' if key in recorded else 'not recorded'}"]
            )
        ]
    if isinstance(recorded, list):
        if not isinstance(answer, list) or len(recorded) != len(answer):
            return [f"{path}: {answer!r} is not {recorded!r}"]
        pairs = enumerate(zip(recorded, answer, strict=True))
        return [found for at, (one, other) in pairs for found in differences(one, other, f"{path}[{at}]")]
    if isinstance(recorded, str) and _VARYING.search(recorded):
        parts = [re.escape(part) for part in _VARYING.split(recorded)]
        if re.fullmatch(".+?".join(parts), str(answer), re.DOTALL):
            return []
    return [] if recorded == answer else [f"{path}: {answer!r} is not {recorded!r}"]

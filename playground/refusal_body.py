"""The JSON body of a refusal, for what answers before and around the operations of an API. Pure."""

import json
from collections.abc import Iterable
from dataclasses import asdict
from typing import Any

from invoker.fault import Fault


def refusal(faults: Iterable[Fault]) -> dict[str, Any]:
    """Every fault in one object."""
    return {"errors": [asdict(fault) for fault in faults]}


def refusal_body(sentence: str) -> bytes:
    """A refusal that is no field's fault."""
    return json.dumps(refusal([Fault((), sentence)])).encode()

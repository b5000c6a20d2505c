"""`python -m tests.bench`: measure, print a table for each sandbox, write .state/bench.json."""

import argparse
import json
import os
import platform
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from tests.bench import at_once, beside_sam, findings, one_by_one, sam, targets
from tests.bench.bare_node import BareNode
from tests.bench.findings import Finding, table
from tests.bench.samples import samples
from tests.serving import CHECKOUT, Served

ROUNDS, ROUNDS_QUICK = 30, 6
SANDBOXES = ("docker", "local")


def main() -> None:
    """Run what is asked for."""
    asked = _arguments()
    kinds = {"both": SANDBOXES, "none": ()}.get(asked.sandbox, (asked.sandbox,))
    rounds = ROUNDS_QUICK if asked.quick else ROUNDS
    node = BareNode()
    cores = len(os.sched_getaffinity(0))
    told: dict[str, Any] = {
        "time": datetime.now(UTC).isoformat(timespec="seconds"),
        "machine": {"cores": cores, "system": platform.platform(), "python": platform.python_version()},
        "rounds": rounds,
        "sandboxes": {},
    }
    for kind in kinds:
        found = _one_by_one(kind, node, rounds)
        if not asked.no_crowds:
            found += _crowds(kind, node, cores)
        print(table(f"\n{kind} sandbox, {cores} cores, times in ms, x is starts of `node -e 0`", found))
        told["sandboxes"][kind] = [finding.as_json() for finding in found]
    path = sam.program()
    if path and not asked.no_sam:
        found = _beside_sam(path, node, rounds)
        print(table(f"\nSAM CLI beside the docker sandbox, {cores} cores, times in ms", found))
        told["sam"] = [finding.as_json() for finding in found]
    elif not path:
        print("\nSAM CLI is not installed: neither on the PATH nor named by the variable SAM.")
    asked.json.parent.mkdir(parents=True, exist_ok=True)
    asked.json.write_text(json.dumps(told, indent=2, ensure_ascii=False) + "\n")
    print(f"\nWritten to {asked.json}.")


def _one_by_one(kind: str, node: BareNode, rounds: int) -> list[Finding]:
    served = Served(SANDBOX=kind)
    try:
        served.wait_until_ready()
        measured = [one_by_one.after_a_pause(served, node, rounds), one_by_one.in_a_row(served, node, rounds)]
    finally:
        served.stop()
    # Warm is held against its target twice: as a person invokes, and as a program does.
    aims = {"cold": targets.COLD, "warm": targets.WARM}
    found = []
    for beside in measured:
        floor = beside.node.samples
        found.append(Finding(beside.node.name, floor, 1.0))
        found += [findings.of_series(one, floor, aims[one.name[:4]]) for one in beside.series]
    return found


def _crowds(kind: str, node: BareNode, cores: int) -> list[Finding]:
    """With as many waiting sandboxes as there are functions, and nothing else set."""
    setting = {"WAITING_SANDBOXES": str(at_once.FUNCTIONS)}
    served = Served(SANDBOX=kind, **setting)
    try:
        served.wait_until_ready()
        floor = samples([node.start_ms() for _ in range(10)])
        cold = at_once.cold_functions(served)
        floor = samples([*floor.values, *(node.start_ms() for _ in range(10))])
        asleep = at_once.sleepers(served)
    finally:
        served.stop()
    heading = " ".join(f"{name}={value}" for name, value in setting.items())
    return [
        Finding(f"node -e 0 (with {heading})", floor, 1.0),
        *findings.of_cold_at_once(cold, floor, cores),
        *findings.of_sleepers(asleep),
    ]


def _beside_sam(path: str, node: BareNode, rounds: int) -> list[Finding]:
    with sam.Sam(path) as installed:
        served = Served(SANDBOX="docker")
        try:
            measured = beside_sam.measure(served.wait_until_ready(), node, installed, max(3, rounds // 3))
        finally:
            served.stop()
    bare, cold, sam_cold, warm, sam_warm = measured
    return [
        Finding(bare.name, bare.samples),
        *findings.of_sam(sam_cold, cold, targets.SAM_COLD),
        *findings.of_sam(sam_warm, warm, targets.SAM_WARM),
    ]


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument("--sandbox", choices=("both", *SANDBOXES, "none"), default="both")
    parser.add_argument("--quick", action="store_true", help=f"{ROUNDS_QUICK} rounds in place of {ROUNDS}")
    parser.add_argument("--no-crowds", action="store_true", help="leave out what runs many at once")
    parser.add_argument("--no-sam", action="store_true", help="leave out SAM CLI even where it is installed")
    parser.add_argument("--json", type=Path, default=CHECKOUT / ".state" / "bench.json", metavar="FILE")
    return parser.parse_args()


if __name__ == "__main__":
    main()

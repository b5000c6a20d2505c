"""`python -m tests.bench.level`: whether worker and web stay level over ten thousand invocations."""

import argparse
import json
import sys
from dataclasses import asdict
from pathlib import Path

from tests.bench.growth import Look, growth
from tests.bench.load import THREADS, looks
from tests.serving import CHECKOUT, Served

INVOCATIONS = 10_000
LOOKS = 60
JUDGED = ("worker", "web")


def main() -> int:
    """Print every look, write .state/level.json; 1 when something grows."""
    asked = _arguments()
    served = Served(SANDBOX=asked.sandbox, WORKER_CONCURRENCY=str(THREADS))
    found: list[Look] = []
    try:
        for look in looks(served.wait_until_ready(), asked.invocations, LOOKS):
            print(_line(look), flush=True)
            found.append(look)
    finally:
        served.stop()
    asked.json.parent.mkdir(parents=True, exist_ok=True)
    asked.json.write_text(json.dumps([asdict(look) for look in found], indent=1) + "\n")
    grown = [growth(found, part) for part in JUDGED]
    for one in grown:
        print(one)
    return 0 if all(one.level for one in grown) else 1


def _line(look: Look) -> str:
    parts = "  ".join(
        f"{name}: USS {held.uss:6.1f} PSS {held.pss:6.1f} RSS {held.rss:6.1f} MB, "
        f"{held.descriptors:3} descriptors, {held.threads:3} threads"
        for name, held in look.parts.items()
    )
    return f"{look.invocations:6} after {look.seconds:5.0f} s, {look.sandboxes:3} sandboxes  {parts}"


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.bench.level", description=__doc__)
    parser.add_argument("--sandbox", choices=("docker", "local"), default="local")
    parser.add_argument("--invocations", type=int, default=INVOCATIONS)
    parser.add_argument("--json", type=Path, default=CHECKOUT / ".state" / "level.json", metavar="FILE")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())

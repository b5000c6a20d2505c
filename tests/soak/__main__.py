"""`python -m tests.soak`: forty users and killed parts for ten minutes, then what was sent beside what is stored."""

import argparse
import json
import os
import random
import signal
import sqlite3
import statistics
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from tests.bench.process_memory import holding_of_part
from tests.leftovers import leftovers, sandbox_ids
from tests.serving import Served
from tests.soak.ledger import Stored, account
from tests.soak.users import Users

USERS = 40
MINUTES = 10.0
FAULT_EACH_S = 20.0
FAULTS = ("worker", "web", "redis")
LOOK_EACH_S = 5.0
SETTLED_WITHIN_S = 60.0
GROWTH_MB_MAX = 40.0
"""Of worker and web together: both are started again now and then, and the allocator keeps some."""
QUERY = "SELECT event, state, outcome, notice, events FROM invocations_invocation"


def main() -> int:
    """Print the report; 1 when anything is lost, doubled, left, or grows."""
    asked = _arguments()
    dice = random.Random(asked.seed)
    served = Served(SANDBOX=asked.sandbox)
    killed: Counter[str] = Counter()
    memory: list[float] = []
    try:
        served.wait_until_ready()
        users = Users(served.url, USERS, asked.seed)
        _go_on(served, asked.minutes * 60, dice, killed, memory)
        users.stop()
        rows = _settled(served.state / "db.sqlite3")
        sandboxes = sandbox_ids(served.state)
        ended_by_itself = served.process.poll() is not None
        errors = "".join(served.errors)[-3000:]
    finally:
        served.stop()
    found = account(users.sent, rows)
    left = leftovers(served.state, sandboxes)
    growth = _growth(memory)
    accepted = sum(one.accepted for one in users.sent.values())
    print(f"{asked.minutes:g} minutes, {USERS} users, {asked.sandbox} sandbox, seed {asked.seed}")
    print(f"sent {len(users.sent)}, accepted {accepted}, stored {len(rows)}; answers {dict(users.answers)}")
    print(f"killed: {dict(killed)}; outcomes: {dict(found.outcomes)}")
    for name, tokens in found.faults.items():
        print(f"{name}: {len(tokens)} {tokens[:5] or ''}")
    print(f"not ended while its user waited: {len(users.impatient)} {users.impatient[:5] or ''}")
    print(f"left behind: {len(left)} {left[:5] or ''}")
    print(f"memory of worker and web: {growth:+.1f} MB, at most {max(memory, default=0):.0f} MB")
    if ended_by_itself:
        print(f"the service ended by itself: {errors}")
    good = found.balanced and not users.impatient and not left and not ended_by_itself
    return 0 if good and growth <= GROWTH_MB_MAX else 1


def _go_on(
    served: Served, seconds: float, dice: random.Random, killed: Counter[str], memory: list[float]
) -> None:
    end = time.monotonic() + seconds
    next_fault = time.monotonic() + FAULT_EACH_S
    while time.monotonic() < end and served.process.poll() is None:
        time.sleep(LOOK_EACH_S)
        parts = served.parts()
        memory.append(sum(holding_of_part(parts[name]).uss for name in ("worker", "web") if name in parts))
        if time.monotonic() < next_fault or end - time.monotonic() < FAULT_EACH_S:
            continue
        next_fault = time.monotonic() + FAULT_EACH_S * dice.uniform(0.5, 1.5)
        part = dice.choice(FAULTS)
        if part in parts:
            os.kill(parts[part], signal.SIGKILL)
            killed[part] += 1


def _settled(database: Path) -> list[Stored]:
    """The rows when all of them are finished, or as they are after a long wait."""
    deadline = time.monotonic() + SETTLED_WITHIN_S
    while True:
        rows = list(_rows(database))
        if all(row.state == "finished" for row in rows) or time.monotonic() > deadline:
            return rows
        time.sleep(1.0)


def _rows(database: Path) -> Iterator[Stored]:
    with closing(sqlite3.connect(f"file:{database}?mode=ro", uri=True, timeout=60)) as connection:
        for event, state, outcome, notice, events in connection.execute(QUERY):
            token = json.loads(event)["token"]
            messages = [json.loads(line) for line in events.splitlines()]
            said = sum(message.get("text", "").endswith(f"\ttoken {token}") for message in messages)
            ends = sum(message["type"] == "finished" for message in messages)
            yield Stored(token, state, outcome, notice, said, ends)


def _growth(memory: list[float]) -> float:
    """From the middle third to the last one, in MB; the first is left out, as pools grow to their size."""
    third = len(memory) // 3
    if not third:
        return 0.0
    return statistics.median(memory[-third:]) - statistics.median(memory[-2 * third : -third])


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.soak", description=__doc__)
    parser.add_argument("--minutes", type=float, default=MINUTES)
    parser.add_argument("--sandbox", choices=("docker", "local"), default="local")
    parser.add_argument("--seed", type=int, default=1)
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())

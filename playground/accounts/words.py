"""What came along to an account, and how long somebody has to wait, in words. Pure."""

import math

from playground.owner import Move

RENAMED_NAMED_MAX = 5
"""Names that one sentence lists: a browser keeps it in a cookie."""


def moved_words(move: Move) -> str:
    """A sentence or two for whoever has signed in, empty where nothing came along."""
    counted = [f"{count} {kind}{'' if count == 1 else 's'}" for kind, count in move.counts.items() if count]
    sentences = [f"{' and '.join(counted)} of this browser came along to your account."] if counted else []
    renamed = list(move.renamed.values())
    listed = ", ".join(f"{name} is {new_name}" for name, new_name in renamed[:RENAMED_NAMED_MAX])
    if renamed:
        more = len(renamed) - RENAMED_NAMED_MAX
        others = f", and {more} more have a number behind their name" if more > 0 else ""
        sentences.append(f"You had functions of the same name: {listed} now{others}.")
    return " ".join([*sentences, *move.told])


def waiting_words(seconds: int) -> str:
    """How long to wait: in seconds below a minute, else in whole minutes."""
    count, unit = (seconds, "second") if seconds < 60 else (math.ceil(seconds / 60), "minute")
    return f"{count} {unit}{'' if count == 1 else 's'}"

"""Tests and attempts of the last minutes: how many, how long they took, and which errors come most often."""

import re
from collections import Counter
from collections.abc import Iterable
from datetime import timedelta
from statistics import median
from typing import Any

from django.utils import timezone

from playground.invocations.models import Invocation, Outcome
from playground.workshops.models import Attempt, AttemptState, Workshop
from playground.workshops.progress import counts

MINUTES = 10
ERRORS_SHOWN = 5
ERROR_LENGTH_MAX = 160
_CHANGING = re.compile(r"\b[0-9a-f]{8}-[0-9a-f-]{27}\b|\b0x[0-9a-f]+\b", re.IGNORECASE)


def figures_object(workshop: Workshop) -> dict[str, Any]:
    """Of the tests and the checks of all participants."""
    since = timezone.now() - timedelta(minutes=MINUTES)
    people = workshop.participants.filter(removed_at=None)
    tests = Invocation.objects.filter(
        owner__in=people.values("runs_as"), created_at__gte=since, finished_at__isnull=False
    ).values_list("duration_ms", "outcome", "error_type", "error_message", "notice")
    attempts = Attempt.objects.filter(
        workshop=workshop, participant__in=people, finished_at__gte=since, state=AttemptState.FINISHED
    ).only("passed", "failed", "interrupted", "duration_ms", "error")
    durations: list[float] = []
    errors: list[str] = []
    for duration, outcome, kind, message, notice in tests:
        durations += [] if duration is None else [duration]
        if outcome not in {Outcome.OK, Outcome.CANCELLED}:
            errors.append(f"{kind}: {message}" if kind else notice or Outcome(outcome).label)
    count = len(tests)
    for attempt in filter(counts, attempts):
        durations += [] if attempt.duration_ms is None else [attempt.duration_ms]
        errors += [attempt.error] if attempt.error else []
        count += 1
    return {
        "minutes": MINUTES,
        "runs": count,
        "median_ms": median(durations) if durations else None,
        "errors": most_frequent(errors),
    }


def most_frequent(errors: Iterable[str]) -> list[dict[str, Any]]:
    """The errors that come most often, each with its count; ids and addresses in them count as the same."""
    counted = Counter(_CHANGING.sub("…", " ".join(error.split()))[:ERROR_LENGTH_MAX] for error in errors)
    return [{"text": text, "count": count} for text, count in counted.most_common(ERRORS_SHOWN)]

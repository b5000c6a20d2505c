"""What somebody else sees through a link, and where a value that stays hidden would show in it."""

import json
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from invoker.fault import Fault
from playground.invocations import stream
from playground.invocations.models import Invocation
from playground.invocations.representation import files_object
from playground.sharing.hidden_values import Hidden, hidden_values, shown
from playground.snippets import snippet_store
from playground.snippets.models import Snippet, Version
from playground.snippets.representation import source_texts
from playground.snippets.test_event import TestEventFields


@dataclass(frozen=True, kw_only=True)
class Content:
    """A version with its files unpacked. A file that is not text is None."""

    version: Version
    files: Mapping[str, str | None]
    test_events: list[TestEventFields]


def content_of(version: Version) -> Content:
    """A version as it is stored."""
    return Content(version=version, files=source_texts(version), test_events=snippet_store.events_of(version))


def version_faults(content: Content, snippet: Snippet, variables: Collection[str]) -> list[Fault]:
    """What of a version shows the value of a variable that is not shared."""
    hidden = hidden_values([content.version.environment, snippet.environment], variables)
    return [
        Fault(("variables", name), f"{place} shows the value of {name}, which does not go along. {_REMEDY}")
        for place, name in shown(hidden, _texts(content, variables))
    ]


def run_faults(
    run: Invocation, environments: Iterable[Mapping[str, str]], variables: Collection[str]
) -> list[Fault]:
    """What of a recorded run shows the value of a variable that is not shared."""
    hidden: Hidden = hidden_values([run.environment, *environments], variables)
    if not hidden:
        return []
    return [
        Fault(
            ("runs", str(run.id)),
            f"{place} of this run shows the value of {name}, which does not go along. "
            "Leave the run out, or tick the variable.",
        )
        for place, name in shown(hidden, _texts_of_run(run))
    ]


_REMEDY = "Remove it there and save, or tick the variable."


def _texts(content: Content, variables: Collection[str]) -> dict[str, str]:
    version = content.version
    texts = {f"The file {path}": f"{path}\n{text or ''}" for path, text in content.files.items()}
    for event in content.test_events:
        parts = (
            event.name,
            event.event,
            event.expected or "",
            json.dumps(event.template, ensure_ascii=False),
        )
        texts[f"The test event {event.name}"] = "\n".join(parts)
    texts["The description"] = version.description
    texts["The handler"] = version.handler
    for name in variables:
        texts[f"The variable {name}"] = version.environment.get(name, "")
    return texts


def _texts_of_run(run: Invocation) -> dict[str, str]:
    lines = [str(message.get("text", "")) for message in stream.from_lines(run.events)]
    return {
        **{f"The file {path}": f"{path}\n{text or ''}" for path, text in files_object(run).items()},
        "The event": bytes(run.event).decode(errors="replace"),
        # What was printed in pieces is read in one piece.
        "The log": "\n".join(lines) + "\n" + "".join(lines),
        "The response": bytes(run.response).decode(errors="replace"),
        "The error": "\n".join([run.error_type, run.error_message, *map(str, run.error_trace), run.notice]),
        "The configuration": run.handler,
    }

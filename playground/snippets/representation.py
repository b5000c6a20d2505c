"""Snippets and versions as the JSON API shows them to their owner."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict
from typing import Any

from invoker.deployment_package import DeploymentPackage
from invoker.fault import Fault
from invoker.typescript import submitted
from playground import encryption
from playground.iso_time import iso
from playground.snippets import packages, snippet_store
from playground.snippets.models import Function, Snippet, TestEvent, Version


def short_object(snippet: Snippet, run: Mapping[str, Any] | None = None) -> dict[str, Any]:
    """What a list tells of a snippet; `run` is what is known of its last run."""
    return {
        "id": str(snippet.id),
        "function_name": snippet.function_name,
        "description": snippet.description,
        "tags": snippet.tags,
        "created_at": iso(snippet.created_at),
        "last_modified": iso(snippet.last_modified),
        "last_version": snippet.last_version,
        "last_outcome": run["outcome"] if run else None,
        "last_run_at": iso(run["created_at"]) if run else None,
    }


def snippet_object(snippet: Snippet, faults: Iterable[Fault] = ()) -> dict[str, Any]:
    """Everything of a snippet. `faults` are those of files that were saved as they are."""
    origin = snippet.forked_from
    return {
        **short_object(snippet),
        **function_object(snippet),
        "test_events": [event_object(row) for row in snippet.test_events.filter(version=None)],
        "revision_id": str(snippet.revision_id),
        "forked_from": (
            {
                "function_name": origin.snippet.function_name,
                "version": origin.number,
                "token": snippet.forked_by,
            }
            if origin
            else None
        ),
        "faults": [asdict(fault) for fault in faults],
    }


def version_in_short(version: Version) -> dict[str, Any]:
    """What a list tells of a version."""
    return {
        "number": version.number,
        "description": version.description,
        "created_at": iso(version.created_at),
    }


def version_object(version: Version) -> dict[str, Any]:
    """Everything of a version."""
    events = [event_object(row) for row in version.test_events.all()]
    return {**version_in_short(version), **function_object(version), "test_events": events}


def function_object(function: Function) -> dict[str, Any]:
    """Files and configuration, with the values of environment variables."""
    return {
        "files": source_texts(function),
        "handler": function.handler,
        "memory_size": function.memory_size,
        "timeout": function.timeout,
        "ephemeral_storage": function.ephemeral_storage,
        "environment": encryption.readable(function.environment),
    }


def source_texts(function: Function) -> dict[str, str | None]:
    """Text of each file as it was written, None for one that is not text."""
    package = packages.load(function.package)
    return {path: package.files[path].text for path in source_paths(function, package)}


def source_paths(function: Function, package: DeploymentPackage) -> list[str]:
    """Paths of the files that somebody wrote, without what they are compiled to."""
    return submitted(package.files) if function.from_editor else list(package.files)


def event_object(row: TestEvent) -> dict[str, Any]:
    """A test event."""
    fields = snippet_store.fields_of(row)
    return {
        "id": str(row.id),
        "name": fields.name,
        "event": fields.event,
        "expected": fields.expected,
        "template": fields.template,
    }

"""Every snippet of an owner as one .zip of plain files."""

import json
import tempfile
import zipfile
from collections.abc import Iterator
from typing import IO, Final

from playground import encryption
from playground.snippets import packages, representation, snippet_store
from playground.snippets.models import Snippet

IN_MEMORY_BYTES_MAX: Final = 8 * 1024 * 1024
"""A larger archive is written to a file without a name, which goes when it is closed."""


def archive(owner: str) -> IO[bytes]:
    """A folder for each snippet: its files in `code/`, its configuration, and its test events in `events/`.

    Of environment variables the names alone are there, as such a file gets around. Whoever asks closes it.
    """
    buffer = tempfile.SpooledTemporaryFile(IN_MEMORY_BYTES_MAX)  # noqa: SIM115 - closed by whoever asks
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as opened:
        rows = Snippet.live.filter(owner=owner).order_by("function_name").select_related("package")
        for snippet in rows.iterator(chunk_size=20):
            for path, content in _files(snippet):
                opened.writestr(f"{snippet.function_name}/{path}", content)
    buffer.seek(0)
    return buffer


def _files(snippet: Snippet) -> Iterator[tuple[str, bytes]]:
    package = packages.load(snippet.package)
    for path in representation.source_paths(snippet, package):
        yield f"code/{path}", package.files[path].content
    configuration = {
        "function_name": snippet.function_name,
        "description": snippet.description,
        "tags": snippet.tags,
        "handler": snippet.handler,
        "memory_size": snippet.memory_size,
        "timeout": snippet.timeout,
        "ephemeral_storage": snippet.ephemeral_storage,
        "environment": dict.fromkeys(encryption.names(snippet.environment)),
        "test_events": [
            {"name": event.name, "expected": event.expected} for event in snippet_store.events_of(snippet)
        ],
    }
    yield "snippet.json", json.dumps(configuration, indent=2, ensure_ascii=False).encode()
    for number, event in enumerate(snippet_store.events_of(snippet), 1):
        # A name may hold anything; the order tells which is which.
        yield f"events/{number}.json", event.event.encode()

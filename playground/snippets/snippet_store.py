"""Snippets as they are stored: the only place that writes what somebody edits, and its versions."""

from collections.abc import Container, Iterable, Mapping
from typing import Any
from uuid import UUID, uuid4

from django.db import IntegrityError, models, transaction
from django.utils import timezone

from invoker import deployment_package, limits
from invoker.fault import Fault
from playground.owner import whose_now
from playground.snippets import forks, packages, quota
from playground.snippets.models import FUNCTION_COLUMNS, Function, Snippet, TestEvent, Version
from playground.snippets.snippet_reader import SnippetFields
from playground.snippets.test_event import TestEventFields

FUNCTION_NAME_DEFAULT = "my-function"


class ChangedMeanwhile(Exception):
    """The snippet is not what the change was made on."""


class NameTaken(Exception):
    """The owner has another snippet of that name."""

    def __init__(self, function_name: str) -> None:
        super().__init__(f"You have another snippet with the name {function_name}.")
        self.fault = Fault(("function_name",), str(self))


def found(owner: str, snippet_id: UUID, among: models.QuerySet[Snippet] | None = None) -> Snippet | None:
    """An owner's snippet, of those that are not deleted unless `among` says otherwise.

    Its package, of up to some MB, is read where somebody looks at the files.
    """
    rows = Snippet.live.all() if among is None else among
    return rows.filter(pk=snippet_id, owner=owner).first()


def created(owner: str, fields: SnippetFields, files: Mapping[str, str]) -> Snippet:
    """A new snippet, whose package has these files. Without a name it gets a free one.

    Raises NameTaken, quota.Exceeded, OwnerGone.
    """
    name = fields.function_name
    origin = forks.origin_of(fields.forked_from)
    with transaction.atomic():
        owner = whose_now(owner)
        snippet = Snippet(
            owner=owner,
            function_name=name or free_name(owner, FUNCTION_NAME_DEFAULT),
            description=fields.description or "",
            tags=fields.tags or {},
            forked_from=origin,
            forked_by=(fields.forked_from or "") if origin else "",
            **_columns(fields, files),
        )
        quota.check(owner, snippet.package_id, snippet.code_size)
        try:
            with transaction.atomic():
                snippet.save(force_insert=True)
        except IntegrityError as error:
            raise NameTaken(snippet.function_name) from error
        replace_events(snippet, fields.test_events)
    return snippet


def saved(snippet: Snippet, fields: SnippetFields, files: Mapping[str, str]) -> Snippet:
    """The snippet with other content. Raises ChangedMeanwhile, NameTaken, quota.Exceeded."""
    with transaction.atomic():
        columns = _columns(fields, files)
        for column in ("function_name", "description", "tags"):
            if (value := getattr(fields, column)) is not None:
                columns[column] = value
        quota.check(snippet.owner, columns["package"].pk, columns["code_size"], snippet.pk)
        change(snippet, columns, fields.revision_id)
        replace_events(snippet, fields.test_events)
    return snippet


def change(snippet: Snippet, columns: Mapping[str, Any], revision_id: UUID | None = None) -> None:
    """Give columns of a snippet other values, and it a new revision.

    Raises ChangedMeanwhile where it is not of revision `revision_id` any more (None: of the one that was
    read), NameTaken.
    """
    same = Snippet.live.filter(pk=snippet.pk, revision_id=revision_id or snippet.revision_id)
    try:
        with transaction.atomic():
            changed = same.update(**columns, revision_id=uuid4(), last_modified=timezone.now())
    except IntegrityError as error:
        raise NameTaken(str(columns.get("function_name"))) from error
    if not changed:
        raise ChangedMeanwhile
    snippet.refresh_from_db()


def published(snippet: Snippet, description: str | None = None) -> Version:
    """A new version of the snippet as it is now; the newest one where nothing has changed since.

    What changed is judged as by Lambda ("PublishVersion": code and configuration), and by test events.
    `description` is the version's own; without one it has the snippet's. Raises quota.Exceeded.
    """
    with transaction.atomic():
        # Two that publish at once take their numbers one after the other.
        Snippet.live.filter(pk=snippet.pk).update(last_version=models.F("last_version"))
        snippet.refresh_from_db()
        newest = snippet.versions.order_by("-number").first()
        if newest and _is_unchanged(snippet, newest):
            return newest
        quota.check_versions(snippet)
        number = snippet.last_version + 1
        Snippet.live.filter(pk=snippet.pk).update(last_version=number)
        snippet.last_version = number
        version = Version(snippet=snippet, number=number, **_taken_over(snippet))
        if description is not None:
            version.description = description
        version.save(force_insert=True)
        TestEvent.objects.bulk_create(
            _event_row(snippet, version, position, event) for position, event in enumerate(events_of(snippet))
        )
    return version


def with_new_revision(snippet: Snippet) -> None:
    """Give $LATEST another revision with the same content: whoever names the one of before is refused."""
    snippet.revision_id = uuid4()
    Snippet.live.filter(pk=snippet.pk).update(revision_id=snippet.revision_id)


def restored(snippet: Snippet, version: Version, revision_id: UUID | None = None) -> Snippet:
    """The snippet with the content of one of its versions; its name and description stay.

    Raises ChangedMeanwhile as `change` does.
    """
    columns = {name: value for name, value in _taken_over(version).items() if name != "description"}
    with transaction.atomic():
        change(snippet, columns, revision_id)
        replace_events(snippet, [fields_of(row) for row in version.test_events.all()])
    return snippet


def deleted(snippet: Snippet) -> None:
    """Put a snippet into the bin."""
    Snippet.live.filter(pk=snippet.pk).update(deleted_at=timezone.now())


def undeleted(snippet: Snippet) -> Snippet:
    """Bring a snippet back; under a free name where its own was taken in between."""
    name = free_name(snippet.owner, snippet.function_name)
    Snippet.objects.filter(pk=snippet.pk).exclude(deleted_at=None).update(deleted_at=None, function_name=name)
    snippet.refresh_from_db()
    return snippet


def events_of(function: Function) -> list[TestEventFields]:
    """The test events of a snippet or of a version, in their order."""
    if isinstance(function, Version):
        rows = function.test_events.all()
    else:
        rows = TestEvent.objects.filter(snippet_id=function.pk, version=None)
    return [fields_of(row) for row in rows]


def fields_of(row: TestEvent) -> TestEventFields:
    """The test event in a row."""
    return TestEventFields(name=row.name, event=row.event, expected=row.expected, template=row.template)


def events_changed(
    snippet: Snippet, events: Iterable[TestEventFields], ids: Mapping[str, UUID] | None = None
) -> None:
    """The snippet with other test events, and a new revision. Raises ChangedMeanwhile."""
    with transaction.atomic():
        change(snippet, {})
        replace_events(snippet, events, ids)


def replace_events(
    snippet: Snippet, events: Iterable[TestEventFields], ids: Mapping[str, UUID] | None = None
) -> None:
    """Other test events in the place of all that $LATEST has.

    One of the same name keeps its id, or has the one that `ids` gives to its name.
    """
    rows = TestEvent.objects.filter(snippet=snippet, version=None)
    known = {**dict(rows.values_list("name", "id")), **(ids or {})}
    rows.delete()
    new = [_event_row(snippet, None, position, event) for position, event in enumerate(events)]
    for row in new:
        row.id = known.get(row.name, row.id)
    TestEvent.objects.bulk_create(new)


def free_name(owner: str, wanted: str) -> str:
    """A name that the owner has given to no snippet: the one wanted, or the same with a number behind."""
    taken = set(
        Snippet.live.filter(owner=owner, function_name__startswith=wanted[:32]).values_list(
            "function_name", flat=True
        )
    )
    return unused_name(taken, wanted)


def unused_name(taken: Container[str], wanted: str) -> str:
    """The name wanted, or the same with a number behind where it is taken."""
    name, number = wanted, 1
    while name in taken:
        number += 1
        ending = f"-{number}"
        name = wanted[: limits.FUNCTION_NAME_LENGTH_MAX - len(ending)] + ending
    return name


def _columns(fields: SnippetFields, files: Mapping[str, str]) -> dict[str, Any]:
    function = fields.function
    package = packages.store(deployment_package.DeploymentPackage.of_texts(files))
    return {
        "handler": function.handler,
        "memory_size": function.memory_size,
        "timeout": function.timeout,
        "ephemeral_storage": function.ephemeral_storage,
        "environment": function.environment,
        "package": package,
        "code_sha256": package.code_sha256,
        "code_size": package.code_size,
        "from_editor": True,
    }


def _taken_over(function: Function) -> dict[str, Any]:
    return {name: getattr(function, name) for name in FUNCTION_COLUMNS}


def _is_unchanged(snippet: Snippet, version: Version) -> bool:
    ours, theirs = _taken_over(snippet), _taken_over(version)
    del ours["description"], theirs["description"]
    ours["environment"], theirs["environment"] = dict(snippet.environment), dict(version.environment)
    return ours == theirs and events_of(snippet) == events_of(version)


def _event_row(snippet: Snippet, version: Version | None, position: int, event: TestEventFields) -> TestEvent:
    return TestEvent(
        snippet=snippet,
        version=version,
        position=position,
        name=event.name,
        event=event.event,
        expected=event.expected,
        template=event.template,
    )

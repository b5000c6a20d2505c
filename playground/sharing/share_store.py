"""Links as they are stored: the only place that writes them, and that asks the database for them."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from invoker.fault import Fault
from playground.invocations.models import Invocation, State
from playground.sharing.content import Content, content_of, run_faults, version_faults
from playground.sharing.life import Life, life_of
from playground.sharing.models import Share
from playground.sharing.share_reader import Change, ShareFields
from playground.snippets import snippet_store
from playground.snippets.models import Snippet, Version

VERSIONS_LOOKED_AT_MAX = 10


def live() -> QuerySet[Share]:
    """The links that open now."""
    return Share.objects.filter(_is_live())


def shared_runs() -> Q:
    """The condition under which an invocation belongs to a link that opens now."""
    runs = Share.runs.through.objects.filter(_is_live("share__"))
    return Q(pk__in=runs.values("invocation_id"))


def found(token: str) -> Share | None:
    """The link of a token, live or not."""
    return Share.objects.select_related("snippet", "version__package").filter(token=token).first()


def life(share: Share) -> Life:
    """Whether a link opens now."""
    return life_of(
        timezone.now(),
        expires_at=share.expires_at,
        taken_back_at=share.taken_back_at,
        deleted_at=share.snippet.deleted_at,
    )


def content(share: Share) -> Content | None:
    """What a link shows: its version, or the newest of which nothing shows a value that stays hidden.

    Somebody may write such a value into a version that is made after the link. None where no version is fit.
    """
    versions: Sequence[Version] = (
        [share.version]
        if share.version
        else list(
            share.snippet.versions.select_related("package").order_by("-number")[:VERSIONS_LOOKED_AT_MAX]
        )
    )
    for version in versions:
        version.snippet = share.snippet
        one = content_of(version)
        if not version_faults(one, share.snippet, share.variables):
            return one
    return None


def created(snippet: Snippet, fields: ShareFields) -> Share | list[Fault]:
    """A new link to a snippet, or why it cannot be made.

    Where the snippet has no version yet one is published.
    """
    with transaction.atomic():
        snippet = _locked(snippet)
        if fault := _limit_fault(snippet):
            return [fault]
        if not snippet.versions.exists():
            snippet_store.published(snippet)
        return _stored(Share(snippet=snippet, expires_at=_end(fields)), fields)


def changed(share: Share, change: Change) -> Share | list[Fault] | None:
    """The link with some of its fields changed, or why it cannot be; None where it was taken back.

    Nothing that it shows keeps anybody from giving it another end, or from letting fewer people find it.
    """
    with transaction.atomic():
        snippet = _locked(share.snippet)
        # Another request may have taken it back since it was looked up.
        share = Share.objects.select_for_update().get(pk=share.pk)
        if share.taken_back_at is not None:
            return None
        share.snippet = snippet
        before, was_live = _fields_of(share), life(share) is Life.LIVE
        fields = replace(before, **change)
        if "expires_in_days" in change:
            share.expires_at = _end(fields)
        opens_again = not was_live and life(share) is Life.LIVE
        if opens_again and (fault := _limit_fault(snippet)):
            return [fault]
        shows = replace(fields, public=before.public or fields.public, expires_in_days=None)
        return _stored(share, fields, is_looked_at=opens_again or shows != before)


def taken_back(share: Share) -> None:
    """The link opens for nobody any more."""
    Share.objects.filter(pk=share.pk, taken_back_at=None).update(taken_back_at=timezone.now())


def fork_origin(token: str) -> Version | None:
    """The version that somebody saw who opened the link, None where it does not open."""
    share = found(token)
    if share is None or life(share) is not Life.LIVE:
        return None
    shown = content(share)
    return shown.version if shown else None


def _locked(snippet: Snippet) -> Snippet:
    # Two that share at once are counted one after the other.
    return Snippet.live.select_for_update().get(pk=snippet.pk)


def _fields_of(share: Share) -> ShareFields:
    return ShareFields(
        version=share.version.number if share.version else None,
        public=share.public,
        variables=share.variables,
        runs=list(share.runs.values_list("pk", flat=True)),
    )


def _end(fields: ShareFields) -> datetime | None:
    days = fields.expires_in_days
    return timezone.now() + timedelta(days=days) if days else None


def _stored(share: Share, fields: ShareFields, is_looked_at: bool = True) -> Share | list[Fault]:
    snippet = share.snippet
    numbered = snippet.versions.select_related("package").order_by("-number")
    version = (numbered.filter(number=fields.version) if fields.version else numbered).first()
    if version is None:
        return [Fault(("version",), f"There is no version {fields.version} of this snippet.")]
    runs = list(
        Invocation.objects.select_related("package").filter(
            Q(snippet=snippet) | Q(snippet=None),
            pk__in=fields.runs,
            owner=snippet.owner,
            state=State.FINISHED,
        )
    )
    if is_looked_at and (faults := _faults(snippet, content_of(version), fields, runs)):
        return faults
    share.version = version if fields.version else None
    share.public = fields.public
    share.variables = fields.variables
    share.save()
    share.runs.set(runs)
    return share


def _faults(
    snippet: Snippet, content: Content, fields: ShareFields, runs: Sequence[Invocation]
) -> list[Fault]:
    version = content.version
    known = {run.pk for run in runs}
    return [
        *(
            Fault(("variables", name), f"There is no variable {name} in version {version.number}.")
            for name in fields.variables
            if name not in version.environment
        ),
        *(
            Fault(("runs", str(one)), "There is no such run of this snippet that has ended.")
            for one in fields.runs
            if one not in known
        ),
        *version_faults(content, snippet, fields.variables),
        *(
            fault
            for run in runs
            for fault in run_faults(run, [version.environment, snippet.environment], fields.variables)
        ),
    ]


def _limit_fault(snippet: Snippet) -> Fault | None:
    if live().filter(snippet=snippet).count() >= settings.SHARES_PER_SNIPPET_MAX:
        return Fault(
            (), f"A snippet has {settings.SHARES_PER_SNIPPET_MAX} links at most: take one back first."
        )
    if live().filter(snippet__owner=snippet.owner).count() >= settings.SHARES_PER_OWNER_MAX:
        return Fault(
            (), f"You have {settings.SHARES_PER_OWNER_MAX} links, the most there may be: take one back."
        )
    return None


def _is_live(prefix: str = "") -> Q:
    conditions: dict[str, Any] = {"taken_back_at": None, "snippet__deleted_at": None}
    lasting = Q(**{f"{prefix}expires_at": None}) | Q(**{f"{prefix}expires_at__gt": timezone.now()})
    return lasting & Q(**{f"{prefix}{name}": value for name, value in conditions.items()})

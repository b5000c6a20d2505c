"""The history of invocations, for staff: everything to read, nothing to change."""

from typing import Any

from django.contrib import admin
from django.contrib.admin.options import ShowFacets
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from playground import encryption
from playground.invocations import stream
from playground.invocations.models import Invocation, Outcome
from playground.invocations.representation import files_object

SHOWN_MAX = 20_000
"""Characters of one text that the page shows."""
FILES_SHOWN_MAX = 50
MASK = "\N{BULLET}" * 8
LABELS = {
    Outcome.OK: "success",
    Outcome.CANCELLED: "info",
    Outcome.PLATFORM_ERROR: "warning",
    Outcome.FUNCTION_ERROR: "danger",
    Outcome.INIT_ERROR: "danger",
    Outcome.TIMEOUT: "danger",
    Outcome.OUT_OF_MEMORY: "danger",
}


def shown(text: str) -> SafeString:
    """A function's text, escaped, as it was written, and cut with a note where it is long."""
    note = ""
    if len(text) > SHOWN_MAX:
        note = f"Cut here: the first {SHOWN_MAX:,} of {len(text):,} characters are shown."
    return format_html("<pre class='shown'>{}</pre><p>{}</p>", text[:SHOWN_MAX], note)


class OwnerFilter(admin.SimpleListFilter):
    """By owner: those with the most recent invocations are offered, any other by `?owner=`."""

    title = "owner"
    parameter_name = "owner"
    offered_max = 20

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        """Owners, the one who was active last first."""
        recent = Invocation.objects.order_by("-created_at").values_list("owner", flat=True)[:500]
        owners = list(dict.fromkeys(recent))[: self.offered_max]
        chosen = self.value()
        if chosen and chosen not in owners:
            owners.insert(0, chosen)
        return [(owner, owner) for owner in owners]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Invocation]) -> QuerySet[Invocation]:
        """Those of the owner that was chosen."""
        return queryset.filter(owner=self.value()) if self.value() else queryset


@admin.register(Invocation)
class InvocationAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    """List and page of invocations."""

    class Media:
        css = {"all": ("playground/admin.css",)}

    list_display = (
        "created_at",
        "shown_outcome",
        "function_name",
        "owner",
        "duration",
        "memory",
        "init",
        "id",
    )
    list_display_links = ("created_at", "id")
    list_filter = ("outcome", "created_at", OwnerFilter)
    search_fields = ("id", "error_type", "error_message", "notice")
    search_help_text = "Request id, or a part of the error"
    show_facets = ShowFacets.NEVER
    ordering = ("-created_at",)
    list_per_page = 50
    fieldsets = (
        (None, {"fields": ("id", "shown_outcome", "state", "owner", "source")}),
        ("Error", {"fields": ("error_type", "shown_error", "notice")}),
        ("Metrics", {"fields": ("duration", "billed", "memory", "init", "queue", "sandbox")}),
        ("Time", {"fields": ("created_at", "started_at", "finished_at")}),
        ("Logs", {"fields": ("shown_logs",)}),
        ("Response", {"fields": ("shown_response",)}),
        ("Event", {"fields": ("shown_event",)}),
        (
            "Configuration",
            {
                "fields": (
                    "function_name",
                    "version",
                    "handler",
                    "memory_size",
                    "timeout",
                    "ephemeral_storage",
                    "shown_environment",
                    "client_context",
                    "invoked_arn",
                )
            },
        ),
        ("Code", {"fields": ("shown_code",)}),
    )

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Nobody: only invoking makes an invocation."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Nobody: a history is what happened."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Nobody."""
        return False

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Every staff member."""
        return bool(request.user.is_active and request.user.is_staff)

    def has_module_permission(self, request: HttpRequest) -> bool:
        """Every staff member."""
        return self.has_view_permission(request)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Invocation]:
        """Rows, in a list without what only one invocation's page shows."""
        rows: QuerySet[Invocation] = super().get_queryset(request)
        match = request.resolver_match
        if match and match.url_name == "invocations_invocation_changelist":
            return rows.defer("event", "response", "events", "error_trace", "environment")
        return rows.select_related("package")

    @admin.display(description="Outcome", ordering="outcome")
    def shown_outcome(self, row: Invocation) -> SafeString:
        """The outcome in words, or where the invocation is."""
        kind = LABELS[Outcome(row.outcome)] if row.outcome else "info"
        words = row.get_outcome_display() if row.outcome else row.get_state_display()
        return format_html("<span class='outcome outcome-{}'>{}</span>", kind, words)

    @admin.display(description="Duration", ordering="duration_ms")
    def duration(self, row: Invocation) -> str:
        """As the REPORT line says."""
        return _ms(row.duration_ms)

    @admin.display(description="Billed duration", ordering="billed_duration_ms")
    def billed(self, row: Invocation) -> str:
        """As the REPORT line says."""
        return "-" if row.billed_duration_ms is None else f"{row.billed_duration_ms} ms"

    @admin.display(description="Memory", ordering="max_memory_used_mb")
    def memory(self, row: Invocation) -> str:
        """Used, of what it had."""
        return "-" if row.max_memory_used_mb is None else f"{row.max_memory_used_mb} of {row.memory_size} MB"

    @admin.display(description="Init", ordering="init_duration_ms")
    def init(self, row: Invocation) -> str:
        """Of a cold start."""
        return _ms(row.init_duration_ms)

    @admin.display(description="Queue")
    def queue(self, row: Invocation) -> str:
        """From submission to the worker's claim."""
        return _ms(row.queue_ms)

    @admin.display(description="Sandbox")
    def sandbox(self, row: Invocation) -> str:
        """From the claim of an environment to init, or to the handler of a warm one."""
        return _ms(row.sandbox_ms)

    @admin.display(description="Error")
    def shown_error(self, row: Invocation) -> SafeString | str:
        """Message and trace."""
        text = "\n".join([row.error_message, *row.error_trace]).strip()
        return shown(text) if text else "-"

    @admin.display(description="Logs")
    def shown_logs(self, row: Invocation) -> SafeString:
        """Every line, with time and stream."""
        logs = [message for message in stream.from_lines(row.events) if message["type"] == "log"]
        return shown("\n".join(f"{log['time']}  {log['stream']:8}  {log['text']}" for log in logs))

    @admin.display(description="Response")
    def shown_response(self, row: Invocation) -> SafeString:
        """The payload."""
        return shown(bytes(row.response).decode(errors="replace"))

    @admin.display(description="Event")
    def shown_event(self, row: Invocation) -> SafeString:
        """As it was sent."""
        return shown(bytes(row.event).decode(errors="replace"))

    @admin.display(description="Environment variables")
    def shown_environment(self, row: Invocation) -> SafeString:
        """One on each line, without the values: those are their owner's alone."""
        return shown("\n".join(f"{name}={MASK}" for name in encryption.names(row.environment)))

    @admin.display(description="Files")
    def shown_code(self, row: Invocation) -> SafeString:
        """Every file with its path, the first of many."""
        files = list(files_object(row).items())
        parts = (
            (path, shown("(not text)" if text is None else text)) for path, text in files[:FILES_SHOWN_MAX]
        )
        note = f"{len(files) - FILES_SHOWN_MAX} more files." if len(files) > FILES_SHOWN_MAX else ""
        return format_html("{}<p>{}</p>", format_html_join("", "<h3>{}</h3>{}", parts), note)


def _ms(value: float | None) -> str:
    return "-" if value is None else f"{value:.2f} ms"

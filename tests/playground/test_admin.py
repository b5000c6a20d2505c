"""The history for staff."""

import re
import time
from datetime import timedelta
from html.parser import HTMLParser
from urllib.parse import quote

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.utils import timezone
from django.utils.html import escape

from invoker.deployment_package import DeploymentPackage, PackageFile
from invoker.events import Finished, FunctionError, LogLine, Metrics, Outcome, Stream
from invoker.limits import FUNCTION_NAME_LENGTH_MAX
from playground.invocations.admin import SHOWN_MAX
from playground.invocations.models import Invocation, State
from playground.invocations.recording import Recorder
from playground.snippets import packages

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("clean_redis")]
LIST = "/admin/invocations/invocation/"
SCRIPT = "<script>alert('x')</script>"
ESCAPED = "&lt;script&gt;alert(&#x27;x&#x27;)&lt;/script&gt;"


HOSTILE = (
    "<script>hostile()</script>",
    "</pre><img src=x onerror=hostile()>",
    "</script><svg/onload=hostile()>",
    "\"><iframe srcdoc='&lt;script&gt;hostile()&lt;/script&gt;'>",
    "' onmouseover='hostile()' x='",
    "<a href=javascript:hostile()>hostile</a>",
    "&lt;script&gt;hostile()&lt;/script&gt;",
    "--><math><style><img src onerror=hostile()>",
    "{{ request.META }}{% debug %}<b>hostile</b>",
    "<\ufeffscript>hostile()</script>\u202e<base href=//hostile>",
)


class Elements(HTMLParser):
    """What a browser would make of a page: the elements and attributes that the hostile texts ask for."""

    def __init__(self) -> None:
        super().__init__()
        self.hostile: list[str] = []

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        """Keep what no page of the admin has."""
        if tag in {"iframe", "math", "base", "style"}:
            self.hostile.append(tag)
        for name, value in attributes:
            if name.startswith("on") or (value or "").strip().lower().startswith("javascript:"):
                self.hostile.append(f"{tag} {name}")
            if (
                tag in {"script", "img"}
                and name == "src"
                and not (value or "").startswith(("/static/", "/admin/jsi18n/"))
            ):
                self.hostile.append(f"{tag} {value}")

    def handle_data(self, data: str) -> None:
        """Keep what stands in an element that is run."""
        if self.cdata_elem == "script" and "hostile" in data:
            self.hostile.append("script")


@pytest.fixture
def staff() -> Client:
    client = Client()
    client.force_login(User.objects.create_user("teacher", is_staff=True))
    return client


def invocation(owner: str = "alice", outcome: Outcome = Outcome.OK, text: str = "hello") -> Invocation:
    row = Invocation.objects.create(
        owner=owner,
        package=packages.store(
            DeploymentPackage.of({"index.mjs": PackageFile(text.encode()), "logo.png": PackageFile(b"\xff")})
        ),
        function_name=f"function-of-{owner}"[:FUNCTION_NAME_LENGTH_MAX],
        handler="index.handler",
        memory_size=256,
        timeout=3,
        environment={"GREETING": text},
        event=text.encode(),
        state=State.RUNNING,
        worker="here",
    )
    error = FunctionError("Boom", text, (f"at {text}",)) if outcome is not Outcome.OK else None
    Recorder(row, time.time()).take(
        [
            LogLine(time.time(), Stream.STDOUT, text, "INFO"),
            Finished(
                time.time(), outcome, text.encode(), error, None, Metrics(12.34, 140, 256, 66, 126.51, True)
            ),
        ]
    )
    return row


def rows_of(html: str) -> set[str]:
    return set(re.findall(r"/admin/invocations/invocation/([0-9a-f-]{36})/", html))


def test_the_list_shows_each_invocation_in_one_line(staff: Client) -> None:
    row = invocation()
    html = staff.get(LIST).content.decode()
    for shown in (
        str(row.id),
        "Succeeded",
        "alice",
        "function-of-alice",
        "12.34 ms",
        "66 of 256 MB",
        "126.51 ms",
    ):
        assert shown in html, shown


def test_it_is_filtered_by_outcome_owner_and_time(staff: Client) -> None:
    good, bad, old = invocation("alice"), invocation("bob", Outcome.TIMEOUT), invocation("carol")
    Invocation.objects.filter(id=old.id).update(created_at=timezone.now() - timedelta(days=40))
    assert rows_of(staff.get(f"{LIST}?outcome__exact=timeout").content.decode()) == {str(bad.id)}
    assert rows_of(staff.get(f"{LIST}?owner=alice").content.decode()) == {str(good.id)}
    since = (timezone.now() - timedelta(days=1)).strftime("%Y-%m-%d")
    recent = staff.get(LIST, {"created_at__gte": f"{since} 00:00:00+00:00"}).content.decode()
    assert rows_of(recent) == {str(good.id), str(bad.id)}


def test_it_is_searched_by_request_id_and_error_text(staff: Client) -> None:
    good, bad = invocation(), invocation("bob", Outcome.FUNCTION_ERROR, "cannot divide")
    for text in (str(good.id), str(good.id)[:13]):
        assert rows_of(staff.get(LIST, {"q": text}).content.decode()) == {str(good.id)}
    for text in ("cannot divide", "Boom"):
        assert rows_of(staff.get(LIST, {"q": text}).content.decode()) == {str(bad.id)}


def test_one_invocations_page_shows_everything_escaped(staff: Client) -> None:
    row = invocation(outcome=Outcome.FUNCTION_ERROR, text=SCRIPT)
    html = staff.get(f"{LIST}{row.id}/change/").content.decode()
    assert SCRIPT not in html
    # Code, event, logs, response, error message and its trace.
    assert html.count(ESCAPED) >= 6
    for shown in ("index.mjs", "logo.png", "(not text)", "index.handler", "12.34 ms", "140 ms", "126.51 ms"):
        assert shown in html, shown


@pytest.mark.parametrize("text", HOSTILE)
def test_no_text_of_a_function_is_markup_on_any_page(staff: Client, text: str) -> None:
    row = invocation(owner=text, outcome=Outcome.FUNCTION_ERROR, text=text)
    Invocation.objects.filter(id=row.id).update(
        function_name=text[:64],
        handler=text,
        notice=text,
        error_type=text,
        client_context=text,
        version=text[:32],
    )
    for path in (LIST, f"{LIST}?owner=x", f"{LIST}{row.id}/change/", f"{LIST}?q={quote(text)}"):
        found = Elements()
        found.feed(staff.get(path).content.decode())
        assert not found.hostile, (path, found.hostile)
    page = staff.get(f"{LIST}{row.id}/change/").content.decode()
    assert escape(text) in page


def test_long_texts_are_cut_with_a_note(staff: Client) -> None:
    row = invocation(text="x" * (SHOWN_MAX + 1))
    html = staff.get(f"{LIST}{row.id}/change/").content.decode()
    assert "x" * (SHOWN_MAX + 1) not in html
    assert f"Cut here: the first {SHOWN_MAX:,} of {SHOWN_MAX + 1:,} characters are shown." in html


def test_nothing_can_be_changed(staff: Client) -> None:
    superuser = Client()
    superuser.force_login(User.objects.create_superuser("chief"))
    row = invocation()
    for client in (staff, superuser):
        assert client.get(f"{LIST}add/").status_code == 403
        assert client.post(f"{LIST}{row.id}/change/", {"owner": "mallory"}).status_code == 403
        assert client.post(f"{LIST}{row.id}/delete/", {"post": "yes"}).status_code == 403
        assert client.post(
            LIST, {"action": "delete_selected", "_selected_action": str(row.id), "post": "yes"}
        )
    assert Invocation.objects.get().owner == "alice"


def test_only_staff_see_it() -> None:
    row = invocation()
    ordinary = Client()
    ordinary.force_login(User.objects.create_user("pupil"))
    for client in (Client(), ordinary):
        for path in (LIST, f"{LIST}{row.id}/change/"):
            answer = client.get(path)
            assert answer.status_code == 302
            assert answer["Location"].startswith("/admin/login/")


def test_the_list_reads_no_code_and_no_responses(
    staff: Client, django_assert_max_num_queries: object
) -> None:
    for number in range(5):
        invocation(f"owner-{number}")
    with django_assert_max_num_queries(12) as queries:  # type: ignore[operator]
        staff.get(LIST)
    assert not any(
        '"response"' in query["sql"] or '"zip"' in query["sql"] for query in queries.captured_queries
    )

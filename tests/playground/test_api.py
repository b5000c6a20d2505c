"""The page's JSON API, from the outside of Django."""

import json
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client

from playground import json_body
from playground.invocations import queue
from playground.invocations.models import Invocation
from playground.invocations.schemas import Invocation as InvocationSchema
from playground.invocations.schemas import Invocations as InvocationsSchema

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("clean_redis")]
NOBODYS = "00000000-0000-4000-8000-000000000000"
GOOD = {
    "files": {"index.mjs": "export const handler = async () => 'grün'"},
    "handler": "index.handler",
    "environment": {"GREETING": "hello"},
    "memory_size": 256,
    "timeout": 5,
    "event": '{"a": 1}',
}


def post(client: Client, body: object, **headers: str) -> Any:
    data = body if isinstance(body, bytes) else json.dumps(body).encode()
    return client.post("/api/invocations", data, content_type="application/json", headers=headers)


def test_a_submission_is_accepted_and_shown_as_it_was_asked() -> None:
    client = Client()
    answer = post(client, GOOD)
    assert answer.status_code == 202
    told = answer.json()
    InvocationSchema.model_validate(told)
    assert told["state"] == "queued"
    assert {name: told[name] for name in GOOD} == {**GOOD, "environment": {"GREETING": None}}
    assert client.get(f"/api/invocations/{told['id']}").json() == told


def test_nothing_is_stored_for_a_bad_submission() -> None:
    answer = post(Client(), {**GOOD, "memory_size": "abc", "timeout": 0})
    assert answer.status_code == 422
    assert [error["field"] for error in answer.json()["errors"]] == [["memory_size"], ["timeout"]]
    assert not Invocation.objects.exists()


def test_faults_name_their_place() -> None:
    (error,) = post(Client(), {**GOOD, "event": "{nope"}).json()["errors"]
    assert (error["field"], error["line"], error["column"]) == (["event"], 1, 2)
    assert error["message"]


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"", 400),
        (b"not json", 400),
        (b"\xff", 400),
        (b"[" * 200_000, 400),
        (b"[]", 422),
        (b"{}", 422),
        (b'{"files": {"\\ud800": "\\ud800"}}', 422),
        (b'{"files": {"a\\u0000": "x"}, "handler": "\\u0000"}', 422),
        (b'{"files": {"a.js": "x"}, "memory_size": ' + b"9" * 50_000 + b"}", 422),
        (json.dumps({"files": {f"{n}.js": "x" for n in range(2_000)}}).encode(), 422),
    ],
)
def test_odd_bodies_are_refused_in_the_same_shape(body: bytes, status: int) -> None:
    answer = post(Client(), body)
    assert answer.status_code == status
    assert answer.json()["errors"][0]["message"]


def test_a_deeply_nested_event_is_left_to_the_function() -> None:
    assert post(Client(), {**GOOD, "event": "[" * 20_000 + "]" * 20_000}).status_code == 202


def test_files_with_control_characters_are_kept_as_they_are() -> None:
    text = "// \0 \x1b[31m \u2028 \U0001f600\r\n"
    answer = post(Client(), {**GOOD, "files": {"index.mjs": text}})
    assert answer.json()["files"] == {"index.mjs": text}


def test_a_stranger_reads_and_cancels_nothing() -> None:
    mine = post(Client(), GOOD).json()["id"]
    for path in ("", "/response", "/events"):
        assert Client().get(f"/api/invocations/{mine}{path}").status_code == 404
    assert Client().post(f"/api/invocations/{mine}/cancel").status_code == 404
    assert Invocation.objects.get().state == "queued"


def test_a_forged_owner_cookie_is_nobody() -> None:
    client = Client()
    mine = post(client, GOOD).json()["id"]
    stranger = Client()
    stranger.cookies["owner"] = client.cookies["owner"].value.split(":")[0] + ":forged"
    assert stranger.get(f"/api/invocations/{mine}").status_code == 404


def test_staff_read_everything_and_other_users_do_not() -> None:
    mine = post(Client(), GOOD).json()["id"]
    for is_staff, status in ((True, 200), (False, 404)):
        client = Client()
        client.force_login(User.objects.create_user(f"user-{is_staff}", is_staff=is_staff))
        assert client.get(f"/api/invocations/{mine}").status_code == status


@pytest.mark.parametrize("path", [NOBODYS, "nonsense", f"{NOBODYS}/events?after=x"])
def test_what_is_not_there_is_an_error_without_500(path: str) -> None:
    assert Client().get(f"/api/invocations/{path}").status_code in {404, 422}


@pytest.mark.parametrize(
    ("method", "path", "status", "told"),
    [
        ("GET", "/api/", 404, "There is nothing at this address."),
        ("POST", "/api/nothing/at/all", 404, "There is nothing at this address."),
        ("GET", "/api/invocations/nonsense", 404, "There is nothing at this address."),
        ("DELETE", "/api/invocations", 405, "This address takes GET, POST, not DELETE."),
        ("PUT", f"/api/invocations/{NOBODYS}/cancel", 405, "This address takes POST, not PUT."),
    ],
)
def test_what_no_operation_takes_is_refused_in_the_same_shape(
    method: str, path: str, status: int, told: str
) -> None:
    answer = Client().generic(method, path)
    assert (answer.status_code, answer["Content-Type"]) == (status, "application/json")
    assert answer.json() == {"errors": [{"field": [], "message": told, "line": None, "column": None}]}


def test_a_fault_of_our_own_says_nothing_of_what_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise RuntimeError("a secret of the service")

    monkeypatch.setattr(json_body, "parse", fail)
    answer = post(Client(raise_request_exception=False), GOOD)
    assert (answer.status_code, answer["Content-Type"]) == (500, "application/json")
    assert "secret" not in answer.content.decode()


def test_a_program_without_cookies_needs_no_token() -> None:
    assert post(Client(enforce_csrf_checks=True), GOOD).status_code == 202


def test_with_a_cookie_the_token_is_needed() -> None:
    client = Client(enforce_csrf_checks=True)
    post(client, GOOD)
    refused = post(client, GOOD)
    assert refused.status_code == 403
    assert "X-CSRFToken" in refused.json()["errors"][0]["message"]
    assert post(client, GOOD, **{"X-CSRFToken": client.cookies["csrftoken"].value}).status_code == 202


def test_another_site_is_refused_even_without_cookies() -> None:
    answer = post(Client(enforce_csrf_checks=True), GOOD, Origin="https://elsewhere.example")
    assert answer.status_code == 403


def test_the_owner_cookie_is_out_of_reach_of_scripts_and_other_sites() -> None:
    client = Client()
    post(client, GOOD)
    cookie = client.cookies["owner"]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"


def test_a_queued_invocation_is_cancelled_at_once() -> None:
    client = Client()
    mine = post(client, GOOD).json()["id"]
    told = client.post(f"/api/invocations/{mine}/cancel")
    assert told.status_code == 202
    assert (told.json()["state"], told.json()["outcome"]) == ("finished", "cancelled")
    (event,) = client.get(f"/api/invocations/{mine}/events").json()["events"]
    assert (event["seq"], event["type"], event["outcome"]) == (1, "finished", "cancelled")
    assert client.post(f"/api/invocations/{mine}/cancel").json()["outcome"] == "cancelled"


def test_the_position_in_the_queue_is_told_while_it_waits() -> None:
    alice, bob = Client(), Client()
    first, second = (post(alice, GOOD).json() for _ in range(2))
    third = post(bob, GOOD).json()
    assert [told["queue_position"] for told in (first, second)] == [1, 2]

    def positions() -> list[int | None]:
        queue.forget_positions()
        return [
            client.get(f"/api/invocations/{told['id']}").json()["queue_position"]
            for client, told in ((alice, first), (bob, third), (alice, second))
        ]

    assert positions() == [1, 2, 3]
    alice.post(f"/api/invocations/{first['id']}/cancel")
    assert positions() == [None, 2, 1]


def listed(client: Client, query: str = "") -> Any:
    answer = client.get(f"/api/invocations{query}")
    assert answer.status_code == 200, answer.content
    told = answer.json()
    InvocationsSchema.model_validate(told)
    return told["invocations"]


def test_the_last_invocations_of_a_function_are_listed_to_their_owner_alone() -> None:
    client = Client()
    ids = [post(client, GOOD).json()["id"] for _ in range(3)]
    other = post(client, {**GOOD, "function_name": "other"}).json()["id"]
    post(Client(), GOOD)
    assert [told["id"] for told in listed(client)] == ids[::-1]
    assert [told["id"] for told in listed(client, "?limit=2")] == ids[:0:-1]
    assert [told["id"] for told in listed(client, "?function_name=other")] == [other]
    assert listed(client, "?function_name=nobody") == []
    assert listed(Client()) == []
    staff = Client()
    staff.force_login(User.objects.create_user("staff", is_staff=True))
    assert listed(staff) == []


def test_a_listed_invocation_has_its_figures_and_nothing_large() -> None:
    client = Client()
    told = post(client, GOOD).json()
    (queued,) = listed(client)
    assert queued == {name: told[name] for name in queued}
    assert (queued["state"], queued["outcome"], queued["metrics"]) == ("queued", None, None)
    assert not queued.keys() & {"files", "event", "response", "environment"}
    figures = {"duration_ms": 1.5, "billed_duration_ms": 12, "max_memory_used_mb": 60, "cold_start": True}
    Invocation.objects.update(state="finished", outcome="ok", init_duration_ms=9.25, **figures)
    (finished,) = listed(client)
    assert finished["outcome"] == "ok"
    assert finished["metrics"] == {
        **figures,
        "init_duration_ms": 9.25,
        "memory_size_mb": 256,
        "queue_ms": None,
        "sandbox_ms": None,
    }


@pytest.mark.parametrize(
    "query", ["limit=0", "limit=101", "limit=x", "function_name=", "function_name=a%20b"]
)
def test_a_list_that_cannot_be_given_is_refused(query: str) -> None:
    answer = Client().get(f"/api/invocations?{query}")
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["message"]


def test_a_list_reads_no_large_column(django_assert_num_queries: Any) -> None:
    client = Client()
    for _ in range(3):
        post(client, GOOD)
    with django_assert_num_queries(1) as queries:
        listed(client)
    (query,) = queries.captured_queries
    for column in ("event", "events", "response", "environment"):
        assert f'"{column}"' not in query["sql"].partition(" FROM ")[0]


def test_start_cold_is_a_truth_value() -> None:
    assert post(Client(), {**GOOD, "start_cold": True}).status_code == 202
    assert Invocation.objects.get().start_cold
    (error,) = post(Client(), {**GOOD, "start_cold": "yes"}).json()["errors"]
    assert error["field"] == ["start_cold"]


def test_the_openapi_document_tells_the_submission() -> None:
    document = Client().get("/api/openapi.json").json()
    operation = document["paths"]["/api/invocations"]["post"]
    schema = operation["requestBody"]["content"]["application/json"]["schema"]
    assert set(schema["properties"]) == {
        "files",
        "handler",
        "environment",
        "memory_size",
        "timeout",
        "ephemeral_storage",
        "event",
        "function_name",
        "start_cold",
        "snippet",
    }
    assert {"202", "400", "413", "422", "429"} <= set(operation["responses"])
    assert Client().get("/api/docs").status_code == 404


def test_the_response_is_never_a_page() -> None:
    client = Client()
    row = Invocation.objects.get(id=post(client, GOOD).json()["id"])
    Invocation.objects.filter(id=row.id).update(response=b"<script>alert(1)</script>")
    answer = client.get(f"/api/invocations/{row.id}/response")
    assert answer.content == b"<script>alert(1)</script>"
    assert answer["Content-Type"] == "application/octet-stream"
    assert answer["Content-Disposition"].startswith("attachment")
    assert answer["X-Content-Type-Options"] == "nosniff"

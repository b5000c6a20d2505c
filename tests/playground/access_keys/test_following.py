"""A program follows a run over the WebSocket with a key, from no page and with no cookie."""

import json
from typing import Any

import httpx
import pytest
from websockets.exceptions import InvalidStatus
from websockets.sync.client import connect

from tests.client import Person, until_closed
from tests.playground.lambda_api.clients import new_key

FUNCTION = {"files": {"index.mjs": "export const handler = async () => 1;"}}


def followed(url: str, invocation_id: str, bearer: str) -> tuple[list[dict[str, Any]], int | None]:
    address = f"{url.replace('http', 'ws', 1)}/ws/invocations/{invocation_id}"
    with connect(address, additional_headers={"Authorization": f"Bearer {bearer}"}, proxy=None) as socket:
        return until_closed(socket)


def status(url: str, invocation_id: str, bearer: str) -> int:
    with pytest.raises(InvalidStatus) as caught:
        followed(url, invocation_id, bearer)
    return caught.value.response.status_code


def test_a_run_is_followed_by_the_keys_owner_and_nobody_else(playground: str) -> None:
    alice, bob = Person(playground), Person(playground)
    key = new_key(alice, "invoke")
    headers = {"Authorization": f"Bearer {key['bearer']}"}
    run = httpx.post(f"{playground}/api/invocations", json=FUNCTION, headers=headers)
    assert (run.status_code, run.cookies) == (202, httpx.Cookies())
    invocation_id = run.json()["id"]
    messages, code = followed(playground, invocation_id, key["bearer"])
    assert (code, messages[-1]["outcome"]) == (1000, "ok")
    assert alice.read(invocation_id)["response"] == "1"
    assert (
        httpx.get(f"{playground}/api/invocations/{invocation_id}", headers=headers).json()["response"] == "1"
    )

    assert followed(playground, invocation_id, new_key(bob, "read")["bearer"]) == ([], 4404)
    assert status(playground, invocation_id, new_key(alice, "write")["bearer"]) == 403
    assert status(playground, invocation_id, key["bearer"] + "x") == 401
    alice.post(f"/api/keys/{key['id']}/revoke")
    assert status(playground, invocation_id, key["bearer"]) == 401


def test_a_connection_that_stays_open_tells_nothing_more_once_its_key_was_revoked(playground: str) -> None:
    alice = Person(playground)
    run = alice.run(FUNCTION["files"]["index.mjs"])
    key = new_key(alice, "read")
    address = f"{playground.replace('http', 'ws', 1)}/ws/invocations"
    headers = {"Authorization": f"Bearer {key['bearer']}"}
    with connect(address, additional_headers=headers, proxy=None) as socket:
        socket.send(json.dumps({"follow": run["id"]}))
        while json.loads(socket.recv(30))["messages"][-1]["type"] != "finished":
            pass
        alice.post(f"/api/keys/{key['id']}/revoke")
        socket.send(json.dumps({"follow": run["id"]}))
        assert json.loads(socket.recv(30)) == {
            "invocation": run["id"],
            "messages": [{"type": "unknown"}],
        }

"""The queue between web and worker: what it carries, and for how long it waits for an answer."""

import pickle
from typing import Any

import pytest
from kombu.exceptions import ContentDisallowed
from kombu.serialization import dumps, loads, prepare_accept_content

from invoker import limits
from playground.celery import app


def test_it_carries_json_and_reads_nothing_else() -> None:
    assert app.conf.task_serializer == "json"
    assert app.conf.result_serializer == "json"
    assert set(app.conf.accept_content) == {"json"}
    assert app.conf.event_serializer == "json"


@pytest.mark.parametrize("kind", ["application/x-python-serialize", "application/x-yaml"])
def test_a_message_of_another_kind_is_refused_before_it_is_read(kind: str) -> None:
    accepted = prepare_accept_content(app.conf.accept_content)
    with pytest.raises(ContentDisallowed):
        loads(pickle.dumps({"task": "os.system"}), kind, "binary", accepted)
    kind, encoding, text = dumps(["an id"], app.conf.task_serializer)
    assert loads(text, kind, encoding, accepted) == ["an id"]


@pytest.mark.usefixtures("clean_redis")
def test_no_message_comes_again_while_its_invocation_runs() -> None:
    options = app.conf.broker_transport_options
    with app.connection_for_read(transport_options=options) as connection:
        channel: Any = connection.default_channel
        longest = limits.SANDBOX_START_TIMEOUT_S + limits.INIT_TIMEOUT_S + limits.TIMEOUT_MAX_S
        # Redis would hand out again what was not acknowledged for so long; without a copy it cannot.
        assert not channel.ack_emulation or channel.visibility_timeout > 2 * longest

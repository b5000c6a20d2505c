"""An invocation is followed over the end of the web process that it was submitted to."""

import json

import pytest

from tests.client import Person, until_closed
from tests.second_web import SecondWeb
from tests.serving import Served

pytestmark = pytest.mark.xdist_group("playground")

SLOW_LINES = """
export const handler = async () => {
  for (let line = 0; line < 20; line += 1) {
    console.log(line);
    await new Promise((resume) => setTimeout(resume, 150));
  }
};
"""


def test_a_new_web_process_goes_on_after_the_last_number(served: Served) -> None:
    with SecondWeb(served) as web:
        person = Person(web.url)
        invocation_id = person.submit(SLOW_LINES, timeout=20)
        with person.socket(invocation_id) as socket:
            before = [json.loads(socket.recv(30)) for _ in range(8)]
            web.kill()
            rest, code = until_closed(socket)
            assert code is None
            before += rest
        assert before[-1]["type"] != "finished"

        web.start()
        web.wait_until_ready()
        after = person.follow(invocation_id, after=before[-1]["seq"])
        messages = before + after
        assert [message["seq"] for message in messages] == list(range(1, len(messages) + 1))
        assert messages[-1]["outcome"] == "ok"
        printed = [
            message["text"].split("\t")[-1] for message in messages if message.get("stream") == "stdout"
        ]
        assert printed == [str(line) for line in range(20)]

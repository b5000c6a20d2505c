"""The runtime's image in a Docker Engine that is reachable; set-up never installs an engine."""

import os
from pathlib import Path

from invoker.image.step import Step, StepFailed, Task
from set_up.place import Place

SOCKET = Path("/var/run/docker.sock")


def task(place: Place) -> Task | None:
    """The import of a runtime that was just built, None where there is no engine to take it.

    Without this the first invocation would wait for it.
    """
    if not os.environ.get("DOCKER_HOST") and not os.access(SOCKET, os.R_OK | os.W_OK):
        return None

    def act(step: Step) -> None:
        state = {"PLAYGROUND_STATE": str(place.state), "PLAYGROUND_RUNTIME": str(place.runtimes)}
        command = [str(place.python), "-m", "invoker.image", "image"]
        try:
            step.run(command, folder=place.top, environment=state)
        except StepFailed as failure:
            # The engine may be gone again; the local sandbox serves without it.
            step.say(f"{failure}\nThe image will be made when the playground starts with an engine.")

    return Task("image", "Docker image of the runtime", 10, act, frozenset({"assembly", "packages"}))

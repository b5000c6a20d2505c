"""The invocations app."""

from django.apps import AppConfig


class InvocationsConfig(AppConfig):
    """Invocations and their events."""

    name = "playground.invocations"
    label = "invocations"

    def ready(self) -> None:
        """Invocations follow their owner."""
        from playground.invocations import ownership

        ownership.listen()

"""The access keys application."""

from django.apps import AppConfig


class AccessKeysConfig(AppConfig):
    """Keys of programs."""

    name = "playground.access_keys"

    def ready(self) -> None:
        """Keys follow their owner."""
        from playground.access_keys import ownership

        ownership.listen()

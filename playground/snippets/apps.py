"""The snippets app."""

from django.apps import AppConfig


class SnippetsConfig(AppConfig):
    """Functions and their deployment packages."""

    name = "playground.snippets"
    label = "snippets"

    def ready(self) -> None:
        """Snippets follow their owner."""
        from playground.snippets import ownership

        ownership.listen()

"""The playground's own app: templates and commands."""

from django.apps import AppConfig


class PlaygroundConfig(AppConfig):
    """Page, owner, health and the supervisor."""

    name = "playground"
    label = "playground"

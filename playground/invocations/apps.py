"""The invocations app."""

from django.apps import AppConfig


class InvocationsConfig(AppConfig):
    """Invocations and their events."""

    name = "playground.invocations"
    label = "invocations"

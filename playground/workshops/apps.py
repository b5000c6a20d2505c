"""The workshops app."""

from django.apps import AppConfig


class WorkshopsConfig(AppConfig):
    """Workshops, their participants, and whose runs a teacher may read."""

    name = "playground.workshops"
    label = "workshops"

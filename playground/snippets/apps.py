"""The snippets app."""

from django.apps import AppConfig


class SnippetsConfig(AppConfig):
    """Functions and their deployment packages."""

    name = "playground.snippets"
    label = "snippets"

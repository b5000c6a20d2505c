"""The access keys application."""

from django.apps import AppConfig


class AccessKeysConfig(AppConfig):
    """Keys of programs."""

    name = "playground.access_keys"

"""Which pages may open a WebSocket."""

from typing import Any

from channels.security.websocket import OriginValidator
from django.conf import settings


class OwnPages(OriginValidator):
    """Pages of our own hosts, and programs: those send no Origin, while every browser does."""

    def __init__(self, application: Any) -> None:
        super().__init__(application, settings.ALLOWED_HOSTS)

    def valid_origin(self, parsed_origin: Any) -> bool:
        """Whether a page of this origin, or a program, may go on."""
        return parsed_origin is None or bool(super().valid_origin(parsed_origin))

# ruff: noqa: E402 - Django has to be set up before anything that uses its models is imported.
"""HTTP and WebSocket, as uvicorn serves them."""

import os
from typing import Any

from django.core.asgi import get_asgi_application
from django.core.signals import request_started
from django.db import close_old_connections, reset_queries

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "playground.settings")
django_application = get_asgi_application()

# Django would ask a thread before each view to close what is too old: each request's thread has done so after
# the request before, and those of playground.database look after theirs (0.3 ms of a warm invocation).
request_started.disconnect(close_old_connections)
request_started.disconnect(reset_queries)

from channels.auth import AuthMiddlewareStack
from channels.routing import ProtocolTypeRouter, URLRouter
from django.urls import path, re_path

from playground.access_keys.socket import KeyedSockets
from playground.body_limit import BodyLimit
from playground.celery import only_publish
from playground.invocations.consumer import EventsConsumer, NoSuchAddress, PageConsumer
from playground.origin import OwnPages
from playground.request_threads import RequestThreads
from playground.socket_limit import SocketLimit
from playground.workshops.participant.consumer import ParticipantConsumer
from playground.workshops.wall.consumer import WallConsumer

only_publish()
events: Any = EventsConsumer.as_asgi()
page: Any = PageConsumer.as_asgi()
participant: Any = ParticipantConsumer.as_asgi()
wall: Any = WallConsumer.as_asgi()
nothing: Any = NoSuchAddress.as_asgi()
websocket_routes: list[Any] = [
    path("ws/invocations", page),
    path("ws/invocations/<uuid:invocation_id>", events),
    path("ws/participants/<slug:token>", participant),
    path("ws/workshops/<uuid:workshop_id>/wall", wall),
    # Any address, whatever is written in it
    re_path(r"", nothing),
]

application = ProtocolTypeRouter(
    {
        "http": RequestThreads(BodyLimit(django_application)),
        "websocket": KeyedSockets(SocketLimit(OwnPages(AuthMiddlewareStack(URLRouter(websocket_routes))))),
    }
)

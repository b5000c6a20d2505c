"""`python -m playground.web`: serves HTTP and WebSocket on HOST and PORT."""

import os
import resource

import uvicorn

WEBSOCKET_FRAME_BYTES_MAX = 4_096
"""What one frame from a client may have. A page says in some 150 which run it follows."""

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "playground.settings")


def main() -> None:
    """Serve until SIGTERM."""
    from django.conf import settings

    from playground.web_connections import LimitedConnection

    # Each WebSocket takes a descriptor, and one more to Redis; many a login shell starts with 1,024.
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
    uvicorn.run(
        "playground.asgi:application",
        host=settings.HOST,
        port=settings.PORT,
        lifespan="off",
        # Logging is Django's.
        log_config=None,
        access_log=False,
        server_header=False,
        # Who is believed about addresses is said by TRUSTED_PROXIES.
        proxy_headers=False,
        ws_max_size=WEBSOCKET_FRAME_BYTES_MAX,
        timeout_graceful_shutdown=3,
        http=LimitedConnection,
    )


if __name__ == "__main__":
    main()

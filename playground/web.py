"""`python -m playground.web`: serves HTTP and WebSocket on HOST and PORT."""

import os

import uvicorn

WEBSOCKET_FRAME_BYTES_MAX = 4_096
"""What one frame from a client may have. The page sends none."""

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "playground.settings")


def main() -> None:
    """Serve until SIGTERM."""
    from django.conf import settings

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
    )


if __name__ == "__main__":
    main()

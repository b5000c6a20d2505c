"""`python -m playground.web`: serves HTTP and WebSocket on HOST and PORT."""

import os

import uvicorn

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
        # The page sends nothing.
        ws_max_size=4_096,
        timeout_graceful_shutdown=3,
    )


if __name__ == "__main__":
    main()

"""The engine's own settings, from Django's."""

from django.conf import settings

from invoker.pool_settings import PoolSettings
from invoker.sandbox.choice import SandboxSettings


def sandbox_settings() -> SandboxSettings:
    """Which sandbox the settings ask for."""
    return SandboxSettings(
        kind=settings.SANDBOX,
        image_source=settings.BASE_IMAGE,
        oci_runtime=settings.OCI_RUNTIME,
        accept_unenforced=frozenset(settings.LOCAL_SANDBOX_ACCEPT_UNENFORCED),
        runtime=settings.PLAYGROUND_RUNTIME,
    )


def pool_settings() -> PoolSettings:
    """How many execution environments the settings keep, and how."""
    return PoolSettings(
        waiting=settings.WAITING_SANDBOXES,
        warm=settings.WARM_ENVIRONMENTS_MAX,
        warm_idle_s=settings.WARM_IDLE_SECONDS,
        cpu_share=settings.CPU_SHARE,
    )

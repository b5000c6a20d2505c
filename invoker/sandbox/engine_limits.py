"""What a Docker Engine tells of limits: which it cannot enforce, and the memory that it counted. Pure."""

from collections.abc import Mapping
from typing import Any

NEEDED = {"MemoryLimit": "memory", "PidsLimit": "processes"}


def refusal(information: Mapping[str, Any]) -> str:
    """Why sandboxes of an engine with this `docker info` would not be limited, empty when they are.

    An engine that cannot limit takes a container with limits all the same, and leaves them out.
    """
    missing = [name for key, name in NEEDED.items() if information.get(key) is False]
    if not missing:
        return ""
    return (
        f"The Docker Engine cannot enforce the limits of {' and '.join(missing)} here: its cgroup driver "
        f'is "{information.get("CgroupDriver", "")}", on cgroup v{information.get("CgroupVersion", "1")}. '
        "An engine without root needs cgroup v2, systemd and a group that is delegated to its user; on some "
        "boards the kernel has to be started with cgroup_enable=memory. Use another engine, or SANDBOX=local."
    )


def notice(information: Mapping[str, Any]) -> str:
    """A sentence for whoever runs the service on an engine with this `docker info`, empty without need."""
    if information.get("CpuCfsQuota") is False:
        return "The Docker Engine cannot limit CPU time here: functions have all of it, of any memory size."
    return ""


def memory_used_bytes(memory: Mapping[str, Any]) -> int:
    """What counts as Max Memory Used in the `memory_stats` of a container, without cached files on v2.

    v2 tells the engine no peak: what is used at the end of an invocation comes nearest. On v1 the engine does
    not tell what of the cache is in /tmp, which has to count.
    """
    counts = memory.get("stats") or {}
    cached = counts["file"] - counts["shmem"] if {"file", "shmem"} <= counts.keys() else 0
    used = int(memory.get("max_usage") or memory.get("usage") or 0)
    return max(used - max(0, cached), 0)

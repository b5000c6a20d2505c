"""The filter of system calls for bubblewrap, put together by libseccomp for this machine's architecture."""

import ctypes
import errno
import os
from collections.abc import Sequence
from functools import cache
from typing import Final

from invoker.errors import SandboxUnavailable
from invoker.sandbox import system_calls

LIBRARY: Final = "libseccomp.so.2"
# From seccomp.h, where they are part of the stable interface.
_ALLOW: Final = 0x7FFF0000
_ERRNO: Final = 0x00050000
_EQUAL: Final = 4
_MASKED_EQUAL: Final = 7
_ACTION_OF_OTHER_ARCHITECTURES: Final = 2
_OPTIMIZE: Final = 8
_AS_BINARY_TREE: Final = 2


class _Argument(ctypes.Structure):
    _fields_ = (
        ("index", ctypes.c_uint),
        ("comparison", ctypes.c_int),
        ("first", ctypes.c_uint64),
        ("second", ctypes.c_uint64),
    )


@cache
def program() -> bytes:
    """The filter as a BPF program. Raises SandboxUnavailable where libseccomp is missing."""
    try:
        library = ctypes.CDLL(LIBRARY)
    except OSError as error:
        raise SandboxUnavailable(
            f"The local sandbox filters system calls with libseccomp, and there is no {LIBRARY}."
        ) from error
    library.seccomp_init.restype = ctypes.c_void_p
    context = ctypes.c_void_p(library.seccomp_init(_ERRNO | errno.ENOSYS))
    try:
        _fill(library, context)
        return _exported(library, context)
    finally:
        library.seccomp_release(context)


def descriptor() -> int:
    """An open file with the program, from which bubblewrap reads it. The caller closes it."""
    return _file_with(program())


def _fill(library: ctypes.CDLL, context: ctypes.c_void_p) -> None:
    def allow(name: str, arguments: Sequence[_Argument] = ()) -> None:
        number = library.seccomp_syscall_resolve_name(name.encode())
        # Negative where this architecture, or this version of the library, has no such call.
        if number >= 0:
            array = (_Argument * len(arguments))(*arguments)
            _checked(library.seccomp_rule_add_array(context, _ALLOW, number, len(arguments), array))

    # 32-bit programs would need a list of their own.
    _checked(library.seccomp_attr_set(context, _ACTION_OF_OTHER_ARCHITECTURES, _ERRNO | errno.ENOSYS))
    # Known since libseccomp 2.5; a long list of comparisons without it.
    library.seccomp_attr_set(context, _OPTIMIZE, _AS_BINARY_TREE)
    for name in sorted(system_calls.ALLOWED):
        allow(name)
    for family in system_calls.SOCKET_FAMILIES:
        allow("socket", [_Argument(0, _EQUAL, family)])
    for personality in system_calls.PERSONALITIES:
        allow("personality", [_Argument(0, _EQUAL, personality)])
    # Its flags are in memory, where a filter cannot look: without it, C libraries take clone.
    allow("clone", [_Argument(0, _MASKED_EQUAL, system_calls.CLONE_NEW_NAMESPACES, 0)])


def _exported(library: ctypes.CDLL, context: ctypes.c_void_p) -> bytes:
    file = _file_with(b"")
    try:
        _checked(library.seccomp_export_bpf(context, file))
        return os.pread(file, os.fstat(file).st_size, 0)
    finally:
        os.close(file)


def _file_with(content: bytes) -> int:
    file = os.memfd_create("system-calls")
    os.write(file, content)
    os.lseek(file, 0, os.SEEK_SET)
    return file


def _checked(result: int) -> None:
    if result < 0:
        raise SandboxUnavailable(f"libseccomp made no filter of system calls: {os.strerror(-result)}.")

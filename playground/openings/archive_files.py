"""The files of an archive that can be edited as text, and why others are left out. Pure."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from invoker import limits
from invoker.deployment_package import InvalidZip, ZipTooLarge, entries, path_faults

# What systems and editors leave in folders, and nobody means to bring along.
_LEFT_OUT: Final = re.compile(r"(^|/)(__MACOSX|\.git|\.DS_Store|Thumbs\.db)(/|\Z)")
# What builds leave in a project, and nobody writes.
_BUILT: Final = re.compile(r"(?:^|/)(?:node_modules|\.aws-sam|cdk\.out)/")


@dataclass(frozen=True, slots=True)
class ReceivedFiles:
    """Text of each file by its path, and a sentence for each reason why something was left out."""

    texts: Mapping[str, str]
    notices: list[str]


def contents_of(archive: bytes, with_built: bool) -> dict[str, bytes]:
    """The files in an archive by their path, without what builds left in it unless they are wanted.

    Raises InvalidZip, also where they are more than a submission may have.
    """

    def is_wanted(path: str) -> bool:
        return not _LEFT_OUT.search(path) and (with_built or not _BUILT.search(path))

    try:
        files = entries(
            archive,
            bytes_max=limits.EDITOR_BYTES_MAX + 1,
            files_max=limits.EDITOR_FILES_MAX,
            entries_max=limits.PACKAGE_ENTRIES_MAX,
            is_wanted=is_wanted,
        )
    except ZipTooLarge as error:
        raise InvalidZip(f"The archive holds more than {limits.EDITOR_BYTES_MAX} bytes (3 MB).") from error
    return {re.sub(r"^(\.?/)+", "", path.replace("\\", "/")): file.content for path, file in files}


def received(contents: Mapping[str, bytes]) -> ReceivedFiles:
    """Those that can be edited. Lines are kept apart by \\n alone, as the editor does."""
    faults = {fault.field[1]: fault.message for fault in path_faults(contents)}
    notices = [f"{path or 'A file without a name'} was left out: {fault}" for path, fault in faults.items()]
    texts = {path: _text(content) for path, content in contents.items() if path not in faults}
    if not_text := [path for path, text in texts.items() if text is None]:
        more = f" and {len(not_text) - 1} more" if len(not_text) > 1 else ""
        were = "were" if more else "was"
        notices.append(f"{not_text[0]}{more} cannot be edited as text, and {were} left out.")
    return ReceivedFiles({path: text for path, text in texts.items() if text is not None}, notices)


def _text(content: bytes) -> str | None:
    try:
        text = content.decode()
    except UnicodeDecodeError:
        return None
    return None if "\0" in text else text.replace("\r\n", "\n").replace("\r", "\n")

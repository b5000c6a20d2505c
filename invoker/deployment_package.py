"""Files of a submission → deployment package, with every path checked. Pure: nothing is written here."""

import hashlib
import io
import unicodedata
import zipfile
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from invoker import limits
from invoker.fault import Fault

ENTRY_SIGNATURE = b"PK\1\2"
"""With which each entry of an archive's directory begins (APPNOTE.TXT of PKWARE, 4.3.12)."""
# Controls, format characters (they hide or reorder text), lone surrogates, line and paragraph separators.
_UNSEEN_CATEGORIES = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})


@dataclass(frozen=True, slots=True)
class PackageFile:
    """One file: its bytes, and whether it may be executed."""

    content: bytes
    executable: bool = False

    @property
    def text(self) -> str | None:
        """The file's text, None where it is not text."""
        try:
            return self.content.decode()
        except UnicodeDecodeError:
            return None


@dataclass(frozen=True, slots=True)
class DeploymentPackage:
    """The files of a function by their path below /var/task, and the SHA-256 (hex) over all of them."""

    files: Mapping[str, PackageFile]
    sha256: str

    @classmethod
    def of(cls, files: Mapping[str, PackageFile]) -> "DeploymentPackage":
        """A package of files whose paths were found without fault."""
        digest = hashlib.sha256()
        for path in sorted(files):
            file = files[path]
            head = f"{len(path.encode())}:{path}:{file.executable:d}:{len(file.content)}:"
            digest.update(head.encode())
            digest.update(file.content)
        return cls(dict(files), digest.hexdigest())

    @classmethod
    def of_texts(cls, texts: Mapping[str, str]) -> "DeploymentPackage":
        """A package of text files, as the editor sends them: scripts may be executed."""
        return cls.of(
            {path: PackageFile(text.encode(), text.startswith("#!")) for path, text in texts.items()}
        )

    @property
    def unzipped_bytes(self) -> int:
        """The size of all files together."""
        return sum(len(file.content) for file in self.files.values())


class InvalidZip(ValueError):
    """The bytes are no zip archive that can be unpacked. The message is for the user."""


class ZipTooLarge(InvalidZip):
    """The archive unpacks to more than Lambda allows."""


def files_faults(texts: Mapping[str, str]) -> list[Fault]:
    """The faults of the files that the editor sent: number, size, and each path."""
    if not texts:
        return [Fault(("files",), "At least one file is needed.")]
    if len(texts) > limits.EDITOR_FILES_MAX:
        return [Fault(("files",), f"{len(texts)} files are too many: {limits.EDITOR_FILES_MAX} at most.")]
    faults = path_faults(texts)
    size = 0
    for path, text in texts.items():
        try:
            size += len(text.encode())
        except UnicodeEncodeError:
            faults.append(Fault(("files", path), "The file is not valid Unicode text."))
    if size > limits.EDITOR_BYTES_MAX:
        faults.append(
            Fault(("files",), f"The files take {size} bytes; {limits.EDITOR_BYTES_MAX} are allowed (3 MB).")
        )
    return faults


def path_faults(paths: Iterable[str]) -> list[Fault]:
    """The faults of the paths, alone and against each other; none replaces another in silence."""
    faults = []
    seen: dict[str, str] = {}
    folders: dict[str, str] = {}
    for path in paths:
        if reason := _path_fault(path):
            faults.append(Fault(("files", path), reason))
            continue
        folded = unicodedata.normalize("NFC", path).casefold()
        if folded in seen:
            faults.append(Fault(("files", path), f"The name collides with {seen[folded]}."))
        seen[folded] = path
        parts = folded.split("/")
        for depth in range(1, len(parts)):
            folders.setdefault("/".join(parts[:depth]), path)
    faults.extend(
        Fault(("files", seen[folded]), f"The name is also a folder of {below}.")
        for folded, below in folders.items()
        if folded in seen
    )
    return faults


def _path_fault(path: str) -> str | None:
    parts = path.split("/")
    if not path:
        return "A file needs a name."
    if any(unicodedata.category(character) in _UNSEEN_CATEGORIES for character in path):
        return "The name contains a control character."
    if path.startswith("/"):
        return "The name must be relative to the function's folder."
    if "\\" in path:
        return "The name contains a backslash; folders are separated by /."
    if any(part == ".." for part in parts):
        return "The name leads out of the function's folder."
    if any(part in {"", "."} for part in parts):
        return "The name has an empty part."
    if any(part != part.strip() for part in parts):
        return "A part of the name begins or ends with a space."
    if any(part.endswith(".") for part in parts):
        return "A part of the name ends with a dot."
    if path.startswith(("-", "~")):
        return f"The name begins with {path[0]}."
    if len(path.encode()) > limits.PATH_LENGTH_MAX:
        return f"The name may have {limits.PATH_LENGTH_MAX} bytes at most."
    if any(len(part.encode()) > limits.PATH_PART_BYTES_MAX for part in parts):
        return f"A part of the name may have {limits.PATH_PART_BYTES_MAX} bytes at most."
    if len(parts) > limits.PATH_DEPTH_MAX:
        return f"The file lies deeper than {limits.PATH_DEPTH_MAX} folders."
    if parts[-1] == ".npmrc":
        return "A .npmrc is not taken: it could steer the tools that handle the package."
    return None


def from_zip(data: bytes) -> DeploymentPackage:
    """The package in a zip archive, as CreateFunction takes it.

    Raises InvalidZip when it cannot be unpacked or names a file outside its folder, ZipTooLarge over
    250 MB unzipped.
    """
    files = unzipped(
        data,
        bytes_max=limits.PACKAGE_UNZIPPED_BYTES_MAX,
        files_max=limits.PACKAGE_FILES_MAX,
        entries_max=limits.PACKAGE_ENTRIES_MAX,
    )
    return DeploymentPackage.of(files)


def unzipped(data: bytes, *, bytes_max: int, files_max: int, entries_max: int) -> dict[str, PackageFile]:
    """The files in a zip archive by their path; entries are files and folders.

    Raises InvalidZip when it cannot be unpacked or names a file outside its folder, ZipTooLarge when there is
    more in it than `bytes_max`.
    """
    files = entries(data, bytes_max=bytes_max, files_max=files_max, entries_max=entries_max)
    if faults := path_faults(path for path, _ in files):
        raise InvalidZip(f"{faults[0].field[-1]}: {faults[0].message}")
    return dict(files)


def entries(
    data: bytes,
    *,
    bytes_max: int,
    files_max: int,
    entries_max: int,
    is_wanted: Callable[[str], bool] = lambda path: True,
) -> list[tuple[str, PackageFile]]:
    """The files in a zip archive with the paths that it says, whatever those are. Only what is wanted counts.

    Raises InvalidZip and ZipTooLarge as `unzipped`. Links in an archive become ordinary files that hold the
    link's text, as nothing is ever followed.
    """
    # Counted before zipfile makes an object of some hundred bytes for each.
    if data.count(ENTRY_SIGNATURE) > entries_max:
        raise InvalidZip(f"The archive holds more than {entries_max} files and folders.")
    files: list[tuple[str, PackageFile]] = []
    left = bytes_max
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            told = archive.infolist()
            wanted = [entry for entry in told if not entry.is_dir() and is_wanted(entry.filename)]
            if len(wanted) > files_max:
                raise InvalidZip(f"The archive holds more than {files_max} files.")
            if sum(entry.file_size for entry in wanted) >= bytes_max:
                raise ZipTooLarge(f"Unzipped size must be smaller than {bytes_max} bytes")
            for entry in wanted:
                with archive.open(entry) as stream:
                    content = stream.read(left + 1)
                left -= len(content)
                if left <= 0:
                    raise ZipTooLarge(f"Unzipped size must be smaller than {bytes_max} bytes")
                mode = entry.external_attr >> 16
                path = entry.filename.removeprefix("./")
                files.append((path, PackageFile(content, bool(mode & 0o100))))
    except InvalidZip:
        raise
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError, ValueError) as error:
        raise InvalidZip(
            "Could not unzip uploaded file. Please check your file, then try to upload again."
        ) from error
    except Exception as error:
        # zlib.error and lzma errors have no common base class with the above.
        if type(error).__module__ in {"zlib", "_lzma", "lzma"}:
            raise InvalidZip(
                "Could not unzip uploaded file. Please check your file, then try to upload again."
            ) from error
        raise
    return files


def to_zip(package: DeploymentPackage) -> bytes:
    """The package as a zip archive, the same bytes for the same files."""
    return zipped({path: package.files[path] for path in sorted(package.files)})


def zipped(files: Mapping[str, PackageFile]) -> bytes:
    """A zip archive of files in their order, the same bytes for the same files."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for path, file in files.items():
            entry = zipfile.ZipInfo(path, (1980, 1, 1, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = (0o100755 if file.executable else 0o100644) << 16
            archive.writestr(entry, file.content)
    return buffer.getvalue()

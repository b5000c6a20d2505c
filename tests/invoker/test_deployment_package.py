"""What a submission's files may be called, how large they may be, and the way into a zip and back."""

import io
import stat
import struct
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from invoker import limits
from invoker.deployment_package import (
    DeploymentPackage,
    InvalidZip,
    PackageFile,
    ZipTooLarge,
    files_faults,
    from_zip,
    path_faults,
    to_zip,
)
from invoker.fault import Fault

SOME = settings(max_examples=50, deadline=None)
PATHS = st.lists(st.text("abcdž漢 _", min_size=1, max_size=5), min_size=1, max_size=3).map("/".join)
FILES = st.dictionaries(PATHS, st.builds(PackageFile, st.binary(max_size=60), st.booleans()), max_size=4)


def messages(*paths: str) -> list[str]:
    return [fault.message for fault in path_faults(paths)]


def zipped(*entries: tuple[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in entries:
            archive.writestr(name, content)
    return buffer.getvalue()


@pytest.mark.parametrize(
    "path",
    ["index.mjs", "src/handlers/order.js", "package.json", ".env", "bootstrap", "a b.mjs", "žluť/漢字.mjs"],
)
def test_an_ordinary_path_is_taken(path: str) -> None:
    assert path_faults([path]) == []


@pytest.mark.parametrize(
    "path", ["../../etc/passwd", "../evil.mjs", "a/../../b.mjs", "./../c.mjs", "a/..", ".."]
)
def test_a_path_out_of_the_functions_folder_is_refused_by_its_name(path: str) -> None:
    assert path_faults([path]) == [Fault(("files", path), "The name leads out of the function's folder.")]


@pytest.mark.parametrize(
    "path",
    ["/etc/cron.d/x", "//etc/x", "C:\\Windows\\x", "~root/.ssh/authorized_keys", "file:///etc/x"],
)
def test_an_absolute_path_is_refused_and_not_made_relative(path: str) -> None:
    assert len(path_faults([path])) == 1


@pytest.mark.parametrize(
    "path",
    [
        "in\0dex.mjs",
        "a\nb.mjs",
        "a\x1b[31m.mjs",
        "\u202egpj.mjs",
        "\ufeffindex.mjs",
        "lone\ud800.mjs",
        "a\u2028b",
    ],
    ids=ascii,
)
def test_a_path_with_invisible_characters_is_refused(path: str) -> None:
    assert messages(path) == ["The name contains a control character."]


@pytest.mark.parametrize(
    ("path", "message"),
    [
        ("n" * 300 + ".mjs", "A part of the name may have 255 bytes at most."),
        ("ž" * 200 + ".mjs", "A part of the name may have 255 bytes at most."),
        ("d/" * 300 + "x.mjs", "The file lies deeper than 20 folders."),
        ("/".join(["d" * 200] * 6), "The name may have 1024 bytes at most."),
    ],
    ids=["300 characters", "200 characters of 2 bytes", "300 folders", "1,205 bytes in all"],
)
def test_a_path_that_no_file_system_holds_is_refused(path: str, message: str) -> None:
    assert messages(path) == [message]


def test_a_path_of_the_largest_size_is_taken() -> None:
    assert path_faults(["n" * 255, "/".join(["d"] * 20)]) == []


@pytest.mark.parametrize(
    "path",
    ["", ".", "dir/", "a//b.mjs", "..\\..\\x.mjs", "-rf", "a/./b.mjs", " ", "con.", "a /b", "src/.npmrc"],
)
def test_an_odd_path_is_refused(path: str) -> None:
    assert len(path_faults([path])) == 1


@pytest.mark.parametrize(
    ("paths", "message"),
    [
        (["index.mjs", "Index.mjs"], "The name collides with index.mjs."),
        (["café.mjs", "cafe\u0301.mjs"], "The name collides with café.mjs."),
        (["index.mjs", "index.mjs"], "The name collides with index.mjs."),
        (["a", "a/b.mjs"], "The name is also a folder of a/b.mjs."),
        (["A/b/c.mjs", "a/B"], "The name is also a folder of A/b/c.mjs."),
    ],
    ids=["letter case", "Unicode form", "twice", "file and folder", "file and folder in another case"],
)  # fmt: skip
def test_no_name_replaces_another_in_silence(paths: list[str], message: str) -> None:
    assert messages(*paths) == [message]


def test_every_faulty_path_is_named() -> None:
    faults = path_faults(["index.mjs", "../a", "/b", "c\n"])
    assert [fault.field for fault in faults] == [("files", "../a"), ("files", "/b"), ("files", "c\n")]


@SOME
@given(st.lists(st.text(max_size=5) | st.text("./\\~-aA\0 ", max_size=6), max_size=4))
def test_whatever_the_paths_are_they_are_judged_and_never_raise(paths: list[str]) -> None:
    for fault in path_faults(paths):
        assert fault.field[0] == "files"
        assert fault.field[1] in paths


def test_an_empty_submission_is_refused() -> None:
    assert files_faults({}) == [Fault(("files",), "At least one file is needed.")]


def test_two_thousand_files_are_refused_in_one_sentence() -> None:
    texts = {f"lib/f{number}.mjs": "export default 1;\n" for number in range(2000)}
    assert files_faults(texts) == [Fault(("files",), "2000 files are too many: 500 at most.")]


def test_code_over_three_megabytes_is_refused_with_its_size() -> None:
    assert files_faults({"big.mjs": "ž" * (limits.EDITOR_BYTES_MAX // 2)}) == []
    (fault,) = files_faults({"index.mjs": "", "big.mjs": "x" * 20_000_000})
    assert fault == Fault(("files",), "The files take 20000000 bytes; 3145728 are allowed (3 MB).")


def test_text_that_cannot_be_stored_is_refused_at_its_file() -> None:
    faults = files_faults({"index.mjs": "'\ud800'"})
    assert faults == [Fault(("files", "index.mjs"), "The file is not valid Unicode text.")]


@SOME
@given(FILES.filter(lambda files: not path_faults(files)))
def test_a_package_comes_back_from_its_zip_unchanged(files: dict[str, PackageFile]) -> None:
    package = DeploymentPackage.of(files)
    back = from_zip(to_zip(package))
    assert back.files == files
    assert back.sha256 == package.sha256


@SOME
@given(FILES.filter(lambda files: not path_faults(files)))
def test_the_hash_and_the_zip_do_not_depend_on_the_order_of_files(files: dict[str, PackageFile]) -> None:
    package, turned = DeploymentPackage.of(files), DeploymentPackage.of(dict(reversed(files.items())))
    assert package.sha256 == turned.sha256
    assert to_zip(package) == to_zip(turned)


@pytest.mark.parametrize(
    "other",
    [
        {"a": PackageFile(b"bc")},
        {"ab": PackageFile(b"c")},
        {"a": PackageFile(b"b"), "c": PackageFile(b"")},
        {"a": PackageFile(b"b", executable=True)},
    ],
    ids=["content", "name", "another file", "executable"],
)
def test_the_hash_changes_with_anything_that_the_function_could_see(other: dict[str, PackageFile]) -> None:
    assert DeploymentPackage.of(other).sha256 != DeploymentPackage.of({"a": PackageFile(b"b")}).sha256


def test_an_archive_is_taken_with_its_folders_and_executable_files() -> None:
    script = zipfile.ZipInfo("./bin/run")
    script.external_attr = (stat.S_IFREG | 0o755) << 16
    buffer = io.BytesIO(zipped(("src/", b""), ("src/index.mjs", b"export const handler = 1")))
    with zipfile.ZipFile(buffer, "a") as archive:
        archive.writestr(script, b"#!/bin/sh")
    assert from_zip(buffer.getvalue()).files == {
        "src/index.mjs": PackageFile(b"export const handler = 1"),
        "bin/run": PackageFile(b"#!/bin/sh", executable=True),
    }


def test_a_link_in_an_archive_is_an_ordinary_file_with_the_links_text() -> None:
    link = zipfile.ZipInfo("shadow")
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr(link, "/etc/shadow")
    assert from_zip(buffer.getvalue()).files["shadow"].content == b"/etc/shadow"


@pytest.mark.parametrize("name", ["../evil.mjs", "/etc/cron.d/x", "a/../../b.mjs", "a\nb"])
def test_an_archive_that_names_a_file_outside_is_refused(name: str) -> None:
    with pytest.raises(InvalidZip, match="The name "):
        from_zip(zipped(("index.mjs", b""), (name, b"x")))


@pytest.mark.parametrize("second", ["index.mjs", "./index.mjs"])
@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_an_archive_that_holds_a_name_twice_is_refused(second: str) -> None:
    with pytest.raises(InvalidZip, match=r"collides with index\.mjs"):
        from_zip(zipped(("index.mjs", b"shown"), (second, b"run")))


def test_a_damaged_archive_is_refused_in_lambdas_words() -> None:
    whole = bytearray(zipped(("index.mjs", b"export const handler = async () => 1;\n" * 50)))
    whole[60] ^= 0xFF
    with pytest.raises(InvalidZip, match="Could not unzip uploaded file"):
        from_zip(bytes(whole))


@SOME
@given(st.binary(max_size=300), st.integers(0, 250))
def test_whatever_the_archive_is_it_is_a_package_or_refused(noise: bytes, place: int) -> None:
    archive = zipped(("index.mjs", b"export const handler = 1"), ("lib/a.mjs", b"x" * 100))
    for data in (noise, archive[:place] + noise + archive[place:], archive[:place] + noise):
        try:
            package = from_zip(data)
        except InvalidZip:
            continue
        assert path_faults(package.files) == []


def test_an_archive_that_unpacks_to_too_much_is_refused_before_it_is_unpacked(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(limits, "PACKAGE_UNZIPPED_BYTES_MAX", 100_000)
    assert from_zip(zipped(("a", bytes(50_000)), ("b", bytes(49_999)))).unzipped_bytes == 99_999
    with pytest.raises(ZipTooLarge, match=r"^Unzipped size must be smaller than 100000 bytes$"):
        from_zip(zipped(("a", bytes(50_000)), ("b", bytes(50_000))))


def test_an_archive_of_too_many_files_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "PACKAGE_FILES_MAX", 2)
    with pytest.raises(InvalidZip, match="more than 2 files"):
        from_zip(zipped(("a", b""), ("b", b""), ("c", b"")))


def test_the_entries_of_an_archive_are_counted_before_it_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    entry = struct.pack("<4s42s", b"PK\1\2", b"")
    count = limits.PACKAGE_ENTRIES_MAX + 1
    end = struct.pack("<4s4H2LH", b"PK\5\6", 0, 0, 0, 0, len(entry) * count, 0, 0)
    monkeypatch.setattr(zipfile, "ZipFile", None)
    with pytest.raises(InvalidZip, match=f"more than {limits.PACKAGE_ENTRIES_MAX} files and folders"):
        from_zip(entry * count + end)

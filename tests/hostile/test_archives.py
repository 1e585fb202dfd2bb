"""Archives as sources that were made to do harm, or are broken: nothing is extracted, nothing grows without bound."""

from __future__ import annotations

import gzip
import io
import stat
import struct
import tarfile
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Literal

import pytest

from converters.errors import SourceError
from converters.model.limits import Limits
from converters.model.notices import Log
from pipelines.run.carry import Options
from pipelines.sources.unpack import SourceArchive as Archive
from pipelines.sources.unpack import UnpackBudget as Budget
from tests.hostile.cases import case
from tests.hostile.children import measured
from tests.support import Site, convert_files
from tests.wxr import export, item

ONE, TWO = (export(item(number)).encode() for number in (1, 2))
MEBIBYTE = bytes(1024 * 1024)


def zipped(path: Path, *members: tuple[str | zipfile.ZipInfo, bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members:
            archive.writestr(name, data)
    return path


def tarred(path: Path, *members: tuple[tarfile.TarInfo, bytes], mode: Literal["w", "w:gz"] = "w:gz") -> Path:
    with tarfile.open(path, mode) as archive:
        for info, data in members:
            info.size = info.size or len(data)
            archive.addfile(info, io.BytesIO(data))
    return path


def named(name: str, kind: bytes = tarfile.REGTYPE, link: str = "") -> tarfile.TarInfo:
    info = tarfile.TarInfo(name)
    info.type, info.linkname = kind, link
    return info


def skipped(site: Site) -> dict[str, str]:
    return {notice["what"]: notice["where"] for notice in site.notices("source.skipped")}


def inside(tmp_path: Path, *known: Path) -> None:
    """Nothing was written but the site."""
    made = {path for path in tmp_path.rglob("*") if path.is_file() and tmp_path / "site" not in path.parents}
    assert made == set(known)


NAMES = (
    "../../evil.xml",
    "/etc/cron.d/evil.xml",
    "C:\\evil.xml",
    "..\\..\\evil.xml",
    "//server/share/evil.xml",
    "a/../../e.xml",
)


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("kind", ["zip", "tar"])
@case(
    "path-archive-names",
    "names in a zip or tar archive that lead out of it: `../../x`, absolute, with a drive",
    "read as streams; nothing is written under such a name",
)
def test_names_that_lead_out(tmp_path: Path, name: str, kind: str) -> None:
    source = tmp_path / f"source.{kind}"
    zipped(source, (name, ONE)) if kind == "zip" else tarred(source, (named(name), ONE))
    site = convert_files(tmp_path, source)
    assert site.files() == ["content/posts/post-1.md"]
    inside(tmp_path, source)
    assert not Path("/etc/cron.d/evil.xml").exists()


@case(
    "path-archive-links", "links, devices and pipes in a tar archive, links in a zip archive", "passed over and named"
)
def test_only_plain_files_count(tmp_path: Path) -> None:
    secret = tmp_path / "secret.xml"
    secret.write_bytes(TWO)
    link = zipfile.ZipInfo("link.xml")
    link.create_system, link.external_attr = 3, (stat.S_IFLNK | 0o777) << 16
    source = zipped(tmp_path / "a.zip", (link, str(secret).encode()), ("one.xml", ONE))
    packed = tarred(
        tmp_path / "b.tar.gz",
        (named("to.xml", tarfile.SYMTYPE, str(secret)), b""),
        (named("hard.xml", tarfile.LNKTYPE, "/etc/passwd"), b""),
        (named("zero", tarfile.CHRTYPE), b""),
        (named("disk", tarfile.BLKTYPE), b""),
        (named("pipe", tarfile.FIFOTYPE), b""),
        (named("folder", tarfile.DIRTYPE), b""),
    )
    site = convert_files(tmp_path, source, packed)
    assert site.files() == ["content/posts/post-1.md"]
    assert skipped(site) == {
        "link.xml": "a link", "to.xml": "a link", "hard.xml": "a link", "zero": "no plain file",
        "disk": "no plain file", "pipe": "no plain file",
    }  # fmt: skip
    inside(tmp_path, secret, source, packed)


@case("path-archive-double", "two files of one name in an archive", "both are read")
def test_two_files_of_one_name(tmp_path: Path) -> None:
    with pytest.warns(UserWarning, match="Duplicate name"):
        source = zipped(tmp_path / "a.zip", ("x.xml", ONE), ("x.xml", TWO))
    packed = tarred(tmp_path / "b.tar", (named("x.xml"), ONE), (named("x.xml"), TWO), mode="w")
    assert len(convert_files(tmp_path, source).files()) == 2
    assert len(convert_files(tmp_path / "again", packed).files()) == 2


def locked(data: bytes, *, method: int | None = None) -> bytes:
    """The first member says it is encrypted, or packed in another way."""
    raw = bytearray(data)
    for mark, flags, way in ((b"PK\x03\x04", 6, 8), (b"PK\x01\x02", 8, 10)):
        place = raw.index(mark)
        if method is None:
            raw[place + flags] |= 1
        else:
            raw[place + way : place + way + 2] = struct.pack("<H", method)
    return bytes(raw)


@case("path-archive-locked", "files behind a password, or packed in a way nobody knows", "passed over and named")
@pytest.mark.parametrize(("method", "why"), [(None, "behind a password"), (97, "cannot be unpacked")])
def test_what_cannot_be_opened_is_named(tmp_path: Path, method: int | None, why: str) -> None:
    source = zipped(tmp_path / "a.zip", ("locked.xml", TWO), ("one.xml", ONE))
    source.write_bytes(locked(source.read_bytes(), method=method))
    site = convert_files(tmp_path, source)
    assert site.files() == ["content/posts/post-1.md"]
    [(what, where)] = skipped(site).items()
    assert (what, where.partition(":")[0]) == ("locked.xml", why)


def many(path: Path, files: int, mebibytes: int) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for number in range(files):
            with archive.open(f"{number}.xml", "w") as file:
                for _ in range(mebibytes):
                    file.write(MEBIBYTE)
    return path


def overlapping(path: Path) -> Path:
    """A thousand files that are all the same bytes of the archive."""
    zipped(path, ("0.xml", MEBIBYTE))
    raw = path.read_bytes()
    start, end = raw.index(b"PK\x01\x02"), raw.index(b"PK\x05\x06")
    directory = raw[start:end] * 1000
    tail = struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, 1000, 1000, len(directory), start, 0)
    path.write_bytes(raw[:start] + directory + tail)
    return path


def zeros(path: Path) -> Path:
    with gzip.open(path, "wb") as file:
        for _ in range(120):
            file.write(MEBIBYTE)
    return path


def long_header(path: Path) -> Path:
    """A header that says the name of the next file is ten thousand million bytes long."""
    info = named("././@LongLink", tarfile.GNUTYPE_LONGNAME)
    info.size = 10 * 1000**3
    with gzip.open(path, "wb") as file:
        file.write(info.tobuf(tarfile.GNU_FORMAT))
        for _ in range(120):
            file.write(MEBIBYTE)
    return path


BOMBS: dict[str, tuple[str, Callable[[Path], Path], str]] = {
    "many": ("a.zip", lambda path: many(path, 3, 40), "200 times its size"),
    "overlap": ("a.zip", overlapping, "200 times its size"),
    "gzip": ("a.xml.gz", zeros, "200 times its size"),
    "nested": ("a.zip", lambda path: zipped(path, ("in.zip", many(path.with_name("in"), 3, 40).read_bytes())),
               "200 times its size"),
    "passed over": (
        "a.tar.gz",
        lambda path: tarred(path, (named("x", tarfile.CONTTYPE), MEBIBYTE * 120), (named("y", tarfile.FIFOTYPE), b"")),
        "200 times its size",
    ),
    "long name": ("a.tar.gz", long_header, "damaged"),
}  # fmt: skip


@case(
    "path-archive-bomb",
    "an archive that unpacks to a thousand times its size, in one file, many, overlapping ones, archives inside",
    "exit 65 at the limits; memory stays as it was",
)
@pytest.mark.parametrize("name", BOMBS)
def test_bombs(tmp_path: Path, name: str) -> None:
    file, make, says = BOMBS[name]
    source = make(tmp_path / file)
    done = measured("--from", "wordpress", str(source), "-o", "site", cwd=tmp_path)
    assert (done.status, says in done.said, "Traceback" in done.said) == (65, True, False), done.said
    assert done.megabytes < 300
    assert not (tmp_path / "site").exists()


def test_limits_of_all_archives_together(tmp_path: Path) -> None:
    one, two = (zipped(tmp_path / f"{name}.zip", ("a.xml", ONE), ("b.xml", TWO)) for name in "ab")

    def read(limits: Limits) -> None:
        budget = Budget(limits)
        for path in (one, two):
            archive = Archive(path, budget, Log())
            for name, stream in archive.members(path.read_bytes()) or ():
                archive.copy(stream, tmp_path / "copy", name)

    read(Limits(archive_entries=4, archive_bytes=2 * len(ONE + TWO)))
    with pytest.raises(SourceError, match="more than 3 files"):
        read(Limits(archive_entries=3))
    with pytest.raises(SourceError, match=r"more than .* bytes"):
        read(Limits(archive_bytes=2 * len(ONE + TWO) - 1))


def quine(path: Path, depth: int) -> Path:
    data = ONE
    for level in range(depth):
        data = zipped(path, (f"level-{level}.{'zip' if level else 'xml'}", data)).read_bytes()
    return path


@case("path-archive-nested", "archives in archives in archives", "opened three deep; deeper ones are named")
def test_archives_in_archives(tmp_path: Path) -> None:
    assert convert_files(tmp_path, quine(tmp_path / "a.zip", 3)).files() == ["content/posts/post-1.md"]
    (tmp_path / "deep").mkdir()
    deep, other = quine(tmp_path / "deep/b.zip", 6), tmp_path / "deep/two.xml"
    other.write_bytes(TWO)
    site = convert_files(tmp_path / "deep", deep, other)
    assert site.files() == ["content/posts/post-2.md"]
    [(what, where)] = skipped(site).items()
    assert what.endswith("b.zip/level-5.zip/level-4.zip/level-3.zip")
    assert where == "an archive inside of 3 others"


def header(size: bytes = b"", type: bytes = b"") -> bytes:
    """A header block with a field as it should not be, and the right sum."""
    info = named("x.xml")
    info.size = len(ONE)
    raw = bytearray(info.tobuf(tarfile.GNU_FORMAT)[:512])
    if size:
        raw[124:136] = size
    if type:
        raw[156:157] = type
    raw[148:156] = b" " * 8
    raw[148:156] = b"%06o\0 " % sum(raw)
    return bytes(raw)


def padded(data: bytes) -> bytes:
    return data + bytes(-len(data) % 512)


GOOD = header() + padded(ONE)
DAMAGED = {
    "a size below zero": GOOD + header(size=b"\xff" * 11 + b"\x00") + bytes(1024),
    "a size of 2**80": GOOD + header(size=b"\x80\x01" + bytes(10)) + bytes(1024),
    "a name's size below zero": GOOD + header(size=b"\xff" * 11 + b"\x00", type=b"L") + bytes(1024),
    "a header of noise": GOOD + b"\x99" * 512 + GOOD,
    "cut off": GOOD[:-600],
    "cut in a header": GOOD + header()[:300],
    "numbers that are none": GOOD + header(size=b"99999999999\0"),
}


@case(
    "path-archive-damaged",
    "a tar archive with sizes below zero or beyond all, broken headers, or cut off; a zip or gzip with bytes changed",
    "exit 65, named as damaged; never read in part as if it were whole",
)
@pytest.mark.parametrize("packed", [False, True], ids=["tar", "tar.gz"])
@pytest.mark.parametrize("name", DAMAGED)
def test_damaged_tar_archives(tmp_path: Path, name: str, packed: bool) -> None:
    source = tmp_path / "a.tar"
    source.write_bytes(gzip.compress(DAMAGED[name]) if packed else DAMAGED[name])
    with pytest.raises(SourceError, match="damaged"):
        convert_files(tmp_path, source)
    inside(tmp_path, source)


@pytest.mark.parametrize("kind", ["zip", "gz", "tar.gz"])
def test_damaged_bytes(tmp_path: Path, kind: str) -> None:
    """One byte changed, at any place: read whole, or refused with a word, never a crash."""
    text = export(*(item(number) for number in range(20))).encode()
    source = tmp_path / f"a.{kind}"
    if kind == "zip":
        zipped(source, ("a.xml", text))
    elif kind == "gz":
        source.write_bytes(gzip.compress(text, mtime=0))
    else:
        tarred(source, (named("a.xml"), text))
    whole = source.read_bytes()
    for place in range(0, len(whole), max(1, len(whole) // 60)):
        source.write_bytes(whole[:place] + bytes([whole[place] ^ 0x55]) + whole[place + 1 :])
        archive = Archive(source, Budget(), Log())
        try:
            for name, stream in archive.members(source.read_bytes()[:600]) or ():
                archive.copy(stream, tmp_path / "copy", name)
        except SourceError as error:
            assert "damaged" in str(error)


@case("path-tar-holes", "a tar archive with a file that is said to be 8 TiB of holes", "passed over and named")
def test_files_with_holes(tmp_path: Path) -> None:
    sparse = bytearray(header(size=b"%011o\0" % 0, type=b"S"))
    sparse[386:398], sparse[398:410] = b"%011o\0" % 0, b"%011o\0" % 0
    sparse[483:495] = b"\x80" + (8 * 1024**4).to_bytes(11, "big")
    sparse[148:156] = b" " * 8
    sparse[148:156] = b"%06o\0 " % sum(sparse)
    source = tmp_path / "a.tar"
    source.write_bytes(bytes(sparse) + header() + padded(TWO[: len(ONE)]) + bytes(1024))
    site = convert_files(tmp_path, source)
    assert skipped(site) == {"x.xml": "no plain file"}
    assert len(site.files()) == 1


@case(
    "path-archive-long-name",
    "a name of 3,000 bytes in an archive",
    "the file is carried; names written are cut, or the file is named",
)
def test_long_names(tmp_path: Path) -> None:
    long = "n" * 3000
    source = zipped(tmp_path / "a.zip", (f"{long}.xml", ONE))
    packed = tarred(tmp_path / "b.tar", (named(f"{long}/{long}.xml"), TWO), mode="w")
    assert len(convert_files(tmp_path, source, packed).files()) == 2


@case("path-archive-long-name", "a name of 3,000 bytes in an archive", "the file is carried; names written are cut")
def test_a_page_and_a_file_of_long_names_in_a_zip_of_pages(tmp_path: Path) -> None:
    long, wide = "n" * 300, "語" * 83  # 249 bytes, which a file system takes
    page = b"<title>A</title><main><p>Text.</p></main>"
    pages = [("index.html", page), (f"{long}.html", page), ("/".join([long] * 9) + ".html", page)]
    source = zipped(tmp_path / "a.zip", *pages, (f"{long}/{long}.png", b"x"), (f"{wide}.png", b"y"))
    site = convert_files(tmp_path, source, options=Options("html", "hugo"))
    assert len(site.files()) == 3
    assert len(site.notices("path.cut")) >= 3
    files = sorted((site.folder / "static").rglob("*.png"))
    assert [(file.read_bytes(), len(file.name.encode()) <= 255) for file in files] == [(b"x", True), (b"y", True)]

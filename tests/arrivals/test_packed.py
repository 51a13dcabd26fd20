"""ZIPs: each entry becomes an arrival or a rejection of its own; what is made to do harm does none."""

from __future__ import annotations

import io
import stat
import struct
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from library.arrivals import Arrivals, Stage, packed
from library.arrivals.arrival import Arrival
from library.arrivals.packed import is_pack
from library.arrivals.unpacking import unpack
from tests.arrivals.handing_in import ANA, BATCH
from tests.papers import everything_under

Entries = list[tuple[str, bytes]]


def zipped(entries: Entries, method: int = zipfile.ZIP_DEFLATED) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", method) as made:
        for name, content in entries:
            made.writestr(name, content)
    return file.getvalue()


def unpacked(root: Path, data: bytes) -> tuple[Arrivals, Arrival, tuple[Arrival, ...]]:
    """The ZIP handed in and unpacked: what became of it, and the arrivals of what was in it."""
    arrivals = Arrivals(root)
    pack = unpack(arrivals.folder, arrivals.receive(ANA, "pack.zip", [data], BATCH))
    return arrivals, pack, tuple(one for one in arrivals.status(ANA, BATCH).arrivals if one.id != pack.id)


def reasons(arrivals: tuple[Arrival, ...]) -> dict[str, str]:
    return {one.name: one.reason.partition(":")[0] for one in arrivals}


def test_folders_inside_are_part_of_the_name(tmp_path: Path) -> None:
    data = zipped([("sheets/fr/a.pdf", b"one"), ("b.pdf", b"two"), ("__MACOSX/._b.pdf", b"x"), ("c/.DS_Store", b"y")])
    arrivals, pack, inside = unpacked(tmp_path, data)
    assert [(one.name, one.inside, one.stage) for one in inside] == [
        ("sheets/fr/a.pdf", "pack.zip", Stage.WAITING), ("b.pdf", "pack.zip", Stage.WAITING)
    ]  # fmt: skip
    assert [arrivals.folder.received(one).read_bytes() for one in inside] == [b"one", b"two"]
    assert pack.stage is Stage.UNPACKED and pack.note.startswith("2 files were left aside")
    assert not arrivals.folder.received(pack).exists()
    arrivals.folder.received(pack).write_bytes(data)  # as if it had been ended before it was noted as done
    assert unpack(arrivals.folder, pack) == pack
    assert len(arrivals.status(ANA, BATCH).arrivals) == 3


def linked() -> zipfile.ZipInfo:
    info = zipfile.ZipInfo("link.pdf")
    info.external_attr = (stat.S_IFLNK | 0o777) << 16
    return info


def with_flag(data: bytes, flag: int) -> bytes:
    """The ZIP with a flag set on its only entry, in both places."""
    changed = bytearray(data)
    for sign, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        place = data.index(sign) + offset
        (flags,) = struct.unpack_from("<H", data, place)
        struct.pack_into("<H", changed, place, flags | flag)
    return bytes(changed)


@pytest.mark.parametrize("name", ["../out.pdf", "a/../../out.pdf", "/etc/passwd", "C:/x.pdf", "..\\out.pdf"])
def test_a_name_that_leads_out_is_refused(tmp_path: Path, name: str) -> None:
    _, _, inside = unpacked(tmp_path / "root", zipped([(name, b"x"), ("good.pdf", b"y")]))
    assert [one.reason.partition(":")[0] for one in inside] == ["unsafe-name", ""]
    assert [path.name for path in tmp_path.iterdir()] == ["root"]


def test_links_secrets_and_odd_packing_are_refused_with_what_to_do(tmp_path: Path) -> None:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as made:
        made.writestr(linked(), "/etc/passwd")
    for number, (data, reason) in enumerate((
        (file.getvalue(), "symlink"),
        (with_flag(zipped([("a.pdf", b"x")]), 1), "encrypted"),
        (zipped([("a.pdf", b"x" * 100)], zipfile.ZIP_LZMA), "compression"),
        (zipped([("a.pdf", bytes(11 * 1024 * 1024))]), "bomb"),
    )):  # fmt: skip
        _, pack, (one,) = unpacked(tmp_path / str(number), data)
        assert (one.stage, one.reason.partition(":")[0], bool(one.remedy)) == (Stage.REJECTED, reason, True)
        assert pack.stage is Stage.UNPACKED


def lying(data: bytes, size: int) -> bytes:
    """The ZIP whose only entry says that it has so many bytes."""
    changed = bytearray(data)
    struct.pack_into("<I", changed, data.index(b"PK\x01\x02") + 24, size)
    struct.pack_into("<I", changed, data.index(b"PK\x03\x04") + 22, size)
    return bytes(changed)


def test_an_entry_that_is_larger_than_it_says_is_not_unpacked(tmp_path: Path) -> None:
    arrivals, _, (one,) = unpacked(tmp_path, lying(zipped([("a.pdf", bytes(5_000_000))]), 1_000))
    assert one.stage is Stage.REJECTED and one.reason.partition(":")[0] in {"bomb", "damaged"}
    assert not arrivals.folder.received(one).exists()


def sixty_four(data: bytes) -> bytes:
    """The ZIP with the sign of a second, larger list before its end."""
    place = data.rindex(b"PK\x05\x06")
    return data[:place] + b"PK\x06\x07" + bytes(16) + data[place:]


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (lambda: zipped([]), "empty"),
        (lambda: zipped([(".hidden", b"x")]), "empty"),
        (lambda: zipped([("a.pdf", b"x" * 1_000)])[:-30], "damaged"),
        (lambda: b"PK\x03\x04" + bytes(100), "damaged"),
        (lambda: sixty_four(zipped([("a.pdf", b"x")])), "too-many"),
        (lambda: zipped([(f"{number}.pdf", b"") for number in range(packed.MOST_ENTRIES + 1)]), "too-many"),
    ],
)
def test_a_zip_that_is_not_right_is_refused_as_a_whole(tmp_path: Path, data: Callable[[], bytes], reason: str) -> None:
    _, pack, inside = unpacked(tmp_path, data())
    assert (pack.stage, pack.reason.partition(":")[0], inside) == (Stage.REJECTED, reason, ())
    assert pack.remedy


def test_all_together_must_not_be_too_large(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(packed, "MOST_UNPACKED", 1_000)
    _, pack, inside = unpacked(tmp_path, zipped([("a.pdf", b"x" * 600), ("b.pdf", b"x" * 600)]))
    assert (pack.reason.partition(":")[0], inside) == ("too-large", ())


@pytest.mark.parametrize("first", ["mimetype", "[Content_Types].xml"])
def test_a_document_that_is_packed_is_no_pack(tmp_path: Path, first: str) -> None:
    for number, (name, told) in enumerate(((first, False), ("a.pdf", True))):
        path = tmp_path / str(number)
        path.write_bytes(zipped([(name, b"application/epub+zip")]))
        assert is_pack(path) is told
    (tmp_path / "pdf").write_bytes(b"%PDF-1.7")
    assert not is_pack(tmp_path / "pdf")


@settings(deadline=None, max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(st.tuples(st.text(min_size=1, max_size=40), st.binary(max_size=200)), min_size=1, max_size=6), st.data()
)
def test_every_entry_has_one_outcome_and_nothing_lies_elsewhere(
    tmp_path_factory: pytest.TempPathFactory, entries: Entries, more: st.DataObject
) -> None:
    root = tmp_path_factory.mktemp("zip")
    data = zipped(list(dict(entries).items()))
    if more.draw(st.booleans()):
        place = more.draw(st.integers(0, len(data) - 1))
        data = data[:place] + bytes([more.draw(st.integers(0, 255))]) + data[place + 1 :]
    arrivals, pack, inside = unpacked(root, data)
    assert pack.stage in {Stage.UNPACKED, Stage.REJECTED}
    assert len(inside) <= len(entries)
    for one in inside:
        received = arrivals.folder.received(one)
        assert (one.stage is Stage.WAITING) == received.exists() == bool(one.sha256)
    places = {path.split("/")[0] for path in everything_under(root / "arrivals")}
    assert places == {BATCH, ".rung"} and [path.name for path in root.iterdir()] == ["arrivals"]

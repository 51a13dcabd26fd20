"""Packages of others: DSpace items mapped field by field, and ZIP files that mean harm."""

from __future__ import annotations

import io
import stat
import struct
import zipfile
from pathlib import Path

import pytest
import rispy
from bibtexparser.entrypoint import parse_string
from lxml import etree

from library.access import Role, User
from library.errors import UsageError
from library.exchange import Form, State, Wanted, export, import_records
from library.exchange.dublin_core import DCTERMS, RECORDS
from library.exchange.saf_mapping import MAPPING, OF_EDITIONS
from library.exchange.saf_reading import BadItem, read_values
from library.exchange.unpacking import MOST_FILES, unpack
from library.library import Library
from library.model import Access, Kind, Place, Status
from tests.exchange.made_up import document
from tests.web.small_library import TOPICS

LIBRARIAN = User(Role.LIBRARIAN, "ada")
TERMS = frozenset(
    "abstract accessRights alternative extent hasVersion identifier isPartOf issued language publisher spatial subject "
    "title type".split()
)
"""Those of the DCMI Metadata Terms that we use."""


def out_of(library: Library, form: Form) -> bytes:
    out = io.BytesIO()
    export(library, LIBRARIAN, form, out)
    return out.getvalue()


def test_dublin_core_is_sound_xml_in_terms_of_the_dcmi(demo: Library) -> None:
    root = etree.fromstring(out_of(demo, Form.DC), etree.XMLParser(resolve_entities=False, no_network=True))
    assert root.tag == f"{{{RECORDS}}}records"
    works = demo.works(LIBRARIAN)
    assert [one.findtext(f"{{{DCTERMS}}}identifier") for one in root] == [work.id for work in works]
    used = {etree.QName(element).localname for one in root for element in one}
    assert used <= TERMS
    for one, work in zip(root, works, strict=True):
        titles = {
            t.get("{http://www.w3.org/XML/1998/namespace}lang"): t.text for t in one.findall(f"{{{DCTERMS}}}title")
        }
        assert titles == {edition.language: edition.title for edition in work.editions}
        assert [t.text for t in one.findall(f"{{{DCTERMS}}}language")] == list(work.languages)


def test_citations_are_read_by_other_programs(demo: Library) -> None:
    every = [f"{work.id}.{edition.language}" for work in demo.works(LIBRARIAN) for edition in work.editions]
    entries = parse_string(out_of(demo, Form.BIBTEX).decode("utf-8"))
    assert not entries.failed_blocks
    assert [entry.key for entry in entries.entries] == every
    records = rispy.loads(out_of(demo, Form.RIS).decode("utf-8"))
    assert [record["id"] for record in records] == every
    assert all("urls" not in record for record in records)  # nobody knows where this library is served


DC = """<?xml version="1.0" encoding="utf-8"?>
<dublin_core schema="dc">
 <dcvalue element="title" qualifier="none" language="en_US">Hosts of the square</dcvalue>
 <dcvalue element="title" qualifier="none" language="fr">Les hôtes de la place</dcvalue>
 <dcvalue element="description" qualifier="abstract" language="fr">Un résumé &amp; plus</dcvalue>
 <dcvalue element="contributor" qualifier="author">Somebody</dcvalue>
 <dcvalue element="date" qualifier="issued">2019-05-02T00:00:00Z</dcvalue>
 <dcvalue element="type">Guide</dcvalue>
 <dcvalue element="subject">Nightlife</dcvalue>
 <dcvalue element="subject">Astronomy</dcvalue>
 <dcvalue element="coverage" qualifier="spatial">Amsterdam (Netherlands)</dcvalue>
 <dcvalue element="coverage" qualifier="spatial">Atlantis</dcvalue>
 <dcvalue element="relation" qualifier="ispartof">Safer Nights</dcvalue>
 <dcvalue element="rights" qualifier="accessRights">members</dcvalue>
 <dcvalue element="language" qualifier="iso">en</dcvalue>
 <dcvalue element="language" qualifier="iso">fr_FR</dcvalue>
</dublin_core>
"""


@pytest.fixture
def package(tmp_path: Path) -> Path:
    """An item as another repository gives it."""
    item = tmp_path / "saf" / "item_000"
    document(item / "hosts.pdf", "en")
    document(item / "hotes_fr.pdf", "fr")
    (item / "license.txt").write_text("mine")
    (item / "dublin_core.xml").write_text(DC, encoding="utf-8")
    (item / "metadata_local.xml").write_text('<dublin_core schema="local"/>', encoding="utf-8")
    (item / "handle").write_text("123/4")
    (item / "contents").write_text(
        "hosts.pdf\tbundle:ORIGINAL\tdescription:English version\tprimary:true\nhotes_fr.pdf\n"
        "license.txt\tbundle:LICENSE\n", encoding="utf-8"
    )  # fmt: skip
    return tmp_path / "saf"


def test_an_item_of_dspace_is_mapped_and_the_rest_is_told(empty_root: Path, package: Path) -> None:
    (empty_root / "documents").mkdir()
    (empty_root / "documents" / "topics.ttl").write_text(TOPICS, encoding="utf-8")
    with Library.open(empty_root) as library:
        report = import_records(library, LIBRARIAN, Wanted(package))
        assert [(row.row, row.state, row.language) for row in report.rows] == [
            (1, State.ADDED, "en"), (1, State.ADDED, "fr"),
        ]  # fmt: skip
        (work,) = library.works(LIBRARIAN)
        assert (
            library.file(work.id, "fr", LIBRARIAN).read_bytes() == (package / "item_000" / "hotes_fr.pdf").read_bytes()
        )
        again = import_records(library, LIBRARIAN, Wanted(package))
    assert {row.state for row in again.rows} == {State.UNCHANGED}
    assert [(edition.language, edition.title, edition.abstract) for edition in work.editions] == [
        ("en", "Hosts of the square", ""), ("fr", "Les hôtes de la place", "Un résumé & plus"),
    ]  # fmt: skip
    assert (work.date, work.kind, work.topics, work.places, work.projects, work.access, work.status) == (
        "2019-05-02", Kind.GUIDE, ("nightlife",), (Place("NL", "Amsterdam"),), ("Safer Nights",), Access.MEMBERS,
        Status.DRAFT,
    )  # fmt: skip
    told = " ".join(report.rows[0].notices)
    for left in (
        "dc.contributor.author “Somebody”",
        "“Astronomy”",
        "“Atlantis”",
        "metadata_local.xml",
        "handle",
        "license.txt",
    ):
        assert left in told
    assert "Nightlife" not in told


def test_the_mapping_is_in_the_documentation() -> None:
    page = (Path(__file__).parents[2] / "docs" / "exchange.md").read_text(encoding="utf-8")
    fields = {**{named: field for named, (field, _) in MAPPING.items()}, **OF_EDITIONS}
    for (element, qualifier), field in fields.items():
        name = f"dc.{element}" + ("" if qualifier == "none" else f".{qualifier}")
        assert f"| `{name}` | `{field}` |" in page


@pytest.mark.parametrize("text", [
    '<!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/passwd">]><d><dcvalue element="title">&x;</dcvalue></d>',
    '<!DOCTYPE d [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]><d><dcvalue element="title">&b;</dcvalue></d>',
    '<?xml version="1.0" encoding="utf-16"?><!DOCTYPE d SYSTEM "http://example.org/x"><dublin_core/>',
    "<dublin_core>", "", "no xml",
])  # fmt: skip
def test_entities_are_never_resolved(tmp_path: Path, text: str) -> None:
    path = tmp_path / "dublin_core.xml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(BadItem):
        read_values(path)
    path.write_bytes(text.encode("utf-16"))
    with pytest.raises(BadItem):
        read_values(path)


def test_a_bad_item_stops_no_other(empty_root: Path, package: Path) -> None:
    bad = package / "item_001"
    bad.mkdir()
    (bad / "dublin_core.xml").write_text("<!DOCTYPE x><dublin_core/>")
    (bad / "contents").write_text("")
    with Library.open(empty_root) as library:
        report = import_records(library, LIBRARIAN, Wanted(package, dry_run=True))
    assert [row.state for row in report.rows] == [State.ADDED, State.ADDED, State.REJECTED]
    assert "document type" in report.rows[2].faults[0].reason


def zipped(path: Path, **entries: bytes) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in entries.items():
            packed.writestr(name, content)
    return path


@pytest.mark.parametrize(
    "name", ["../out.txt", "/etc/out.txt", "a/../../out.txt", "C:/out.txt", "a\\..\\out.txt", "a//b", "./a"]
)
def test_no_name_leads_out_of_the_folder(tmp_path: Path, name: str) -> None:
    path = tmp_path / "bad.zip"
    with zipfile.ZipFile(path, "w") as packed:
        packed.writestr(zipfile.ZipInfo(name), b"out")
    (tmp_path / "in").mkdir()
    with pytest.raises(UsageError, match="leads elsewhere"):
        unpack(path, tmp_path / "in")
    assert sorted(p.name for p in tmp_path.rglob("*")) == ["bad.zip", "in"]


def test_links_bombs_and_locked_files_are_refused(tmp_path: Path) -> None:
    link = tmp_path / "link.zip"
    with zipfile.ZipFile(link, "w") as packed:
        info = zipfile.ZipInfo("link")
        info.external_attr = (stat.S_IFLNK | 0o777) << 16
        packed.writestr(info, "/etc/passwd")
    bomb = zipped(tmp_path / "bomb.zip", bomb=b"\0" * 50_000_000)
    twice = tmp_path / "twice.zip"
    with zipfile.ZipFile(twice, "w") as packed:
        packed.writestr("A.txt", b"1")
        packed.writestr("a.txt", b"2")
    for number, (path, said) in enumerate(((link, "link"), (bomb, "larger than it looks"), (twice, "same name"))):
        folder = tmp_path / f"in-{number}"
        folder.mkdir()
        with pytest.raises(UsageError, match=said):
            unpack(path, folder)
        assert sum(p.stat().st_size for p in folder.rglob("*") if p.is_file()) < 15_000_000


def test_a_list_that_is_too_long_is_not_read(tmp_path: Path) -> None:
    path = zipped(tmp_path / "a.zip", a=b"x")
    content = bytearray(path.read_bytes())
    end = content.rfind(b"PK\x05\x06")
    struct.pack_into("<L", content, end + 12, 500_000_000)
    path.write_bytes(content)
    with pytest.raises(UsageError, match="no list"):
        unpack(path, tmp_path)
    with zipfile.ZipFile(path, "w") as packed:
        for number in range(MOST_FILES + 1):
            packed.writestr(str(number), b"")
    with pytest.raises(UsageError, match="more than"):
        unpack(path, tmp_path)


def ill_named(path: Path) -> Path:
    """A ZIP whose list says that a name is UTF-8, which it is not."""
    content = zipped(path, **{"é.txt": b"x"}).read_bytes()
    path.write_bytes(content.replace("é".encode(), b"\xe9\xe9"))
    return path


def test_a_name_that_is_not_what_the_zip_says_is_told(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="cannot be unpacked"):
        unpack(ill_named(tmp_path / "a.zip"), tmp_path / "in")


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 and then nothing", b"x" * 200])
def test_what_is_no_zip_is_told(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "a.zip"
    path.write_bytes(content)
    with pytest.raises(UsageError):
        unpack(path, tmp_path)


def test_what_is_neither_is_told(empty_root: Path, tmp_path: Path) -> None:
    folder = tmp_path / "given"
    folder.mkdir()
    with Library.open(empty_root) as library:
        for path, said in (
            (tmp_path / "none.csv", "no file"),
            (folder, "neither"),
            (zipped(tmp_path / "a.zip", a=b""), "neither"),
        ):
            with pytest.raises(UsageError, match=said):
                import_records(library, LIBRARIAN, Wanted(path))
        (folder / "a.csv").write_text("work\n")
        (folder / "b.csv").write_text("work\n")
        with pytest.raises(UsageError, match="2 tables"):
            import_records(library, LIBRARIAN, Wanted(folder))
        (folder / "bagit.txt").write_text("")
        with pytest.raises(UsageError, match="is a bag"):
            import_records(library, LIBRARIAN, Wanted(folder))

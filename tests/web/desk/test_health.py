"""The health page: what the doctor finds, and what can be put right by a button."""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from httpx import Response
from starlette.testclient import TestClient

from tests.papers import leave
from tests.web.people import HOST, form_token, serving
from tests.web.small_library import small


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small library in which nothing is wrong."""
    return small(tmp_path_factory)


@pytest.fixture
def copy(sound: Path, tmp_path: Path) -> Path:
    """A copy of it, to be harmed."""
    return shutil.copytree(sound, tmp_path / "library")


@pytest.fixture
def librarian(copy: Path) -> Iterator[TestClient]:
    """A librarian's browser."""
    with serving(copy, copy / "private") as served:
        yield served.signed_in("lib")


def looked(browser: TestClient, address: str = "/desk/health") -> str:
    """The page, once the library has been looked at."""
    last = time.monotonic() + 60
    while "data-looking" in (page := str(browser.get(address).text)) and time.monotonic() < last:
        time.sleep(0.05)
    return page


def send(browser: TestClient, verb: str, **fields: str) -> Response:
    """Send a form of the page."""
    given = {"token": form_token(browser, "/desk/health"), **fields}
    answer: Response = browser.post(
        f"/desk/do/{verb}", data=given, headers={"Origin": HOST, "Sec-Fetch-Site": "same-origin"}
    )
    return answer


def test_all_is_well(librarian: TestClient) -> None:
    page = looked(librarian)
    assert "Nothing was found: all is well." in page
    assert "documents/" in page
    assert "are left on the disk." in page


def test_findings_stand_under_their_kind_with_the_line_to_mend(librarian: TestClient, copy: Path) -> None:
    record = copy / "documents" / "volume-2" / "record.toml"
    record.write_text(record.read_text().replace('kind = "guide"', 'kind = "<b>leaflet</b>"'), encoding="utf-8")
    (copy / "documents" / "night-watch" / "fr.pdf").write_bytes(b"another file")
    (copy / "documents" / "night-watch" / "odd.pdf").write_bytes(b"who put this here?")
    page = looked(librarian)
    assert '<h2 id="kind-records">Records ' in page
    assert "Line 1:" in page
    assert "kind = &quot;&lt;b&gt;leaflet&lt;/b&gt;&quot;" in page
    assert "<b>leaflet" not in page
    assert '<a href="../desk/work?id=night-watch" dir="auto">night-watch.fr</a>' in page
    assert "night-watch/odd.pdf" in page


def test_a_button_puts_right_and_the_rest_needs_a_person(librarian: TestClient, copy: Path) -> None:
    left = copy / "documents" / ".arriving-x1"
    left.mkdir()
    leave(left)
    (copy / "documents" / "night-watch" / "fr.pdf").unlink()
    page = looked(librarian)
    assert page.count("Put right: ") == 1
    answer = send(librarian, "fix", check="leftovers", subject=".arriving-x1")
    assert (answer.status_code, answer.headers["location"]) == (303, "../../desk/health?done=fixed")
    assert not left.exists()
    page = looked(librarian, "/desk/health?done=fixed")
    assert "It was put right" in page
    assert ".arriving-x1" not in page
    assert "night-watch.fr" in page


@pytest.mark.parametrize(("check", "subject"), [("files", "night-watch.fr"), ("leftovers", "../../etc"), ("", "")])
def test_what_was_not_found_or_needs_a_person_is_not_touched(
    librarian: TestClient, copy: Path, check: str, subject: str
) -> None:
    (copy / "documents" / "night-watch" / "fr.pdf").unlink()
    looked(librarian)
    answer = send(librarian, "fix", check=check, subject=subject)
    assert answer.status_code == 409
    assert "not found any more, or needs a person" in answer.text


def test_looking_again_sees_what_changed_and_every_byte_when_asked(librarian: TestClient, copy: Path) -> None:
    path = copy / "documents" / "night-watch" / "fr.pdf"
    looked(librarian)
    stat = path.stat()
    content = bytearray(path.read_bytes())
    content[-20] ^= 1  # as a bad disk does: same size, same time
    path.write_bytes(content)
    os.utime(path, ns=(stat.st_atime_ns, stat.st_mtime_ns))
    assert send(librarian, "look").status_code == 303
    assert "all is well" in looked(librarian)
    assert send(librarian, "look", every="1").status_code == 303
    assert "night-watch.fr" in looked(librarian)


def test_the_page_speaks_french(librarian: TestClient) -> None:
    page = looked(librarian, "/desk/health?ui=fr")
    assert '<html lang="fr"' in page
    assert "tout va bien" in page

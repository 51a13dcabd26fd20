"""What the library takes from an HTML file: the words a reader reads, in whatever encoding, and nothing that runs."""

from __future__ import annotations

import codecs
import socket

import pytest

from library.errors import Reason, UnreadableFile
from library.formats.html_file import read_html
from library.formats.markup_encoding import markup_text
from library.formats.reading import Limits, OutlineEntry
from tests.formats.office_samples import BODY

PAGE = f"""<!doctype html><html lang="fr"><head><title>Nuits sûres</title><meta name="author" content="Ana Kos">
<meta name="dcterms.created" content="2021-05-03T10:00"><meta property="article:tag" content="nuit">
<meta property="article:tag" content="police"><style>p {{}}</style></head><body>
<nav>Accueil</nav><header><h1><a href="/">Nuits sûres</a><a class="headerlink" href="#x">¶</a></h1></header>
<p>Un <b>premier</b> paragraphe&nbsp;: l&rsquo;été.<br>Ligne deux.<script>alert(1)</script></p><p>{BODY}</p>
<h2><div>Le budget</div></h2><table><tr><th>Poste</th><td>12</td></tr></table><p>{BODY}
<div style="display: none">caché</div><p hidden>caché</p><div role="navigation">caché</div><pre>a
  b</pre><select><option>caché</select><footer>pied</footer></body></html>"""


def test_a_page_is_read_without_what_stands_around_it() -> None:
    reading = read_html("“x”", PAGE.encode(), Limits())
    text = "\n\n".join(page.text for page in reading.pages)
    assert text.startswith("Nuits sûres\n\nUn premier paragraphe : l’été.\nLigne deux.\n\nThe council")
    assert "Poste | 12" in text and "a\nb" in text
    for gone in ("Accueil", "caché", "alert", "pied", "¶", "p {}"):
        assert gone not in text
    assert reading.outline == (OutlineEntry("Nuits sûres", 1, 0), OutlineEntry("Le budget", 2, 1))
    assert reading.first_page[0].text == "Nuits sûres"
    assert reading.first_page[0].size > 1.3 * reading.first_page[1].size
    said = reading.embedded
    assert (said.title, said.author, said.keywords, said.language, said.created) == (
        "Nuits sûres", "Ana Kos", "nuit, police", "fr", "2021-05-03",
    )  # fmt: skip


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "iso-8859-15", "utf-16", "utf-32"])
def test_the_encoding_is_told(encoding: str) -> None:
    said = f'<meta charset="{encoding}">' if encoding.startswith(("cp", "iso")) else ""
    page = f"<!doctype html>{said}<p>Déjà vu à l’été, la sécurité des piétons."
    assert "Déjà vu à l’été" in markup_text(page.encode(encoding, "replace")).replace("?", "’")


def test_an_encoding_that_is_not_said_is_guessed() -> None:
    page = "<html><body><p>Безопасность города и жителей по вечерам. Полиция и соседи говорят о шуме.</p></body></html>"
    assert "Безопасность города" in markup_text(page.encode("cp1251"))


@pytest.mark.parametrize("said", ["utf-16", "rot13", "base64", "no-such", "utf-7", "x" * 60])
def test_what_a_file_says_of_its_encoding_need_not_be_true(said: str) -> None:
    assert "words" in markup_text(f'<meta charset="{said}"><p>words'.encode())


def test_latin_1_is_read_as_browsers_read_it() -> None:
    assert markup_text(b"<meta charset=iso-8859-1><p>l\x92\xe9t\xe9").endswith("l’été")


def test_nothing_that_a_page_names_is_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise AssertionError("a request")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    page = (
        '<!DOCTYPE html SYSTEM "http://127.0.0.1:1/x.dtd"><link rel=stylesheet href="http://127.0.0.1:1/x.css">'
        '<base href="http://127.0.0.1:1/"><img src="http://127.0.0.1:1/x.png"><iframe src="http://127.0.0.1:1/"></iframe>'
        '<script src="http://127.0.0.1:1/x.js"></script><p>words'
    )
    assert read_html("“x”", page.encode(), Limits()).pages[0].text == "words"


def test_hostile_nesting_and_nothing() -> None:
    deep = b"<!doctype html>" + b"<div>" * 100_000 + b"words"
    try:
        assert read_html("“x”", deep, Limits()).pages
    except UnreadableFile as error:
        assert error.reason is Reason.EMPTY
    for empty in (b"<html></html>", codecs.BOM_UTF8 + b"<!doctype html>", b"<html><img src=x></html>"):
        with pytest.raises(UnreadableFile) as caught:
            read_html("“x”", empty, Limits())
        assert caught.value.reason is Reason.EMPTY

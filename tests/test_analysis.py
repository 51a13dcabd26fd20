"""From text to terms: what meets and what stays apart, whatever the accents, the case and the form of the letters."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from library.analysis import (
    MAX_TERM,
    Analyser,
    Analysers,
    Folder,
    fold,
    landmarks,
    spans,
    spans_at,
    stop_words,
    tokens,
)
from library.languages import TAGS
from library.topics import load_thesaurus
from tests.conftest import DOCUMENTS

LATIN = [chr(code) for code in (*range(0x41, 0x250), *range(0x1E00, 0x1F00)) if chr(code).isalpha()]
latin_words = st.text(alphabet=LATIN, min_size=1, max_size=20)
ANALYSERS = Analysers()

MEET = {
    "en": "city cities, police policing, walk walking, youth youths, neighbour neighbours",
    "fr": "ville villes, sûr sûres, policier policiers, habitant habitants, école écoles, local locaux",
    "de": "Stadt Städte, Straße Straßen, Jugendliche Jugendlichen, sicher sichere, Nacht Nächte",
    "es": "barrio barrios, calle calles, policía policías, víctima víctimas, ciudad ciudades, mujer mujeres, "
    "joven jóvenes, prevención prevenciones",
    "it": "giovane giovani, strada strade, sicuro sicura, vittima vittime",
    "pt": "cidade cidades, bairro bairros, vítima vítimas, droga drogas",
    "nl": "straat straten, jongere jongeren, bewoner bewoners, nacht nachten, veilig veilige",
    "pl": "miasto miasta, miasto miastach, ulica ulice, narkotyki narkotykach, policja policji",
    "cs": "město města, policie policii, škola školy, bezpečný bezpečné",
    "ro": "oraș orașe, oraș orașul, victimă victime, poliție poliției",
    "el": "πόλη πόλης, πόλη πόλεις, δρόμος δρόμοι, σχολείο σχολεία, νέος νέοι",
    "hu": "város városok, város városban, utca utcák, iskola iskolák, fiatal fiatalok, rendőrség rendőrségnek",
    "sv": "stad städer, gata gator, skola skolor, polis polisen, ungdom ungdomar",
    "da": "gade gader, skole skoler, politi politiet, borger borgere",
    "fi": "koulu koulut, koulu koulussa",
    "ca": "ciutat ciutats, carrer carrers, jove joves, barri barris, escola escoles",
    "no": "gate gater, skole skoler",
    "ru": "город города, улица улицы, школа школы, полиция полиции",
    "hr": "ulica ulice, škola škole, policija policije",
    "tr": "şehir şehirler, sokak sokaklar, okul okullar",
    "lt": "miestas miestai, gatvė gatvės, mokykla mokyklos",
}
APART = {
    "en": "police policy, city citizen, drug drag, gang range, general generous, community communication",
    "fr": "police politique, ville village, droit drogue, place plage",
    "de": "Stadt Staat, Stadt statt, Polizei Politik, Gewalt Gewerbe, Droge drohen",
    "es": "ciudad ciudadano, policía política, droga derecho, barrio barra",
    "it": "città cittadino, polizia politica, strada strage, quartiere quarto",
    "pt": "cidade cidadão, polícia política, rua ruído, bairro barro",
    "nl": "stad staat, politie politiek, straat straf, nacht macht",
    "pl": "policja polityka, miasto miesiąc, ulica ulga, szkoła szkoda",
    "cs": "policie politika, město místo, škola škoda",
    "ro": "oraș orășean, stradă stradanie",
    "el": "πόλη πολιτική, νέος νερό, αστυνομία αστικός",
    "hu": "város vár, rendőr rendszer, utca utas",
    "sv": "stad stat, polis politik, skola skada",
    "da": "politi politik, gade gave, skole skade",
    "fi": "koulu kulku, katu katto, nuori nuora",
    "ca": "policia política",
    "no": "politi politikk, skole skade, gate gave",
}


def pairs(table: dict[str, str]) -> list[tuple[str, str, str]]:
    return [(language, *pair.split()) for language, row in table.items() for pair in row.split(", ")]  # type: ignore[misc]


def common(language: str, first: str, second: str) -> set[str]:
    return set(ANALYSERS[language].terms(first)) & set(ANALYSERS[language].terms(second))


@pytest.mark.parametrize(("language", "first", "second"), pairs(MEET))
def test_forms_of_one_word_meet(language: str, first: str, second: str) -> None:
    assert common(language, first, second)
    assert common(language, first.upper(), second)


@pytest.mark.parametrize(("language", "first", "second"), pairs(APART))
def test_words_that_only_look_alike_stay_apart(language: str, first: str, second: str) -> None:
    assert not common(language, first, second)


@pytest.mark.parametrize(
    ("language", "written", "typed"),
    [
        ("fr", "sécurité", "securite"),
        ("es", "jóvenes", "jovenes"),
        ("pl", "społeczność", "spolecznosc"),
        ("de", "Straßen", "strassen"),
        ("ro", "siguranță", "siguranta"),
        ("el", "ασφάλεια", "ασφαλεια"),
        ("cs", "bezpečnost", "bezpecnost"),
        ("pt", "prevenção", "prevencao"),
        ("hu", "közösség", "kozosseg"),
        ("tr", "İstanbul", "istanbul"),
        ("da", "Øresund", "oresund"),
    ],
)
def test_accents_may_be_left_out(language: str, written: str, typed: str) -> None:
    assert common(language, written, typed)


@given(st.lists(st.text(max_size=4), max_size=120).map(" ".join), st.sets(st.integers(0, 150), max_size=8))
def test_landmarks_only_shorten_the_way(text: str, positions: set[int]) -> None:
    every = list(spans(text))
    wanted = sorted(positions)
    right = [every[position] for position in wanted if position < len(every)]
    assert list(spans_at(text, wanted)) == list(spans_at(text, wanted, landmarks(text))) == right


@given(st.text(max_size=300))
def test_tokens_stand_where_their_spans_say(text: str) -> None:
    assert [text[start:end] for start, end in spans(text)] == tokens(text)
    ends = [0, *(end for _, end in spans(text))]
    assert all(start >= before for (start, _), before in zip(spans(text), ends, strict=False))


@given(latin_words | st.text(alphabet=LATIN, max_size=100))
def test_a_folded_word_is_folded_for_good(word: str) -> None:
    assert fold(fold(word)) == fold(word)
    assert len(fold(word)) <= MAX_TERM


@given(latin_words)
def test_case_makes_no_difference(word: str) -> None:
    assert fold(word.casefold()) == fold(word)


@given(st.lists(latin_words, max_size=5).map(" ".join), st.sampled_from(TAGS))
def test_composed_and_decomposed_letters_give_the_same_terms(text: str, language: str) -> None:
    composed, decomposed = (unicodedata.normalize(form, text) for form in ("NFC", "NFD"))
    analyser = ANALYSERS[language]
    assert [analyser.terms(token) for token in tokens(composed)] == [analyser.terms(t) for t in tokens(decomposed)]


@pytest.mark.parametrize("word", ["Ǣ", "ǿl", "Œuvres", "Łódź", "ĳ", "ﬁn", "Ærø"])
def test_letters_that_are_two_or_have_strokes_become_plain(word: str) -> None:
    assert fold(word).isascii()


@given(st.text(min_size=1, max_size=30), st.sampled_from(TAGS))
def test_any_token_has_at_most_two_terms(text: str, language: str) -> None:
    for token in tokens(text):
        terms = ANALYSERS[language].terms(token)
        assert len(terms) == len(set(terms)) <= 2
        assert all(terms)
        assert ANALYSERS[language].is_stop(token) == (not terms)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("the U.S. police", ["the", "U.S.", "police"]),
        ("l'école d’été", ["l", "école", "d", "été"]),
        ("covid-19 24/7 R&D", ["covid", "19", "24", "7", "R", "D"]),
        ("snake_case 3.5", ["snake", "case", "3", "5"]),
        ("e\u0301cole", ["e\u0301cole"]),
        ("مُدُن", ["مُدُن"]),
    ],
)
def test_where_words_begin_and_end(text: str, found: list[str]) -> None:
    assert tokens(text) == found


def test_dotted_acronyms_are_found_with_and_without_their_dots() -> None:
    assert common("en", "U.S.A.", "USA")
    assert common("fr", "O.N.G.", "ong")


def test_both_stems_stand_at_one_position_and_positions_stop_at_the_last() -> None:
    found: dict[str, list[int]] = {}
    Analyser("es").place(["la", "jóvenes", "de", "policía", "policía"], found, start=10, last=13)
    terms = Analyser("es").terms("jóvenes")
    assert all(found[term] == [11] for term in terms)
    assert all(found[term] == [13] for term in Analyser("es").terms("policía"))


@pytest.mark.parametrize("language", ["en", "fr", "de", "es", "it", "pt", "nl", "pl", "cs", "ro", "el", "sv", "ca"])
def test_no_topic_of_the_thesaurus_is_nothing_but_stop_words(language: str) -> None:
    analyser = ANALYSERS[language]
    for topic in load_thesaurus(DOCUMENTS / "topics.ttl"):
        for label in topic.all_labels(language):
            assert any(not analyser.is_stop(token) for token in tokens(label)), label


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "young state work group case home open"),
        ("fr", "état personne parole droite"),
        ("it", "città gruppo persone"),
        ("pt", "noite trabalho apoio"),
        ("es", "trata trabajo verdad"),
        ("de", "Mensch Recht Rechte"),
        ("ru", "город улица женщина работа помощь"),
    ],
)
def test_words_that_members_search_for_are_no_stop_words(language: str, words: str) -> None:
    assert [word for word in words.split() if ANALYSERS[language].is_stop(word)] == []


def test_articles_are_stop_words_as_written_and_folded() -> None:
    assert {"the", "of"} <= stop_words("en")
    assert {"l", "qu", "été", "ete"} <= stop_words("fr")
    assert stop_words("xx") == frozenset()


def test_stems_of_a_text_are_one_for_each_token() -> None:
    text = "Les villes et les écoles de la région"
    assert len(Analyser("fr").stems(text)) == len(tokens(text))


def test_words_are_counted_as_folded() -> None:
    found: dict[str, int] = {"ville": 1}
    Folder().count(["Ville", "VILLE", "École"], found)
    assert found == {"ville": 3, "ecole": 1}


def test_a_language_nobody_knows_is_folded_without_stems() -> None:
    assert Analyser("und").terms("Cities") == ("cities",)

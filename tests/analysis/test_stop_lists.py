"""What is not searched: the words of every question, and none that a member looks for."""

from __future__ import annotations

import pytest

from library.analysis import Analysers, stop_words, tokens
from library.languages import TAGS
from library.topics import load_thesaurus
from tests.conftest import DOCUMENTS

ANALYSERS = Analysers()

QUESTIONS = {
    "en": "what is how where who which when why the of and don't",
    "fr": "qui que quoi comment où pourquoi quand quel quelle est sont les des une dans pour avec",
    "de": "was wer wie wo warum wann welche ist sind der die das den eine und für mit",
    "es": "qué quién cómo dónde cuándo cuál por es son el la los una en para con",
    "it": "che chi cosa come dove perché quando quale è sono il la gli una per con",
    "pt": "que quem como onde porque quando qual é são o a os uma para com em",
    "nl": "wat wie hoe waar waarom wanneer welke is zijn de het een en voor met",
    "pl": "co kto jak gdzie dlaczego kiedy który jest są w na i dla z do",
    "cs": "co kdo jak kde proč kdy který je jsou v na a pro s do",
    "ro": "ce cine cum unde când care este sunt în la și pentru cu",
    "el": "τι ποιος πώς πού γιατί πότε είναι ο η το και για με στο",
    "hu": "mi ki hogyan hol miért mikor melyik van vannak a az és",
    "sv": "vad vem hur var varför när vilken är och en det den för med",
    "da": "hvad hvem hvordan hvor hvorfor hvornår hvilken er og en det den for med",
    "fi": "mitä mikä kuka miten missä miksi milloin on ja ovat",
    "ca": "què qui com on quan quin és són el la els una per amb",
    "no": "hva hvem hvordan hvor hvorfor når hvilken er og en det den for med",
    "bg": "какво кой как къде защо кога е са и на за с",
    "uk": "що хто як де чому коли який є і на за з в та у до",
    "ar": "ما من كيف أين متى لماذا هل في على و إلى عن",
    "tr": "ne kim nasıl nerede neden hangi ve bir bu için ile",
    "sk": "čo kto ako kde prečo kedy ktorý je sú v na a pre s",
    "sl": "kaj kdo kako kje zakaj kdaj kateri je so v na in za",
    "hr": "što tko kako gdje zašto kada koji je su u na i za",
    "sr": "шта ко како где зашто када који је су у на и за šta ko kako gde",
    "et": "mis kes kuidas kus miks millal on ja",
    "lv": "kas kā kur kāpēc kad kurš ir un uz no par",
    "lt": "kas kaip kur kodėl kada kuris yra ir į",
    "ru": "что кто как где почему когда какой и в на для с",
    "eu": "zer nor nola non zergatik noiz da eta",
    "gl": "que quen como onde por cando cal é son o a os unha para con",
    "ga": "cad cé conas cá cathain an na agus is tá le",
    "mt": "x min kif fejn għaliex meta huwa il ta li u fil",
}
CONTENT = {
    "en": "young state work group case home open police night house people place",
    "fr": "état personne gens parole droite police nuit maison rue lieu droit valeur",
    "de": "Mensch Recht Rechte Ordnung Polizei Nacht Haus Staat Straße Ort",
    "es": "trata trabajo verdad estado país lugar policía noche casa calle gente",
    "it": "città gruppo persone consiglio luogo paese polizia notte casa strada stato",
    "pt": "noite trabalho apoio estado lugar polícia casa rua pessoas grupo",
    "nl": "politie nacht huis straat staat mens jongeren plaats recht veilig",
    "pl": "policja noc dom ulica państwo ludzie miasto prawo miejsce",
    "cs": "policie noc dům ulice stát lidé město právo místo strana",
    "ro": "poliție noapte casă stradă stat oameni drept loc oraș",
    "el": "αστυνομία νύχτα σπίτι δρόμος κράτος άνθρωποι πόλη δικαίωμα",
    "hu": "rendőrség éjszaka ház utca állam emberek város jog hely",
    "sv": "polis natt hus gata stat människor stad rätt plats dag",
    "da": "politi nat hus gade stat mennesker by ret sted mand",
    "fi": "poliisi yö talo katu valtio ihmiset kaupunki oikeus paikka",
    "ca": "policia nit casa carrer estat gent ciutat dret lloc acord",
    "no": "politi natt hus gate stat mennesker by rett sted arbeid",
    "bg": "полиция нощ дом улица държава хора град право място живот",
    "uk": "поліція ніч дім вулиця держава люди місто право місце",
    "ar": "شرطة ليل بيت شارع دولة مدينة حق مكان",
    "tr": "polis gece ev sokak devlet insan şehir hak yer",
    "ru": "город улица женщина работа помощь полиция ночь дом люди право",
}


def test_every_language_is_in_the_table() -> None:
    assert set(QUESTIONS) == set(TAGS)


@pytest.mark.parametrize("language", sorted(QUESTIONS))
def test_the_words_of_a_question_are_stop_words(language: str) -> None:
    analyser = ANALYSERS[language]
    assert [token for token in tokens(QUESTIONS[language]) if not analyser.is_stop(token)] == []


@pytest.mark.parametrize("language", sorted(CONTENT))
def test_words_that_members_search_for_are_no_stop_words(language: str) -> None:
    assert [word for word in CONTENT[language].split() if ANALYSERS[language].is_stop(word)] == []


def test_articles_are_stop_words_as_written_and_folded() -> None:
    assert {"the", "of"} <= stop_words("en")
    assert {"l", "qu", "été", "ete"} <= stop_words("fr")
    assert stop_words("xx") == frozenset()


@pytest.mark.parametrize("language", ["en", "fr", "de", "es", "it", "pt", "nl", "pl", "cs", "ro", "el", "sv", "ca"])
def test_no_topic_of_the_thesaurus_is_nothing_but_stop_words(language: str) -> None:
    analyser = ANALYSERS[language]
    for topic in load_thesaurus(DOCUMENTS / "topics.ttl"):
        for label in topic.all_labels(language):
            assert any(not analyser.is_stop(token) for token in tokens(label)), label

"""What the tests of this room share: the detectors, opened once, and paragraphs written for these tests."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

import pytest

from library.describe.language import LanguageIdentifier
from library.formats.reading import Embedded, Line, Reading
from library.model import Page

PARAGRAPHS: Mapping[str, str] = MappingProxyType(
    {
        "en": "The town council set up a working group that brings together the police, the schools and the housing"
        " companies. Every month they look at what the residents have reported, agree on three things to do, "
        "and say in public what became of the last three. Nobody expected much of it, and after two years "
        "burglaries had fallen by a fifth while the number of reports had doubled.",
        "fr": "La mairie a réuni autour d'une même table la police municipale, les bailleurs sociaux, les collèges "
        "et les associations du quartier. Chaque mois, ils examinent ce que les habitants ont signalé, "
        "choisissent trois actions et rendent compte des précédentes. Les premiers résultats se sont fait "
        "attendre, mais la confiance est revenue plus vite que les statistiques ne le laissaient espérer.",
        "de": "Die Stadt hat eine Arbeitsgruppe eingerichtet, in der Polizei, Schulen und Wohnungsunternehmen "
        "zusammenarbeiten. Jeden Monat sehen sie sich an, was die Bewohnerinnen und Bewohner gemeldet haben, "
        "vereinbaren drei Maßnahmen und berichten öffentlich darüber. Nach zwei Jahren fühlten sich mehr "
        "Menschen abends im Park sicher, obwohl kaum eine neue Lampe aufgestellt worden war.",
        "es": "El ayuntamiento ha creado un grupo de trabajo en el que participan la policía local, los centros "
        "escolares y las asociaciones vecinales. Cada mes estudian lo que han comunicado los vecinos, "
        "acuerdan tres medidas y explican en público qué ha pasado con las anteriores. Al principio acudía "
        "poca gente, pero ahora la sala se queda pequeña y los jóvenes también toman la palabra.",
        "it": "Il comune ha istituito un gruppo di lavoro che riunisce la polizia locale, le scuole e le "
        "associazioni del quartiere. Ogni mese si esamina ciò che gli abitanti hanno segnalato, si scelgono "
        "tre interventi e si racconta pubblicamente che cosa è stato fatto. All'inizio pochi ci credevano, ma"
        " oggi i giardini sono di nuovo frequentati anche la sera e nessuno vuole tornare indietro.",
        "pt": "A câmara municipal criou um grupo de trabalho que junta a polícia, as escolas e as associações do "
        "bairro. Todos os meses analisam aquilo que os moradores comunicaram, escolhem três ações e explicam "
        "em público o que aconteceu com as anteriores. Ninguém esperava grande coisa, mas ao fim de dois anos"
        " as pessoas voltaram a sentar-se nos bancos da praça e a falar umas com as outras.",
        "nl": "De gemeente heeft een werkgroep opgericht waarin politie, scholen en woningcorporaties samenwerken. "
        "Elke maand bekijken zij wat bewoners hebben gemeld, spreken zij drie maatregelen af en vertellen zij"
        " in het openbaar wat er van de vorige is geworden. Na twee jaar waren er minder inbraken, terwijl er"
        " juist veel vaker werd gebeld, omdat mensen merkten dat er iets met hun melding gebeurde.",
        "pl": "Urząd miasta powołał grupę roboczą, w której spotykają się policja, szkoły i spółdzielnie "
        "mieszkaniowe. Co miesiąc przeglądają zgłoszenia mieszkańców, wybierają trzy działania i publicznie "
        "mówią, co stało się z poprzednimi. Na początku mało kto w to wierzył, ale po dwóch latach włamań "
        "było wyraźnie mniej, a ludzie częściej dzwonili, bo widzieli, że ktoś ich słucha.",
        "el": "Ο δήμος δημιούργησε μια ομάδα εργασίας στην οποία συμμετέχουν η αστυνομία, τα σχολεία και οι "
        "σύλλογοι της γειτονιάς. Κάθε μήνα εξετάζουν όσα ανέφεραν οι κάτοικοι, αποφασίζουν τρεις ενέργειες "
        "και εξηγούν δημόσια τι έγινε με τις προηγούμενες. Στην αρχή λίγοι το πίστευαν, όμως σήμερα η πλατεία"
        " είναι γεμάτη κόσμο.",
        "hu": "Az önkormányzat munkacsoportot hozott létre, amelyben a rendőrség, az iskolák és a "
        "lakásszövetkezetek dolgoznak együtt. Havonta megnézik, mit jelentettek a lakók, három intézkedésben "
        "állapodnak meg, és nyilvánosan beszámolnak az előzőkről. Eleinte kevesen hittek benne, de két év "
        "múlva jóval kevesebb volt a betörés, és az emberek gyakrabban szóltak egymáshoz az utcán.",
        "sv": "Kommunen har bildat en arbetsgrupp där polisen, skolorna och bostadsföretagen samarbetar. Varje "
        "månad går de igenom vad de boende har anmält, kommer överens om tre åtgärder och berättar öppet vad "
        "som hände med de förra. Ingen väntade sig särskilt mycket, men efter två år hade inbrotten minskat "
        "med en femtedel.",
        "uk": "Міська рада створила робочу групу, до якої увійшли поліція, школи та об'єднання співвласників "
        "будинків. Щомісяця вони переглядають звернення мешканців, обирають три дії та відкрито розповідають,"
        " що сталося з попередніми. Спочатку мало хто в це вірив, але за два роки крадіжок стало помітно "
        "менше.",
        "ga": "Chuir an chomhairle grúpa oibre ar bun ina bhfuil na gardaí, na scoileanna agus muintir na háite le "
        "chéile. Gach mí féachann siad ar an méid a thuairiscigh na cónaitheoirí, roghnaíonn siad trí ghníomh"
        " agus insíonn siad go poiblí cad a tharla leis na cinn roimhe sin. Ní raibh mórán muiníne ag daoine "
        "as ar dtús.",
        "ja": "市役所は、警察と学校と住宅会社が一緒に話し合う作業部会を設けました。毎月、住民から寄せられた声を読み"
        "、三つの対策を決め、前回の結果を公に報告します。最初は誰も期待していませんでしたが、二年後には空き巣"
        "が五分の一減りました。",
    }
)
"""A paragraph in each of several languages, the last not one of the library's."""


@pytest.fixture(scope="session")
def identifier() -> LanguageIdentifier:
    """The detectors, loaded once for all tests."""
    return LanguageIdentifier.open()


@pytest.fixture(scope="session")
def paragraphs() -> Mapping[str, str]:
    """A paragraph in each of several languages."""
    return PARAGRAPHS


@pytest.fixture(scope="session")
def reading_of() -> Callable[..., Reading]:
    """Makes a reading from the texts of its pages and the lines of its first page."""

    def make(*texts: str, lines: tuple[tuple[str, float], ...] = (), **embedded: str) -> Reading:
        pages = tuple(Page(number, str(number), text) for number, text in enumerate(texts, start=1))
        return Reading("pdf", pages, Embedded(**embedded), tuple(Line(text, size) for text, size in lines))

    return make

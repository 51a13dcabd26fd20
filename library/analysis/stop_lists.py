"""The words of a language that carry no meaning of their own and are not searched: docs/decisions/0004."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

import stopwordsiso

from library.analysis.folding import fold, lower
from library.analysis.tokenising import TOKEN

_ENGLISH = frozenset(
    """a about above across after again against all almost along already also although always am among an and
    another any anyone anything are as at away back be because been before being below between both but by can
    cannot could d did didn do does doesn doing don done down during each either else enough even ever every everything
    few first for from further get gets give given go had has have having he hence her here hers herself him himself
    his how however i if in indeed instead into is it its itself just kept last least less let like ll made make
    many may me might mine more moreover most mostly much must my myself near need neither never next no nobody
    none nor not nothing now of off often on once one only onto or other others otherwise ought our ours
    ourselves out over own per perhaps please put quite rather re really s same say see seem seems several shall
    she should since so some someone something sometimes still such t take than that the their theirs them
    themselves then there therefore these they this those though through throughout thus to together too toward
    towards two under unless until up upon us ve very via was we well were what whatever when whenever where
    whereas wherever whether which while who whoever whole whom whose why will with within without would yet you
    your yours yourself yourselves
    aren couldn hadn hasn haven isn shouldn wasn weren wouldn""".split()
)
"""Our own list for English: the package's holds `young`, `state`, `work`, `group`, `case`, `home` and `open`."""


_CONTENT: Mapping[str, str] = MappingProxyType(
    {
        "fr": """état ouvert ouverte ouverts nouveau parole voie personne personnes gens droite naturelle naturelles
            valeur pièce sujet""",
        "de": """mensch menschen mann recht rechte rechten rechter rechtes tag tage tagen jahr jahre jahren ordnung
            morgen""",
        "es": """trabajo trabajar trata verdad gente lugar estado estados pais paìs país tiempo valor dias días""",
        "it": """citta città gruppo caso giorno giorni vita paese uomo persone gente luogo consiglio forza piedi posto
            registrazione vicino mondo titolo nome press anno anni tempo
            stato""",
        "pt": """trabalho trabalhar grupo gente noite local pessoas povo apoio direita estado lugar sistema relação área
            caminho valor verdade obra nome hora horas anos tempo""",
        "sv": "rätt dag dagar dagarna dagen beslut",
        "da": "mand dag dage",
        "no": "arbeid verdi tilstand dag rett",
        "nl": "dag mens mensen",
        "pl": "lat",
        "cs": "den strana zprávy zpravy článek články clanek clanky email",
        "sk": "deň",
        "ro": "drept acord",
        "ca": "acord gent estat",
        "fi": "asia",
        "tr": "kaynak",
        "bg": "живот година години новина месец",
        "ru": """город улица дом дорога друг жизнь работа помощь человек женщина ребенок люди ночь народ страна земля
            день год время место мир война деньги вода""",
    }
)
"""Words in the package's lists that members search for: Italian `città`, Portuguese `noite`, Spanish `lugar`."""

_MISSING: Mapping[str, str] = MappingProxyType(
    {
        "el": "πώς πού γιατί πότε είναι ποιος ποια ποιο ποιοι τι",
        "ro": "cine când cum unde care ce și să mă ți își",
        "ar": "لماذا متى كيف أين",
        "uk": """хто чому і й на за в у ж би та це цей ця ці цього цієї був будуть буде бути є його її їхній наш наша
            наші ваш ваша ваші мій моя моє свій своя свої себе собі тут там тоді тепер дуже лише тільки ще вже якщо щоб
            котрий яка яке які яких яким куди звідки скільки кожен кожна між над під перед після через біля зі із""",
        "sk": "kedy kde kto ktorá ktoré ktorí prečo",
        "sl": "kateri katera katero kateremu kdo kdaj kje kako zakaj",
        "hr": "tko gdje zašto kada kako što koja koje koji od do",
        "et": """kes kuidas kus miks millal milline mille kelle need nende selles sellest millest kuid või ning vaid aga
            veel juba siis kuni üle alla koos ilma ka mis nagu et""",
        "lv": "kas kur kāpēc kad kurš kura kuri cik kāds kāda šis šī šie tas tā tie viņš viņa viņi mēs jūs es uz",
        "lt": "kodėl yra į kas kaip kur kada kuris kuri kurie kiek ir su iš už per nuo buvo būti",
        "gl": "quen como onde cal cales cantos son unha uns unhas é ou xa máis moito todos todo cada",
        "ga": "cad cé conas cá cathain tá bhí níl bíonn seo sin é an na",
        "mt": """il l la li ta tal taċ tad tan tar tas tat taz bil biċ fil fiċ mal għal għall lil lill minn mill u jew
            jekk x xi xiex min kif fejn għaliex meta huwa hija huma aħna intom jien int dan din dawn dak dik dawk hemm
            kien kienet kienu ikun tkun biex bħal kull ma mhux b f d""",
    }
)
"""Words that the package's lists lack, questions first."""

_SERBIAN = """i u na za sa s od do po iz o je su da se ne ni li ko šta što kako gde kada zašto koji koja koje kojeg koji
    ili ali a te već još samo kao biti bio bila bilo bili bi će ću ovaj ova ovo taj ta to onaj ona ono on oni ja ti mi
    vi moj tvoj svoj naš vaš njegov njen njihov sve svi svaki kroz pre posle između nad pod pri uz bez zbog ako kad"""
_CYRILLIC = str.maketrans("abvgdđežzijklmnoprstćufhcčš", "абвгдђежзијклмнопрстћуфхцчш")

ABBREVIATIONS = frozenset("eg ie dh zb".split())
"""Dotted ones, in any language: `e.g.`, `z. B.`; other dotted acronyms are words."""

_FRENCH_ITALIAN_CATALAN = (
    "c d j l m n s t qu lorsqu puisqu jusqu quoiqu dell dall nell sull all un gl quest quell dov com quant degl en"
)
_LEFT: Mapping[str, str] = MappingProxyType(
    {
        **dict.fromkeys(("fr", "it", "ca"), _FRENCH_ITALIAN_CATALAN),
        **dict.fromkeys(("de", "sv", "da", "no"), "s"),
        **dict.fromkeys(("pt", "gl"), "d n"),
        "nl": "s t n d m r k",
        "ro": "l s n m c d v p ntr într dintr printr",
        "ga": "b d m n h t",
        "tr": """a e ı i u ü ya ye yı yi yu yü na ne nı ni nu nü da de ta te dan den tan ten nda nde ndan nden ın in un
            ün nın nin nun nün la le yla yle lar ler ları leri daki deki taki teki""",
    }
)
"""What an apostrophe or a hyphen leaves: articles and pronouns, the s of `camera's`, Turkish endings of names."""


def stop_words(language: str) -> frozenset[str]:
    """The words of a language that are not searched, as written and folded, with what apostrophes leave of them."""
    if language == "en":
        return _ENGLISH
    listed = stopwordsiso.stopwords(language) if stopwordsiso.has_lang(language) else set()
    added = f"{_MISSING.get(language, '')} {_LEFT.get(language, '')}".split()
    if language == "sr":
        added += [*_SERBIAN.split(), *_SERBIAN.translate(_CYRILLIC).split()]
    kept = set(_CONTENT.get(language, "").split())
    plain = {lower(entry) for entry in listed if TOKEN.fullmatch(entry)} - kept | set(map(lower, added))
    return frozenset(plain) | (frozenset(map(fold, plain)) - set(map(fold, kept)))

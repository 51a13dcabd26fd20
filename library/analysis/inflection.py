"""What Snowball's algorithms leave of inflection: a small table a language, each entry `from>to`.

`words` are whole forms, `beginnings` and `endings` parts of words; the longest that fits is replaced before Snowball's
stemmer sees the word. A language without an algorithm has only its endings.
The rules were chosen on 20,000 frequent words a language against a dictionary of lemmas: docs/decisions/0006.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType


@dataclass(frozen=True, slots=True)
class Inflection:
    """The tables of one language, as text: entries `from>to`, parted by blanks."""

    words: str = ""
    beginnings: str = ""
    endings: str = ""
    least: int = 2
    """Letters that must be left before an ending."""


_FINNISH = (
    " ".join(
        f"{stem}{case}>{word}"
        for stem, word, cases in (
            ("ise", "inen", "n t ssa ssä sta stä en lla llä lta ltä lle na nä ksi tta ttä"),
            ("isi", "inen", "a ä en in ssa ssä sta stä lla llä lta ltä lle na nä ksi"),
            ("is", "inen", "ta tä ten"),
            ("ukse", "us", "n t ssa sta en lla lta lle na ksi tta"),
            ("uksi", "us", "a en in ssa sta lla lta lle na ksi"),
            ("ykse", "ys", "n t ssä stä en llä ltä lle nä ksi"),
            ("yksi", "ys", "ä en in ssä stä llä ltä lle nä ksi"),
            ("uude", "uus", "n t ssa sta lla lta lle ksi"),
            ("yyde", "yys", "n t ssä stä llä ltä lle ksi"),
            ("eude", "eus", "n t ssa sta lla lta lle ksi"),
        )
        for case in cases.split()
    )
    + " uutta>uus uuteen>uus uutena>uus yyttä>yys yyteen>yys yytenä>yys eutta>eus euteen>eus eutena>eus"
)
"""The cases of nouns in -nen, -us and -s, whose stems Snowball does not know: nainen, naisen, naisten."""

INFLECTION: Mapping[str, Inflection] = MappingProxyType(
    {
        "en": Inflection(
            words="""men>man women>woman children>child wives>wife lives>life knives>knife thieves>thief
            selves>self wolves>wolf halves>half feet>foot teeth>tooth mice>mouse crises>crisis analyses>analysis
            theses>thesis criteria>criterion phenomena>phenomenon stadia>stadium programme>program
            programmes>program grey>gray tyre>tire tyres>tire kerb>curb kerbs>curb""",
            beginnings="""neighbour>neighbor behaviour>behavior colour>color labour>labor harbour>harbor favour>favor
            honour>honor rumour>rumor humour>humor armour>armor vigour>vigor endeavour>endeavor odour>odor
            saviour>savior flavour>flavor parlour>parlor demeanour>demeanor misdemeanour>misdemeanor
            centre>center theatre>theater metre>meter kilometre>kilometer litre>liter fibre>fiber calibre>caliber
            defence>defense offence>offense licence>license pretence>pretense practis>practic judgement>judgment
            travell>travel counsell>counsel cancell>cancel labell>label modell>model enrolment>enrollment
            fulfilment>fulfillment skilful>skillful wilful>willful sceptic>skeptic manoeuvr>maneuver paedo>pedo
            haemo>hemo mould>mold plough>plow jewellery>jewelry ageing>aging""",
            endings="""isation>ization isations>izations isational>izational ise>ize ises>izes ised>ized ising>izing
            iser>izer isers>izers yse>yze ysed>yzed ysing>yzing logue>log logues>logs vise>vise vises>vises
            vised>vised vising>vising""",
        ),
        "fr": Inflection(
            words="""lieux>lieu milieux>milieu jeux>jeu enjeux>enjeu feux>feu aveux>aveu vœux>vœu neveux>neveu
            cheveux>cheveu yeux>œil travaux>travail vitraux>vitrail baux>bail cieux>ciel""",
        ),
        "de": Inflection(
            endings="""stadien>stadion museen>museum zentren>zentrum themen>thema firmen>firma gremien>gremium
            kriterien>kriterium ministerien>ministerium risiken>risiko konten>konto kameras>kamera razzien>razzia
            nachbarn>nachbar""",
            least=0,
        ),
        "es": Inflection(
            endings="""ades>ad edes>ed udes>ud enes>en ines>in ares>ar eres>er ires>ir ores>or ales>al eles>el
            iles>il oles>ol ces>z""",
        ),
        "it": Inflection(
            words="""uomini>uomo camere>camera telecamere>telecamera opere>opera lettere>lettera vie>via""",
            endings="iere>ieri",
        ),
        "pt": Inflection(
            endings="""ões>ão ães>ão ais>al éis>el veis>vel teis>til ceis>cil óis>ol ns>m as>a mos>mos os>o zes>z""",
        ),
        "nl": Inflection(
            words="schepen>schip kinderen>kind verleden>verleden besteden>besteden",
            endings="steden>stad leden>lid cameras>camera hosts>host plaats>plaatsen",
            least=0,
        ),
        "pl": Inflection(
            words="sąsiedzi>sąsiad życie>życia życiu>życia życiem>życia",
            endings="""dzeni>dzony szeni>szony czeni>czony ańcy>aniec ańców>aniec ańcom>aniec ańcem>aniec ańcami>aniec
            ańcach>aniec ańca>aniec owcy>owiec owców>owiec owcom>owiec owcem>owiec owcami>owiec""",
        ),
        "cs": Inflection(words="děti>dítě dětí>dítě dětem>dítě dětmi>dítě dětech>dítě ulic>ulice noc>noci"),
        "ro": Inflection(
            words="""străzi>stradă străzile>stradă străzilor>stradă femei>femeie femeile>femeie femeilor>femeie
            tineri>tânăr tinerii>tânăr tinerilor>tânăr nopți>noapte nopții>noapte nopților>noapte școli>școală
            școlile>școală școlilor>școală copii>copil copiii>copil copiilor>copil vieți>viață
            vieții>viață vieților>viață""",
            endings="uri> urile> urilor> nței>nță nțe>nță nțele>nță nțelor>nță",
        ),
        "el": Inflection(
            words="κρίσεις>κρίση κρίσεων>κρίση δημόσιοι>δημόσιος δημόσια>δημόσιος δημόσιων>δημόσιος δημοσίων>δημόσιος",
            endings="ίας>ία ιές>ιά ιών>ιά",
            least=1,
        ),
        "hu": Inflection(words="áldozat>áldozatok kamera>kamerák éjszaka>éjszakák park>parkok szomszéd>szomszédok"),
        "sv": Inflection(words="offren>offer våldet>våld män>man männen>man", endings="plats>platser", least=0),
        "da": Inflection(
            words="""ofre>offer ofrene>offer nætter>nat nætterne>nat by>by byen>by byer>by byerne>by mænd>mand
            mændene>mand børn>barn børnene>barn børns>barn"""
        ),
        "no": Inflection(
            words="""ofre>offer ofrene>offer netter>natt nettene>natt byen>by byer>by byene>by menn>mann mennene>mann
            kameraer>kamera kameraene>kamera innbyggere>innbygger innbyggerne>innbygger"""
        ),
        "fi": Inflection(
            words="""nuoret>nuori nuoren>nuori nuorten>nuori nuoria>nuori nuorille>nuori nuorista>nuori poliisi>poliisit
            yöt>yö öisin>yö kaupunki>kaupungin katu>kadun katua>kadun väkivalta>väkivallan paikka>paikan""",
            beginnings="kaupunke>kaupunge kaupunki>kaupungi katuj>kaduj paikkaa>paikaa väkivaltaa>väkivallaa",
            endings=_FINNISH,
        ),
        "ca": Inflection(endings="gues>ga ques>ca ïns>í ins>í"),
        "hr": Inflection(endings="ovi> ovima> ove>", least=3),
        "sr": Inflection(endings="ovi> ovima> ove>", least=3),
        "tr": Inflection(words="kadın>kadınlar kamera>kameralar gece>geceler uyuşturucu>uyuşturucular"),
        "ar": Inflection(words="امرأة>مرأة", beginnings="وال> بال> فال> كال> ال> لل>", endings="ات>ة"),
        "bg": Inflection(
            words="места>място местата>място",
            endings="""ът> ят> та> то> те> ите> ата> ето> ята> ото> ова> овете> ове> еве> евете> иите> ията> ието>
            ия> ии> ие> и> а> о> е> я> у> ю> тици>тик тиците>тик""",
            least=3,
        ),
        "uk": Inflection(
            words="ночі>ніч ночей>ніч ночами>ніч жінок>жінка",
            endings="""а> я> у> ю> і> ї> и> е> о> ь> й> ою> ею> єю> ам> ям> ами> ями> ах> ях> ів> їв> ом> ем> єм>
            ові> еві> єві> ей> ій> ий> ого> ому> им> их> ими> ої> ія> ію> ії> ією> іям> іями> іях> ім>""",
            least=3,
        ),
        "sk": Inflection(
            endings="""a> á> e> é> i> í> y> ý> o> u> ú> ou> ov> om> och> ách> iam> ami> ám> iach> ia> ie> ého> ému>
            ej> ým> ých> ými> ím> ích> ími> ii> iu> ií> iou> ovi> ovia> mi>""",
            least=3,
        ),
        "sl": Inflection(
            words="žrtev>žrtva kraji>kraj kraja>kraj kraju>kraj krajih>kraj",
            endings="""a> e> i> o> u> ih> im> ami> om> em> ov> ev> ah> ega> emu> imi> ja> je> ji> jo> jah> jami>
            ijo> ima> oma> ema> eh>""",
            least=3,
        ),
        "lv": Inflection(
            endings="""a> as> ai> u> ā> am> ām> ās> e> es> ei> ē> ēm> ēs> i> is> ī> īm> īs> im> š> s> us> um> os> iem>
            ie> ais> ajiem> ajam> ajā> ajās> ajos> ība> ības> ību>""",
            least=3,
        ),
        "gl": Inflection(endings="óns>ón ns>n ais>al ces>z eis>el óis>ol ares>ar eres>er ores>or as>a os>o es>e"),
    }
)

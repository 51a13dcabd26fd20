"""The words by which publishers name the kinds of works, in the main languages of the library.

Written by the makers of the program from the titles such networks give their works; a phrase stands in its
singular and, where a title has it, its plural. Words that mean something else as often (French "note", German
"Bericht") stand only in longer phrases.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from library.model import Kind


def _phrases(listed: str) -> tuple[str, ...]:
    return tuple(" ".join(phrase.split()) for phrase in listed.split(";"))


KIND_WORDS: Mapping[Kind, tuple[str, ...]] = MappingProxyType(
    {
        Kind.PUBLICATION: _phrases(
            """publication; Veröffentlichung; publicación; pubblicazione; publicação; publicatie; publikacja; publikace;
            publicație; δημοσίευση; kiadvány; publikation; julkaisu; publicació; publikasjon"""
        ),
        Kind.PRACTICE_SHEET: _phrases(
            """practice sheet; practice sheets; good practice sheet; practice example; project sheet; fiche pratique;
            fiches pratiques; fiche de bonne pratique; fiche projet; fiche action; Praxisblatt; Praxisblätter;
            Praxisbeispiel; Projektblatt; Praxisbogen; ficha práctica; fichas prácticas; ficha de buena práctica;
            ficha de proyecto; scheda pratica; schede pratiche; scheda di buona pratica; scheda progetto; ficha
            prática; fichas práticas; ficha de boa prática; praktijkblad; praktijkfiche; karta dobrych praktyk; karta
            praktyki; list praxe; fișă practică; gyakorlati lap; praktikblad; praksisark; käytäntökortti; fitxa
            pràctica; δελτίο πρακτικής; картка практики; uygulama sayfası"""
        ),
        Kind.FACT_SHEET: _phrases(
            """fact sheet; fact sheets; factsheet; factsheets; information sheet; info sheet; fiche
            d'information; fiche thématique; fiche technique; fiche info; fiches d'information; Themenblatt;
            Faktenblatt; Informationsblatt; Infoblatt; Merkblatt; Datenblatt; ficha informativa; ficha técnica; hoja
            informativa; ficha temática; scheda informativa; scheda tematica; scheda tecnica; folha informativa;
            informatieblad; themablad; feitenblad; karta informacyjna; arkusz informacyjny; informační list; fișă
            informativă; faktablad; faktaark; tietosivu; tietolehti; fitxa informativa; ενημερωτικό δελτίο; adatlap;
            tájékoztató lap"""
        ),
        Kind.GUIDE: _phrases(
            """guide; guidebook; guidelines; handbook; manual; toolkit; tool kit; toolbox; how to guide; guide pratique;
            guide méthodologique; manuel; boîte à outils; vade mecum; vademecum; mode d'emploi; Leitfaden; Handbuch;
            Ratgeber; Werkzeugkasten; Handreichung; Arbeitshilfe; Leitlinien; guía; guía práctica; caja de
            herramientas; directrices; guida; guida pratica; manuale; linee guida; cassetta degli attrezzi; guia;
            guia prático; caixa de ferramentas; handleiding; gids; handboek; leidraad; praktijkgids; przewodnik;
            podręcznik; poradnik; wytyczne; příručka; průvodce; manuál; ghid; manualul; útmutató; kézikönyv; handbok;
            vägledning; håndbog; vejledning; håndbok; veileder; opas; käsikirja; οδηγός; εγχειρίδιο; наръчник;
            посібник; довідник; rehber; kılavuz; príručka; priročnik; priručnik; vodič; دليل"""
        ),
        Kind.POLICY_PAPER: _phrases(
            """policy paper; policy brief; policy note; position paper; white paper; green paper; policy review; note
            d'orientation; prise de position; note de positionnement; livre blanc; note politique; Positionspapier;
            Strategiepapier; Grundsatzpapier; Weißbuch; Diskussionspapier; documento de orientación; documento de
            posición; libro blanco; documento di orientamento; documento programmatico; documento di posizione; libro
            bianco; documento de posicionamento; documento de orientação; livro branco; beleidsnota; standpuntnota;
            witboek; stanowisko; dokument programowy; poziční dokument; document de poziție; document de
            posicionament; κείμενο θέσεων"""
        ),
        Kind.RESOLUTION: _phrases(
            """resolution; resolutions; declaration; joint declaration; final declaration; recommendation; résolution;
            résolutions; déclaration; déclaration finale; recommandation; Entschließung; Erklärung; gemeinsame
            Erklärung; Resolution; resolución; declaración; recomendación; risoluzione; dichiarazione;
            raccomandazione; resolução; declaração; resolutie; verklaring; rezolucja; deklaracja; rezoluce;
            deklarace; prohlášení; rezoluție; declarație; declaració; állásfoglalás; nyilatkozat; ψήφισμα; διακήρυξη;
            julkilausuma; deklaration; erklæring"""
        ),
        Kind.MANIFESTO: _phrases(
            """manifesto; manifeste; Manifest; manifiesto; manifest; manifestet; μανιφέστο; маніфест; manifestul;
            manifesti; manifesztum; манифест; charter; charte; Charta"""
        ),
        Kind.AUDIT: _phrases(
            """audit; safety audit; security audit; local safety audit; diagnostic; diagnosis; crime survey; diagnostic
            local de sécurité; diagnostic local; Sicherheitsaudit; Sicherheitsdiagnose; Lagebild; auditoría;
            diagnóstico; diagnosi; diagnosi locale; auditoria; veiligheidsaudit; diagnoza; analiza bezpieczeństwa;
            bezpečnostní audit; audit de siguranță; sikkerhedsanalyse"""
        ),
        Kind.RESEARCH: _phrases(
            """research report; research paper; working paper; research study; literature review; case study; rapport de
            recherche; étude; étude de cas; revue de littérature; Forschungsbericht; Studie; Fallstudie; informe de
            investigación; estudio; rapporto di ricerca; studio di caso; relatório de investigação; estudo;
            onderzoeksrapport; raport z badań; výzkumná zpráva"""
        ),
        Kind.CONFERENCE_REPORT: _phrases(
            """conference report; conference proceedings; proceedings; conference summary; seminar report; actes du
            colloque; actes de la conférence; actes du séminaire; compte rendu de la conférence; Tagungsbericht;
            Tagungsband; Konferenzbericht; actas del congreso; actas de la conferencia; informe de la conferencia;
            atti del convegno; atti della conferenza; atas da conferência; conferentieverslag; congresverslag; raport
            z konferencji; materiały pokonferencyjne; sborník"""
        ),
        Kind.ACTIVITY_REPORT: _phrases(
            """activity report; annual report; annual review; progress report; rapport d'activité; rapport d'activités;
            rapport annuel; bilan d'activité; Tätigkeitsbericht; Jahresbericht; Geschäftsbericht; informe de
            actividades; memoria de actividades; informe anual; memoria anual; relazione annuale; relazione di
            attività; rapporto di attività; rapporto annuale; relatório de atividades; relatório anual; jaarverslag;
            activiteitenverslag; raport roczny; sprawozdanie z działalności; výroční zpráva; raport de activitate;
            éves jelentés; årsrapport; årsredovisning; vuosikertomus; memòria anual; ετήσια έκθεση; річний звіт;
            faaliyet raporu"""
        ),
        Kind.NEWSLETTER: _phrases(
            """newsletter; news letter; bulletin; e-bulletin; lettre d'information; infolettre; Rundbrief; Infobrief;
            Mitteilungsblatt; boletín; boletín informativo; notiziario; bollettino; boletim; nieuwsbrief; biuletyn;
            zpravodaj; buletin informativ; hírlevél; nyhetsbrev; nyhedsbrev; uutiskirje; butlletí; ενημερωτικό δελτίο
            νέων; бюлетин; бюлетень; bülten"""
        ),
        Kind.BROCHURE: _phrases(
            """brochure; leaflet; flyer; booklet; pamphlet; dépliant; plaquette; livret; Broschüre; Faltblatt;
            Flugblatt; folleto; tríptico; díptico; opuscolo; pieghevole; folheto; brochura; folder; broszura; ulotka;
            brožura; leták; broșură; pliant; brosúra; broschyr; brosjyre; esite; fullet; φυλλάδιο; брошура; broşür"""
        ),
        Kind.TRAINING: _phrases(
            """training manual; training module; training course; training kit; trainer's guide; course book; module de
            formation; manuel de formation; kit de formation; guide du formateur; Schulungshandbuch; Trainingsmodul;
            Schulungsmodul; manual de formación; módulo de formación; modulo formativo; manuale di formazione; manual
            de formação; módulo de formação; opleidingsmodule; trainingsmodule; moduł szkoleniowy; podręcznik
            szkoleniowy; školicí modul; modul de formare"""
        ),
    }
)
"""Phrases for each kind, separated by semicolons in the source."""

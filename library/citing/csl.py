"""CSL-JSON: what citation programs such as Zotero exchange.

https://citeproc-js.readthedocs.io/en/latest/csl-json/markup.html describes it.
"""

from __future__ import annotations

import json
from collections.abc import Iterable

from library.citing.imprint import Cited, Imprint, full_title, key, plain
from library.citing.kinds import FORMS
from library.model import Edition, Work


def csl_item(work: Work, edition: Edition, imprint: Imprint) -> dict[str, object]:
    """One edition as a CSL item; what the record does not say is left out."""
    item: dict[str, object] = {
        "id": key(work, edition),
        "type": FORMS[work.kind].csl,
        "title": full_title(edition),
        "title-short": plain(edition.title) if edition.subtitle else "",
        "genre": imprint.genre(work),
        "issued": {"date-parts": [[int(part) for part in work.date.split("-")]]} if work.date else {},
        "publisher": plain(imprint.publisher),
        "language": edition.language,
        "number-of-pages": str(edition.pages) if edition.pages > 0 else "",
        "keyword": ", ".join(imprint.topics(work)),
        "abstract": plain(edition.abstract),
        "URL": imprint.address(work),
    }
    return {name: value for name, value in item.items() if value}


def csl_json(cited: Iterable[Cited], imprint: Imprint) -> str:
    """Editions as one list of CSL items."""
    items = [csl_item(work, edition, imprint) for work, edition in cited]
    return json.dumps(items, ensure_ascii=False, indent=2) + "\n"

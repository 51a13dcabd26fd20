"""How well near-duplicates are found, and how long that takes with 10,000 editions.

    python benchmarks/near_duplicates.py [--editions 10000]

Texts are those of the demonstration works, read afresh from their PDFs. Of each, versions are made: 1, 5, 10, 20 and
30 % of the sentences changed (a third of them dropped, a third with two words of another text, a third replaced), the
whole set anew with other pages, and an excerpt of a third. What counts as right is not what was changed but what both
texts exactly have in common, counted over all runs of words as text, without signatures: a pair is to be told when
that is 80 % or more. Every other document is a negative, those of the same series among them.
"""

from __future__ import annotations

import argparse
import hashlib
import random
import re
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from library.analysis import folded_words
from library.catalogue import Catalogue
from library.formats import Limits, Nursery, from_json
from library.formats.page_store import PageStore
from library.ingest.near_duplicates import CONTAINED, THRESHOLD, Known, Likeness, NearDuplicate, NearDuplicates
from library.ingest.shingles import PLACES, WORDS, Signature, Signatures, shingles, signature
from library.model import Page

DOCUMENTS = Path(__file__).resolve().parents[1] / "documents"
SHARES = (0.01, 0.05, 0.10, 0.20, 0.30)
END = re.compile(r"(?<=[.!?])\s+")
Texts = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Made:
    """A version that was made of a document."""

    kind: str
    of: str
    texts: Texts


def main() -> None:
    """Print both tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--editions", type=int, default=10_000)
    editions = parser.parse_args().editions
    documents = dict(read())
    with tempfile.TemporaryDirectory() as scratch:
        found_rightly(documents, Path(scratch) / "quality")
        how_fast(documents, Path(scratch) / "speed", editions)


def read() -> Iterator[tuple[str, Texts]]:
    """Every demonstration edition with its texts."""
    catalogue = Catalogue(DOCUMENTS)
    with Nursery() as nursery:
        for work in catalogue.census().works:
            for edition in work.editions:
                answer = nursery.run(catalogue.file(work.id, edition), Limits())
                pages = from_json(answer).pages
                yield f"{work.id}.{edition.language}", tuple(page.text for page in pages)


def versions(name: str, texts: Texts, others: list[str], chance: random.Random) -> Iterator[Made]:
    """What is made of a document."""
    sentences = END.split("\n".join(texts))
    for share in SHARES:
        changed = set(chance.sample(range(len(sentences)), max(round(share * len(sentences)), 1)))
        kept = [changed_sentence(s, others, chance) if n in changed else s for n, s in enumerate(sentences)]
        yield Made(f"{share:.0%} of the sentences changed", name, set_anew(kept, 3_000))
    yield Made("set anew on other pages", name, set_anew(sentences, 1_700))
    start = chance.randrange(max(2 * len(sentences) // 3, 1))
    yield Made("an excerpt of a third", name, set_anew(sentences[start : start + len(sentences) // 3], 3_000))


def changed_sentence(sentence: str, others: list[str], chance: random.Random) -> str:
    """The sentence dropped, with two foreign words, or another one in its place."""
    match chance.randrange(3):
        case 0:
            return ""
        case 1:
            words = sentence.split()
            words[len(words) // 2 : len(words) // 2] = chance.choice(others).split()[:2]
            return " ".join(words)
    return chance.choice(others)


def set_anew(sentences: list[str], letters: int) -> Texts:
    """The sentences on pages of so many letters, in other lines."""
    text = " ".join(" ".join(sentences).split())
    return tuple(text[start : start + letters] for start in range(0, len(text), letters)) or ("",)


def share_of(one: Texts, other: Texts) -> tuple[float, float]:
    """What two texts exactly have in common, counted over words as text: of both, and of the shorter."""
    first, second = ({*zip(*(words[n:] for n in range(WORDS)), strict=False)} for words in map(words_of, (one, other)))
    common = len(first & second)
    return common / max(len(first | second), 1), common / max(min(len(first), len(second)), 1)


def words_of(texts: Texts) -> list[str]:
    """The folded words of a text."""
    return [word for text in texts for word in folded_words(text)]


def put(store: PageStore, name: str, texts: Texts) -> Known:
    """Keep the pages of a text, as an edition of a work of its own."""
    digest = hashlib.sha256(name.encode()).hexdigest()
    store.put(digest, [Page(number, str(number), text) for number, text in enumerate(texts, 1)])
    return Known(name, name.rpartition(".")[2], digest)


def found_rightly(documents: dict[str, Texts], folder: Path) -> None:
    """The first table: by what was made, how many are to be told, how many are, and how many are told wrongly."""
    store = PageStore(folder / "pages")
    known = [put(store, name, texts) for name, texts in documents.items()]
    near = NearDuplicates(Signatures(store, folder / "shingles"))
    chance, rows = random.Random(6), dict[str, list[int]]()
    sentences = {name: END.split("\n".join(texts)) for name, texts in documents.items()}
    for name, texts in documents.items():
        others = sentences[chance.choice([other for other in documents if other != name])]
        for made in versions(name, texts, others, chance):
            count(rows.setdefault(made.kind, [0] * 6), made, documents, near.find(made.texts, known)[0])
        told = near.find(texts, [one for one in known if one.work != name])[0]
        row = rows.setdefault("each against all others", [0] * 6)
        row[0] += 1
        row[4] += sum(share_of(texts, documents[one.work])[1] < CONTAINED for one in told)
    print(f"\n{len(documents)} editions\n")
    heads = "pairs", "80 % or more", "of these told", "told as a part or whole", "told wrongly", "percentage exact"
    print(f"| made | {' | '.join(heads)} |")
    print("| --- | ---: | ---: | ---: | ---: | ---: | ---: |")
    for kind, row in rows.items():
        print(f"| {kind} | " + " | ".join(map(str, row)) + " |")


def count(row: list[int], made: Made, documents: dict[str, Texts], told: tuple[NearDuplicate, ...]) -> None:
    """Note one version: whether it is to be told, whether it is, and whether something else is."""
    texts = documents[made.of]
    shared, _ = share_of(made.texts, texts)
    mine = [one for one in told if one.work == made.of]
    row[0] += 1
    row[1] += shared >= THRESHOLD
    row[2] += shared >= THRESHOLD and any(one.likeness is Likeness.SAME for one in mine)
    row[3] += any(one.likeness is not Likeness.SAME for one in mine)
    row[4] += sum(share_of(made.texts, documents[one.work])[1] < CONTAINED for one in told)
    row[5] += any(abs(one.shared - shared) < 0.0005 for one in mine)


def how_fast(documents: dict[str, Texts], folder: Path, editions: int) -> None:
    """The second table: one file against so many editions, by comparing all signatures, and by LSH of datasketch."""
    from datasketch import MinHash, MinHashLSH

    store, signatures = PageStore(folder / "pages"), Signatures(PageStore(folder / "pages"), folder / "shingles")
    texts = list(documents.values())
    long = max(texts, key=lambda one: sum(map(len, one)))
    began = time.process_time()
    made = signature(shingles(long))
    once = time.process_time() - began
    chance = np.random.default_rng(6)
    names = [hashlib.sha256(str(number).encode()).hexdigest() for number in range(editions)]
    for name in names:
        signatures.put(name, Signature(4_000, chance.integers(0, 1 << 32, PLACES, dtype=np.uint32)))
    known = [Known(name[:8], "en", name) for name in names] + [put(store, "true.en", long)]
    fresh = NearDuplicates(Signatures(store, folder / "shingles"))
    times = []
    for _ in range(6):
        began = time.process_time()
        found, _ = fresh.find(long, known)
        times.append(time.process_time() - began)
        assert [one.work for one in found] == ["true.en"]
    first, later = times[0], sorted(times[1:])[2]
    lsh, sketch = MinHashLSH(threshold=0.7, num_perm=PLACES), MinHash(num_perm=PLACES)
    _, _, places = signatures.of(names)
    began = time.process_time()
    for name, row in zip(names, places, strict=True):
        one = MinHash(num_perm=PLACES, hashvalues=row, permutations=sketch.permutations, scheme=sketch.scheme)
        lsh.insert(name, one, check_duplication=False)
    built = time.process_time() - began
    began = time.process_time()
    for _ in range(20):
        lsh.query(MinHash(hashvalues=made.places, permutations=sketch.permutations, scheme=sketch.scheme))
    asked = (time.process_time() - began) / 20
    words = len(words_of(long))
    print(f"\n{editions:,} editions, a file of {words:,} words; CPU seconds\n\n| step | s |\n| --- | ---: |")
    print(f"| its signature | {once:.3f} |\n| all of it, signatures read from the disk first | {first:.3f} |")
    print(f"| all of it, signatures in memory (the difference in words included) | {later:.3f} |")
    print(f"| instead: LSH built of all signatures | {built:.2f} |\n| instead: LSH asked | {asked:.4f} |")


if __name__ == "__main__":
    main()

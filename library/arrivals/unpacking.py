"""A ZIP that was handed in → an arrival for each file in it, as if each had been handed in by itself."""

from __future__ import annotations

import hashlib
import os
import shutil
import zipfile
from dataclasses import replace

from library.arrivals.arrival import Arrival, Stage
from library.arrivals.folder import RECEIVED, ArrivalsFolder
from library.arrivals.packed import BadZip, Entry, Refusal, content, entries, opened
from library.arrivals.receiving import room_for


def unpack(folder: ArrivalsFolder, arrival: Arrival) -> Arrival:
    """Make the arrivals of a ZIP; each has a name of its own that follows from its place, so that none comes twice.

    The ZIP is then done. Raises OSError when the disk takes no more.
    """
    folder.write(replace(arrival, stage=Stage.UNPACKING))
    try:
        with opened(folder.received(arrival)) as pack:
            found, left_alone = entries(pack)
            size = sum(entry.info.file_size for entry in found if entry.refusal is None)
            if not room_for(folder.folder, size):
                raise BadZip("disk-full: there is not enough room to unpack it", "make room, then try again")
            for entry in found:
                one = _arrival(arrival, entry)
                if folder.get(one.batch, one.id) is None:
                    _settle(folder, one, entry, pack)
    except BadZip as error:
        return folder.finish(_refused(arrival, error.refusal))
    note = f"{left_alone} files were left aside, being what systems leave in folders" if left_alone else ""
    return folder.finish(replace(arrival, stage=Stage.UNPACKED, note=note))


def _arrival(pack: Arrival, entry: Entry) -> Arrival:
    return Arrival(
        id=f"{pack.id}-{entry.number:04}",
        batch=pack.batch,
        name=entry.name,
        who=pack.who,
        when=pack.when,
        order=pack.order,
        inside=pack.name,
    )


def _settle(folder: ArrivalsFolder, arrival: Arrival, entry: Entry, pack: zipfile.ZipFile) -> None:
    """Unpack one entry onto the disk, or note why not."""
    aside = folder.begin(arrival.batch)
    try:
        if entry.refusal is not None:
            folder.settle(aside, _refused(arrival, entry.refusal))
            return
        digest, size = hashlib.sha256(), 0
        try:
            with (aside / RECEIVED).open("wb") as file:
                for chunk in content(pack, entry):
                    digest.update(chunk)
                    size += len(chunk)
                    file.write(chunk)
                file.flush()
                os.fsync(file.fileno())
        except BadZip as error:
            (aside / RECEIVED).unlink()
            folder.settle(aside, _refused(arrival, error.refusal))
            return
        folder.settle(aside, replace(arrival, size=size, sha256=digest.hexdigest()))
    finally:
        shutil.rmtree(aside, ignore_errors=True)  # it has its place by now, unless it broke off


def _refused(arrival: Arrival, refusal: Refusal) -> Arrival:
    return replace(arrival, stage=Stage.REJECTED, reason=refusal.reason, remedy=refusal.remedy)

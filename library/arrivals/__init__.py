"""What staff hand in: received so that nothing is lost, then worked through one by one into drafts.

arrivals = Arrivals(library.root)
arrival = arrivals.receive(user, "fiche.pdf", chunks, batch)
arrivals.status(user, batch)
"""

from library.arrivals.arrival import Arrival, Stage, Status
from library.arrivals.arrivals import Arrivals
from library.arrivals.scans import OCR, AskedScans, read_scans
from library.arrivals.tasks import State, Task, Tasks
from library.arrivals.worker import ArrivalsWorker
from library.arrivals.working import Working

__all__ = [
    "OCR",
    "Arrival",
    "Arrivals",
    "ArrivalsWorker",
    "AskedScans",
    "Stage",
    "State",
    "Status",
    "Task",
    "Tasks",
    "Working",
    "read_scans",
]

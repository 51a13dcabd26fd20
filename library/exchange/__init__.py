"""The library in the formats of others: exports of every kind, and imports that can be rehearsed and taken back."""

from library.exchange.bag import write_bag
from library.exchange.export import Exported, Form, demand_whole, export
from library.exchange.importing import Wanted, import_records
from library.exchange.report import Fault, ImportReport, RowOutcome, State
from library.exchange.undoing import Batch, Undone, UndoReport, batches, undo_batch

__all__ = [
    "Batch", "Exported", "Fault", "Form", "ImportReport", "RowOutcome", "State", "UndoReport", "Undone", "Wanted",
    "batches", "demand_whole", "export", "import_records", "undo_batch", "write_bag",
]  # fmt: skip

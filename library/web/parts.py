"""The packages for the browser, file by file: only those files that the reader asks for, and whoever asks.

The version stands in the address, so that an answer may be kept for good.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property
from pathlib import Path

from starlette.requests import Request
from starlette.responses import FileResponse, Response

from library.browser_parts import PDF_ENGINE, browser_part, part_version
from library.web.files import ONE_YEAR, not_found
from library.web.headers import POLICY

SERVED = (
    "legacy/build/pdf.min.mjs",
    "legacy/build/pdf.worker.min.mjs",
    "legacy/build/pdf.renderer.min.mjs",
    "legacy/web/pdf_viewer.mjs",
    "legacy/web/pdf_viewer.css",
    "legacy/web/images/*.svg",
    "legacy/web/images/*.gif",
    "cmaps/*.bcmap",
    "standard_fonts/*.pfb",
    "standard_fonts/*.ttf",
    "wasm/*.wasm",
    "iccs/*.icc",
)
"""The engine as built for browsers a few years old; character maps, fonts and decoders that some files need."""
MEDIA_TYPES = {
    ".mjs": "text/javascript",
    ".css": "text/css",
    ".svg": "image/svg+xml",
    ".gif": "image/gif",
    ".ttf": "font/ttf",
    ".wasm": "application/wasm",
}
WORKER = "legacy/build/pdf.worker.min.mjs"
WORKER_POLICY = POLICY.replace("script-src 'self'", "script-src 'self' 'wasm-unsafe-eval'")
"""JPEG 2000 and JBIG2 images are decoded by WebAssembly, in the worker and nowhere else."""


class Parts:
    """The route for packages for the browser."""

    def part(self, request: Request) -> Response:
        """One file of the PDF engine, in the version that is installed."""
        name = request.path_params["path"]
        path = self._files.get(name)
        if path is None:
            return not_found()
        headers = {"Cache-Control": f"public, max-age={ONE_YEAR}, immutable"}
        if name.endswith(WORKER):
            headers["Content-Security-Policy"] = WORKER_POLICY
        media_type = MEDIA_TYPES.get(path.suffix, "application/octet-stream")
        return FileResponse(path, media_type=media_type, headers=headers)

    @cached_property
    def _files(self) -> Mapping[str, Path]:
        """Every address that is answered, and its file: what is asked for never makes up a path."""
        folder = browser_part(PDF_ENGINE)
        return dict(_listed(folder)) if folder is not None else {}


def _listed(folder: Path) -> Iterator[tuple[str, Path]]:
    version = part_version(folder)
    for pattern in SERVED:
        for path in folder.glob(pattern):
            yield f"{PDF_ENGINE}/{version}/{path.relative_to(folder).as_posix()}", path

"""An address as a QR code, drawn as one path: nothing inline, nothing fetched."""

from __future__ import annotations

from dataclasses import dataclass

import segno

# White around the code; scanners need four modules of it.
QUIET = 4


@dataclass(frozen=True, slots=True)
class Picture:
    size: int
    path: str


def qr_picture(text: str) -> Picture:
    """For `<svg viewBox="0 0 size size"><path d="path">`."""
    rows = segno.make(text, error="m", micro=False).matrix
    path = "".join(
        f"M{x + QUIET} {y + QUIET}h1v1h-1z"
        for y, row in enumerate(rows)
        for x, is_dark in enumerate(row)
        if is_dark
    )
    return Picture(size=len(rows) + 2 * QUIET, path=path)

from __future__ import annotations

from collections.abc import Sequence

from jobs.resumes.rules.lint import Remark


class ResumeError(Exception):
    """Why nothing was changed."""


class LineRefused(ResumeError):  # noqa: N818 - reads as the event it is
    """The words hold an unlawful practice or somebody's data; `remarks` says where."""

    def __init__(self, remarks: Sequence[Remark]) -> None:
        super().__init__(remarks[0].code)
        self.remarks = remarks


class LineChanged(ResumeError):  # noqa: N818 - reads as the event it is
    """Another window changed the line meanwhile."""


class TooManyLines(ResumeError):  # noqa: N818 - reads as the event it is
    """Nobody reads a résumé of that length."""


class TooManyShares(ResumeError):  # noqa: N818 - reads as the event it is
    """As many links are open as anybody can keep in mind."""


class TooManyStations(ResumeError):  # noqa: N818 - reads as the event it is
    """Nobody reads that many jobs or schools."""

from __future__ import annotations


class EditorError(Exception):
    """Something of the editor that was not done; subclasses say why."""


class Clash(EditorError):  # noqa: N818 - reads as the event it is
    """A colleague changed the same fields meanwhile, and to something else."""

    def __init__(self, fields: list[str], step: str) -> None:
        super().__init__(", ".join(fields))
        self.fields = fields
        self.step = step


class NotReady(EditorError):  # noqa: N818
    """Something that has to be said is still empty."""


class NothingToSend(EditorError):  # noqa: N818
    """The posting is open and would stay as it is."""


class TooLong(EditorError):  # noqa: N818
    """More was typed than any posting has."""

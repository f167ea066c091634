from __future__ import annotations

from collections.abc import Sequence
from datetime import date


class EmployerError(Exception):
    """What a person asked for cannot be done; each subclass says why."""


class AlreadyMember(EmployerError):  # noqa: N818 - reads as the event it is
    """One account works for one organisation at a time."""


class UsccTaken(EmployerError):  # noqa: N818 - reads as the event it is
    """Another organisation here carries this code."""


class LastAdmin(EmployerError):  # noqa: N818 - reads as the event it is
    """The organisation would be left without an administrator."""


class InvitationGone(EmployerError):  # noqa: N818 - reads as the event it is
    """Used, withdrawn or run out."""


class WrongKind(EmployerError):  # noqa: N818 - reads as the event it is
    """Only employer accounts can join an organisation."""


class NotNow(EmployerError):  # noqa: N818 - reads as the event it is
    """The check is in a state in which this step does not exist."""


class Blocked(EmployerError):  # noqa: N818 - reads as the event it is
    """The code is on the list of organisations that may not come back."""


class FactsFixed(EmployerError):  # noqa: N818 - reads as the event it is
    """`fields` say who the organisation is and stay while a measure stands."""

    def __init__(self, fields: Sequence[str]) -> None:
        super().__init__(*fields)
        self.fields = list(fields)


class ReasonNeeded(EmployerError):  # noqa: N818 - reads as the event it is
    """A block stands on a reason, and so does lifting it."""


class PapersMissing(EmployerError):  # noqa: N818 - reads as the event it is
    """`papers` are kinds of document, `facts` names of fields, that are not there."""

    def __init__(self, papers: Sequence[str], facts: Sequence[str] = ()) -> None:
        super().__init__(*papers, *facts)
        self.papers = list(papers)
        self.facts = list(facts)


class PaperEndsSooner(EmployerError):  # noqa: N818 - reads as the event it is
    """A check cannot hold longer than the papers it rests on."""

    def __init__(self, last_day: date) -> None:
        super().__init__(last_day)
        self.last_day = last_day

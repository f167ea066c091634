from __future__ import annotations


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


class ReasonNeeded(EmployerError):  # noqa: N818 - reads as the event it is
    """A block stands on a reason, and so does lifting it."""

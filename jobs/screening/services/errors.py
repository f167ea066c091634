from __future__ import annotations


class ScreeningError(Exception):
    """A screening act that was not done; subclasses say why."""


class ReviewTaken(ScreeningError):  # noqa: N818
    """Another moderator decided, or the posting changed, since the page was opened."""


class OwnOrganization(ScreeningError):  # noqa: N818
    """Nobody decides about an organisation they belong to."""


class NoteMissing(ScreeningError):  # noqa: N818
    """Every decision but publishing has to be explained."""


class UnknownRule(ScreeningError):  # noqa: N818
    """A reason names a rule that the catalogue does not hold."""

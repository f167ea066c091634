from __future__ import annotations


class ScreeningError(Exception):
    """A screening act that was not done; subclasses say why."""


class ReviewTaken(ScreeningError):  # noqa: N818 - reads as the event it is
    """Another moderator decided, or the posting changed, since the page was opened."""


class OwnOrganization(ScreeningError):  # noqa: N818
    """Nobody decides about an organisation they belong to."""


class OwnDecision(ScreeningError):  # noqa: N818
    """The second look, or the answer to an objection, is somebody else's."""


class NoteMissing(ScreeningError):  # noqa: N818
    """Every decision but publishing has to be explained."""


class UnknownRule(ScreeningError):  # noqa: N818
    """A reason names a rule that the catalogue does not hold."""


class RunNotReady(ScreeningError):  # noqa: N818
    """The reading still goes on, or somebody already decided about it."""


class RunOutdated(ScreeningError):  # noqa: N818
    """The rules changed again since: what was read is no longer what would happen."""


class SampleTaken(ScreeningError):  # noqa: N818
    """Another moderator has already said how this sample is."""


class NotAllowed(ScreeningError):  # noqa: N818
    """Only people who moderate take measures; only administrators object."""


class MeasureExists(ReviewTaken):
    """The same measure stands already."""


class ObjectionOpen(ScreeningError):  # noqa: N818
    """Somebody has objected: that is answered first, and ends the measure or keeps it."""


class MeasureMisfits(ScreeningError):  # noqa: N818
    """This kind of measure needs another target, or cannot end by itself."""


class TooLate(ScreeningError):  # noqa: N818
    """The days in which this could be done are over."""

from __future__ import annotations

from django.db import models
from django.utils.translation import pgettext_lazy


class RoomState(models.TextChoices):
    OPEN = "open", pgettext_lazy("state of a talk in writing", "Open")
    ENDED = "ended", pgettext_lazy("state of a talk in writing", "Ended")


class Side(models.TextChoices):
    """Who sits where; nobody else is ever in the room."""

    SEEKER = "seeker", pgettext_lazy("in a talk", "The person")
    COUNSELOR = "counselor", pgettext_lazy("in a talk", "The counselor")

    @property
    def other(self) -> Side:
        return Side.COUNSELOR if self is Side.SEEKER else Side.SEEKER


class EndedBy(models.TextChoices):
    SEEKER = "seeker", pgettext_lazy("ended a talk", "The person")
    COUNSELOR = "counselor", pgettext_lazy("ended a talk", "The counselor")
    CLOCK = "clock", pgettext_lazy("ended a talk", "Its time was over")

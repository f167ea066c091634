from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _, pgettext_lazy


class CheckInState(models.TextChoices):
    SUBMITTED = "submitted", pgettext_lazy("state of a check-in", "Sent")
    SCORED = "scored", pgettext_lazy("state of a check-in", "Added up")
    SHOWN = "shown", pgettext_lazy("state of a check-in", "Seen")
    PURGED = "purged", pgettext_lazy("state of a check-in", "Answers deleted")


class Choice(models.TextChoices):
    """What somebody wants who said that dark thoughts came."""

    DANGER = "danger", _("I am in danger now")
    CONTACT = "contact", _("I would like somebody to contact me")
    SAFE = "safe", _("I am safe now and want to see how to get through tonight")


class MoodTag(models.TextChoices):
    SLEEP = "sleep", pgettext_lazy("what a day was like", "Slept badly")
    TIRED = "tired", pgettext_lazy("what a day was like", "Worn out")
    MONEY = "money", pgettext_lazy("what a day was like", "Money worries")
    ALONE = "alone", pgettext_lazy("what a day was like", "Lonely")
    ANGRY = "angry", pgettext_lazy("what a day was like", "Angry")
    FAMILY = "family", pgettext_lazy("what a day was like", "Trouble at home")
    REFUSED = "refused", pgettext_lazy("what a day was like", "Got a refusal")
    REST = "rest", pgettext_lazy("what a day was like", "Got some rest")
    PEOPLE = "people", pgettext_lazy("what a day was like", "Was with people")
    STEP = "step", pgettext_lazy("what a day was like", "Got something done")


MOST_TAGS = 3
MOODS = {
    5: pgettext_lazy("mood of a day", "Good"),
    4: pgettext_lazy("mood of a day", "Rather good"),
    3: pgettext_lazy("mood of a day", "So-so"),
    2: pgettext_lazy("mood of a day", "Rather bad"),
    1: pgettext_lazy("mood of a day", "Bad"),
}

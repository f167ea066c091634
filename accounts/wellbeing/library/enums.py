from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Kind(models.TextChoices):
    ARTICLE = "article", _("Something to read")
    EXERCISE = "exercise", _("To do")
    SCRIPT = "script", _("To listen to")
    WORKSHEET = "worksheet", _("To fill in")
    TOOL = "tool", _("A tool")


class Evidence(models.TextChoices):
    """How well tested the idea is, not how sure we sound."""

    SOME = "some", _("Tested in some studies")
    EARLY = "early", _("Little tested so far")
    ADVICE = "advice", _("Sensible advice, not tested")


class Tag(models.TextChoices):
    """What is heavy right now, in the reader's words."""

    ANGER = "anger", _("I was shouted at")
    BODY = "body", _("My body is tense")
    SLEEP = "sleep", _("I cannot sleep")
    CRISIS = "crisis", _("I can hardly bear it")
    PHONE_FEAR = "phone-fear", _("Phones scare me")
    SHAME = "shame", _("I am ashamed")
    GUILT = "guilt", _("I feel guilty")
    MONEY = "money", _("Money is short")
    RIGHTS = "rights", _("Wages and rights")
    FAMILY = "family", _("Family does not know")
    FRIENDS = "friends", _("I am alone a lot")
    HABITS = "habits", _("My days have no shape")
    JOB_SEARCH = "job-search", _("Looking for work")
    REJECTION = "rejection", _("Nobody wants me")
    INTERVIEW = "interview", _("An interview is coming")
    NEW_JOB = "new-job", _("I started a new job")


class Review(models.TextChoices):
    NEEDS_REVIEW = "needs_review", _("not read yet by a licensed person")
    PUBLISHED = "published", _("read by a licensed person")

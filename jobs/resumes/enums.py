from __future__ import annotations

from django.db import models
from django.utils.translation import pgettext_lazy


class Variant(models.TextChoices):
    """Which work a résumé is for; the codes are those of rules/answers.py."""

    SERVICING = "servicing", pgettext_lazy("résumé version", "Loan servicing")
    SUPPORT = "support", pgettext_lazy("résumé version", "Customer support")
    COMPLIANCE = (
        "compliance",
        pgettext_lazy("résumé version", "Compliance"),
    )


class Language(models.TextChoices):
    """What the lines are written in."""

    ZH_HANS = "zh-hans", "简体中文"
    ZH_HANT = "zh-hant", "繁體中文"
    EN = "en", "English"


class Identity(models.TextChoices):
    """Who a résumé says it is about; the codes are those of rules/document.py."""

    PSEUDONYM = "pseudonym", pgettext_lazy("résumé identity", "Without my name")
    NAMED = "named", pgettext_lazy("résumé identity", "With my name")


class StationKind(models.TextChoices):
    JOB = "job", pgettext_lazy("résumé station", "Job")
    SCHOOL = "school", pgettext_lazy("résumé station", "School or course")


class Speech(models.TextChoices):
    """What somebody speaks at work."""

    MANDARIN = "mandarin", pgettext_lazy("language", "Mandarin")
    CANTONESE = "cantonese", pgettext_lazy("language", "Cantonese")
    MINNAN = "minnan", pgettext_lazy("language", "Min Nan (Hokkien)")
    HAKKA = "hakka", pgettext_lazy("language", "Hakka")
    WU = "wu", pgettext_lazy("language", "Shanghainese (Wu)")
    SICHUANESE = "sichuanese", pgettext_lazy("language", "Sichuanese")
    ENGLISH = "english", pgettext_lazy("language", "English")
    JAPANESE = "japanese", pgettext_lazy("language", "Japanese")
    KOREAN = "korean", pgettext_lazy("language", "Korean")

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

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _, pgettext_lazy


class Scope(models.TextChoices):
    CAREER = "career", _("Changing jobs")
    LEGAL_INFORMATION = "legal_information", _("Work rights information")
    PSYCHOLOGICAL = "psychological", _("Emotional support")


class SpokenLanguage(models.TextChoices):
    MANDARIN = "mandarin", _("Mandarin")
    CANTONESE = "cantonese", _("Cantonese")
    HOKKIEN = "hokkien", _("Hokkien")
    ENGLISH = "english", pgettext_lazy("spoken", "English")


# What each helps with, and what they do not do, said before anybody hopes for it.
SCOPE_HELP = {
    Scope.CAREER: _(
        "Thinks through with you which work fits now, goes over your profile and "
        "practises talks with employers."
    ),
    Scope.LEGAL_INFORMATION: _(
        "Explains what the law says about wages, contracts and leaving a job, and who "
        "decides. Does not act as your lawyer."
    ),
    Scope.PSYCHOLOGICAL: _(
        "Listens when work has worn you out and looks with you at what helps. Does not "
        "treat illness and writes no certificates."
    ),
}

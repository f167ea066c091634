from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class SubjectType(models.TextChoices):
    """Whose paper it is. The rows themselves live in higher apps, so: type and id."""

    ORGANIZATION = "organization", _("Organisation")
    COUNSELOR = "counselor", _("Counselor")


class DocumentKind(models.TextChoices):
    BUSINESS_LICENCE = "business_licence", _("Business licence or founding document")
    HR_LICENCE = "hr_licence", _("Human resources service licence")
    DISPATCH_LICENCE = "dispatch_licence", _("Labour dispatch licence")
    FINANCIAL_LICENCE = "financial_licence", _("Financial licence")
    OUTSOURCING_MANDATE = "outsourcing_mandate", _("Mandate of the client")
    AGENT_ID = "agent_id", _("Identity card of the person who acts for you")
    AGENT_AUTHORISATION = "agent_authorisation", _("Authorisation of that person")
    RECRUITMENT_BRIEF = "recruitment_brief", _("Recruitment brief")
    COUNSELOR_CREDENTIAL = "counselor_credential", _("Counselor's credential")


class DocumentState(models.TextChoices):
    WAITING = "waiting", _("Waiting to be looked at")
    ACCEPTED = "accepted", _("Accepted")
    REFUSED = "refused", _("Not accepted")

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from accounts.consent.descriptions import Holding
from accounts.evidence.enums import DocumentKind, DocumentState
from accounts.evidence.models import Document
from accounts.identity.enums import Kind
from accounts.identity.models import User


def _count(user: User) -> int:
    return Document.objects.filter(uploaded_by=user).count()


PAPERS = Holding(
    area="accounts.evidence",
    title=_("Papers sent in for a check"),
    what=_("What kind of paper, when, and the file itself, encrypted."),
    why=_("So that employers and counselors here are who they say they are."),
    basis=_("The rules for online recruitment ask us to check them."),
    how_long=_("Identity cards until somebody decided; others at most 30 days longer."),
    count=_count,
    models=("accounts_evidence.Document",),
    kinds=(Kind.EMPLOYER, Kind.COUNSELOR),
    choices={
        "kind": dict(DocumentKind.choices),
        "state": dict(DocumentState.choices),
    },
)

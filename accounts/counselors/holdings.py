from __future__ import annotations

from django.utils.translation import gettext, gettext_lazy as _

from accounts.consent.descriptions import Holding, Leaver, Remainder
from accounts.counselors.enums import Scope
from accounts.counselors.models import CounselorProfile
from accounts.counselors.registry import tell_role_ended
from accounts.employers.enums import VerificationState
from accounts.identity.enums import Kind
from accounts.identity.models import User


def _count(user: User) -> int:
    return CounselorProfile.objects.filter(user=user).count()


PAGE = Holding(
    area="accounts.counselors",
    title=_("My page as a counselor"),
    what=_("Name, credential, languages, and what you write about yourself."),
    why=_("So that people who look for work find you."),
    basis=_("Needed for the account you asked for."),
    how_long=_("Until you change it or delete the account."),
    count=_count,
    models=("accounts_counselors.CounselorProfile",),
    url_name="counselors:mine",
    kinds=(Kind.COUNSELOR,),
    choices={
        "scope": dict(Scope.choices),
        "verification": dict(VerificationState.choices),
    },
)
EMPTY_PAGE = Remainder(
    code="counselor",
    title=_("An empty counselor's row"),
    why=_("People you once talked with may have notes that hang on it."),
    how_long=_("As long as one of the other lines is kept."),
    count=_count,
    models=("accounts_counselors.CounselorProfile",),
)


def _unlist(user: User) -> None:
    for row in CounselorProfile.objects.filter(user=user):
        row.is_listed = False
        row.save(update_fields=["is_listed"])
        tell_role_ended(row)


def _tells(user: User) -> str:
    if not _count(user):
        return ""
    return gettext(
        "Your page leaves the list of counselors, and talks booked with you are called off."
    )


LEAVER = Leaver(hide=_unlist, tells=_tells)

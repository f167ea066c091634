from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from accounts.consent.descriptions import Holding
from accounts.identity.enums import Kind
from accounts.identity.models import User
from jobs.editor.models import EditorDraft


def _count(user: User) -> int:
    return EditorDraft.objects.filter(user=user).count()


TYPED = Holding(
    area="jobs.editor",
    title=_("What I typed and did not hand in"),
    what=_("Words you typed into a posting and have not saved or sent yet."),
    why=_("So that nothing is lost when a page closes."),
    basis=_("You use the editor; it cannot be done without."),
    how_long=_("Until you save or drop them, at most 30 days."),
    count=_count,
    models=("jobs_editor.EditorDraft",),
    url_name="postings:mine",
    kinds=(Kind.EMPLOYER,),
)

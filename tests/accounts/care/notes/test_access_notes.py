"""Who sees what of notes (wellbeing reference E6): everybody else gets 404."""

from __future__ import annotations

import pytest
from django.urls import reverse

from accounts.care.cases.models import Case
from accounts.care.notes.models import KeptText
from accounts.care.notes.services import notes, reflections, reviews, summaries
from accounts.care.safety.enums import Level, Source
from accounts.care.safety.services.flags import raise_flag
from accounts.care.vault.enums import Role
from accounts.care.vault.models import TeamRole
from tests.access import check_access
from tests.accounts.care.notes.make import (
    FIELDS,
    hand_on,
    make_case,
    make_draft,
    make_signed,
    make_supervisor,
)
from tests.cast import Cast

pytestmark = pytest.mark.django_db
OWN = {"counselor": 200}
GONE_ON = {"counselor": 302}


@pytest.fixture
def case(cast: Cast) -> Case:
    return make_case(cast)


def test_pages_of_every_counselor(cast: Cast) -> None:
    both = {"counselor": 200, "other_counselor": 200}
    check_access(cast, reverse("notes:desk"), both)
    check_access(cast, reverse("notes:reflections"), both)
    check_access(cast, reverse("notes:hints"), both, method="post")


def test_a_signed_note_is_its_authors(cast: Cast, case: Case) -> None:
    make_supervisor(cast.other_counselor)
    note = make_signed(case)
    for name in ("notes:note", "notes:versions", "notes:print", "notes:put_forward"):
        check_access(cast, reverse(name, args=[note.pk]), OWN)
    check_access(cast, reverse("notes:change", args=[note.pk]), GONE_ON, method="post")


def test_a_keeper_of_calendars_reads_no_note(cast: Cast, case: Case) -> None:
    TeamRole.objects.create(counselor=cast.other_counselor, role=Role.SCHEDULER)
    note = make_signed(case)
    check_access(cast, reverse("notes:note", args=[note.pk]), OWN)


def test_a_draft_is_its_authors(cast: Cast, case: Case) -> None:
    note = make_draft(case)
    start = reverse("notes:start", args=[case.pk])
    check_access(cast, start, GONE_ON, method="post")
    check_access(cast, reverse("notes:write", args=[note.pk]), OWN)
    check_access(cast, reverse("notes:keep", args=[note.pk]), OWN, method="post")
    check_access(cast, reverse("notes:discard", args=[note.pk]), OWN)


def test_the_text_of_a_second_window_too(cast: Cast, case: Case) -> None:
    note = make_draft(case)
    other = FIELDS | {"data": "另一段"}
    notes.keep(note=note, fields=other, revision=1, window="b")
    kept = KeptText.objects.get()
    use = reverse("notes:use_kept", args=[note.pk, kept.pk])
    check_access(cast, use, GONE_ON, method="post")
    drop = reverse("notes:drop_kept", args=[note.pk, kept.pk])
    check_access(cast, drop, GONE_ON, method="post")


def test_after_the_handover_the_new_counselor_sees_it_only_with_a_yes(
    cast: Cast, case: Case
) -> None:
    note = make_signed(case)
    handed = hand_on(case, cast.other_counselor)
    url = reverse("notes:note", args=[note.pk])
    check_access(cast, url, OWN)
    summaries.let_read(case=handed)
    check_access(cast, url, {"counselor": 200, "other_counselor": 200})
    # Reading is not writing.
    change = reverse("notes:change", args=[note.pk])
    check_access(cast, change, GONE_ON, method="post")
    summaries.stop_reading(case=handed)
    # The author's own change was begun above: the signed words are still there to read.
    check_access(cast, url, OWN)


def test_a_draft_never_goes_over(cast: Cast, case: Case) -> None:
    note = make_draft(case)
    signed = notes.begin(case=case, author=cast.counselor)
    notes.keep(note=signed, fields=FIELDS, revision=1, window="a")
    notes.sign(note=signed)
    summaries.let_read(case=hand_on(case, cast.other_counselor))
    check_access(cast, reverse("notes:note", args=[note.pk]), GONE_ON)


def test_a_reflection_is_the_authors_alone(cast: Cast, case: Case) -> None:
    make_supervisor(cast.other_counselor)
    check_access(cast, reverse("notes:reflect", args=[case.pk]), OWN)
    row = reflections.write(case=case, author=cast.counselor, text="下次多等几秒")
    hand_on(case, cast.other_counselor)
    check_access(cast, reverse("notes:reflection", args=[row.pk]), OWN)
    drop = reverse("notes:drop_reflection", args=[row.pk])
    check_access(cast, drop, GONE_ON, method="post")


def test_supervision_is_for_lead_counselors(cast: Cast, case: Case) -> None:
    make_supervisor(cast.other_counselor)
    review = reviews.put_forward(note=make_signed(case), question="")
    flag = raise_flag(subject=case.subject, level=Level.RED, source=Source.SELF)
    lead = {"other_counselor": 200}
    check_access(cast, reverse("notes:supervision"), lead)
    check_access(cast, reverse("notes:review", args=[review.pk]), lead)
    check_access(cast, reverse("notes:flag_review", args=[flag.pk]), lead)
    decide = reverse("notes:decide", args=[review.pk])
    check_access(cast, decide, {"other_counselor": 302}, method="post")


def test_nobody_leads_themselves(cast: Cast, case: Case) -> None:
    make_supervisor(cast.counselor)
    review = reviews.put_forward(note=make_signed(case), question="")
    check_access(cast, reverse("notes:review", args=[review.pk]), {})


def test_the_person_has_their_own_page(cast: Cast, case: Case) -> None:
    check_access(cast, reverse("notes:mine"), {"seeker": 200, "other_seeker": 200})
    own = {"seeker": 302}
    for name in ("notes:ask", "notes:let_read", "notes:stop_reading"):
        check_access(cast, reverse(name, args=[case.pk]), own, method="post")
    row = summaries.ask(case=case)
    check_access(cast, reverse("notes:write_summary", args=[row.pk]), OWN)
    withdraw = reverse("notes:withdraw", args=[row.pk])
    check_access(cast, withdraw, own, method="post")

from __future__ import annotations

from datetime import timedelta
from unittest.mock import patch

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.care.cases.models import Case
from accounts.care.notes import access
from accounts.care.notes.enums import Outcome
from accounts.care.notes.models import SupervisionReview
from accounts.care.notes.services import notes, reviews
from accounts.care.notes.services.sealing import remark_of
from accounts.care.safety.enums import Level, Source
from accounts.care.safety.services.flags import raise_flag
from accounts.care.vault import keys
from accounts.care.vault.models import AccessEvent
from accounts.lib.workflow import ReasonMissing
from tests.accounts.care.notes.make import (
    FIELDS,
    make_case,
    make_draft,
    make_signed,
    make_supervisor,
)
from tests.cast import Cast
from tests.make import sign_in

pytestmark = pytest.mark.django_db
REASON = "抽到的一份,按规矩看看"


@pytest.fixture
def case(cast: Cast) -> Case:
    make_supervisor(cast.other_counselor)
    return make_case(cast)


@pytest.fixture
def lead(client: Client, cast: Cast) -> Client:
    sign_in(client, cast.other_counselor.user)
    return client


def put_forward(case: Case) -> SupervisionReview:
    return reviews.put_forward(note=make_signed(case), question="我是不是太快了?")


def test_a_reason_first_then_the_note_then_the_words(
    lead: Client, cast: Cast, case: Case
) -> None:
    row = put_forward(case)
    url = reverse("notes:review", args=[row.pk])
    before = lead.get(url).content.decode()
    assert FIELDS["data"] not in before
    assert "我是不是太快了" not in before
    refused = lead.post(url, {"reason": "看"})
    assert refused.status_code == 422
    lead.post(url, {"reason": REASON})
    page = lead.get(url).content.decode()
    assert FIELDS["data"] in page
    assert "我是不是太快了" in page
    event = AccessEvent.objects.get(action="note.supervised")
    assert (event.reader, event.counselor) == ("supervisor", cast.other_counselor)
    assert event.object_id == row.note_id
    assert keys.unseal(case.subject, "access.reason", event.reason) == REASON
    decide = reverse("notes:decide", args=[row.pk])
    assert lead.post(decide, {"outcome": "hint"}).status_code == 422
    lead.post(decide, {"outcome": "hint", "remark": "写得很具体。"})
    row.refresh_from_db()
    assert (row.state, remark_of(row)) == ("done", "写得很具体。")
    assert lead.get(url).status_code == 404
    # The counselor reads it on their own page.
    sign_in(lead, cast.counselor.user)
    assert "写得很具体。" in lead.get(reverse("notes:desk")).content.decode()


def test_the_person_sees_that_a_lead_counselor_looked(
    lead: Client, cast: Cast, case: Case
) -> None:
    row = put_forward(case)
    lead.post(reverse("notes:review", args=[row.pk]), {"reason": REASON})
    looks = [look.action for look in access_log(case)]
    assert "note.supervised" in looks


def access_log(case: Case) -> list[AccessEvent]:
    return list(AccessEvent.objects.filter(subject=case.subject).exclude(reader="self"))


def test_after_an_hour_the_reason_is_asked_again_and_words_are_kept(
    lead: Client, case: Case
) -> None:
    row = put_forward(case)
    url = reverse("notes:review", args=[row.pk])
    lead.post(url, {"reason": REASON})
    hour_ago = timezone.now() - timedelta(hours=2)
    SupervisionReview.objects.update(opened_at=hour_ago)
    assert FIELDS["data"] not in lead.get(url).content.decode()
    decide = reverse("notes:decide", args=[row.pk])
    answer = lead.post(decide, {"outcome": "talk", "remark": "我们聊聊第二段"})
    assert answer["Location"] == url
    lead.post(url, {"reason": REASON})
    assert "我们聊聊第二段" in lead.get(url).content.decode()


def test_a_note_is_drawn_by_its_id_alone(case: Case) -> None:
    for is_drawn in (True, False):
        with patch.object(reviews, "is_sampled", return_value=is_drawn) as asked:
            note = make_signed(case)
        assert SupervisionReview.objects.filter(note=note).exists() is is_drawn
        assert asked.call_count == 1


def test_a_change_is_not_drawn_a_second_time(case: Case) -> None:
    with patch.object(reviews, "is_sampled", return_value=True):
        note = make_signed(case)
        notes.change(note=note)
        notes.sign(note=note, reason="added")
    assert SupervisionReview.objects.count() == 1


def test_only_signed_words_are_put_forward(case: Case) -> None:
    with pytest.raises(reviews.NothingToRead):
        reviews.put_forward(note=make_draft(case), question="")


def test_put_forward_twice_is_one_question(case: Case) -> None:
    row = put_forward(case)
    assert row.note
    again = reviews.put_forward(note=row.note, question="换个问法")
    assert again.pk == row.pk
    assert SupervisionReview.objects.count() == 1


def test_every_red_flag_waits_and_no_other(cast: Cast, case: Case) -> None:
    red = raise_flag(subject=case.subject, level=Level.RED, source=Source.SELF)
    raise_flag(subject=case.subject, level=Level.AMBER, source=Source.SELF)
    assert list(access.flags_to_review(cast.other_counselor)) == [red]
    row = reviews.open_flag(flag=red, supervisor=cast.other_counselor, reason=REASON)
    assert row.due_at - red.opened_at == timedelta(hours=24)
    assert not access.flags_to_review(cast.other_counselor).exists()
    reviews.decide(review=row, supervisor=cast.other_counselor, outcome=Outcome.FINE)
    assert not access.to_review(cast.other_counselor).exists()


def test_a_flag_is_opened_on_its_page(lead: Client, case: Case) -> None:
    flag = raise_flag(
        subject=case.subject, level=Level.RED, source=Source.SELF, reason="说撑不住"
    )
    url = reverse("notes:flag_review", args=[flag.pk])
    assert "说撑不住" not in lead.get(url).content.decode()
    opened = lead.post(url, {"reason": REASON})
    assert "说撑不住" in lead.get(opened["Location"]).content.decode()


def test_two_leads_do_not_read_at_once(cast: Cast, case: Case) -> None:
    row = put_forward(case)
    with pytest.raises(ReasonMissing):
        reviews.open_review(review=row, supervisor=cast.other_counselor, reason=" ")
    with pytest.raises(reviews.NotYours):
        reviews.open_review(review=row, supervisor=cast.counselor, reason=REASON)
    reviews.open_review(review=row, supervisor=cast.other_counselor, reason=REASON)
    with pytest.raises(reviews.NotYours):
        reviews.decide(review=row, supervisor=cast.counselor, outcome=Outcome.FINE)


def test_the_database_knows_that_nobody_leads_themselves(
    cast: Cast, case: Case
) -> None:
    row = put_forward(case)
    with pytest.raises(IntegrityError, match="not_of_ones_own"), transaction.atomic():
        SupervisionReview.objects.filter(pk=row.pk).update(
            supervisor=cast.counselor, opened_at=timezone.now(), state="opened"
        )

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from accounts.care.cases.models import Case
from accounts.care.notes.holdings import copy
from accounts.care.notes.models import ClientSummary, EarlierNotesYes
from accounts.care.notes.services import reflections, summaries
from accounts.care.notes.services.notes import WordsStand
from accounts.care.vault.models import AccessEvent
from accounts.care.vault.services.subjects import ensure_subject
from accounts.identity.models import OutboxMessage
from tests.accounts.care.notes.make import (
    FIELDS,
    hand_on,
    make_case,
    make_signed,
)
from tests.cast import Cast
from tests.make import sign_in
from tests.words import says

pytestmark = pytest.mark.django_db
TEXT = "我们谈了两次。你连着五天八点起床。"
EMPTY = "Nothing is written down about you here. It begins with your first talk."
CLOSED = (
    "You have no counselor at the moment. The notes of your talks stay closed. Once you "
    "have one again, you can ask for a summary."
)


@pytest.fixture
def case(cast: Cast) -> Case:
    return make_case(cast)


def test_asked_for_written_and_read(client: Client, cast: Cast, case: Case) -> None:
    make_signed(case)
    sign_in(client, cast.seeker.user)
    client.post(reverse("notes:ask", args=[case.pk]))
    client.post(reverse("notes:ask", args=[case.pk]))
    row = ClientSummary.objects.get()
    sign_in(client, cast.counselor.user)
    url = reverse("notes:write_summary", args=[row.pk])
    refused = client.post(url, {"text": TEXT + "没有抑郁症。"})
    assert refused.status_code == 422
    assert TEXT in refused.content.decode()
    assert says(refused, "Some words have to be said differently. See below the text.")
    client.post(url, {"text": TEXT})
    sign_in(client, cast.seeker.user)
    page = client.get(reverse("notes:mine")).content.decode()
    assert TEXT in page
    assert FIELDS["data"] not in page


def test_messages_say_only_that_there_is_news(cast: Cast, case: Case) -> None:
    row = summaries.ask(case=case)
    summaries.give(summary=row, counselor=cast.counselor, text=TEXT)
    told = list(OutboxMessage.objects.all())
    assert {message.user for message in told} == {
        cast.seeker.user,
        cast.counselor.user,
    }
    for message in told:
        everything = f"{message.subject}{message.body}{message.template}"
        everything += message.dedupe_key
        assert "care" not in everything
        assert str(row.pk) not in everything
        assert all(
            word not in everything for word in ("记录", "小结", "谈话", "周老师")
        )


def test_a_word_we_do_not_write_is_refused_by_the_service_too(
    cast: Cast, case: Case
) -> None:
    with pytest.raises(WordsStand):
        summaries.give(
            summary=summaries.ask(case=case), counselor=cast.counselor, text="你是患者"
        )


def test_taken_back_nobody_writes_it(client: Client, cast: Cast, case: Case) -> None:
    row = summaries.ask(case=case)
    summaries.withdraw(summary=row)
    sign_in(client, cast.counselor.user)
    assert client.get(reverse("notes:write_summary", args=[row.pk])).status_code == 404
    assert summaries.ask(case=case).pk != row.pk


def test_after_a_handover_the_new_counselor_is_asked(cast: Cast, case: Case) -> None:
    row = summaries.ask(case=case)
    hand_on(case, cast.other_counselor)
    client = Client()
    sign_in(client, cast.counselor.user)
    assert client.get(reverse("notes:write_summary", args=[row.pk])).status_code == 404


def test_the_copy_has_the_summary_and_not_the_notes(cast: Cast, case: Case) -> None:
    make_signed(case)
    reflections.write(case=case, author=cast.counselor, text="多等几秒")
    summaries.give(
        summary=summaries.ask(case=case), counselor=cast.counselor, text=TEXT
    )
    told = str(copy(case.subject))
    assert TEXT in told
    assert FIELDS["data"] not in told
    assert "多等几秒" not in told
    own = copy(ensure_subject(user=cast.counselor.user))
    assert own == {"reflections": ["多等几秒"]}


def test_a_yes_to_earlier_notes_is_only_asked_for_where_there_are_some(
    client: Client, cast: Cast, case: Case
) -> None:
    make_signed(case)
    assert summaries.let_read(case=case) is None
    hand_on(case, cast.other_counselor)
    sign_in(client, cast.seeker.user)
    let = reverse("notes:let_read", args=[case.pk])
    assert let in client.get(reverse("notes:mine")).content.decode()
    client.post(let)
    assert EarlierNotesYes.objects.get().counselor == cast.other_counselor
    stop = reverse("notes:stop_reading", args=[case.pk])
    assert stop in client.get(reverse("notes:mine")).content.decode()
    client.post(stop)
    assert EarlierNotesYes.objects.filter(ended_at__isnull=True).count() == 0
    actions = AccessEvent.objects.filter(reader="self").values_list("action", flat=True)
    assert {"earlier.given", "earlier.ended"} <= set(actions)


def test_a_yes_to_one_counselor_is_none_to_the_next(cast: Cast, case: Case) -> None:
    make_signed(case)
    summaries.let_read(case=hand_on(case, cast.other_counselor))
    back = hand_on(case, cast.counselor)
    assert not summaries.stop_reading(case=back)


def test_without_a_counselor_nothing_false_is_said_about_the_notes(
    client: Client, cast: Cast, case: Case
) -> None:
    make_signed(case)
    Case.objects.update(counselor=None, state="new", accept_by=None)
    sign_in(client, cast.seeker.user)
    page = client.get(reverse("notes:mine"))
    assert not says(page, EMPTY)
    assert says(page, CLOSED)


def test_somebody_new_finds_an_empty_page(client: Client, cast: Cast) -> None:
    sign_in(client, cast.other_seeker.user)
    page = client.get(reverse("notes:mine"))
    assert says(page, EMPTY)

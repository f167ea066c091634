from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.db import DatabaseError, transaction
from django.urls import reverse

from accounts.consent.registry import export_person
from accounts.identity.models import User
from jobs.applications.models import Application
from jobs.talent.models import CardMark, CriteriaSet, Scorecard
from jobs.talent.services.cards import set_criteria
from tests.cast import Cast
from tests.jobs.applications.make import make_application, take
from tests.jobs.talent.make import codes, judged, received
from tests.jobs.talent.test_views_notes import client_of, page_of

COMMENT = "模拟通话时先复述了对方的难处"
USUAL = ["stays_calm", "listens", "speaks_clearly", "keeps_records", "honest_limits"]


@pytest.fixture
def application(cast: Cast) -> Application:
    return received(cast)


def send(user: User, application: Application, **changes: str) -> Any:
    url = reverse("talent:card", args=[application.public_id])
    data = {f"mark-{code}": "3" for code in codes(application)}
    data |= {"version": "0", "comment": COMMENT}
    return client_of(user).post(url, data | changes)


def test_the_work_says_what_is_asked(cast: Cast, application: Application) -> None:
    assert codes(application) == USUAL
    url = reverse("talent:card", args=[application.public_id])
    page = client_of(cast.employer).get(url).content.decode()
    assert "遇到火气大的人，稳得住" in page
    assert "4 · 对方很激动时也稳得住，还说清了下一步" in page


def test_a_card_is_sent_and_stays(cast: Cast, application: Application) -> None:
    assert send(cast.employer, application).status_code == 302
    card = Scorecard.objects.get()
    assert {m.criterion: m.mark for m in card.marks.all()} == dict.fromkeys(USUAL, 3)
    assert card.comment == COMMENT
    send(cast.employer, application, comment="改一改")
    assert Scorecard.objects.get().comment == COMMENT
    changes: list[Callable[[], int]] = [
        lambda: Scorecard.objects.update(comment="改一改"),
        lambda: CardMark.objects.update(mark=4),
        lambda: CriteriaSet.objects.update(criteria=[]),
    ]
    for change in changes:
        with pytest.raises(DatabaseError), transaction.atomic():
            change()


def test_others_are_read_after_ones_own(cast: Cast, application: Application) -> None:
    send(cast.employer, application, **{"mark-listens": "1"})
    before = page_of(cast.colleague, application)
    assert COMMENT not in before
    assert "1 位同事" in before
    send(cast.colleague, application, comment="")
    after = page_of(cast.colleague, application)
    assert COMMENT in after
    assert "1 · 3" in after
    assert "看法差得多" in after


def test_who_looks_without_marking_marks_no_more(
    cast: Cast, application: Application
) -> None:
    send(cast.employer, application)
    url = reverse("talent:waive", args=[application.public_id])
    assert client_of(cast.colleague).post(url).status_code == 302
    assert COMMENT in page_of(cast.colleague, application)
    send(cast.colleague, application)
    assert Scorecard.objects.filter(state="sent").count() == 1


def test_a_refused_card_keeps_every_mark(cast: Cast, application: Application) -> None:
    response = send(cast.employer, application, comment="她怀孕了")
    page = response.content.decode()
    assert response.status_code == 422
    assert page.count(" checked") == len(USUAL)
    assert "她怀孕了</textarea>" in page
    assert not Scorecard.objects.exists()


def test_a_card_needs_an_answer_to_each_and_one_mark(
    cast: Cast, application: Application
) -> None:
    missing = send(cast.employer, application, **{"mark-listens": ""})
    assert missing.status_code == 422
    nothing = {f"mark-{code}": "-" for code in USUAL}
    assert send(cast.employer, application, **nothing).status_code == 422
    assert send(cast.employer, application, **(nothing | {"mark-listens": "2"}))
    assert CardMark.objects.filter(mark__isnull=True).count() == len(USUAL) - 1


def test_nothing_is_marked_after_the_end(cast: Cast, application: Application) -> None:
    take(application, "decline", cast.employer)
    send(cast.employer, application)
    assert not Scorecard.objects.exists()


def test_criteria_changed_meanwhile_are_asked_again(
    cast: Cast, application: Application
) -> None:
    set_criteria(posting=application.posting, actor=cast.employer, codes=USUAL[:3])
    url = reverse("talent:card", args=[application.public_id])
    data = {f"mark-{code}": "3" for code in USUAL} | {"version": "0", "comment": ""}
    response = client_of(cast.employer).post(url, data)
    assert response.status_code == 422
    assert 'name="version" value="1"' in response.content.decode()
    assert (
        client_of(cast.employer).post(url, data | {"version": "1"}).status_code == 302
    )


def choose(cast: Cast, application: Application, **changes: Any) -> Any:
    url = reverse("talent:criteria", args=[application.posting.public_id])
    data = {"codes": USUAL[:3]} | changes
    return client_of(cast.employer).post(url, data)


def test_an_application_with_a_card_stays_with_its_questions(
    cast: Cast, application: Application
) -> None:
    judged(application, cast.employer)
    own = {"title-0": "会粤语", "strong-0": "能用粤语接完一通电话"}
    assert choose(cast, application, **own).status_code == 302
    assert codes(application) == USUAL
    other = make_application(cast.other_seeker, application.posting, state="viewed")
    assert codes(other) == [*USUAL[:3], "own-1"]
    # The same words again keep their code; others never take it.
    other_own = {"title-0": "会英语", "strong-0": "能用英语接完一通电话"}
    choose(cast, application, **other_own)
    assert codes(other) == [*USUAL[:3], "own-2"]
    choose(cast, application, **own)
    assert codes(other) == [*USUAL[:3], "own-1"]


@pytest.mark.parametrize(
    "changes",
    [
        {"codes": USUAL[:2]},
        {"codes": []},
        {"codes": ["nothing_like_it", *USUAL]},
        {"title-0": "会粤语"},
        {"title-0": "漂亮", "strong-0": "长得漂亮"},
    ],
)
def test_criteria_that_cannot_be_are_refused(
    cast: Cast, application: Application, changes: dict[str, Any]
) -> None:
    response = choose(cast, application, **changes)
    assert response.status_code == 422
    for text in changes.values():
        if isinstance(text, str):
            assert text in response.content.decode()
    assert not CriteriaSet.objects.exists()


def test_the_person_reads_words_and_no_rank(
    cast: Cast, application: Application
) -> None:
    judged(application, cast.employer, mark=2, comment=COMMENT)
    (card,) = export_person(cast.seeker.user)["jobs.talent"]["cards"]
    assert card["text"] == COMMENT
    assert len(card["marks"]) == len(USUAL)
    assert all("2" in line for line in card["marks"])
    assert not {"total", "average", "rank"} & set(card)

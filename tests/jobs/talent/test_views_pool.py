from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from django.db import DatabaseError, transaction
from django.urls import reverse
from django.utils import timezone

from accounts.consent.access import grants_of, looks_at
from accounts.consent.models import Consent
from accounts.consent.services import end_grant
from accounts.identity.models import OutboxMessage
from accounts.seekers.models import CompanyBlock, SeekerProfile
from jobs.applications.models import Invitation
from jobs.postings.models import Posting
from jobs.talent.models import PoolEntry
from jobs.talent.services import pool
from jobs.talent.tasks import expire_pool
from tests.cast import Cast
from tests.jobs.applications.clock import SetClock
from tests.jobs.applications.make import make_application
from tests.jobs.talent.make import asked, kept, received
from tests.jobs.talent.test_views_notes import client_of, page_of
from tests.make import make_posting

pytestmark = pytest.mark.usefixtures("noon")
NAME = "林小舟"


@pytest.fixture
def posting(cast: Cast) -> Posting:
    return make_posting(cast.organization, title="另一个热线职位")


def pool_page(cast: Cast, query: str = "") -> str:
    page = client_of(cast.employer).get(reverse("talent:pool") + query)
    return page.content.decode()


def answer(cast: Cast, entry: PoolEntry, **data: str) -> Any:
    url = reverse("talent:asked", args=[entry.public_id])
    return client_of(cast.seeker.user).post(url, data)


def test_the_question_reaches_the_person_and_names_nobody(cast: Cast) -> None:
    application = received(cast, state="declined")
    url = reverse("talent:ask", args=[application.public_id])
    client_of(cast.employer).post(url)
    (message,) = OutboxMessage.objects.filter(template="talent/asked")
    assert message.user == cast.seeker.user
    assert cast.organization.display_name not in message.body
    mine = client_of(cast.seeker.user)
    for name in ("applications:mine", "applications:detail"):
        args = [] if name.endswith("mine") else [application.public_id]
        page = mine.get(reverse(name, args=args)).content.decode()
        assert f"/talent/asked/{PoolEntry.objects.get().public_id}/" in page


def test_doing_nothing_and_no_look_the_same(cast: Cast) -> None:
    application = received(cast, state="declined")
    entry = asked(application, cast.employer)
    before = page_of(cast.employer, application), pool_page(cast)
    answer(cast, entry, answer="no")
    entry.refresh_from_db()
    assert entry.state == "declined"
    after = page_of(cast.employer, application), pool_page(cast)
    assert [_plain(page) for page in after] == [_plain(page) for page in before]
    with pytest.raises(pool.AskRefused):
        asked(application, cast.employer)


def _plain(page: str) -> str:
    return (
        page.split('<main id="main"')[1].split("<footer")[0].replace(_token(page), "")
    )


def _token(page: str) -> str:
    found = re.findall(r'csrfmiddlewaretoken" value="(\w+)"', page)
    for token in found:
        page = page.replace(token, "")
    return found[0] if len(set(found)) == 1 else "\0"


def test_only_the_button_that_says_yes_is_a_yes(cast: Cast) -> None:
    entry = asked(received(cast, state="on_hold"), cast.employer)
    answer(cast, entry, with_name="on")
    entry.refresh_from_db()
    assert (entry.state, entry.consent) == ("declined", None)


@pytest.mark.parametrize("with_name", [False, True])
def test_a_yes_shows_what_was_agreed(cast: Cast, with_name: bool) -> None:
    application = received(cast, state="declined")
    entry = asked(application, cast.employer)
    answer(cast, entry, answer="yes", **({"with_name": "on"} if with_name else {}))
    page = pool_page(cast)
    assert (NAME in page) is with_name
    assert (str(application.public_id) in page) is with_name
    assert "热线客服（接电话）" in page
    told = OutboxMessage.objects.filter(template="talent/agreed")
    assert {row.user for row in told} == {cast.employer, cast.colleague}


def test_the_name_goes_with_the_yes_to_the_application(cast: Cast) -> None:
    entry = kept(cast, with_name=True)
    assert NAME in pool_page(cast)
    Consent.objects.filter(scope=entry.application.consent_scope).update(
        withdrawn_at=timezone.now()
    )
    page = pool_page(cast)
    assert NAME not in page
    assert "热线客服（接电话）" in page, "the yes to be kept in mind is another"


def test_whoever_is_shown_can_read_it(cast: Cast) -> None:
    kept(cast)
    pool_page(cast)
    pool_page(cast)
    lines = [line for line in looks_at(cast.seeker.user) if "名单" in line.saw]
    (line,) = [x for x in lines if x.because == "你让这家公司以后可以找你。"]
    assert line.who == cast.organization.display_name


def test_it_ends_in_the_privacy_centre(cast: Cast) -> None:
    entry = kept(cast)
    (line,) = [
        one for one in grants_of(cast.seeker.user) if one.consent == entry.consent
    ]
    assert line.recipient.name == cast.organization.display_name
    end_grant(user=cast.seeker.user, consent=line.consent)
    entry.refresh_from_db()
    assert entry.state == "revoked"
    assert "热线客服（接电话）" not in pool_page(cast)


def test_it_ends_with_one_tap(cast: Cast) -> None:
    entry = kept(cast)
    url = reverse("talent:end", args=[entry.public_id])
    client = client_of(cast.seeker.user)
    page = client.post(url, follow=True).content.decode()
    assert "你已经结束了" in page
    entry.refresh_from_db()
    assert entry.state == "revoked"
    assert Consent.objects.get(scope=entry.consent_scope).withdrawn_at is not None
    assert client.post(url).status_code == 302, "twice does no harm"


def test_who_hides_is_not_told_and_looks_silent(cast: Cast) -> None:
    application = received(cast, state="declined")
    name = cast.organization.display_name
    CompanyBlock.objects.create(profile=cast.seeker, name=name, reason="former")
    url = reverse("talent:ask", args=[application.public_id])
    page = client_of(cast.employer).post(url, follow=True).content.decode()
    assert "已经问过对方" in page
    assert not OutboxMessage.objects.filter(template="talent/asked").exists()
    entry = PoolEntry.objects.get()
    mine = client_of(cast.seeker.user)
    assert mine.get(reverse("talent:asked", args=[entry.public_id])).status_code == 404
    assert "talent/asked" not in mine.get(reverse("applications:mine")).content.decode()


def test_invited_by_the_same_numbers(cast: Cast, posting: Posting) -> None:
    entry = kept(cast)
    page = pool_page(cast)
    link = reverse("talent:invite", args=[entry.public_id, posting.public_id])
    assert link in page
    before = entry.application.posting.public_id
    again = reverse("talent:invite", args=[entry.public_id, before])
    assert again not in page, "they applied there before"
    assert client_of(cast.employer).post(again).status_code == 404
    client_of(cast.employer).post(link)
    invitation = Invitation.objects.get()
    assert (invitation.posting, invitation.number) == (posting, 1)
    assert link not in pool_page(cast)
    client_of(cast.employer).post(link)
    assert Invitation.objects.count() == 1
    mine = client_of(cast.seeker.user)
    url = reverse("applications:invited", args=[invitation.public_id])
    seen = mine.get(url).content.decode()
    assert reverse("talent:asked", args=[entry.public_id]) in seen


@pytest.mark.parametrize(
    "limit", [{"constraints": ["no_phone"]}, {"min_pay": 9000}, {"city_code": "5101"}]
)
def test_nobody_is_invited_against_their_limits(
    cast: Cast, posting: Posting, limit: dict[str, Any]
) -> None:
    entry = kept(cast)
    for name, value in limit.items():
        setattr(cast.seeker, name, value)
    cast.seeker.save()
    link = reverse("talent:invite", args=[entry.public_id, posting.public_id])
    client = client_of(cast.employer)
    assert link not in pool_page(cast)
    assert {client.get(link).status_code, client.post(link).status_code} == {404}
    assert not Invitation.objects.exists()


def test_the_filter_shows_whom_a_posting_suits(cast: Cast, posting: Posting) -> None:
    kept(cast)
    far = make_posting(cast.organization, title="成都的职位", city_code="5101")
    assert "海风" not in pool_page(cast)
    link = f"?posting={posting.public_id}"
    assert str(posting.public_id) in pool_page(cast, link)
    assert "没有这样的人" in pool_page(cast, f"?posting={far.public_id}")
    assert "没有这样的人" not in pool_page(cast, "?wanted=inbound_hotline")
    assert pool_page(cast, "?posting=nonsense&wanted=nonsense")


def test_the_filter_by_city(cast: Cast) -> None:
    """Only cities of people on the page: a list of cities tells of nobody else."""
    kept(cast)
    SeekerProfile.objects.exclude(pk=cast.seeker.pk).update(city_code="5101")
    page = pool_page(cast)
    assert '<option value="3101">上海' in page
    assert '<option value="5101">' not in page
    assert "没有这样的人" not in pool_page(cast, "?city=3101")
    cast.seeker.city_code = "5101"
    cast.seeker.save()
    assert "没有这样的人" not in pool_page(cast, "?city=3101")
    assert '<option value="3101">' not in pool_page(cast)


def test_questions_and_yeses_run_out(cast: Cast, set_clock: SetClock) -> None:
    kept(cast)
    open_one = asked(
        make_application(
            cast.other_seeker,
            make_posting(cast.organization),
            state="declined",
        ),
        cast.employer,
    )
    assert expire_pool() == 0
    set_clock("12:00", days=31)
    assert [expire_pool(), expire_pool()] == [1, 0]
    open_one.refresh_from_db()
    assert open_one.state == "lapsed"
    set_clock("12:00", days=181)
    assert "热线客服（接电话）" not in pool_page(cast), "even before the task runs"
    assert [expire_pool(), expire_pool()] == [1, 0]
    assert not Consent.objects.filter(purpose="talent_pool", withdrawn_at=None).exists()
    assert OutboxMessage.objects.filter(template="talent/run_out").count() == 1


def test_the_database_asks_for_the_persons_own_yes(cast: Cast) -> None:
    entry = asked(received(cast, state="declined"), cast.employer)
    foreign = Consent.objects.filter(user=cast.seeker.user).first()
    now = timezone.now()
    with pytest.raises(DatabaseError), transaction.atomic():
        PoolEntry.objects.filter(pk=entry.pk).update(
            state="agreed",
            consent=foreign,
            answered_at=now,
            expires_at=now + timedelta(days=180),
        )


def test_too_late_is_said(cast: Cast, set_clock: SetClock) -> None:
    entry = asked(received(cast, state="declined"), cast.employer)
    set_clock("12:00", days=31)
    with pytest.raises(pool.AnswerOver):
        pool.agree(entry=entry, actor=cast.seeker.user)

"""What an employer reads of its postings, and what nobody can read out of it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.lib.dates import today
from accounts.seekers.models import CompanyBlock, SeekerProfile
from jobs.applications.services.saved import save_posting
from jobs.insights.models import PostingDay, PostingReach
from jobs.insights.rules.weeks import finished_weeks
from jobs.insights.services.forgetting import forget_counts
from jobs.insights.services.reach import reach_of
from jobs.matching.enums import FeedbackReason
from jobs.matching.services.feedback import give_feedback
from jobs.postings.models import Posting
from tests.cast import Cast
from tests.jobs.applications.make import make_application
from tests.jobs.applications.make_people import make_visible
from tests.make import make_posting, sign_in

pytestmark = pytest.mark.django_db


def views(posting: Posting, count: int, **fields: Any) -> PostingDay:
    values: dict[str, Any] = {
        "day": finished_weeks(today())[-1],
        "kind": "opened",
        "source": "search",
    }
    return PostingDay.objects.create(posting=posting, count=count, **(values | fields))


def page(client: Client, cast: Cast, posting: Posting) -> Any:
    sign_in(client, cast.employer)
    return client.get(reverse("insights:posting", args=[posting.public_id]))


def test_a_full_week_is_shown_from_ten_on(client: Client, cast: Cast) -> None:
    posting = make_posting(cast.organization)
    weeks = finished_weeks(today())
    views(posting, 12)
    views(posting, 9, day=weeks[-2])
    text = page(client, cast, posting)
    cells = dict(text.context["weeks"])
    opened = {monday: dict(row)["被打开"] for monday, row in cells.items()}
    assert (opened[weeks[-1]].kind, opened[weeks[-1]].value) == ("exact", 12)
    assert opened[weeks[-2]].kind == "fewer"
    assert opened[weeks[0]].kind == "fewer"


def test_the_week_that_runs_changes_nothing(client: Client, cast: Cast) -> None:
    posting = make_posting(cast.organization)
    views(posting, 30)
    before = page(client, cast, posting).context["weeks"]
    views(posting, 500, day=today(), source="direct")
    assert page(client, cast, posting).context["weeks"] == before


@pytest.mark.parametrize("count", range(10))
def test_no_number_below_ten_makes_a_difference(
    client: Client, cast: Cast, count: int
) -> None:
    """Nor does a source of its own: the whole page is the same."""
    posting = make_posting(cast.organization)
    views(posting, 40, source="search")
    bare = text_of(page(client, cast, posting))
    views(posting, count, day=finished_weeks(today())[3], source="alerts")
    assert text_of(page(client, cast, posting)) == bare


def text_of(response: Any) -> str:
    body = response.content.decode()
    return str(body[body.index("<main") : body.index("</main")])


def test_sources_are_told_in_tens(client: Client, cast: Cast) -> None:
    posting = make_posting(cast.organization)
    views(posting, 62, source="search")
    views(posting, 31, source="for_me")
    views(posting, 7, source="direct")
    found = page(client, cast, posting).context["sources"]
    assert [(str(label), cell.value) for label, cell in found] == [
        ("搜索", 60),
        ("适合我的工作", 30),
    ]


def test_own_applications_are_counted_one_by_one(client: Client, cast: Cast) -> None:
    posting = make_posting(cast.organization)
    make_application(cast.seeker, posting, state="interview")
    make_application(cast.other_seeker, posting, state="declined")
    stages = page(client, cast, posting).context["stages"]
    assert [count for _label, count, _length in stages] == [2, 1, 1, 1, 0, 0]


def test_the_list_asks_little(
    client: Client, cast: Cast, django_assert_max_num_queries: Any
) -> None:
    for _number in range(12):
        views(make_posting(cast.organization), 20)
    sign_in(client, cast.employer)
    with django_assert_max_num_queries(10):
        response = client.get(reverse("insights:overview"))
    assert len(response.context["rows"]) == 12
    assert "20" in response.content.decode()


def test_old_days_go(cast: Cast) -> None:
    posting = make_posting(cast.organization)
    views(posting, 3, day=today() - timedelta(days=401))
    views(posting, 3)
    assert forget_counts(now=timezone.now(), for_real=False) == 1
    assert forget_counts(now=timezone.now(), for_real=True) == 1
    assert PostingDay.objects.count() == 1


# ---- What would bring more people


@pytest.fixture
def picky(cast: Cast) -> Posting:
    """Alternating days off: the twelve who want two stay away, ten do not mind."""
    for number in range(12):
        make_visible(
            number, constraints=["weekends_off"], min_pay=None, also_city_codes=[]
        )
    for number in range(20, 31):
        make_visible(number, constraints=[], min_pay=None)
    return make_posting(cast.organization, rest="alternate")


def test_what_would_bring_more_is_told_in_tens(
    client: Client, cast: Cast, picky: Posting
) -> None:
    context = page(client, cast, picky).context
    assert (context["suited"].kind, context["suited"].value) == ("at_least", 10)
    assert [(change.text, change.more) for change in context["changes"]] == [
        ("每周休两天", 10)
    ]


def test_nine_more_are_not_told(cast: Cast, picky: Posting) -> None:
    gone = SeekerProfile.objects.filter(constraints=["weekends_off"])[:3]
    SeekerProfile.objects.filter(pk__in=[row.pk for row in gone]).update(visibility=0)
    reach = reach_of(picky)
    assert reach is not None
    assert reach.more == {}


@pytest.mark.parametrize("why", ["blocked", "sister", "stage_0", "stage_2", "said_no"])
def test_who_hides_is_in_no_number(cast: Cast, picky: Posting, why: str) -> None:
    """The tenth person makes the number: with a reason to hide there is none."""
    wanting = SeekerProfile.objects.filter(constraints=["weekends_off"]).order_by("pk")
    for row in wanting[:2]:
        SeekerProfile.objects.filter(pk=row.pk).update(visibility=0)
    with_ten = reach_of(picky)
    assert with_ten is not None
    assert with_ten.more == {"rest": 10}
    PostingReach.objects.all().delete()
    hide(wanting[5], picky, cast, why)
    reach = reach_of(picky)
    assert reach is not None
    assert reach.more == {}


def hide(who: SeekerProfile, posting: Posting, cast: Cast, why: str) -> None:
    if why.startswith("stage_"):
        SeekerProfile.objects.filter(pk=who.pk).update(visibility=why[-1])
    elif why == "said_no":
        give_feedback(
            profile=who,
            actor=who.user,
            posting=posting,
            reason=FeedbackReason.KNOWN,
        )
    else:
        organization = cast.organization
        if why == "sister":
            # Named by another company that has the same telephone.
            organization = cast.other_organization
        CompanyBlock.objects.create(
            profile=who, uscc=organization.uscc, reason="former"
        )


def test_it_is_counted_once_a_day(cast: Cast, picky: Posting) -> None:
    """Changing a word and looking again tells nothing about anybody."""
    first = reach_of(picky)
    Posting.objects.filter(pk=picky.pk).update(rest="double")
    SeekerProfile.objects.update(visibility=0)
    again = reach_of(Posting.objects.get(pk=picky.pk))
    assert first is not None
    assert again is not None
    assert (again.suited, again.more) == (first.suited, first.more)
    tomorrow = reach_of(picky, now=timezone.now() + timedelta(days=1))
    assert tomorrow is not None
    assert (tomorrow.suited, tomorrow.more) == (0, {})


@pytest.mark.parametrize("what", ["state", "check", "promise"])
def test_only_who_may_look_gets_a_count(
    client: Client, cast: Cast, picky: Posting, what: str
) -> None:
    organization = cast.organization
    if what == "state":
        Posting.objects.filter(pk=picky.pk).update(state="paused")
    elif what == "check":
        type(organization).objects.filter(pk=organization.pk).update(
            verification="expired"
        )
    else:
        type(organization).objects.filter(pk=organization.pk).update(
            covenant_version="", covenant_accepted_at=None
        )
    assert page(client, cast, picky).context["may_look"] is False
    assert not PostingReach.objects.exists()


def test_saving_by_who_hides_shows_nowhere(client: Client, cast: Cast) -> None:
    posting = make_posting(cast.organization)
    before = text_of(page(client, cast, posting))
    CompanyBlock.objects.create(
        profile=cast.seeker, uscc=cast.organization.uscc, reason="former"
    )
    save_posting(user=cast.seeker.user, posting=posting)
    assert text_of(page(client, cast, posting)) == before

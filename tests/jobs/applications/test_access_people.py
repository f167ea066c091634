from __future__ import annotations

from collections.abc import Callable

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.employers.models import Organization
from accounts.identity.models import User
from accounts.seekers.models import CompanyBlock, SeekerProfile
from accounts.seekers.services import hide_profile
from jobs.postings.models import Posting
from tests.access import check_access
from tests.cast import Cast
from tests.client import StrictClient
from tests.jobs.applications.clock import SetClock
from tests.jobs.applications.make_people import (
    agree,
    ask,
    make_visible,
    people_url,
    person_url,
)
from tests.make import make_posting, sign_in

COLLEAGUES = {"employer": 200, "colleague": 200}
PAGES = ("person", "invite")


@pytest.fixture
def posting(cast: Cast) -> Posting:
    agree(cast.seeker)
    return make_posting(cast.organization)


def test_who_sees_the_people_of_a_posting(cast: Cast, posting: Posting) -> None:
    assert reverse("applications:people", args=[posting.public_id])
    check_access(cast, people_url(posting), COLLEAGUES)


@pytest.mark.parametrize("name", ["applications:person", "applications:invite"])
def test_who_sees_one_of_them(cast: Cast, posting: Posting, name: str) -> None:
    url = person_url(posting, cast.seeker, name.split(":")[1])
    check_access(cast, url, COLLEAGUES)


def test_who_may_invite(cast: Cast, posting: Posting) -> None:
    url = person_url(posting, cast.seeker, "invite")
    expected = {"employer": 302, "colleague": 302}
    check_access(cast, url, expected, method="post")


def test_who_reads_an_invitation(
    cast: Cast, posting: Posting, set_clock: SetClock
) -> None:
    set_clock("12:00")
    invitation = ask(posting, cast.seeker, cast.employer)
    url = reverse("applications:invited", args=[invitation.public_id])
    check_access(cast, url, {"seeker": 200})


@pytest.mark.parametrize(
    "name", ["applications:decline_invitation", "applications:never_again"]
)
def test_who_answers_an_invitation(
    cast: Cast, posting: Posting, set_clock: SetClock, name: str
) -> None:
    set_clock("12:00")
    invitation = ask(posting, cast.seeker, cast.employer)
    url = reverse(name, args=[invitation.public_id])
    check_access(cast, url, {"seeker": 302}, method="post")


def test_what_was_sent_at_night_is_not_there_before_eight(
    cast: Cast, posting: Posting, set_clock: SetClock
) -> None:
    set_clock("23:30")
    invitation = ask(posting, cast.seeker, cast.employer)
    url = reverse("applications:invited", args=[invitation.public_id])
    check_access(cast, url, {})
    set_clock("08:00", days=1)
    check_access(cast, url, {"seeker": 200})


def test_who_hides_their_profile(cast: Cast, posting: Posting) -> None:
    check_access(
        cast,
        reverse("seekers:hide"),
        {"seeker": 302, "other_seeker": 302},
        method="post",
    )


def _withdraw(seeker: SeekerProfile) -> None:
    hide_profile(profile=seeker, actor=seeker.user)


def _only_the_yes(seeker: SeekerProfile) -> None:
    from accounts.consent.models import Consent

    Consent.objects.filter(user=seeker.user).update(withdrawn_at=timezone.now())


def _former(seeker: SeekerProfile) -> None:
    CompanyBlock.objects.create(profile=seeker, name="青禾消费金融", reason="former")


def _close_account(seeker: SeekerProfile) -> None:
    User.objects.filter(pk=seeker.user_id).update(is_active=False)


def _limit(seeker: SeekerProfile) -> None:
    seeker.constraints = ["no_phone"]
    seeker.save()


def _dearer(seeker: SeekerProfile) -> None:
    seeker.min_pay = 9000
    seeker.save()


def _elsewhere(seeker: SeekerProfile) -> None:
    seeker.city_code = "5101"
    seeker.save()


@pytest.mark.parametrize(
    "leave",
    [
        _withdraw,
        _only_the_yes,
        _former,
        _close_account,
        _limit,
        _dearer,
        _elsewhere,
    ],
)
def test_whoever_leaves_is_gone_at_once_from_every_old_link(
    cast: Cast, posting: Posting, leave: Callable[[SeekerProfile], None]
) -> None:
    client = StrictClient()
    sign_in(client, cast.employer)
    urls = [person_url(posting, cast.seeker, name) for name in PAGES]
    assert {client.get(url).status_code for url in urls} == {200}
    assert urls[0] in client.get(people_url(posting)).content.decode()
    leave(cast.seeker)
    assert {client.get(url).status_code for url in urls} == {404}
    assert client.post(urls[1]).status_code == 404
    assert urls[0] not in client.get(people_url(posting)).content.decode()


@pytest.mark.parametrize("state", ["paused", "draft", "closed", "expired"])
def test_nobody_is_listed_for_a_posting_that_is_not_open(
    cast: Cast, posting: Posting, state: str
) -> None:
    Posting.objects.filter(pk=posting.pk).update(state=state)
    check_access(cast, people_url(posting), COLLEAGUES)
    for name in PAGES:
        check_access(cast, person_url(posting, cast.seeker, name), {})


@pytest.mark.parametrize(
    "change",
    [
        {"verification": "expired"},
        {"verification": "suspended"},
        {"covenant_version": "", "covenant_accepted_at": None},
    ],
)
def test_only_checked_organisations_that_promised_see_anybody(
    cast: Cast, posting: Posting, change: dict[str, object]
) -> None:
    Organization.objects.filter(pk=cast.organization.pk).update(**change)
    check_access(cast, people_url(posting), COLLEAGUES)
    for name in PAGES:
        check_access(cast, person_url(posting, cast.seeker, name), {})


def test_a_reference_is_good_for_its_own_posting_only(
    cast: Cast, posting: Posting
) -> None:
    other = make_posting(cast.organization)
    url = person_url(posting, cast.seeker)
    swapped = url.replace(str(posting.public_id), str(other.public_id))
    check_access(cast, swapped, {})
    wrong = reverse(
        "applications:person", args=[posting.public_id, cast.seeker.public_id]
    )
    check_access(cast, wrong, {})


def test_references_and_codes_of_two_postings_have_nothing_in_common(
    cast: Cast, posting: Posting
) -> None:
    from jobs.matching.access.candidates import candidates_for
    from jobs.matching.candidates import candidate_card

    for number in range(2, 8):
        make_visible(number)
    lists = [
        [candidate_card(c) for c in candidates_for(p)]
        for p in (posting, make_posting(cast.organization))
    ]
    assert len(lists[0]) == len(lists[1]) == 7
    for name in ("reference", "label"):
        one, two = ({getattr(card, name) for card in cards} for cards in lists)
        assert len(one) == 7
        assert not one & two

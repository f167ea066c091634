from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from accounts.cohorts import access
from accounts.cohorts.models import Cohort, CohortMember
from accounts.cohorts.services import cohorts as services, sessions
from accounts.cohorts.views import people
from accounts.identity.models import User
from accounts.lib.dates import today
from accounts.seekers.models import SeekerProfile
from tests.accounts.cohorts.make import FORMER, fill, join_new, make_cohort, set_offsets
from tests.accounts.identity.codes import code_for
from tests.make import make_organization, make_seeker, make_user, sign_in
from tests.words import says

pytestmark = pytest.mark.django_db


@pytest.fixture
def cohort() -> Cohort:
    return make_cohort()


def test_from_the_poster_to_the_group_with_a_new_account(
    client: Client, cohort: Cohort
) -> None:
    page = client.post("/join/", {"code": cohort.code.lower()})
    assert page["Location"] == f"/join/{cohort.code}/"
    page = client.get(page["Location"])
    assert says(page, "What they never learn")
    there = f"/join/{cohort.code}/"
    client.post(
        "/account/signup/",
        {
            "kind": "seeker",
            "contact": "new@example.com",
            "agreed": "on",
            "next": there,
        },
    )
    confirmed = client.post(
        "/account/confirm-email/", {"code": code_for("new@example.com")}
    )
    assert confirmed["Location"] == there
    page = client.post(there, {"agreed": "on", "use_city": "on"}, follow=True)
    assert says(page, "You are in. You can leave with one tap.")
    assert SeekerProfile.objects.get().city_code == "3101"


def test_without_the_tick_nobody_joins(client: Client, cohort: Cohort) -> None:
    sign_in(client, make_seeker().user)
    page = client.post(f"/join/{cohort.code}/", {"hide_from_former": "on"})
    assert page.status_code == 422
    assert says(page, "Please tick the box if you want to join.")
    assert not CohortMember.objects.exists()


def test_the_suggestions_are_not_ticked_for_anybody(
    client: Client, cohort: Cohort
) -> None:
    sign_in(client, make_user("seeker", email="new@example.com"))
    page = client.get(f"/join/{cohort.code}/").content.decode()
    assert FORMER in page
    assert "checked" not in page


@pytest.mark.parametrize(
    ("code", "words"),
    [
        (
            "ABCD-2345",
            "We do not know this code. Please compare it with the poster again.",
        ),
        ("!!!", "This is no code of ours. Please look at it again."),
        ("", "This field is required."),
    ],
)
def test_wrong_codes_are_explained_and_stay(
    client: Client, code: str, words: str
) -> None:
    page = client.post("/join/", {"code": code})
    assert page.status_code == 422
    assert says(page, words)
    assert f'value="{code}"' in page.content.decode() or not code


def test_closed_and_full_say_the_same(client: Client, cohort: Cohort) -> None:
    words = "This code takes nobody right now. You can use everything here without it."
    sign_in(client, make_seeker().user)
    Cohort.objects.update(slack=0, size_limit=20)
    fill(cohort, range(20))
    full = client.post(f"/join/{cohort.code}/", {"agreed": "on"})
    services.close_cohort(cohort=cohort, actor=cohort.created_by)
    closed = client.get(f"/join/{cohort.code}/")
    assert says(full, words)
    assert says(closed, words)
    assert full.status_code == closed.status_code == 410


def test_guessing_is_slow(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(people, "MOST_TRIES", 3)
    for _try in range(3):
        client.get("/join/ABCD2345/")
    assert client.get("/join/ABCD2345/").status_code == 429


def test_leaving_is_one_tap(client: Client, cohort: Cohort) -> None:
    member = join_new(cohort, 1)
    sign_in(client, member.seeker.user)
    page = client.get("/cohorts/mine/").content.decode()
    assert f"/cohorts/mine/{member.public_id}/leave/" in page
    client.post(f"/cohorts/mine/{member.public_id}/leave/")
    assert not CohortMember.objects.exists()


def test_an_operator_makes_a_group_and_hands_it_out(client: Client) -> None:
    sign_in(client, make_user("operator", email="o@example.com"))
    answers = {
        "label": "一起找新工作",
        "giver_kind": "union",
        "city": "成都",
        "former_employer": FORMER,
        "opens_on": today().isoformat(),
        "closes_on": (today() + timedelta(days=20)).isoformat(),
        "size_limit": "40",
    }
    page = client.post("/cohorts/new/", answers, follow=True)
    made = Cohort.objects.get()
    assert made.city_code == "5101"
    assert made.is_taking(now=timezone.now())
    assert f"{made.code[:4]}-{made.code[4:]}" in page.content.decode()
    poster = client.get(f"/cohorts/{made.public_id}/poster/").content.decode()
    assert "<svg" in poster
    assert made.code[:4] in poster


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"closes_on": "2026-01-01"}, "The last day is before the first."),
        ({"closes_on": "2999-01-01"}, "A code is good for a year at most."),
        ({"city": "不存在"}, "“不存在”"),
        ({"size_limit": "5"}, ""),
    ],
)
def test_what_does_not_fit_is_refused(
    client: Client, change: dict[str, str], words: str
) -> None:
    sign_in(client, make_user("operator", email="o@example.com"))
    answers = {
        "label": "一起找新工作",
        "giver_kind": "union",
        "opens_on": today().isoformat(),
        "closes_on": (today() + timedelta(days=20)).isoformat(),
        "size_limit": "40",
    }
    page = client.post("/cohorts/new/", answers | change)
    assert page.status_code == 422
    assert not words or says(page, words)
    assert "一起找新工作" in page.content.decode()
    assert not Cohort.objects.exists()


def test_the_giver_reads_floors_only(client: Client, cohort: Cohort) -> None:
    set_offsets(cohort, 0)
    fill(cohort, range(13))
    services.count_cohorts(today=today() + timedelta(days=7))
    link = f"/cohorts/counts/{access.counts_token(cohort)}/"
    page = client.get(link)
    text = page.content.decode()
    assert "至少 10 人" in text
    assert "13" not in text.split("<main")[1].split("</main>")[0]
    assert page["X-Robots-Tag"] == "noindex"


def test_a_renewed_link_ends_the_old_one(client: Client, cohort: Cohort) -> None:
    old = access.counts_token(cohort)
    new = access.counts_token(
        services.renew_link(cohort=cohort, actor=cohort.created_by)
    )
    assert client.get(f"/cohorts/counts/{old}/").status_code == 404
    assert client.get(f"/cohorts/counts/{new}/").status_code == 200
    assert client.get(f"/cohorts/counts/{new[:-1]}x/").status_code == 404


def test_no_page_of_operator_or_giver_names_a_member(
    client: Client, cohort: Cohort
) -> None:
    """All that either of them can open, with a member whose name is easy to find."""
    seeker = make_seeker(pseudonym="石榴红", contact_name="佘赛花")
    member = services.join_cohort(cohort=cohort, user=seeker.user)
    talk = sessions.publish_session(
        cohort=cohort,
        actor=cohort.created_by,
        title="找新工作怎么问",
        starts_at=timezone.now() + timedelta(days=2),
        place="街道二楼",
        seats=3,
    )
    sessions.take_seat(session=talk, member=member)
    organization = make_organization()
    giver = make_user("employer", email="hr@example.com")
    organization.memberships.create(user=giver, role="admin")
    pages = (
        "/cohorts/",
        f"/cohorts/{cohort.public_id}/",
        f"/cohorts/{cohort.public_id}/poster/",
        f"/cohorts/{cohort.public_id}/talks/",
        f"/cohorts/counts/{access.counts_token(cohort)}/",
        f"/join/{cohort.code}/",
        "/applications/pledges/",
        "/applications/inbox/",
        "/cohorts/mine/",
    )
    secrets = {
        "石榴红",
        "佘赛花",
        str(seeker.public_id),
        str(seeker.user.public_id),
        str(member.public_id),
        "seeker@example.com",
    }
    for user in (None, giver, User.objects.get(kind="operator")):
        reader = Client()
        sign_in(reader, user)
        for page in pages:
            text = reader.get(page).content.decode()
            assert not [secret for secret in secrets if secret in text], page


def test_a_talk_from_plan_to_seat(client: Client, cohort: Cohort) -> None:
    member = join_new(cohort, 1)
    sign_in(client, cohort.created_by)
    answers = {
        "title": "找新工作怎么问",
        "day": (today() + timedelta(days=3)).isoformat(),
        "time": "19:00",
        "place": "街道二楼",
        "seats": "1",
    }
    url = f"/cohorts/{cohort.public_id}/talks/"
    page = client.post(url, answers)
    assert says(page, "Without this there can be no talk.")
    client.post(url, answers | {"giver_stays_out": "on"})
    sign_in(client, member.seeker.user)
    page = client.get("/cohorts/mine/")
    assert "街道二楼" in page.content.decode()
    talk = cohort.sessions.get()
    page = client.post(f"/cohorts/talks/{talk.public_id}/seat/", follow=True)
    assert says(page, "You have a seat")
    sign_in(client, join_new(cohort, 2).seeker.user)
    page = client.post(f"/cohorts/talks/{talk.public_id}/seat/", follow=True)
    assert says(page, "No seat is left, or the talk has begun.")

"""Help with a profile that is there already: each look and each change by the person's yes."""

from __future__ import annotations

import json
from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.utils import timezone

from accounts.assisted import access
from accounts.assisted.enums import ProposalState
from accounts.assisted.models import ProfileGrant, ProfileProposal
from accounts.assisted.rules import MAY_SUGGEST
from accounts.assisted.services import grants, proposals
from accounts.assisted.tasks import expire_assisted
from accounts.assisted.words import FIELDS
from accounts.consent.enums import Purpose
from accounts.consent.models import Consent
from accounts.consent.registry import erase_person
from accounts.consent.services import end_grant
from accounts.identity.models import AuditEvent, OutboxMessage
from accounts.seekers.enums import Step
from accounts.seekers.models import SeekerProfile
from accounts.seekers.services import FIELDS_OF
from tests.accounts.assisted.make import make_grant, make_proposal
from tests.cast import Cast
from tests.client import StrictClient
from tests.make import sign_in
from tests.words import says

pytestmark = pytest.mark.django_db
WISH = "想要一份安静的工作"


@pytest.fixture
def grant(cast: Cast) -> ProfileGrant:
    return make_grant(cast.seeker, cast.counselor)


@pytest.fixture
def seeker(cast: Cast) -> Client:
    client = StrictClient()
    sign_in(client, cast.seeker.user)
    return client


@pytest.fixture
def counselor(cast: Cast) -> Client:
    client = StrictClient()
    sign_in(client, cast.counselor.user)
    return client


def profile(cast: Cast) -> SeekerProfile:
    return SeekerProfile.objects.get(pk=cast.seeker.pk)


# ---- Asking


def test_asked_with_both_boxes_empty_at_first(cast: Cast, seeker: Client) -> None:
    url = f"/assisted/helpers/ask/{cast.counselor.public_id}/"
    page = seeker.get(url).content.decode()
    assert " checked" not in page
    assert seeker.post(url, {}).status_code == 422
    assert not ProfileGrant.objects.exists()
    seeker.post(url, {"lets_read": "on"})
    made = ProfileGrant.objects.get()
    assert not made.shows_stages
    seeker.post(url, {"lets_read": "on", "shows_stages": "on"})
    again = ProfileGrant.objects.get()
    assert (again.pk, again.shows_stages) == (made.pk, True)
    assert OutboxMessage.objects.filter(user=cast.counselor.user).count() == 1


def test_the_second_yes_goes_by_itself_and_with_the_first(
    cast: Cast, grant: ProfileGrant, seeker: Client
) -> None:
    url = f"/assisted/helpers/{grant.public_id}/stages/"
    seeker.post(url, {"shows": "1"})
    assert access.grants_by(cast.seeker.user).get().shows_stages
    seeker.post(url, {})
    found = access.grants_by(cast.seeker.user).get()
    assert (found.shows_stages, found.ended_at) == (False, None)
    seeker.post(url, {"shows": "1"})
    grants.stop_reading(grant=grant, actor=cast.seeker.user)
    yes = Consent.objects.filter(purpose=Purpose.COUNSELOR_STAGES)
    assert all(row.withdrawn_at for row in yes)
    seeker.post(url, {"shows": "1"})
    assert not yes.filter(withdrawn_at__isnull=True).exists()


def test_taken_back_in_the_privacy_centre(
    cast: Cast, grant: ProfileGrant, seeker: Client
) -> None:
    grants.show_stages(grant=grant, actor=cast.seeker.user)
    page = seeker.get("/account/privacy/agreements/").content.decode()
    assert page.count(cast.counselor.name) >= 2
    made = Consent.objects.get(purpose=Purpose.COUNSELOR_STAGES)
    end_grant(consent=made, user=cast.seeker.user)
    assert not access.grants_by(cast.seeker.user).get().shows_stages


# ---- Suggesting


def test_only_what_differs_is_suggested(cast: Cast, grant: ProfileGrant) -> None:
    made = make_proposal(
        grant,
        city_code="3101",
        district="徐汇区",
        did=["keep_records", "calm_upset_people", "negotiate_instalments"],
        years=Decimal("3.0"),
    )
    assert proposals.suggested(made) == {"district": "徐汇区"}


def test_nothing_new_is_no_suggestion(cast: Cast, grant: ProfileGrant) -> None:
    with pytest.raises(proposals.NothingChanged):
        make_proposal(grant, city_code="3101")
    assert not OutboxMessage.objects.filter(user=cast.seeker.user).exists()


@pytest.mark.parametrize(
    "field", ["pseudonym", "contact_name", "contact_phone", "visibility", "calls"]
)
def test_name_number_and_who_sees_them_are_never_suggested(
    cast: Cast, grant: ProfileGrant, field: str
) -> None:
    with pytest.raises(proposals.NothingChanged):
        make_proposal(grant, **{field: "1"})


def test_what_may_be_suggested_is_what_the_screens_save() -> None:
    for step, names in MAY_SUGGEST.items():
        assert names == FIELDS_OF[Step(step)]
    assert set(FIELDS) == {name for names in MAY_SUGGEST.values() for name in names}


def test_from_the_counselors_page_to_the_profile(
    cast: Cast, grant: ProfileGrant, counselor: Client, seeker: Client
) -> None:
    url = f"/assisted/people/{grant.public_id}/suggest/"
    page = counselor.get(url).content.decode()
    assert cast.seeker.contact_name not in page
    assert cast.seeker.contact_phone not in page
    data = {"city": "成都", "district": "武侯区", "min_pay": "5200", "wish_text": WISH}
    counselor.post(url, data | {"wanted_occupations": ["inbound_hotline"]})
    made = ProfileProposal.objects.get()
    assert profile(cast).city_code == "3101"
    link = f"/assisted/proposals/{made.public_id}/"
    assert link in seeker.get("/assisted/helpers/").content.decode()
    shown = seeker.get(link).content.decode()
    assert WISH in shown
    assert " checked" not in shown
    assert seeker.post(link, {}).status_code == 422
    seeker.post(link, {"accept": ["district", "min_pay"]})
    now = profile(cast)
    assert (now.district, now.min_pay) == ("武侯区", 5200)
    # Left out by the person: as it was.
    assert (now.city_code, now.wish_text) == ("3101", "")
    made.refresh_from_db()
    assert (made.state, made.answers) == (ProposalState.ANSWERED, "")


def test_years_and_ticks_are_taken_as_they_are(cast: Cast, grant: ProfileGrant) -> None:
    made = make_proposal(grant, years=Decimal("2.5"), needs_housing=True, did=["drive"])
    taken = proposals.answer(
        proposal=made, actor=cast.seeker.user, accepted=["years", "did"]
    )
    now = profile(cast)
    assert sorted(taken) == ["did", "years"]
    assert (now.years, now.did, now.needs_housing) == (Decimal("2.5"), ["drive"], False)


def test_leaving_all_changes_nothing(
    cast: Cast, grant: ProfileGrant, seeker: Client
) -> None:
    made = make_proposal(grant)
    before = profile(cast).updated_at
    seeker.post(f"/assisted/proposals/{made.public_id}/", {"leave": "1"})
    assert profile(cast).updated_at == before
    # Not even when something was ticked before.
    made = make_proposal(grant)
    url = f"/assisted/proposals/{made.public_id}/"
    seeker.post(url, {"leave": "1", "accept": ["district"]})
    assert profile(cast).district == ""
    assert ProfileProposal.objects.filter(state=ProposalState.ANSWERED).count() == 2


def test_what_was_not_suggested_cannot_be_taken(
    cast: Cast, grant: ProfileGrant, seeker: Client
) -> None:
    made = make_proposal(grant, district="徐汇区")
    url = f"/assisted/proposals/{made.public_id}/"
    assert seeker.post(url, {"accept": ["visibility"]}).status_code == 422
    assert ProfileProposal.objects.get().state == ProposalState.WAITING


def test_nobody_else_answers(cast: Cast, grant: ProfileGrant) -> None:
    made = make_proposal(grant)
    with pytest.raises(ValueError, match="only the person"):
        proposals.answer(
            proposal=made, actor=cast.counselor.user, accepted=["district"]
        )
    assert profile(cast).district == ""


def test_one_waits_at_a_time(
    cast: Cast, grant: ProfileGrant, counselor: Client
) -> None:
    make_proposal(grant)
    with pytest.raises(proposals.OneWaits):
        make_proposal(grant, district="浦东新区")
    now = timezone.now()
    with pytest.raises(IntegrityError), transaction.atomic():
        ProfileProposal.objects.create(
            grant=grant, created_at=now, expires_at=now + timedelta(days=1)
        )
    page = counselor.get(f"/assisted/people/{grant.public_id}/")
    assert says(page, "Take the suggestion back")
    counselor.post(f"/assisted/people/{grant.public_id}/suggest/back/")
    assert not OutboxMessage.objects.filter(user=cast.seeker.user).exists()
    make_proposal(grant, district="浦东新区")


def test_it_ends_with_the_yes(cast: Cast, grant: ProfileGrant, seeker: Client) -> None:
    made = make_proposal(grant)
    grants.stop_reading(grant=grant, actor=cast.seeker.user)
    made.refresh_from_db()
    assert (made.state, made.answers) == (ProposalState.ENDED, "")
    assert seeker.get(f"/assisted/proposals/{made.public_id}/").status_code == 404
    with pytest.raises(proposals.GrantOver):
        make_proposal(grant)


def test_after_a_fortnight_it_is_thrown_away(cast: Cast, grant: ProfileGrant) -> None:
    made = make_proposal(grant)
    now = timezone.now()
    ProfileProposal.objects.update(
        created_at=now - timedelta(days=15), expires_at=now - timedelta(days=1)
    )
    with pytest.raises(proposals.ProposalOver):
        proposals.answer(proposal=made, actor=cast.seeker.user, accepted=["district"])
    assert expire_assisted() == 1
    made.refresh_from_db()
    assert (made.state, made.answers) == (ProposalState.ENDED, "")
    make_proposal(grant)


def test_words_lie_unreadable_and_in_no_trail(cast: Cast, grant: ProfileGrant) -> None:
    make_proposal(grant, wish_text=WISH)
    with connection.cursor() as cursor:
        cursor.execute("SELECT answers FROM accounts_assisted_profileproposal")
        assert WISH not in cursor.fetchone()[0]
    told = json.dumps(list(AuditEvent.objects.values()), default=str)
    assert WISH not in told
    message = OutboxMessage.objects.get(user=cast.seeker.user)
    assert cast.counselor.name not in str(vars(message))


def test_a_copy_holds_it_and_then_it_goes(cast: Cast, grant: ProfileGrant) -> None:
    make_proposal(grant, wish_text=WISH)
    copied = access.export_grants(cast.seeker.user)
    assert copied[0]["suggested"][0]["answers"] == {"wish_text": WISH}
    erase_person(cast.seeker.user)
    assert not ProfileProposal.objects.exists()

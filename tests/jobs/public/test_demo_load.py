from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse
from pytest_django import DjangoDbBlocker

from accounts.counselors.access import readiness_of as counselor_readiness
from accounts.counselors.models import CounselorProfile
from accounts.employers.access import readiness_of
from accounts.employers.models import Organization
from accounts.evidence import files
from accounts.evidence.models import Document
from accounts.evidence.rules.files import check_file
from accounts.identity.models import User
from accounts.seekers.models import SeekerProfile
from jobs.alerts.access import new_counts
from jobs.alerts.models import SavedSearch
from jobs.applications.enums import ApplicationState
from jobs.applications.models import Application, Invitation
from jobs.matching.access.candidates import candidates_for
from jobs.postings.models import Posting, PostingTransition
from jobs.public.demo import content, guide
from jobs.public.services.demo import is_empty
from jobs.screening.enums import Severity
from jobs.screening.models.findings import Finding
from jobs.screening.models.review import ReviewDecision
from tests.client import StrictClient
from tests.make import sign_in


@pytest.fixture(scope="module")
def demo(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """Loaded once for this file, as the command does it, and cleared afterwards."""
    with django_db_blocker.unblock():
        call_command("load_demo", "--reset")
        yield
        call_command("flush", interactive=False, verbosity=0)


pytestmark = [pytest.mark.usefixtures("demo"), pytest.mark.django_db]


def test_there_is_enough_to_look_around() -> None:
    assert Posting.objects.count() >= 150
    assert Organization.objects.count() >= 30
    assert Posting.objects.open().values("city_code").distinct().count() >= 8
    assert SeekerProfile.objects.count() >= 10


def test_nothing_blocked_was_ever_published() -> None:
    blocked = Posting.objects.filter(screening_decision="block")
    assert blocked.exists()
    assert not blocked.exclude(published_at=None).exists()
    assert not PostingTransition.objects.filter(
        posting__in=blocked, event="approve"
    ).exists()


def test_refused_adverts_stand_in_the_moderators_history() -> None:
    refused = Posting.objects.filter(state__in=["rejected", "changes_requested"])
    assert refused.filter(state="rejected").count() >= 30
    for posting in refused:
        decision = ReviewDecision.objects.get(posting=posting)
        raised = Finding.objects.filter(posting=posting, severity=Severity.BLOCK)
        assert set(decision.rules) == set(raised.values_list("rule", flat=True))
        assert decision.note


def test_every_posting_has_lived_through_its_states() -> None:
    for posting in Posting.objects.exclude(state="draft"):
        last = posting.transitions.order_by("at", "pk").last()
        assert last is not None
        assert last.to_state == posting.state
        assert posting.submitted_at is not None


def test_applications_stand_where_their_story_ends() -> None:
    told = Counter(
        story["state"]
        for seeker in [*content.seekers(), *content.applicants()]
        for story in seeker.get("applications", [])
    )
    # Those of the months before are only there for the records.
    stories = Application.objects.exclude(seeker__user__email__startswith="past")
    found = Counter(stories.values_list("state", flat=True))
    assert found == told
    assert set(found) >= set(ApplicationState.values) - {"retracted"}


def test_each_story_is_told_by_the_services_own_words() -> None:
    """Every step carries what its page needs to draw it."""
    client = StrictClient()
    for application in Application.objects.select_related("seeker__user"):
        client.force_login(
            application.seeker.user,
            backend="allauth.account.auth_backends.AuthenticationBackend",
        )
        url = reverse("applications:detail", args=[application.public_id])
        assert client.get(url).status_code == 200


@pytest.mark.parametrize(
    "step", guide.steps("zh-hans"), ids=[str(n) for n in range(1, 9)]
)
def test_each_step_of_the_guide_opens_its_page(step: dict[str, Any]) -> None:
    client = StrictClient()
    if step["email"]:
        user = User.objects.get(email=step["email"])
        sent = {"user": str(user.public_id), "next": step["path"]}
        client.post(reverse("demo:sign_in"), sent)
    assert client.get(step["path"], follow=True).status_code == 200


def test_the_landing_offers_every_step(client: StrictClient) -> None:
    text = client.get("/").content.decode()
    signing_in = [step for step in guide.steps("zh-hans") if step["email"]]
    assert text.count('name="user"') == len(signing_in) >= 5


def test_loading_again_changes_nothing() -> None:
    before = (User.objects.count(), Posting.objects.count())
    call_command("load_demo", "--if-empty")
    assert (User.objects.count(), Posting.objects.count()) == before


def test_loading_over_accounts_is_refused_with_the_way_out() -> None:
    with pytest.raises(CommandError, match="--reset"):
        call_command("load_demo")


@pytest.mark.parametrize("options", [[], ["--reset"], ["--if-empty"]])
def test_without_demo_mode_nothing_is_loaded_or_thrown_away(
    settings: Any, options: list[str]
) -> None:
    settings.DEMO = False
    with pytest.raises(CommandError, match="switched off"):
        call_command("load_demo", *options)
    assert not is_empty()


def test_everybody_checked_has_accepted_papers() -> None:
    """What the demo shows as checked could really have been confirmed."""
    verified = Organization.objects.filter(verification="verified")
    counselors = CounselorProfile.objects.filter(verification="verified")
    for owner in verified:
        assert readiness_of(owner).to_confirm == []
        assert owner.verified_documents[0] == "business_licence"
    assert all(counselor_readiness(row).to_confirm == [] for row in counselors)
    assert (
        Document.objects.stored().filter(kind="agent_id", state="accepted").count() == 0
    )


def test_somebody_waits_to_be_checked(client: StrictClient) -> None:
    assert CounselorProfile.objects.filter(verification="submitted").count() == 1
    assert Document.objects.filter(state="waiting").count() >= 6
    page = client.get("/counselors/").content.decode()
    assert page.count('class="card"') == 4


def test_the_demos_papers_are_whole_files() -> None:
    for row in Document.objects.stored()[:12]:
        data = files.get(str(row.storage_key))
        assert check_file(row.name, data).content_type == row.content_type
        assert hashlib.sha256(data).hexdigest() == row.sha256


def test_an_employer_finds_people_and_a_seeker_an_invitation(
    client: StrictClient,
) -> None:
    posting = Posting.objects.get(title="困难客户帮扶专员")
    assert len(candidates_for(posting)) >= 3
    invited = Invitation.objects.select_related("seeker__user")
    for invitation in invited:
        sign_in(client, invitation.seeker.user)
        url = reverse("applications:invited", args=[invitation.public_id])
        assert client.get(url).status_code == 200
    assert invited.count() == 2


def test_saved_searches_have_something_new(client: StrictClient) -> None:
    user = User.objects.get(email=guide.sign_in_addresses()["matched"])
    searches = SavedSearch.objects.filter(user=user)
    assert {search.is_paused for search in searches} == {True, False}
    watching = searches.watching()
    assert set(new_counts(user)) == {search.pk for search in watching}
    sign_in(client, user)
    assert "个新职位" in client.get(reverse("alerts:list")).content.decode()

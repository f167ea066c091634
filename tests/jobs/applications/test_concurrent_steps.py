"""Real transactions, real threads: what happens when two people are as fast."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

import pytest
from django.utils import timezone

from accounts.consent.models import Consent
from accounts.employers.models import Organization
from accounts.identity.models import OutboxMessage, User
from accounts.seekers.models import SeekerProfile
from jobs.applications.models import Application, ApplicationTransition
from jobs.applications.services.deadlines import chase
from jobs.applications.services.steps import AlreadyMoved
from jobs.applications.services.submissions import PostingNotOpen
from jobs.postings.models import Posting
from jobs.postings.services import close_posting
from tests.jobs.applications.make import send, sent_days_ago, take
from tests.jobs.applications.together import together
from tests.make import make_member, make_organization, make_posting, make_seeker

pytestmark = pytest.mark.django_db(transaction=True)


@dataclass(frozen=True, slots=True)
class Scene:
    seeker: SeekerProfile
    organization: Organization
    colleagues: list[User]
    posting: Posting


@pytest.fixture
def scene(transactional_db: None) -> Scene:
    organization = make_organization()
    members = [
        make_member(organization, email=f"hr{n}@example.com", role="admin")
        for n in range(2)
    ]
    return Scene(make_seeker(), organization, members, make_posting(organization))


def test_two_taps_make_one_application_and_both_see_it(scene: Scene) -> None:
    first, second = together([partial(send, scene.seeker, scene.posting)] * 2)
    assert first == second == Application.objects.get()
    assert Consent.objects.filter(scope=first.consent_scope).count() == 1
    assert ApplicationTransition.objects.count() == 1


def test_a_tap_while_the_posting_closes_is_either_in_or_out(scene: Scene) -> None:
    sent, _closed = together(
        [
            partial(send, scene.seeker, scene.posting),
            partial(close_posting, posting=scene.posting, actor=scene.colleagues[0]),
        ]
    )
    assert Posting.objects.get().state == "closed"
    assert Application.objects.count() == (not isinstance(sent, PostingNotOpen))


def test_two_colleagues_at_once_one_wins_the_other_is_told(scene: Scene) -> None:
    application = take(send(scene.seeker, scene.posting), "view", scene.colleagues[0])
    outcomes = together(
        [
            partial(take, application, event, colleague)
            for event, colleague in zip(
                ("shortlist", "decline"), scene.colleagues, strict=True
            )
        ]
    )
    told = [o for o in outcomes if isinstance(o, AlreadyMoved)]
    won = [o for o in outcomes if isinstance(o, Application)]
    assert (len(told), len(won)) == (1, 1)
    assert Application.objects.get().state == won[0].state
    assert ApplicationTransition.objects.count() == 3


def test_leaving_while_the_employer_decides_is_one_or_the_other(scene: Scene) -> None:
    application = take(send(scene.seeker, scene.posting), "view", scene.colleagues[0])
    together(
        [
            partial(take, application, "decline", scene.colleagues[0]),
            partial(take, application, "withdraw", scene.seeker.user),
        ]
    )
    ended = Application.objects.get()
    assert ended.state in {"declined", "withdrawn"}
    assert ApplicationTransition.objects.filter(to_state=ended.state).count() == 1


def test_two_colleagues_opening_it_at_once_is_one_view(scene: Scene) -> None:
    application = send(scene.seeker, scene.posting)
    outcomes = together(
        [
            partial(take, application, "view", colleague)
            for colleague in scene.colleagues
        ]
    )
    assert [outcome.state for outcome in outcomes] == ["viewed", "viewed"]
    assert ApplicationTransition.objects.filter(event="view").count() == 1


def test_two_workers_remind_and_close_once(scene: Scene) -> None:
    other = make_posting(scene.organization)
    late = sent_days_ago(send(scene.seeker, scene.posting), 14.1)
    sent_days_ago(send(scene.seeker, other), 8)
    counts = together([partial(chase, now=timezone.now())] * 2)
    assert sum(count["closed"] for count in counts) == 1
    assert sum(count["warned"] for count in counts) == 1
    assert late.transitions.filter(event="give_up_waiting").count() == 1
    sent = OutboxMessage.objects.values_list("template", flat=True)
    assert list(sent).count("applications/reminder") == 2  # one for each colleague
    assert list(sent).count("applications/no_response") == 1

"""Who sees what (wellbeing reference E6): every row, every column, through the pages."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.care.cases.models import Case
from accounts.care.notes.models import Reflection, SessionNote
from accounts.care.notes.services import reflections
from accounts.care.safety.enums import Level
from accounts.care.safety.models import SafetyFlag
from accounts.care.scheduling.models import Appointment
from accounts.care.vault.enums import Role, Scope
from accounts.care.vault.models import ConsentGrant, TeamRole
from accounts.care.vault.services import grants
from accounts.care.vault.wall import behind_the_wall
from accounts.identity.models import User
from tests.accounts.care.notes.make import make_signed
from tests.accounts.care.safety.make import make_duty, make_flag
from tests.accounts.care.scheduling.make_talk import make_talk
from tests.accounts.wellbeing.checkins.make import keeping, take, with_counselor
from tests.cast import Cast
from tests.client import StrictClient
from tests.make import make_counselor, make_user, sign_in

pytestmark = pytest.mark.django_db
COLUMNS = (
    "seeker",
    "other_seeker",
    "assigned",
    "other_counselor",
    "on_call",
    "supervisor",
    "scheduler",
    "operator",
    "superuser",
    "moderator",
    "employer",
)
NOBODY = frozenset[str]()


@dataclass(frozen=True, slots=True)
class Scene:
    people: dict[str, User]
    case: Case
    talk: Appointment
    note: SessionNote
    reflection: Reflection
    flag: SafetyFlag
    shared: dict[Scope, ConsentGrant]


@pytest.fixture
def scene(cast: Cast) -> Scene:
    """Somebody who keeps check-ins, shares them, has a talk, a note and an open flag."""
    on_call = make_counselor(email="duty@example.com", name="贺老师")
    lead = make_counselor(email="lead@example.com", name="丁老师")
    clerk = make_counselor(email="clerk@example.com", name="许老师")
    root = make_user("operator", email="root@example.com", is_superuser=True)
    subject = keeping(cast.seeker.user)
    take(subject)
    case = with_counselor(subject, cast.counselor)
    shared = {
        scope: grants.give(subject=subject, scope=scope, counselor=cast.counselor)
        for scope in (Scope.SHARE_SUMMARY, Scope.SHARE_ITEMS)
    }
    make_duty(on_call)
    with behind_the_wall():
        TeamRole.objects.create(counselor=lead, role=Role.SUPERVISOR)
        TeamRole.objects.create(counselor=clerk, role=Role.SCHEDULER)
    starts_at = timezone.now() + timedelta(days=2)
    return Scene(
        people={
            "seeker": cast.seeker.user,
            "other_seeker": cast.other_seeker.user,
            "assigned": cast.counselor.user,
            "other_counselor": cast.other_counselor.user,
            "on_call": on_call.user,
            "supervisor": lead.user,
            "scheduler": clerk.user,
            "operator": cast.operator,
            "superuser": root,
            "moderator": cast.moderator,
            "employer": cast.employer,
        },
        case=case,
        talk=make_talk(cast.seeker, cast.counselor, starts_at=starts_at),
        note=make_signed(case),
        reflection=reflections.write(case=case, author=cast.counselor, text="我也累了"),
        flag=make_flag(cast.seeker.user, Level.AMBER),
        shared=shared,
    )


# By row: a page on which it would be read, and who reads it there.
ROWS: dict[str, tuple[Callable[[Scene], str], frozenset[str]]] = {
    "own answers and results": (
        lambda scene: reverse("checkins:history"),
        frozenset({"seeker"}),
    ),
    "item answers": (
        lambda scene: reverse("checkins:items", args=[scene.case.pk]),
        frozenset({"assigned"}),
    ),
    "scores and trend": (
        lambda scene: reverse("cases:case", args=[scene.case.pk]),
        frozenset({"assigned"}),
    ),
    "safety flag": (
        lambda scene: reverse("safety:flag", args=[scene.flag.pk]),
        frozenset({"assigned", "on_call", "supervisor"}),
    ),
    "note": (
        lambda scene: reverse("notes:note", args=[scene.note.pk]),
        frozenset({"assigned"}),
    ),
    "private reflection": (
        lambda scene: reverse("notes:reflection", args=[scene.reflection.pk]),
        frozenset({"assigned"}),
    ),
    "appointment, as the person reads it": (
        lambda scene: reverse("talks:talk", args=[scene.talk.pk]),
        frozenset({"seeker"}),
    ),
    "appointment, as its counselor reads it": (
        lambda scene: reverse("rooms:meet", args=[scene.talk.pk]),
        frozenset({"assigned"}),
    ),
    "the team's times": (
        lambda scene: reverse("calendar:team"),
        frozenset({"scheduler"}),
    ),
    "the team's load": (lambda scene: reverse("cases:team"), frozenset({"supervisor"})),
    "figures of the service": (
        lambda scene: reverse("care_reports:service"),
        frozenset({"supervisor"}),
    ),
    "figures of the quarter": (
        lambda scene: reverse("care_reports:figures"),
        frozenset({"operator", "superuser"}),
    ),
}
# Pages that everybody of a kind has for themselves: nothing of somebody else is on them.
OWN = {
    "own answers and results": frozenset({"other_seeker"}),
}


@pytest.mark.parametrize("row", ROWS)
def test_every_cell(scene: Scene, row: str) -> None:
    address, readers = ROWS[row]
    url = address(scene)
    seen = {}
    for column in COLUMNS:
        client = StrictClient()
        sign_in(client, scene.people[column])
        seen[column] = client.get(url).status_code == 200
    allowed = readers | {one for one in OWN.get(row, NOBODY) if seen[one]}
    assert {column for column, is_seen in seen.items() if is_seen} == allowed


def text_for(scene: Scene, column: str, url: str) -> str:
    client = StrictClient()
    sign_in(client, scene.people[column])
    return client.get(url).content.decode()


def test_another_persons_history_is_their_own(scene: Scene) -> None:
    url = reverse("checkins:history")
    own = text_for(scene, "seeker", url)
    other = text_for(scene, "other_seeker", url)
    assert "checkin-chart" in own or "<svg" in own
    assert own != other


def test_the_scheduler_reads_times_and_nothing_else(scene: Scene) -> None:
    told = text_for(scene, "scheduler", reverse("calendar:team"))
    assert str(scene.talk.subject_id) not in told
    assert "海风" not in told


def test_the_lead_reads_no_name_in_the_teams_load(scene: Scene) -> None:
    assert "海风" not in text_for(scene, "supervisor", reverse("cases:team"))


def test_what_is_taken_back_ends_at_once(scene: Scene) -> None:
    """Revoked, and the very next request finds nothing."""
    items = reverse("checkins:items", args=[scene.case.pk])
    client = StrictClient()
    sign_in(client, scene.people["assigned"])
    assert client.get(items).status_code == 200
    grants.revoke(grant=scene.shared[Scope.SHARE_ITEMS])
    assert client.get(items).status_code == 404
    page = reverse("cases:case", args=[scene.case.pk])
    assert "checkin" in client.get(page).content.decode()
    grants.revoke(grant=scene.shared[Scope.SHARE_SUMMARY])
    assert "checkin-" not in client.get(page).content.decode()


def test_who_is_off_duty_sees_no_flag(scene: Scene) -> None:
    from accounts.care.safety.models import DutyShift

    url = reverse("safety:flag", args=[scene.flag.pk])
    client = StrictClient()
    sign_in(client, scene.people["on_call"])
    assert client.get(url).status_code == 200
    with behind_the_wall():
        DutyShift.objects.all().delete()
    assert client.get(url).status_code == 404


@pytest.mark.parametrize("column", ["employer", "moderator", "operator", "superuser"])
def test_that_somebody_uses_care_is_nowhere_to_be_read(
    scene: Scene, column: str
) -> None:
    for name in ("care", "vault:privacy", "talks:mine", "cases:mine", "safety:mine"):
        client = StrictClient()
        sign_in(client, scene.people[column])
        assert client.get(reverse(name)).status_code == 404, name

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.care.cases import registry
from accounts.care.cases.board import talks_of
from accounts.care.cases.enums import CaseState, Service, TaskKind
from accounts.care.cases.models import Case, CounselorTie, Handover, Referral, Task
from accounts.care.cases.registry import Panel, add_panel
from accounts.care.cases.services import ties, work
from accounts.care.safety.enums import Level, Source
from accounts.care.safety.services.flags import raise_flag
from accounts.care.scheduling.enums import LeaveReason
from accounts.care.scheduling.models import CounselorSettings, Leave
from accounts.care.vault.access import looks_at, may
from accounts.care.vault.enums import Role, Scope
from accounts.care.vault.models import TeamRole
from accounts.care.vault.services import grants
from accounts.counselors.models import CounselorProfile
from accounts.identity.models import OutboxMessage, User
from accounts.lib.dates import today
from accounts.seekers.models import SeekerProfile
from tests.accounts.care.cases.make import (
    SUMMARY,
    make_appointment,
    make_case,
    make_handover,
    make_people,
)
from tests.cast import Cast
from tests.client import StrictClient
from tests.jobs.applications.make import make_application
from tests.make import make_posting, sign_in

pytestmark = pytest.mark.django_db
CANARY = "他说夜里总想起那些电话"


def as_(user: User) -> StrictClient:
    client = StrictClient()
    sign_in(client, user)
    return client


@pytest.fixture
def counselor(cast: Cast) -> StrictClient:
    return as_(cast.counselor.user)


@pytest.fixture
def seeker(cast: Cast) -> StrictClient:
    return as_(cast.seeker.user)


@pytest.fixture
def case(cast: Cast) -> Case:
    return make_case(cast.seeker, cast.counselor)


def page(client: StrictClient, name: str, *args: Any, **query: str) -> str:
    response = client.get(reverse(name, args=args), query)
    assert response.status_code == 200
    return response.content.decode()


def names_in(text: str, people: list[SeekerProfile]) -> list[str]:
    """The pseudonyms in the order in which they stand on the page."""
    found = {one.pseudonym: text.find(f">{one.pseudonym}<") for one in people}
    there = {name: at for name, at in found.items() if at >= 0}
    return sorted(there, key=lambda name: there[name])


# ---- Lists


def test_the_caseload_in_its_order(cast: Cast, counselor: StrictClient) -> None:
    people = make_people(7)
    now = timezone.now()
    for index, person in enumerate(people):
        made = make_case(
            person,
            cast.counselor,
            last_contact_at=now,
            waiting_since=now - timedelta(days=index) if index < 3 else None,
        )
        if index == 4:
            work.add_task(
                case=made,
                by=cast.counselor,
                kind=TaskKind.CALL,
                text="打电话",
                due=today(),
            )
            Task.objects.update(due=today() - timedelta(days=1))
        if index in (5, 6):
            level = Level.YELLOW if index == 5 else Level.RED
            raise_flag(subject=made.subject, level=level, source=Source.SELF)
    text = page(counselor, "cases:list")
    wanted = [people[i].pseudonym for i in (6, 5, 4, 2, 1, 0, 3)]
    assert names_in(text, people) == wanted
    needing = page(counselor, "cases:list", needs="1")
    assert names_in(needing, people) == wanted[:3]


def test_only_ones_own_are_listed(cast: Cast, counselor: StrictClient) -> None:
    make_case(cast.seeker, cast.other_counselor)
    make_case(cast.other_seeker, cast.counselor, state=CaseState.CLOSED)
    for name in ("cases:today", "cases:list"):
        assert names_in(page(counselor, name), [cast.seeker, cast.other_seeker]) == []
    ended = page(counselor, "cases:list", state="closed")
    assert names_in(ended, [cast.seeker, cast.other_seeker]) == ["晚风"]


def test_today_shows_talks_and_who_lies_still(
    cast: Cast, counselor: StrictClient
) -> None:
    old = timezone.now() - timedelta(days=20)
    make_case(
        cast.seeker,
        cast.counselor,
        last_contact_at=old,
        opened_at=old,
        assigned_at=old,
        waiting_since=None,
    )
    make_case(cast.other_seeker, cast.counselor, last_contact_at=timezone.now())
    soon = timezone.now().replace(microsecond=0)
    make_appointment(cast.other_seeker, cast.counselor, starts_at=soon)
    text = page(counselor, "cases:today")
    assert "已经20天没动静" in text
    talks, needs = text.split('id="needs-title"')
    assert names_in(talks, [cast.seeker, cast.other_seeker]) == ["晚风"]
    assert names_in(needs, [cast.seeker, cast.other_seeker]) == ["海风"]
    assert "25" in talks


@pytest.mark.parametrize(
    ("mode", "place"), [("text", "rooms:room"), ("phone", "rooms:meet")]
)
def test_today_leads_to_where_one_meets(
    cast: Cast, counselor: StrictClient, mode: str, place: str
) -> None:
    """A talk by phone had no way to its number here."""
    make_case(cast.seeker, cast.counselor)
    soon = timezone.now().replace(microsecond=0)
    talk = make_appointment(cast.seeker, cast.counselor, starts_at=soon, mode=mode)
    assert reverse(place, args=[talk.pk]) in page(counselor, "cases:today")


def test_a_room_that_is_closed_is_not_offered(cast: Cast, case: Case) -> None:
    now = timezone.now()
    for hours in (1, 3):
        begins = now - timedelta(hours=hours)
        make_appointment(cast.seeker, cast.counselor, starts_at=begins)
    talks = talks_of(cast.counselor, start=now - timedelta(days=1), end=now, now=now)
    assert [talk.may_meet for talk in talks] == [False, True]


def test_the_number_of_questions_does_not_grow(
    cast: Cast, counselor: StrictClient, django_assert_max_num_queries: Any
) -> None:
    for person in make_people(6):
        make_case(person, cast.counselor)
    with django_assert_max_num_queries(32):
        page(counselor, "cases:list")


# ---- Those whom nobody has


def test_the_queue_names_nobody(cast: Cast, counselor: StrictClient) -> None:
    case = make_case(cast.seeker, None, state=CaseState.NEW)
    text = page(counselor, "cases:queue")
    assert reverse("cases:take", args=[case.pk]) in text
    assert cast.seeker.pseudonym not in text
    counselor.post(reverse("cases:take", args=[case.pk]))
    assert cast.seeker.pseudonym in page(counselor, "cases:case", case.pk)


def test_who_applied_there_is_not_offered(cast: Cast, counselor: StrictClient) -> None:
    make_application(cast.seeker, make_posting(cast.organization))
    case = make_case(cast.seeker, None, state=CaseState.NEW)
    ties.declare(
        counselor=cast.counselor,
        organization_id=cast.organization.public_id,
        left_on=None,
    )
    assert str(case.pk) not in page(counselor, "cases:queue")
    counselor.post(reverse("cases:take", args=[case.pk]))
    case.refresh_from_db()
    assert case.counselor is None
    assert str(case.pk) in page(as_(cast.other_counselor.user), "cases:queue")


# ---- One case


def test_every_opening_stands_in_the_persons_log(
    cast: Cast, case: Case, counselor: StrictClient
) -> None:
    for _ in range(2):
        page(counselor, "cases:case", case.pk)
    looks = [(look.action, look.counselor) for look in looks_at(case.subject)]
    assert looks == [("case.read", cast.counselor)] * 2


@pytest.fixture
def panel() -> Iterator[None]:
    """A part of care that shows what the person shares, as check-ins do."""

    def read(case: Case, who: CounselorProfile) -> dict[str, Any] | None:
        if not may(case.subject, Scope.SHARE_SUMMARY, who):
            return None
        return {"title": CANARY, "art": "boat"}

    add_panel(Panel("test", 1, "components/empty.html", read))
    yield
    registry._panels.pop("test")


def test_what_is_taken_back_is_gone_in_the_next_request(
    case: Case, counselor: StrictClient, seeker: StrictClient, panel: None
) -> None:
    given = {"scope": "share_summary", "yes": "1"}
    seeker.post(reverse("cases:share"), given)
    response = counselor.get(reverse("cases:case", args=[case.pk]))
    assert response.context["is_shared"] is True
    assert CANARY in response.content.decode()
    assert [one.scope for one, _ in response.context["grants"]] == ["share_summary"]
    seeker.post(reverse("cases:share"), given | {"yes": "0"})
    response = counselor.get(reverse("cases:case", args=[case.pk]))
    assert response.context["is_shared"] is False
    assert response.context["grants"] == []
    assert CANARY not in response.content.decode()


def test_a_stale_page_is_told_and_keeps_what_was_chosen(
    cast: Cast, counselor: StrictClient
) -> None:
    case = make_case(cast.seeker, cast.counselor, state=CaseState.CLOSING)
    Case.objects.filter(pk=case.pk).update(version=7)
    response = counselor.post(
        reverse("cases:step", args=[case.pk]),
        {"event": "close", "version": "1", "reason": "found_work"},
    )
    assert response.status_code == 409
    assert response.context["is_stale"] is True
    assert response.context["close_form"]["reason"].value() == "found_work"
    case.refresh_from_db()
    assert case.state == CaseState.CLOSING


def test_a_button_that_the_table_does_not_have_does_nothing(
    case: Case, counselor: StrictClient
) -> None:
    url = reverse("cases:step", args=[case.pk])
    for event, status in (("triage", 409), ("end", 404), ("hand_over", 404)):
        data = {"event": event, "version": str(case.version)}
        assert counselor.post(url, data).status_code == status
    case.refresh_from_db()
    assert case.state == CaseState.ACTIVE


def test_closing_asks_how_it_ended(cast: Cast, counselor: StrictClient) -> None:
    case = make_case(cast.seeker, cast.counselor, state=CaseState.CLOSING)
    url = reverse("cases:step", args=[case.pk])
    data = {"event": "close", "version": str(case.version)}
    assert counselor.post(url, data).status_code == 422
    assert counselor.post(url, data | {"reason": "goal_reached"}).status_code == 302
    case.refresh_from_db()
    assert (case.state, case.closed_reason) == ("closed", "goal_reached")


@pytest.mark.parametrize(
    "changes",
    [
        {"text": ""},
        {"text": "长" * 201},
        {"due": (today() - timedelta(days=1)).isoformat()},
        {"kind": "other kind"},
    ],
)
def test_a_wrong_task_loses_nothing(
    case: Case, counselor: StrictClient, changes: dict[str, str]
) -> None:
    data = {"kind": "call", "text": CANARY, "due": today().isoformat()} | changes
    response = counselor.post(reverse("cases:add_task", args=[case.pk]), data)
    assert response.status_code == 422
    assert response.context["task_form"]["text"].value() == data["text"]
    assert not Task.objects.exists()


def test_a_task_of_200_characters_fits(case: Case, counselor: StrictClient) -> None:
    data = {"kind": "call", "text": "长" * 200, "due": today().isoformat()}
    response = counselor.post(reverse("cases:add_task", args=[case.pk]), data)
    assert response.status_code == 302
    assert "长" * 200 in page(counselor, "cases:case", case.pk)


def test_a_suggestion_goes_to_the_person_and_back(
    cast: Cast, case: Case, counselor: StrictClient, seeker: StrictClient
) -> None:
    counselor.post(
        reverse("cases:add_referral", args=[case.pk]),
        {"service": Service.LEGAL_AID, "note": CANARY},
    )
    referral = Referral.objects.get()
    assert CANARY in page(seeker, "cases:mine")
    again = counselor.post(
        reverse("cases:add_referral", args=[case.pk]),
        {"service": Service.LEGAL_AID, "note": "again"},
    )
    assert again.status_code == 422
    url = reverse("cases:answer_referral", args=[referral.pk])
    seeker.post(url, {"event": "finish"})
    seeker.post(url, {"event": "agree"})
    referral.refresh_from_db()
    assert referral.state == "agreed"


def test_open_flags_stand_on_the_case(case: Case, counselor: StrictClient) -> None:
    raise_flag(subject=case.subject, level=Level.RED, source=Source.SELF, reason=CANARY)
    response = counselor.get(reverse("cases:case", args=[case.pk]))
    assert [flag.level for flag in response.context["flags"]] == ["red"]
    assert str(Level.RED.label) in response.content.decode()
    # Why somebody was worried is read on the page of the flag.
    assert CANARY not in response.content.decode()


# ---- Handing on


ILLNESS = "看起来是抑郁症，先别急。"


def test_what_the_person_reads_names_no_illness(
    cast: Cast, case: Case, counselor: StrictClient
) -> None:
    """A summary and a suggestion are read by the person, like a note is not."""
    summary = {
        "to": str(cast.other_counselor.public_id),
        "summary": ILLNESS,
        "version": str(case.version),
    }
    response = counselor.post(reverse("cases:hand_over", args=[case.pk]), summary)
    assert response.status_code == 422
    assert "抑郁症" in response.context["form"].errors["summary"][0]
    assert ILLNESS in response.content.decode()
    note = {"service": Service.HOSPITAL, "note": ILLNESS}
    response = counselor.post(reverse("cases:add_referral", args=[case.pk]), note)
    assert response.status_code == 422
    assert ILLNESS in response.content.decode()
    assert not Handover.objects.exists()
    assert not Referral.objects.exists()


def test_a_suggestion_may_hold_a_number_and_words_of_the_person(
    case: Case, counselor: StrictClient
) -> None:
    note = "找王老师，13800138000。带上“诊断证明”。"
    response = counselor.post(
        reverse("cases:add_referral", args=[case.pk]),
        {"service": Service.HOSPITAL, "note": note},
    )
    assert response.status_code == 302
    assert work.note_of(Referral.objects.get()) == note


def test_handing_on_from_end_to_end(
    cast: Cast, case: Case, counselor: StrictClient, seeker: StrictClient
) -> None:
    seeker.post(reverse("cases:share"), {"scope": "share_summary", "yes": "1"})
    response = counselor.post(
        reverse("cases:hand_over", args=[case.pk]),
        {
            "to": str(cast.other_counselor.public_id),
            "summary": SUMMARY,
            "version": str(case.version),
        },
    )
    assert response.status_code == 302
    handover = Handover.objects.get()
    other = as_(cast.other_counselor.user)
    assert cast.seeker.pseudonym not in page(other, "cases:today")
    assert SUMMARY in page(seeker, "cases:answer_handover", handover.pk)
    seeker.post(reverse("cases:answer_handover", args=[handover.pk]), {"yes": "1"})
    assert cast.seeker.pseudonym in page(other, "cases:today")
    assert SUMMARY in page(other, "cases:handover", handover.pk)
    other.post(reverse("cases:accept", args=[handover.pk]))
    url = reverse("cases:case", args=[case.pk])
    assert counselor.get(url).status_code == 404
    taken = other.get(url)
    assert taken.status_code == 200
    assert taken.context["is_shared"] is False


def test_a_summary_is_kept_when_the_case_changed(
    cast: Cast, case: Case, counselor: StrictClient
) -> None:
    response = counselor.post(
        reverse("cases:hand_over", args=[case.pk]),
        {
            "to": str(cast.other_counselor.public_id),
            "summary": SUMMARY,
            "version": str(case.version + 1),
        },
    )
    assert response.status_code == 422
    assert SUMMARY in response.content.decode()
    assert f'value="{case.version}"' in response.content.decode()
    assert not Handover.objects.exists()


def test_a_no_is_kept(cast: Cast, case: Case, seeker: StrictClient) -> None:
    handover = make_handover(case, cast.other_counselor)
    seeker.post(reverse("cases:answer_handover", args=[handover.pk]), {"no": "1"})
    handover.refresh_from_db()
    assert handover.state == "refused"
    other = as_(cast.other_counselor.user)
    url = reverse("cases:accept", args=[handover.pk])
    assert other.post(url).status_code == 404


# ---- The person's own page


def test_without_a_case_there_is_a_way_in(seeker: StrictClient) -> None:
    text = page(seeker, "cases:mine")
    assert reverse("cases:end") not in text


def test_the_person_sees_who_and_when(
    cast: Cast, case: Case, seeker: StrictClient
) -> None:
    make_appointment(cast.seeker, cast.counselor)
    response = seeker.get(reverse("cases:mine"))
    assert cast.counselor.name in response.content.decode()
    assert response.context["next_talk"] is not None


def test_changing_needs_no_reason(
    cast: Cast, case: Case, seeker: StrictClient, counselor: StrictClient
) -> None:
    CounselorSettings.objects.create(counselor=cast.other_counselor, modes=["text"])
    grants.give(
        subject=case.subject, scope=Scope.SHARE_SUMMARY, counselor=cast.counselor
    )
    chosen = {"to": str(cast.other_counselor.public_id)}
    assert seeker.post(reverse("cases:change"), chosen).status_code == 302
    case.refresh_from_db()
    assert (case.counselor, case.state) == (cast.other_counselor, "handed_over")
    assert not may(case.subject, Scope.SHARE_SUMMARY, cast.counselor)
    url = reverse("cases:case", args=[case.pk])
    assert counselor.get(url).status_code == 404


def test_changing_to_whoever_has_room(case: Case, seeker: StrictClient) -> None:
    seeker.post(reverse("cases:change"), {"to": ""})
    case.refresh_from_db()
    assert (case.counselor, case.state) == (None, "handed_over")


def test_nobody_chooses_somebody_they_must_not_meet(
    cast: Cast, case: Case, seeker: StrictClient
) -> None:
    CounselorSettings.objects.create(counselor=cast.other_counselor, modes=["text"])
    make_application(cast.seeker, make_posting(cast.organization))
    ties.declare(
        counselor=cast.other_counselor,
        organization_id=cast.organization.public_id,
        left_on=None,
    )
    assert cast.other_counselor.name not in page(seeker, "cases:change")
    chosen = {"to": str(cast.other_counselor.public_id)}
    assert seeker.post(reverse("cases:change"), chosen).status_code == 422
    case.refresh_from_db()
    assert case.counselor == cast.counselor


def test_ending_needs_no_reason(case: Case, seeker: StrictClient) -> None:
    page(seeker, "cases:end")
    seeker.post(reverse("cases:end"))
    case.refresh_from_db()
    assert (case.state, case.closed_reason) == ("closed", "ended_by_person")
    assert seeker.get(reverse("cases:end")).status_code == 404


# ---- The team


@pytest.fixture
def lead(cast: Cast) -> StrictClient:
    TeamRole.objects.create(counselor=cast.other_counselor, role=Role.SUPERVISOR)
    return as_(cast.other_counselor.user)


def test_the_team_in_figures_without_names(
    cast: Cast, case: Case, lead: StrictClient
) -> None:
    raise_flag(subject=case.subject, level=Level.RED, source=Source.SELF)
    response = lead.get(reverse("cases:team"))
    text = response.content.decode()
    assert cast.seeker.pseudonym not in text
    row = next(r for r in response.context["rows"] if r.counselor == cast.counselor)
    assert (row.load, row.cap, row.red, row.to_cover) == (3, 25, 1, 0)


def test_cover_only_for_who_is_away(cast: Cast, case: Case, lead: StrictClient) -> None:
    url = reverse("cases:cover", args=[cast.counselor.public_id])
    data = {"case": str(case.pk), "to": ""}
    lead.post(url, data)
    case.refresh_from_db()
    assert case.counselor == cast.counselor
    Leave.objects.create(
        counselor=cast.counselor,
        first_day=today(),
        last_day=today() + timedelta(days=3),
        reason=LeaveReason.values[0],
    )
    text = lead.get(url).content.decode()
    assert cast.seeker.pseudonym not in text
    assert lead.post(url, data).status_code == 302
    case.refresh_from_db()
    moved = Case.objects.get(pk=case.pk)
    assert (moved.counselor, moved.state) == (None, "handed_over")
    assert OutboxMessage.objects.filter(user=cast.seeker.user).count() == 1
    looks = [(one.action, one.reader) for one in looks_at(case.subject)]
    assert looks == [("case.assigned", "supervisor")]


def test_a_credential_that_ran_out_is_covered(
    cast: Cast, case: Case, lead: StrictClient
) -> None:
    CounselorProfile.objects.filter(pk=cast.counselor.pk).update(
        verification_expires_at=timezone.now() - timedelta(days=1)
    )
    url = reverse("cases:cover", args=[cast.counselor.public_id])
    data = {"case": str(case.pk), "to": str(cast.other_counselor.public_id)}
    assert lead.post(url, data).status_code == 302
    case.refresh_from_db()
    assert case.counselor == cast.other_counselor


# ---- Ties


def test_a_tie_is_told_and_taken_away(cast: Cast, counselor: StrictClient) -> None:
    url = reverse("cases:ties") + "?q=青禾"
    assert "青禾消费金融" in counselor.get(url).content.decode()
    key = str(cast.organization.public_id)
    tomorrow = (today() + timedelta(days=1)).isoformat()
    wrong = counselor.post(url, {"organization": key, "left_on": tomorrow})
    assert wrong.status_code == 422
    assert counselor.post(url, {"organization": key, "left_on": ""}).status_code == 302
    tie = CounselorTie.objects.get()
    assert tie.organization_id == cast.organization.public_id
    counselor.post(reverse("cases:end_tie", args=[tie.pk]))
    assert not CounselorTie.objects.exists()

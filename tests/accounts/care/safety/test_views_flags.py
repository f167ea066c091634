from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from django.db import IntegrityError, InternalError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.care.cases.services.cases import ensure_case
from accounts.care.safety import access, registry
from accounts.care.safety.enums import FlagState, Level, Source, Verdict
from accounts.care.safety.models import BreakGlass, DutyShift, SafetyFlag
from accounts.care.safety.services import flags, glass
from accounts.care.vault.access import looks_at
from accounts.care.vault.enums import Scope
from accounts.care.vault.services import grants
from accounts.identity.models import OutboxMessage
from tests.accounts.care.safety.make import (
    REASON,
    make_duty,
    make_flag,
    make_lead,
    reach,
    subject_of,
    watched,
)
from tests.cast import Cast
from tests.client import StrictClient
from tests.make import sign_in
from tests.words import says

pytestmark = pytest.mark.django_db
NUMBER = "+8613900001111"
WHY = "电话一直打不通，家里人也找不到，怕今晚会出事。"


@pytest.fixture
def helper(cast: Cast, client: Client) -> Client:
    make_duty(cast.counselor)
    sign_in(client, cast.counselor.user)
    return client


@pytest.fixture
def lead(cast: Cast) -> Client:
    make_lead(cast.other_counselor)
    other = StrictClient()
    sign_in(other, cast.other_counselor.user)
    return other


def url(name: str, flag: SafetyFlag, *args: str) -> str:
    return reverse(f"safety:{name}", args=[flag.pk, *args])


def allow(flag: SafetyFlag) -> None:
    detail = {"phone": NUMBER, "way": "phone", "hours": "any", "code_word": "灯塔"}
    grants.give(subject=flag.subject, scope=Scope.SAFETY_CONTACT, detail=detail)


def actions(flag: SafetyFlag) -> list[str]:
    return [look.action for look in looks_at(flag.subject)]


def test_the_most_urgent_stands_first(cast: Cast, helper: Client) -> None:
    slow = make_flag(cast.seeker.user, Level.YELLOW)
    fast = make_flag(cast.other_seeker.user, Level.RED)
    page = helper.get(reverse("safety:flags")).content.decode()
    assert page.index(str(fast.pk)) < page.index(str(slow.pk))


def test_a_clock_that_ran_out_says_so(cast: Cast, helper: Client) -> None:
    flag = make_flag(cast.seeker.user, Level.RED)
    SafetyFlag.objects.filter(pk=flag.pk).update(
        due_at=timezone.now() - timedelta(minutes=5, seconds=1)
    )
    assert "已经晚了 5 分钟" in helper.get(url("flag", flag)).content.decode()


def test_a_look_is_written_down_for_the_person(cast: Cast, helper: Client) -> None:
    flag = make_flag(cast.seeker.user)
    page = helper.get(url("flag", flag))
    assert REASON in page.content.decode()
    assert page["Cache-Control"] == "private, no-store"
    look = looks_at(flag.subject)[0]
    assert (look.action, look.reader, look.counselor) == (
        "safety.flag.read",
        "on_call",
        cast.counselor,
    )


def test_contact_only_on_their_yes_and_after_taking_over(
    cast: Cast, helper: Client
) -> None:
    flag = make_flag(cast.seeker.user)
    allow(flag)
    assert NUMBER not in helper.get(url("flag", flag)).content.decode()
    assert "safety.contact.read" not in actions(flag)
    flags.move(flag=flag, counselor=cast.counselor, event="acknowledge")
    page = helper.get(url("flag", flag)).content.decode()
    assert NUMBER in page
    assert "灯塔" in page
    assert "safety.contact.read" in actions(flag)
    grants.revoke_scope(subject=flag.subject, scope=Scope.SAFETY_CONTACT)
    page = helper.get(url("flag", flag)).content.decode()
    assert NUMBER not in page
    assert says(page, "No contact agreed.")


def test_their_accounts_number_is_no_contact(cast: Cast, helper: Client) -> None:
    type(cast.seeker.user).objects.filter(pk=cast.seeker.user.pk).update(
        phone="+8613700002222"
    )
    flag = reach(make_flag(cast.seeker.user), cast.counselor)
    page = helper.get(url("flag", flag)).content.decode()
    assert "13700002222" not in page
    assert str(cast.seeker.user.email) not in page


def test_the_last_result_comes_with_the_yes(
    cast: Cast, helper: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(registry, "_last_score", [lambda _subject: "五十二分"])
    flag = reach(make_flag(cast.seeker.user), cast.counselor)
    assert "五十二分" not in helper.get(url("flag", flag)).content.decode()
    allow(flag)
    assert "五十二分" in helper.get(url("flag", flag)).content.decode()
    assert "safety.score.read" in actions(flag)


def test_buttons_are_those_of_the_table(cast: Cast, helper: Client) -> None:
    flag = make_flag(cast.seeker.user)
    page = helper.get(url("flag", flag)).content.decode()
    assert url("move", flag, "acknowledge") in page
    assert url("move", flag, "make_plan") not in page
    reach(flag, cast.counselor)
    page = helper.get(url("flag", flag)).content.decode()
    assert url("move", flag, "acknowledge") not in page
    assert url("move", flag, "make_plan") in page
    assert url("move", flag, "give_up") not in page


def test_a_missing_remark_is_asked_for(cast: Cast, helper: Client) -> None:
    flag = reach(make_flag(cast.seeker.user), cast.counselor)
    page = helper.post(url("move", flag, "make_plan"), {"make_plan-remark": " "})
    assert page.status_code == 422
    assert access.steps_of(flag).count() == 3


def test_the_slower_one_reads_why(cast: Cast, helper: Client) -> None:
    make_duty(cast.other_counselor)
    flag = make_flag(cast.seeker.user)
    flags.move(flag=flag, counselor=cast.other_counselor, event="acknowledge")
    page = helper.post(url("move", flag, "acknowledge"), {"version": "1"})
    assert page.status_code == 422
    assert says(page, "Somebody was faster. Look at what is here now.")


def test_a_try_too_soon_loses_nothing(cast: Cast, helper: Client) -> None:
    flag = make_flag(cast.seeker.user)
    flags.move(flag=flag, counselor=cast.counselor, event="acknowledge")
    told = {"try-way": "phone", "try-outcome": "no_answer", "try-remark": "响了很久"}
    assert helper.post(url("try", flag), told).status_code == 302
    page = helper.post(url("try", flag), told)
    assert page.status_code == 422
    assert "响了很久" in page.content.decode()
    assert len(access.tries_of(flag)) == 1


# ---- Two people, through the pages (F6 test 14)


def test_no_red_flag_is_closed_by_one_person(
    cast: Cast, helper: Client, lead: Client
) -> None:
    flag = watched(make_flag(cast.seeker.user, Level.RED), cast.counselor)
    close = url("move", flag, "close")
    assert helper.post(close).status_code == 422
    ask = {"ask_close-remark": "连着五天都好"}
    assert helper.post(url("move", flag, "ask_close"), ask).status_code == 302
    assert helper.post(close).status_code == 422
    assert close not in helper.get(url("flag", flag)).content.decode()
    assert SafetyFlag.objects.get().state == FlagState.MONITORED
    assert close in lead.get(url("flag", flag)).content.decode()
    assert lead.post(close).status_code == 302
    assert SafetyFlag.objects.get().state == FlagState.CLOSED


# ---- Somebody else is called


def test_deciding_takes_two_steps_and_says_what_it_means(
    cast: Cast, helper: Client, lead: Client
) -> None:
    flag = reach(make_flag(cast.seeker.user, Level.RED), cast.counselor)
    told = {"whom": "110", "remark": "说了地方和打算，电话断了"}
    page = lead.post(url("decide", flag), told)
    assert page.status_code == 200
    for words in (
        "Never an employer, old or new, whatever anybody asks.",
        "The person did not allow this. You do it because of serious danger, and you "
        "answer for it.",
        "The person is told at once that somebody was called, and reads it in their log.",
    ):
        assert says(page, words)
    assert SafetyFlag.objects.get().state == FlagState.CONTACTING
    page = lead.post(url("decide", flag), told | {"confirmed": "1"})
    assert 'href="tel:110"' in page.content.decode()
    assert SafetyFlag.objects.get().state == FlagState.HANDED_TO_EMERGENCY
    assert OutboxMessage.objects.filter(user=cast.seeker.user).count() == 1


def test_the_named_person_stands_there_only_on_a_yes(
    cast: Cast, helper: Client, lead: Client
) -> None:
    flag = reach(make_flag(cast.seeker.user, Level.RED), cast.counselor)
    assert "emergency_person" not in lead.get(url("decide", flag)).content.decode()
    told = {"whom": "emergency_person", "remark": "x", "confirmed": "1"}
    assert lead.post(url("decide", flag), told).status_code == 422
    grants.give(
        subject=flag.subject,
        scope=Scope.EMERGENCY_PERSON,
        detail={"name": "表姐", "relation": "姐姐", "person_phone": NUMBER},
    )
    first = lead.get(url("decide", flag)).content.decode()
    assert "emergency_person" in first
    assert NUMBER not in first
    page = lead.post(url("decide", flag), told).content.decode()
    assert NUMBER in page
    assert "safety.person.read" in actions(flag)


# ---- Forced looks


def open_more(client: Client, flag: SafetyFlag, reason: str = WHY) -> int:
    page = client.post(url("open_more", flag), {"reason": reason})
    return int(page.status_code)


def test_an_hour_with_a_reason_told_at_once(cast: Cast, helper: Client) -> None:
    flag = make_flag(cast.seeker.user)
    assert (
        str(cast.seeker.user.email)
        not in helper.get(url("flag", flag)).content.decode()
    )
    assert open_more(helper, flag) == 302
    assert access.break_glass_open(flag.subject, cast.counselor)
    assert not access.break_glass_open(flag.subject, cast.other_counselor)
    assert str(cast.seeker.user.email) in helper.get(url("flag", flag)).content.decode()
    assert {"safety.glass.opened", "safety.glass.read"} <= set(actions(flag))
    assert OutboxMessage.objects.filter(user=cast.seeker.user).count() == 1
    with time_machine.travel(timezone.now() + timedelta(minutes=61), tick=False):
        assert not access.break_glass_open(flag.subject, cast.counselor)


@pytest.mark.parametrize("reason", ["", "很急", "一" * 19])
def test_a_short_reason_is_none(cast: Cast, helper: Client, reason: str) -> None:
    flag = make_flag(cast.seeker.user)
    assert open_more(helper, flag, reason) == 422
    with pytest.raises(glass.NotNeeded):
        glass.open_glass(flag=flag, counselor=cast.counselor, reason=reason)
    assert not BreakGlass.objects.exists()


def test_a_wish_to_talk_opens_nothing(cast: Cast, helper: Client) -> None:
    flag = make_flag(cast.seeker.user, Level.YELLOW)
    assert open_more(helper, flag) == 422
    assert not BreakGlass.objects.exists()


def test_neither_does_a_flag_that_is_closed(cast: Cast) -> None:
    make_duty(cast.counselor)
    flag = make_flag(cast.seeker.user)
    SafetyFlag.objects.update(
        state="closed",
        close_asked_by=cast.other_counselor,
        closed_by=cast.counselor,
        closed_at=timezone.now(),
    )
    with pytest.raises(glass.NotNeeded):
        glass.open_glass(flag=flag, counselor=cast.counselor, reason=WHY)


def test_a_case_of_ones_own_is_not_enough(cast: Cast) -> None:
    flag = make_flag(cast.seeker.user)
    ensure_case(subject=flag.subject, counselor=cast.counselor)
    with pytest.raises(glass.NotNeeded):
        glass.open_glass(flag=flag, counselor=cast.counselor, reason=WHY)


def test_another_lead_judges_once(cast: Cast, helper: Client, lead: Client) -> None:
    make_lead(cast.counselor)
    flag = make_flag(cast.seeker.user)
    open_more(helper, flag)
    look = BreakGlass.objects.get()
    assert look.review_due_at - look.opened_at == timedelta(hours=24)
    page = reverse("safety:judge", args=[look.pk])
    assert helper.get(page).status_code == 404
    with pytest.raises(glass.JudgedAlready):
        glass.judge(glass=look, reviewer=cast.counselor, verdict=Verdict.RIGHT)
    assert WHY in lead.get(page).content.decode()
    assert (
        lead.post(page, {"verdict": "wrong", "remark": "可以先打电话"}).status_code
        == 302
    )
    assert lead.get(page).status_code == 404
    assert "safety.glass.wrong" in actions(flag)


def test_the_database_wants_another_reviewer(cast: Cast, helper: Client) -> None:
    flag = make_flag(cast.seeker.user)
    open_more(helper, flag)
    rows = BreakGlass.objects.all()
    judged = {"reviewed_at": timezone.now(), "verdict": "right"}
    with (
        pytest.raises(IntegrityError, match="care_glass_judged_by_another"),
        transaction.atomic(),
    ):
        rows.update(reviewer=cast.counselor, **judged)
    with pytest.raises((IntegrityError, InternalError)), transaction.atomic():
        rows.update(ends_at=timezone.now() + timedelta(hours=3))
    assert rows.update(reviewer=cast.other_counselor, **judged) == 1
    with (
        pytest.raises((IntegrityError, InternalError), match="append-only"),
        transaction.atomic(),
    ):
        rows.update(verdict="wrong")


# ---- Raising from a case, planning


def test_a_counselor_raises_what_they_heard(cast: Cast, helper: Client) -> None:
    subject = subject_of(cast.seeker.user)
    ensure_case(subject=subject, counselor=cast.counselor)
    told = {"level": "red", "source": "peer", "reason": REASON}
    page = helper.post(reverse("safety:raise", args=[subject.pk]), told)
    flag = SafetyFlag.objects.get()
    assert page["Location"] == url("flag", flag)
    assert (flag.level, flag.source) == (Level.RED, Source.PEER)
    assert access.steps_of(flag)[0].counselor == cast.counselor


def test_a_shift_over_midnight_and_never_twice(cast: Cast, lead: Client) -> None:
    day = timezone.localdate() + timedelta(days=2)
    told = {
        "counselor": str(cast.counselor.public_id),
        "day": day.isoformat(),
        "begins": "20:00",
        "ends": "02:00",
    }
    assert lead.post(reverse("safety:roster"), told).status_code == 302
    shift = DutyShift.objects.get()
    assert shift.ends_at - shift.starts_at == timedelta(hours=6)
    page = lead.post(
        reverse("safety:roster"), told | {"begins": "01:00", "ends": "21:00"}
    )
    assert page.status_code == 422
    assert says(page, "This counselor is on duty then already.")
    assert DutyShift.objects.count() == 1
    page = lead.post(reverse("safety:roster"), told | {"ends": "20:00"})
    assert page.status_code == 422
    assert says(page, "These hours end when they begin.")


def test_a_week_is_copied_around_what_is_there(cast: Cast, lead: Client) -> None:
    now = timezone.now()
    make_duty(cast.counselor, start=now + timedelta(hours=1))
    again = {"week": timezone.localdate().isoformat()}
    for _time in range(2):
        lead.post(reverse("safety:repeat_week"), again)
    assert DutyShift.objects.count() == 2

"""From the first page to the result, as somebody without scripts walks it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone, translation

from accounts.care.safety import access as safety
from accounts.care.safety.models import SafetyFlag
from accounts.care.vault.access import standing_grant
from accounts.care.vault.enums import Scope
from accounts.care.vault.services import grants
from accounts.care.vault.wall import behind_the_wall
from accounts.wellbeing.checkins import access
from accounts.wellbeing.checkins.models import CheckIn, Draft, Notice, Sitting
from accounts.wellbeing.checkins.services import drafts, help as helping
from tests.accounts.care.safety.make import make_duty
from tests.accounts.wellbeing.checkins.make import (
    current,
    keeping,
    reply,
    roster,
    take,
    take_further,
)
from tests.cast import Cast
from tests.client import StrictClient
from tests.make import sign_in
from tests.words import says

pytestmark = pytest.mark.django_db
__all__ = ["roster"]
HEAVY = {"1": 3, "2": 3}
T2 = "谢谢你说实话。"


@pytest.fixture
def person(client: StrictClient, cast: Cast) -> StrictClient:
    sign_in(client, cast.seeker.user)
    return client


def result(sitting: Sitting) -> str:
    return reverse("checkins:result", args=[sitting.pk])


def main_of(page: object) -> str:
    """What the page itself says, without the frame around it."""
    text = str(page.content.decode())  # type: ignore[attr-defined]
    return text.partition("<main")[2].partition("</main>")[0]


def walk(person: StrictClient, *, ninth: int, other: int = 1) -> object:
    """From heavy short forms to the answer to the ninth question, which is returned."""
    while current()[1] != "9":
        assert reply(person, answer=other).status_code == 302
    return reply(person, answer=ninth)


def heavy(cast: Cast) -> Sitting:
    subject = keeping(cast.seeker.user)
    return take(subject, ("phq-2",), places=HEAVY)


# ---- Consent


def test_nothing_is_kept_before_a_yes(person: StrictClient, cast: Cast) -> None:
    page = person.get(reverse("checkins:start"))
    assert reverse("checkin:page") in page.content.decode()
    assert person.post(reverse("checkins:begin"), {"what": "core"}).status_code == 404
    assert person.get(reverse("checkins:question")).status_code == 404
    with behind_the_wall():
        assert not Draft.objects.exists()
    assert person.post(reverse("checkins:keep")).status_code == 302
    begun = person.post(reverse("checkins:begin"), {"what": "core"})
    assert begun["Location"] == reverse("checkins:question")


def test_a_yes_taken_back_ends_what_was_begun(person: StrictClient, cast: Cast) -> None:
    subject = keeping(cast.seeker.user)
    take(subject)
    person.post(reverse("checkins:begin"), {"what": "cbi-client"})
    grants.revoke_scope(subject=subject, scope=Scope.CHECKIN_STORE)
    with behind_the_wall():
        assert not Draft.objects.exists()
        assert CheckIn.objects.count() == 3
    page = person.get(reverse("checkins:start")).content.decode()
    assert reverse("checkins:delete_all") in page
    assert person.get(reverse("checkins:history")).status_code == 200


# ---- Answering


def test_all_the_way_to_a_result(person: StrictClient, cast: Cast) -> None:
    keeping(cast.seeker.user)
    person.post(reverse("checkins:begin"), {"what": "core"})
    for _one in range(9):
        assert reply(person, answer=2)["Location"] == reverse("checkins:question")
    # Two answers in the middle of nought to three make four points: more is offered.
    end = reply(person, answer=2)
    with behind_the_wall():
        sitting = Sitting.objects.get()
        assert not Draft.objects.exists()
        states = set(sitting.check_ins.values_list("state", flat=True))
    assert (end["Location"], states) == (result(sitting), {"scored"})
    page = person.get(end["Location"])
    assert reverse("checkins:further", args=[sitting.pk]) in page.content.decode()
    assert "50" in page.content.decode()
    with behind_the_wall():
        states = set(sitting.check_ins.values_list("state", flat=True))
    assert states == {"shown"}
    assert page["Cache-Control"] == "private, no-store"


def test_back_skip_and_a_second_tap(person: StrictClient, cast: Cast) -> None:
    keeping(cast.seeker.user)
    person.post(reverse("checkins:begin"), {"what": "core"})
    first = current()
    reply(person, answer=0)
    second = current()
    # The same page sent twice changes nothing.
    assert reply(person, at=0, answer=4).status_code == 302
    assert current() == second
    reply(person, go="back")
    assert current() == first
    shown = person.get(reverse("checkins:question")).content.decode()
    assert 'value="0" checked' in shown
    reply(person, go="skip")
    reply(person, go="back")
    assert "checked" not in person.get(reverse("checkins:question")).content.decode()


@pytest.mark.parametrize(
    "told", [{}, {"answer": "7"}, {"answer": "x"}, {"answer": "-1"}]
)
def test_an_answer_that_there_is_not(
    person: StrictClient, cast: Cast, told: dict[str, str]
) -> None:
    keeping(cast.seeker.user)
    person.post(reverse("checkins:begin"), {"what": "core"})
    before = current()
    page = reply(person, **told)
    assert page.status_code == 422
    assert 'role="alert"' in main_of(page)
    assert current() == before


def test_stopping_keeps_nothing(person: StrictClient, cast: Cast) -> None:
    keeping(cast.seeker.user)
    person.post(reverse("checkins:begin"), {"what": "core"})
    reply(person, answer=1)
    reply(person, go="stop")
    with behind_the_wall():
        assert not Draft.objects.exists()
        assert not CheckIn.objects.exists()


def test_a_day_later_a_draft_is_gone(person: StrictClient, cast: Cast) -> None:
    keeping(cast.seeker.user)
    person.post(reverse("checkins:begin"), {"what": "core"})
    with behind_the_wall():
        Draft.objects.update(begun_at=timezone.now() - timedelta(hours=24))
    assert reply(person, at=0, answer=1)["Location"] == reverse("checkins:start")
    gone = person.get(reverse("checkins:question"))
    assert gone["Location"] == reverse("checkins:start")


def test_too_few_answers_give_no_score(cast: Cast, person: StrictClient) -> None:
    subject = keeping(cast.seeker.user)
    left = dict.fromkeys(("P1", "P2", "P3", "P4"))
    sitting = take(subject, ("cbi-personal",), places=left)
    with behind_the_wall():
        assert access.score_of(sitting.check_ins.get()) is None
    assert "答得太少" in main_of(person.get(result(sitting)))


# ---- Not too often


def test_short_ones_wait_fourteen_days(cast: Cast) -> None:
    subject = keeping(cast.seeker.user)
    now = timezone.now()
    take(subject, at=now - timedelta(days=14) + timedelta(minutes=5))
    for form in ("phq-2", "gad-2", "cbi-personal"):
        with pytest.raises(drafts.TooEarly):
            drafts.begin_check_in(subject=subject, forms=(form,))
    with behind_the_wall():
        CheckIn.objects.all().delete()
    take(subject, at=now - timedelta(days=14))
    drafts.begin_check_in(subject=subject, forms=("phq-2", "gad-2"))
    # Tiredness looks back over four weeks.
    with pytest.raises(drafts.TooEarly):
        drafts.begin_check_in(subject=subject, forms=("cbi-personal",))


def test_two_tabs_send_one(cast: Cast, person: StrictClient) -> None:
    """A draft that was begun before the same was sent elsewhere is refused at the end."""
    subject = keeping(cast.seeker.user)
    take(subject, ("gad-2",))
    person.post(reverse("checkins:begin"), {"what": "cbi-work"})
    with behind_the_wall():
        draft = Draft.objects.select_related("subject").get()
        content = draft.content
    drafts.stop(subject=subject)
    take(subject, ("cbi-work",))
    with behind_the_wall():
        Draft.objects.create(subject=subject, content=content)
    while not (page := reply(person, answer=1))["Location"].endswith("check-ins/"):
        assert page.status_code == 302
    with behind_the_wall():
        assert CheckIn.objects.filter(form="cbi-work").count() == 1
    # Nothing is left that could be gone on with.
    again = person.get(reverse("checkins:question"))
    assert again["Location"] == reverse("checkins:start")


def test_the_database_refuses_a_second_one_itself(cast: Cast) -> None:
    subject = keeping(cast.seeker.user)
    sitting = take(subject, ("phq-2",), at=timezone.now() - timedelta(days=10))
    with behind_the_wall():
        row = sitting.check_ins.get()
        other = Sitting.objects.create(subject=subject)
        row.pk, row.sitting, row.form = None, other, "phq-8"
        row.id = other.id
        span = row.free_from - row.taken_at
        row.taken_at = timezone.now()
        row.free_from = row.taken_at + span
        row._state.adding = True
        with pytest.raises(IntegrityError, match="not_too_often"), transaction.atomic():
            row.save()
        row.taken_at += timedelta(days=5)
        row.free_from = row.taken_at + span
        row.save()
        row.free_from = row.taken_at + timedelta(days=13)
        with pytest.raises(IntegrityError, match="fourteen"), transaction.atomic():
            row.save()


# ---- Further questions


def test_without_a_roster_the_ninth_question_is_not_asked(cast: Cast) -> None:
    further = take_further(heavy(cast))
    with behind_the_wall():
        rows = {row.form: row for row in further.check_ins.select_related("subject")}
        assert set(rows) == {"phq-2", "phq-8"}
        # The two answers that were given are taken over, the other six are one point each.
        assert access.score_of(rows["phq-8"]) == 12


def test_light_weeks_lead_no_further(cast: Cast) -> None:
    sitting = take(keeping(cast.seeker.user), places={"1": 1, "2": 1})
    with pytest.raises(drafts.NothingToAsk):
        drafts.begin_further(sitting=sitting)


def test_whoever_wants_the_longer_forms_gets_them(
    cast: Cast, person: StrictClient
) -> None:
    sitting = take(keeping(cast.seeker.user), places={"1": 0, "2": 0})
    url = reverse("checkins:further", args=[sitting.pk])
    assert url in main_of(person.get(result(sitting)))
    assert person.post(url)["Location"] == result(sitting)
    assert person.post(url, {"wish": "1"})["Location"] == reverse("checkins:question")
    page = reply(person, answer=0)
    while draft_left():
        page = reply(person, answer=0)
    assert page["Location"] == result(sitting)
    with behind_the_wall():
        further = CheckIn.objects.filter(is_further=True).values_list("form", flat=True)
        assert set(further) == {"phq-8", "gad-7"}
    assert url not in main_of(person.get(result(sitting)))


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_a_job_that_is_over_is_asked_about_as_such(
    cast: Cast, person: StrictClient, language: str
) -> None:
    """Made for the work one has: so it says of which, and that nobody tested it."""
    cast.seeker.user.language = language
    cast.seeker.user.save()
    person.cookies["django_language"] = language
    keeping(cast.seeker.user)
    person.post(reverse("checkins:begin"), {"what": "cbi-client"})
    page = person.get(reverse("checkins:question"))
    with translation.override(language):
        assert says(page, "Think of the people on the phone in your last job.")
        assert says(
            page,
            "The wording of these questions has not been tested in this language.",
        )


def test_a_line_only_where_a_band_tells_what_is_the_same(
    cast: Cast, person: StrictClient
) -> None:
    subject = keeping(cast.seeker.user)
    for days in (60, 30):
        take(subject, at=timezone.now() - timedelta(days=days))
    page = main_of(person.get(reverse("checkins:history")))
    assert page.count("<table") == 3
    assert page.count("checkin-trend") == page.count("checkin-band") == 1


def test_a_day_later_nothing_leads_further(cast: Cast, person: StrictClient) -> None:
    sitting = take(
        keeping(cast.seeker.user),
        ("phq-2",),
        places=HEAVY,
        at=timezone.now() - timedelta(days=2),
    )
    page = person.post(reverse("checkins:further", args=[sitting.pk]))
    assert page["Location"] == result(sitting)


# ---- The ninth question


@pytest.mark.parametrize("ninth", [1, 2, 3])
def test_help_comes_in_the_same_answer_and_before_any_score(
    cast: Cast, person: StrictClient, roster: None, ninth: int
) -> None:
    sitting = heavy(cast)
    person.post(reverse("checkins:further", args=[sitting.pk]))
    page = walk(person, ninth=ninth)
    text = main_of(page)
    assert page.status_code == 200  # type: ignore[attr-defined]
    assert 'role="alert"' in text
    assert T2 in text
    assert text.count('href="tel:') >= 2
    for words in ("我现在有危险", "我想有人联系我", "我现在安全"):
        assert words in text
    assert " 分，满分" not in text
    assert "<script>" not in text
    # It stays that way until they ask; nobody was told anything.
    again = main_of(person.get(result(sitting)))
    assert T2 in again
    assert " 分，满分" not in again
    assert "九个问题" not in person.get(reverse("checkins:history")).content.decode()
    with behind_the_wall():
        assert not SafetyFlag.objects.exists()
    person.post(reverse("checkins:anyway", args=[sitting.pk]))
    assert " 分，满分 27 分" in main_of(person.get(result(sitting)))


def test_not_at_all_leads_to_the_result(
    cast: Cast, person: StrictClient, roster: None
) -> None:
    sitting = heavy(cast)
    person.post(reverse("checkins:further", args=[sitting.pk]))
    page = walk(person, ninth=0)
    assert page["Location"] == result(sitting)  # type: ignore[index]


def test_left_open_is_asked_again_and_is_no_nought(
    cast: Cast, person: StrictClient, roster: None
) -> None:
    sitting = heavy(cast)
    person.post(reverse("checkins:further", args=[sitting.pk]))
    while current()[1] != "9":
        reply(person, answer=1)
    page = reply(person, go="skip")
    assert page.status_code == 200
    assert main_of(page).count('href="tel:') >= 2
    assert current() == ("phq-9", "9")
    assert reply(person, go="skip", sure="1")["Location"] == result(sitting)
    with behind_the_wall():
        row = CheckIn.objects.select_related("subject").get(form="phq-9")
        assert access.score_of(row) is None
    assert main_of(person.get(result(sitting))).count('href="tel:') >= 2


@pytest.fixture
def going_home(monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """People are on duty until this is called."""
    here = [True]
    monkeypatch.setattr(safety, "has_roster", lambda *, now: here[0])
    return lambda: here.__setitem__(0, False)


def begun(cast: Cast, person: StrictClient, *, until: str) -> Sitting:
    sitting = heavy(cast)
    person.post(reverse("checkins:further", args=[sitting.pk]))
    while current()[1] != until:
        reply(person, answer=1)
    return sitting


def test_what_was_said_gets_its_card_though_they_went_off_duty(
    cast: Cast, person: StrictClient, going_home: Callable[[], None]
) -> None:
    begun(cast, person, until="9")
    going_home()
    page = reply(person, answer=1)
    assert page.status_code == 200
    assert T2 in main_of(page)
    assert "我想有人联系我" not in main_of(page)


def test_nobody_on_duty_any_more_and_the_ninth_question_goes(
    cast: Cast, person: StrictClient, going_home: Callable[[], None]
) -> None:
    """Half answered before, it goes on as the form without it: nobody is stuck."""
    sitting = begun(cast, person, until="5")
    going_home()
    question = reverse("checkins:question")
    assert "第 3 题，共 6 题" in person.get(question).content.decode()
    page = reply(person, answer=1)
    while draft_left():
        assert current()[1] != "9"
        page = reply(person, answer=1)
    assert page["Location"] == result(sitting)
    with behind_the_wall():
        assert set(CheckIn.objects.values_list("form", flat=True)) == {"phq-2", "phq-8"}


def test_at_the_ninth_question_when_they_go_it_is_not_asked(
    cast: Cast, person: StrictClient, going_home: Callable[[], None]
) -> None:
    sitting = begun(cast, person, until="9")
    going_home()
    page = person.get(reverse("checkins:question"))
    assert page["Location"] == result(sitting)


def test_help_comes_also_where_nothing_can_be_kept(
    cast: Cast, person: StrictClient, roster: None
) -> None:
    """The check-in was deleted in another window meanwhile."""
    sitting = begun(cast, person, until="9")
    with behind_the_wall():
        Sitting.objects.filter(pk=sitting.pk).delete()
    page = reply(person, answer=2)
    assert page.status_code == 200
    assert main_of(page).count('href="tel:') >= 2


def test_in_a_language_without_these_questions_it_begins_anew(
    cast: Cast, person: StrictClient
) -> None:
    keeping(cast.seeker.user)
    person.post(reverse("checkins:begin"), {"what": "cbi-client"})
    cast.seeker.user.language = "zh-hant"
    cast.seeker.user.save()
    person.cookies["django_language"] = "zh-hant"
    page = person.get(reverse("checkins:question"))
    assert page["Location"] == reverse("checkins:start")
    assert not draft_left()


def draft_left() -> bool:
    with behind_the_wall():
        return Draft.objects.exists()


def choose(person: StrictClient, sitting: Sitting, choice: str) -> str:
    url = reverse("checkins:choose", args=[sitting.pk])
    page = person.post(url, {"choice": choice})
    assert page.status_code == 200
    return main_of(page)


def dark(cast: Cast) -> Sitting:
    return take_further(heavy(cast), places={"9": 1})


def test_in_danger_without_a_yes_nobody_is_told(
    cast: Cast, person: StrictClient, roster: None
) -> None:
    text = choose(person, dark(cast), "danger")
    assert 'href="tel:120"' in text
    assert 'href="tel:110"' in text
    assert "没有通知任何人" in text
    with behind_the_wall():
        assert not SafetyFlag.objects.exists()


def test_in_danger_and_then_a_yes_is_red_too(
    cast: Cast, person: StrictClient, roster: None
) -> None:
    sitting = dark(cast)
    assert 'value="contact"' in choose(person, sitting, "danger")
    url = reverse("checkins:contact", args=[sitting.pk])
    told = {"phone": "13811112222", "way": "sms", "hours": "any", "agreed": "on"}
    assert person.post(url, told).status_code == 200
    with behind_the_wall():
        assert [flag.level for flag in SafetyFlag.objects.all()] == ["red"]


def test_in_danger_with_a_yes_raises_red_once(
    cast: Cast, person: StrictClient, roster: None
) -> None:
    sitting = dark(cast)
    grants.give(subject=sitting.subject, scope=Scope.SAFETY_CONTACT, detail={})
    assert "没有通知任何人" not in choose(person, sitting, "danger")
    choose(person, sitting, "danger")
    with behind_the_wall():
        flag = SafetyFlag.objects.get()
        assert (flag.level, flag.source) == ("red", "check_in")


def test_in_danger_at_night_it_says_who_sees_it_when(
    cast: Cast, person: StrictClient, roster: None
) -> None:
    """Somebody is on the roster, and nobody is on duty at this hour."""
    sitting = dark(cast)
    grants.give(subject=sitting.subject, scope=Scope.SAFETY_CONTACT, detail={})
    text = choose(person, sitting, "danger")
    assert "现在我们这里没人值班" in text
    assert "会按你留的方式找你" not in text
    make_duty(cast.counselor)
    assert "现在我们这里没人值班" not in choose(person, sitting, "danger")


def test_in_danger_when_nobody_is_on_duty_any_more(
    cast: Cast, person: StrictClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(safety, "has_roster", lambda *, now: True)
    sitting = dark(cast)
    grants.give(subject=sitting.subject, scope=Scope.SAFETY_CONTACT, detail={})
    monkeypatch.setattr(safety, "has_roster", lambda *, now: False)
    assert "没有通知任何人" in choose(person, sitting, "danger")
    text = main_of(person.get(result(sitting)))
    assert "我想有人联系我" not in text
    with pytest.raises(helping.NobodyOnDuty):
        helping.choose_contact(sitting=sitting, detail=None)
    with behind_the_wall():
        assert not SafetyFlag.objects.exists()


def test_contact_is_asked_for_right_there(
    cast: Cast, person: StrictClient, roster: None
) -> None:
    sitting = dark(cast)
    assert 'name="phone"' in choose(person, sitting, "contact")
    url = reverse("checkins:contact", args=[sitting.pk])
    missing = person.post(url, {"phone": "13811112222", "way": "sms", "hours": "day"})
    assert missing.status_code == 422
    assert "13811112222" in missing.content.decode()
    told = {"phone": "13811112222", "way": "sms", "hours": "day"}
    person.post(url, told | {"code_word": "海鸥", "agreed": "on"})
    with behind_the_wall():
        flag = SafetyFlag.objects.get()
        grant = standing_grant(sitting.subject, Scope.SAFETY_CONTACT)
        assert grant is not None
        assert grants.detail_of(grant)["code_word"] == "海鸥"
    assert flag.level == "amber"
    choose(person, sitting, "contact")
    with behind_the_wall():
        assert SafetyFlag.objects.count() == 1


@pytest.mark.parametrize("choice", ["safe", "danger", ""])
def test_whatever_is_chosen_two_words_wait_and_nobody_is_told(
    cast: Cast, person: StrictClient, roster: None, choice: str
) -> None:
    """Also where somebody closes the page without a choice."""
    sitting = dark(cast)
    if choice:
        assert reverse("safety_plan") in choose(person, sitting, choice)
        choose(person, sitting, choice)
    with behind_the_wall():
        assert not SafetyFlag.objects.exists()
        due = list(Notice.objects.order_by("due_at").values_list("due_at", flat=True))
        first = Notice.objects.earliest("due_at")
    hours = [(at - sitting.taken_at).total_seconds() / 3600 for at in due]
    assert hours == pytest.approx([24, 72], abs=0.1)
    url = reverse("checkins:notice", args=[first.pk])
    assert person.get(url).status_code == 404
    assert url not in person.get(reverse("care")).content.decode()
    with behind_the_wall():
        Notice.objects.filter(pk=first.pk).update(due_at=timezone.now())
    assert url in person.get(reverse("care")).content.decode()
    assert 'href="tel:' in main_of(person.get(url))
    assert url not in person.get(reverse("care")).content.decode()


# ---- With the result


def test_who_cannot_take_it_any_more_gets_help_with_the_result(
    cast: Cast, person: StrictClient
) -> None:
    subject = keeping(cast.seeker.user)
    sitting = take(subject, ("cbi-personal",), places={"P4": 0}, default=4)
    text = main_of(person.get(result(sitting)))
    assert 'role="alert"' in text
    assert text.index(" 分，满分") < text.index('role="alert"')


def test_ordinary_weeks_get_no_alarm(cast: Cast, person: StrictClient) -> None:
    sitting = take(keeping(cast.seeker.user), places={"1": 0, "2": 0}, default=2)
    text = main_of(person.get(result(sitting)))
    assert 'role="alert"' not in text
    assert reverse("checkins:talk", args=[sitting.pk]) not in text


def test_a_talk_soon_only_for_whoever_asks(
    cast: Cast, person: StrictClient, roster: None
) -> None:
    subject = keeping(cast.seeker.user)
    sitting = take(subject, ("cbi-personal",), default=1)
    url = reverse("checkins:talk", args=[sitting.pk])
    assert url in main_of(person.get(result(sitting)))
    with behind_the_wall():
        assert not SafetyFlag.objects.exists()
    person.post(url)
    with behind_the_wall():
        assert SafetyFlag.objects.get().level == "yellow"

"""What is said here lies nowhere in plain, ends in time, and is seen only with a yes."""

from __future__ import annotations

import json
import logging
import re
from datetime import timedelta
from io import StringIO
from pathlib import Path

import pytest
from django.conf import settings
from django.core.cache import cache
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation

from accounts.care.cases.registry import panels_for
from accounts.care.safety.models import SafetyFlag
from accounts.care.safety.registry import last_score
from accounts.care.vault import access as vault, keys
from accounts.care.vault.enums import Scope
from accounts.care.vault.models import AccessEvent
from accounts.care.vault.registry import parts
from accounts.care.vault.services import grants
from accounts.care.vault.services.subjects import ensure_subject, renew_key, shred
from accounts.care.vault.wall import behind_the_wall
from accounts.identity.models import OutboxMessage
from accounts.wellbeing.checkins import access, demo
from accounts.wellbeing.checkins.models import CheckIn, Draft, Mood, Rhythm, Sitting
from accounts.wellbeing.checkins.panel import PANEL
from accounts.wellbeing.checkins.services import around, drafts, reminders, results
from accounts.wellbeing.checkins.tasks import purge_check_ins
from tests.accounts.wellbeing.checkins.make import (
    keeping,
    move,
    reply,
    roster,
    take,
    take_further,
    with_counselor,
)
from tests.cast import Cast
from tests.client import StrictClient
from tests.make import make_seeker, sign_in

pytestmark = pytest.mark.django_db
__all__ = ["roster"]
CANARY = "金丝雀八号"
# Parts of sealed values that would show if one were written in plain; no token of ours
# holds a quotation mark.
PLAIN = re.compile(r'"(P4|places|points|choice|mood|answers)"|金丝雀|13911118888')


@pytest.fixture
def person(client: StrictClient, cast: Cast) -> StrictClient:
    sign_in(client, cast.seeker.user)
    return client


def everything() -> str:
    """Every row of every table, as a thief of the database would read it."""
    with behind_the_wall(), connection.cursor() as cursor:
        cursor.execute("RESET ROLE")
        cursor.execute(
            "SELECT schemaname, tablename FROM pg_tables "
            "WHERE schemaname IN ('public', 'care')"
        )
        found = []
        for schema, table in cursor.fetchall():
            cursor.execute(f'SELECT t::text FROM "{schema}"."{table}" t')
            found += [row[0] for row in cursor.fetchall()]
    return "\n".join(found)


def test_no_answer_lies_anywhere_in_plain(
    cast: Cast,
    person: StrictClient,
    roster: None,
    caplog: pytest.LogCaptureFixture,
    tmp_path: Path,
) -> None:
    caplog.set_level(logging.DEBUG)
    subject = keeping(cast.seeker.user)
    person.post(reverse("checkins:begin"), {"what": "core"})
    reply(person, answer=0)
    assert not PLAIN.search(everything())
    sitting = take(subject, places={"1": 3, "2": 3})
    take_further(sitting, places={"9": 2})
    person.post(reverse("checkins:mood"), {"mood": "1"})
    url = reverse("checkins:contact", args=[sitting.pk])
    told = {"phone": "13911118888", "way": "sms", "hours": "any"}
    person.post(url, told | {"code_word": CANARY, "agreed": "on"})
    with behind_the_wall():
        assert SafetyFlag.objects.count() == 1
    rows = everything()
    assert len(rows) > 1000
    # Django's own session rows are signed and packed: asked for what they hold.
    assert set(person.session.keys()) == {
        "_auth_user_id",
        "_auth_user_backend",
        "_auth_user_hash",
        "care_seen",
    }
    assert PLAIN.findall(rows) == []
    assert PLAIN.findall(caplog.text) == []
    assert PLAIN.findall(str(getattr(cache, "_cache", ""))) == []
    for message in OutboxMessage.objects.all():
        assert not PLAIN.search(f"{message.subject}{message.body}{message.dedupe_key}")


def test_an_error_tells_no_answer(
    cast: Cast,
    person: StrictClient,
    roster: None,
    caplog: pytest.LogCaptureFixture,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    sitting = take(keeping(cast.seeker.user), ("phq-2",), places={"1": 3, "2": 3})
    take_further(sitting, places={"9": 1})

    def fail(**_told: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(grants, "give", fail)
    person.raise_request_exception = False
    caplog.set_level(logging.DEBUG)
    url = reverse("checkins:contact", args=[sitting.pk])
    told = {"phone": "13911118888", "way": "sms", "hours": "any"}
    page = person.post(url, told | {"code_word": CANARY, "agreed": "on"})
    assert page.status_code == 500
    assert "ZeroDivisionError" in caplog.text
    assert PLAIN.findall(caplog.text + page.content.decode()) == []
    with behind_the_wall():
        assert not SafetyFlag.objects.exists()
        assert not vault.may(sitting.subject, Scope.SAFETY_CONTACT)


# ---- What a counselor sees


def test_taken_back_is_over_at_the_next_look(cast: Cast, person: StrictClient) -> None:
    subject = keeping(cast.seeker.user)
    take(subject)
    case = with_counselor(subject, cast.counselor)
    share = reverse("checkins:share")
    counselor = StrictClient()
    sign_in(counselor, cast.counselor.user)
    url = reverse("checkins:items", args=[case.pk])
    assert counselor.get(url).status_code == 404
    person.post(share, {"what": "items", "do": "give"})
    assert "你常觉得疲劳吗" in counselor.get(url).content.decode()
    person.post(share, {"what": "items", "do": "take"})
    assert counselor.get(url).status_code == 404
    # With the results go the single answers.
    person.post(share, {"what": "items", "do": "give"})
    person.post(share, {"what": "summary", "do": "take"})
    assert counselor.get(url).status_code == 404
    with behind_the_wall():
        assert not vault.may(subject, Scope.SHARE_ITEMS, cast.counselor)
        looks = AccessEvent.objects.filter(subject=subject, action="checkin.items")
        assert [look.counselor for look in looks] == [cast.counselor]


def test_the_panel_tells_results_only_with_a_yes_and_notes_each_look(
    cast: Cast,
) -> None:
    subject = keeping(cast.seeker.user)
    take(subject)
    case = with_counselor(subject, cast.counselor)

    def panel() -> dict[str, object]:
        with behind_the_wall():
            found = panels_for(case, cast.counselor)
            return next(context for one, context in found if one.code == "checkins")

    assert panel() == {"case": case, "is_shared": False}
    around.share(subject=subject, scope=Scope.SHARE_SUMMARY)
    shown = panel()
    assert len(shown["series"]) == 3  # type: ignore[arg-type]
    text = render_to_string(PANEL.template, shown)
    assert "75 分，满分 100 分" in text
    assert reverse("checkins:items", args=[case.pk]) not in text
    assert "75" not in render_to_string(PANEL.template, {"case": case})
    assert shown["sees_items"] is False
    with behind_the_wall():
        looks = AccessEvent.objects.filter(action="checkin.summary")
        assert looks.count() == 1
        others = panels_for(case, cast.other_counselor)
    assert [one for one, _context in others if one.code == "checkins"] == []


def test_whoever_is_on_duty_gets_the_last_score_alone(cast: Cast, roster: None) -> None:
    sitting = take(keeping(cast.seeker.user), ("phq-2",), places={"1": 3, "2": 3})
    take_further(sitting, places={"9": 2})
    with behind_the_wall():
        told = last_score(sitting.subject)
    assert "14" in told
    assert "念头" not in told


# ---- Until when

FORMS = {"old": "cbi-personal", "middle": "cbi-personal", "new": "cbi-work"}


def test_answers_go_after_twelve_months_and_scores_after_twenty_four(
    cast: Cast,
) -> None:
    subject = keeping(cast.seeker.user)
    now = timezone.now()
    ages = {"old": 731, "middle": 366, "new": 364}
    sittings = {
        name: take(subject, (FORMS[name],), at=now - timedelta(days=days))
        for name, days in ages.items()
    }
    around.note_mood(subject=subject, mood=1)
    with behind_the_wall():
        Mood.objects.update(at=now - timedelta(days=366))
        Draft.objects.create(
            subject=subject, content="x", begun_at=now - timedelta(hours=25)
        )
    told = StringIO()
    call_command("purge_check_ins", stdout=told)
    assert told.getvalue().startswith(
        "1 drafts, 1 answers, 1 moods, 0 notices, 1 results, 0 jobs to delete"
    )
    with behind_the_wall():
        assert CheckIn.objects.exclude(answers="").count() == 3
    assert purge_check_ins() == 4
    assert purge_check_ins() == 0
    with behind_the_wall():
        rows = {row.sitting_id: row for row in access.check_ins_of(subject)}
        assert set(rows) == {sittings["new"].pk, sittings["middle"].pk}
        middle = rows[sittings["middle"].pk]
        assert (middle.state, middle.answers) == ("purged", "")
        assert access.score_of(middle) == 75
        assert rows[sittings["new"].pk].answers
        assert not Mood.objects.exists()
        assert not Draft.objects.exists()


def test_the_database_holds_to_the_states(cast: Cast) -> None:
    sitting = take(keeping(cast.seeker.user), ("cbi-personal",))
    with behind_the_wall():
        rows = CheckIn.objects.filter(sitting=sitting)
        for change in (
            {"state": "purged"},
            {"answers": ""},
            {"score": ""},
            {"state": "lost"},
        ):
            with pytest.raises(IntegrityError), transaction.atomic():
                rows.update(**change)


def test_who_leaves_takes_all_of_it_along(cast: Cast) -> None:
    subject = keeping(cast.seeker.user)
    take(subject)
    around.note_mood(subject=subject, mood=1)
    around.pause(subject=subject)
    with behind_the_wall():
        sealed = CheckIn.objects.first().answers  # type: ignore[union-attr]
    assert shred(user=cast.seeker.user)
    with behind_the_wall():
        for model in (CheckIn, Sitting, Mood, Rhythm, Draft):
            assert not model._default_manager.exists()
        subject.refresh_from_db()
        # An old copy of the rows says nothing without the key.
        with pytest.raises(keys.KeyGone):
            keys.unseal(subject, access.ANSWERS, sealed)


def test_a_new_key_reads_what_the_old_one_sealed(cast: Cast) -> None:
    subject = keeping(cast.seeker.user)
    sitting = take(subject)
    before = everything()
    renew_key(subject=subject)
    assert everything() != before
    with behind_the_wall():
        row = CheckIn.objects.select_related("subject").get(
            sitting=sitting, form="cbi-personal"
        )
        assert access.score_of(row) == 75


def test_deleting_one_and_all(cast: Cast, person: StrictClient) -> None:
    subject = keeping(cast.seeker.user)
    now = timezone.now()
    first = take(subject, at=now - timedelta(days=40))
    take(subject)
    person.post(reverse("checkins:delete", args=[first.pk]))
    with behind_the_wall():
        assert list(CheckIn.objects.values_list("sitting", flat=True).distinct()) != [
            first.pk
        ]
        assert CheckIn.objects.count() == 3
    url = reverse("checkins:delete_all")
    assert "删" in person.get(url).content.decode()
    with behind_the_wall():
        assert CheckIn.objects.count() == 3
    person.post(url)
    with behind_the_wall():
        assert not Sitting.objects.exists()
        assert vault.may(subject, Scope.CHECKIN_STORE)


def test_a_copy_holds_questions_and_answers_in_words(cast: Cast) -> None:
    subject = keeping(cast.seeker.user)
    take(subject, ("cbi-personal",))
    draft = drafts.begin_check_in(subject=subject, forms=("gad-2",))
    drafts.answer(subject=draft.subject, at=0, place=2)
    part = next(one for one in parts() if one.code == "checkins")
    with behind_the_wall():
        told = json.dumps(part.copy(subject), ensure_ascii=False)
        other = part.copy(ensure_subject(user=cast.other_seeker.user))
    assert '"question": "你常觉得疲劳吗？", "answer": "常常"' in told
    assert '"points": 75' in told
    assert '"gad-2": {"1": 2}' in told
    assert other is None


# ---- How often


@pytest.mark.parametrize(
    ("wish", "days"), [("skip", 14), ("pause", 91), ("stop", None)]
)
def test_one_tap_and_nothing_asks(
    cast: Cast, person: StrictClient, wish: str, days: int | None
) -> None:
    keeping(cast.seeker.user)
    hub = reverse("care")
    assert "想答再答" in person.get(hub).content.decode()
    start = person.get(reverse("checkins:start")).content.decode()
    assert f'name="do" value="{wish}"' in start
    person.post(reverse("checkins:rhythm"), {"do": wish})
    assert "想答再答" not in person.get(hub).content.decode()
    with behind_the_wall():
        rhythm = Rhythm.objects.get()
    if days is None:
        assert rhythm.stopped_at is not None
    else:
        assert rhythm.paused_until is not None
        assert (rhythm.paused_until - timezone.now()).days == days - 1
    # Whoever wants to may still look.
    assert 'value="core"' in person.get(reverse("checkins:start")).content.decode()
    person.post(reverse("checkins:rhythm"), {"do": "go_on"})
    assert "想答再答" in person.get(hub).content.decode()


def test_reminders_are_off_neutral_and_once_a_round(cast: Cast) -> None:
    subject = keeping(cast.seeker.user)
    now = timezone.now()
    sitting = take(subject, ("phq-2",), at=now - timedelta(days=15))
    around.go_on(subject=subject)
    assert reminders.remind_due(now=now, apply=True) == 0
    around.remind(subject=subject, wanted=True)
    assert reminders.remind_due(now=now, apply=False) == 1
    assert reminders.remind_due(now=now, apply=True) == 1
    assert reminders.remind_due(now=now + timedelta(days=60), apply=True) == 0
    message = OutboxMessage.objects.get()
    assert message.subject == "你有一条新消息"
    assert message.template.startswith("notices/")
    told = message.subject + message.body + message.dedupe_key
    assert not re.search(r"自测|心情|辅导|照顾|care|check", told)
    move(sitting, now - timedelta(days=40))
    take(subject, ("phq-2",), at=now - timedelta(days=16))
    with behind_the_wall():
        Rhythm.objects.update(reminded_at=now - timedelta(days=20))
    assert reminders.remind_due(now=now, apply=True) == 1
    around.stop(subject=subject)
    with behind_the_wall():
        Rhythm.objects.update(reminded_at=None)
    assert reminders.remind_due(now=now, apply=True) == 0


# ---- Words


DIAGNOSES = re.compile(
    r"抑郁|抑鬱|憂鬱|焦虑症|焦慮症|患者|患有|确诊|確診|阳性|陽性|异常|異常|病情|治疗|治療"
    r"|轻度|輕度|中度|重度|depressi(?!ng)|anxiety|patient|disorder|\bpositive\b|abnormal"
    r"|mild|moderate|severe|therapy|treatment",
    re.I,
)
STANDING = re.compile(r"不是诊断|不是診斷|not a diagnosis")
DIAGNOSIS = re.compile(r"诊断|診斷|diagnos", re.I)


def pages_of(person: StrictClient, sitting: Sitting) -> str:
    urls = [
        reverse("care"),
        reverse("checkins:start"),
        reverse("checkins:history"),
        reverse("checkins:delete_all"),
        reverse("checkins:result", args=[sitting.pk]),
    ]
    return "\n".join(person.get(url).content.decode() for url in urls)


@pytest.mark.parametrize("language", ["zh-hans", "zh-hant", "en"])
def test_no_page_names_a_disease(
    cast: Cast, person: StrictClient, roster: None, language: str
) -> None:
    cast.seeker.user.language = language
    cast.seeker.user.save()
    person.cookies["django_language"] = language
    with translation.override(language):
        subject = keeping(cast.seeker.user)
        sitting = take(subject, places={"1": 3, "2": 3}, default=1)
        take_further(sitting, places={"9": 0}, default=3)
        text = pages_of(person, sitting)
    assert STANDING.search(text)
    text = STANDING.sub("", text)
    assert DIAGNOSES.findall(text) == []
    assert DIAGNOSIS.findall(text) == []


def test_no_template_names_one_either() -> None:
    root = Path(settings.BASE_DIR)
    for folder in (
        "templates/accounts/wellbeing/checkins",
        "accounts/wellbeing/checkins",
    ):
        for path in (root / folder).rglob("*.*"):
            if path.suffix in {".html", ".py"} and "migrations" not in path.parts:
                text = STANDING.sub("", path.read_text(encoding="utf-8"))
                found = DIAGNOSES.findall(text) + DIAGNOSIS.findall(text)
                assert found == [], path


# ---- Demo


def test_the_demo_tells_ten_weeks_once(cast: Cast) -> None:
    make_seeker(email=demo.EMAIL, pseudonym="阿舟")
    now = timezone.now()
    demo.fill(now)
    demo.fill(now)
    with behind_the_wall():
        assert Sitting.objects.count() == 6
        scores = [
            access.score_of(row)
            for row in CheckIn.objects.filter(form="cbi-personal").order_by("taken_at")
        ]
    assert scores == [75, 58, 46]


def test_another_person_is_never_mixed_in(cast: Cast) -> None:
    mine, other = keeping(cast.seeker.user), keeping(cast.other_seeker.user)
    take(other)
    sitting = take(mine)
    results.delete_all(subject=mine)
    with behind_the_wall():
        assert not Sitting.objects.filter(pk=sitting.pk).exists()
        assert CheckIn.objects.filter(subject=other).count() == 3

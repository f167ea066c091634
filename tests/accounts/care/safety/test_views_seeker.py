from __future__ import annotations

import re
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.db import DatabaseError, connection
from django.test import Client
from django.urls import reverse

from accounts.care.safety.access import hours_ahead
from accounts.care.safety.enums import FlagState, Level, Source
from accounts.care.safety.models import SafetyFlag, SafetyPlan
from accounts.care.vault.access import looks_at, may
from accounts.care.vault.enums import Scope
from accounts.care.vault.registry import parts
from accounts.care.vault.services import grants
from accounts.identity.models import OutboxMessage
from accounts.lib.dates import SHANGHAI
from tests.accounts.care.safety.make import (
    make_duty,
    make_flag,
    make_talk,
    reach,
    subject_of,
)
from tests.cast import Cast
from tests.client import StrictClient
from tests.make import sign_in
from tests.words import says

pytestmark = pytest.mark.django_db
CONTACT = {
    "scope": "safety_contact",
    "phone": "13900001111",
    "way": "phone",
    "hours": "evening",
    "code_word": "江边的灯",
}
SECRET = "下楼走一圈再打给表姐"


@pytest.fixture
def seeker(cast: Cast, client: Client) -> Client:
    sign_in(client, cast.seeker.user)
    return client


# ---- T1


def test_the_card_is_there_before_anything_is_asked(client: Client) -> None:
    """On the help page itself: no request, no script, no account."""
    page = client.get("/help/").content.decode()
    assert 'href="#danger-now"' in page
    card = page.split('id="danger-now"')[1]
    for number in ("tel:120", "tel:110", "tel:12356"):
        assert number in card
    assert says(card, "First go to a place where other people are.")


@pytest.mark.parametrize("method", ["get", "post"])
def test_the_card_comes_with_the_answer(client: Client, method: str) -> None:
    page = getattr(client, method)("/help/danger/")
    assert 'href="tel:120"' in page.content.decode()
    assert not SafetyFlag.objects.exists()


def test_without_a_yes_nobody_is_told(cast: Cast, seeker: Client) -> None:
    make_duty(cast.counselor)
    subject_of(cast.seeker.user)
    page = seeker.post("/help/danger/")
    assert 'href="tel:120"' in page.content.decode()
    assert says(page, "Nobody here was told, because you have not allowed a contact.")
    assert not SafetyFlag.objects.exists()


def test_without_a_roster_nobody_is_told(cast: Cast, seeker: Client) -> None:
    allow(cast)
    page = seeker.post("/help/danger/")
    assert 'href="tel:110"' in page.content.decode()
    assert not SafetyFlag.objects.exists()


def test_with_both_whoever_is_on_duty_hears(cast: Cast, seeker: Client) -> None:
    allow(cast)
    make_duty(cast.counselor)
    page = seeker.post("/help/danger/")
    assert 'href="tel:120"' in page.content.decode()
    flag = SafetyFlag.objects.get()
    assert (flag.level, flag.source) == (Level.RED, Source.SELF)
    assert OutboxMessage.objects.filter(user=cast.counselor.user).count() == 1
    seeker.post("/help/danger/")
    assert SafetyFlag.objects.count() == 1


def test_to_look_at_the_card_raises_nothing(cast: Cast, seeker: Client) -> None:
    allow(cast)
    make_duty(cast.counselor)
    seeker.get("/help/danger/")
    assert not SafetyFlag.objects.exists()


def test_the_card_comes_when_all_else_fails(
    seeker: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(**_kwargs: object) -> None:
        raise DatabaseError

    monkeypatch.setattr("accounts.wellbeing.views.call_for_help", fail)
    page = seeker.post("/help/danger/")
    assert page.status_code == 200
    assert 'href="tel:120"' in page.content.decode()


def allow(cast: Cast) -> None:
    grants.give(
        subject=subject_of(cast.seeker.user),
        scope=Scope.SAFETY_CONTACT,
        detail={"phone": "+8613900001111", "way": "phone", "hours": "any"},
    )


# ---- What is allowed


def test_off_until_they_say_yes_and_off_again_in_one_tap(
    cast: Cast, seeker: Client
) -> None:
    subject = subject_of(cast.seeker.user)
    assert not may(subject, Scope.SAFETY_CONTACT)
    assert seeker.post(reverse("safety:contact"), CONTACT).status_code == 302
    assert may(subject, Scope.SAFETY_CONTACT)
    assert not may(subject, Scope.EMERGENCY_PERSON)
    seeker.post(reverse("safety:take_back"), {"scope": "safety_contact"})
    assert not may(subject, Scope.SAFETY_CONTACT)


def test_what_was_typed_stays_when_something_is_wrong(seeker: Client) -> None:
    page = seeker.post(reverse("safety:contact"), CONTACT | {"phone": "12"})
    assert page.status_code == 422
    assert "江边的灯" in page.content.decode()


def test_a_number_from_elsewhere_is_refused_without_a_word_of_codes(
    seeker: Client,
) -> None:
    page = seeker.post(
        reverse("safety:contact"), CONTACT | {"phone": "+1 212 555 0101"}
    )
    assert page.status_code == 422
    assert says(
        page,
        "We can only reach mobile numbers of mainland China, Hong Kong, Macau and "
        "Taiwan.",
    )


def test_somebody_close_may_have_a_fixed_line(cast: Cast, seeker: Client) -> None:
    person = {
        "scope": "emergency_person",
        "name": "妈妈",
        "relation": "妈妈",
        "person_phone": "021-6555 1234",
    }
    assert seeker.post(reverse("safety:contact"), person).status_code == 302
    assert may(subject_of(cast.seeker.user), Scope.EMERGENCY_PERSON)


def test_hours_on_duty_are_printed_in_full_to_the_last_day(cast: Cast) -> None:
    """Seen at three in the afternoon, the day in a week had looked staffed until three."""
    now = datetime(2026, 11, 27, 15, tzinfo=SHANGHAI)
    for day in range(8):
        start = now.replace(hour=8) + timedelta(days=day)
        make_duty(cast.counselor, start=start, hours=15)
    found = hours_ahead(now=now)
    assert [f"{spans[0][0]:%H:%M}–{spans[0][1]:%H:%M}" for _, spans in found] == [
        "15:00–23:00",
        *["08:00–23:00"] * 6,
    ]


def test_other_scopes_are_not_given_here(cast: Cast, seeker: Client) -> None:
    seeker.post(reverse("safety:contact"), CONTACT | {"scope": "checkin_store"})
    seeker.post(reverse("safety:contact"), CONTACT | {"scope": "x"})
    assert not may(subject_of(cast.seeker.user), Scope.CHECKIN_STORE)


def test_the_number_lies_nowhere_in_the_clear(cast: Cast, seeker: Client) -> None:
    seeker.post(reverse("safety:contact"), CONTACT)
    with connection.cursor() as cursor:
        cursor.execute("SELECT g::text FROM care.accounts_care_vault_consentgrant g")
        told = cursor.fetchone()[0]
    assert "13900001111" not in told
    assert "江边的灯" not in told


# ---- Who looks after it


def test_they_see_who_has_it_and_no_remarks(cast: Cast, seeker: Client) -> None:
    make_duty(cast.counselor)
    reach(make_flag(cast.seeker.user), cast.counselor)
    page = seeker.get(reverse("safety:mine")).content.decode()
    assert cast.counselor.name in page
    other = StrictClient()
    sign_in(other, cast.other_seeker.user)
    assert cast.counselor.name not in other.get(reverse("safety:mine")).content.decode()


def test_i_am_safe_now(cast: Cast, seeker: Client) -> None:
    make_duty(cast.counselor)
    flag = reach(make_flag(cast.seeker.user), cast.counselor)
    seeker.post(reverse("safety:say_safe", args=[flag.pk]))
    assert SafetyFlag.objects.get().state == FlagState.CONTACTING
    assert says(seeker.get(reverse("safety:mine")), "Said: I am safe now")


# ---- The plan


def keep(client: Client, after: int = 0, **fields: str) -> int:
    told = {"after": str(after)} | fields
    return int(client.post(reverse("safety:plan"), told).status_code)


def test_nothing_is_kept_before_the_button(cast: Cast, seeker: Client) -> None:
    page = seeker.get(reverse("safety:plan"))
    assert says(page, "Yes, keep it in my account")
    assert not may(subject_of(cast.seeker.user), Scope.PLAN_STORE)


def test_kept_sealed_with_its_history(cast: Cast, seeker: Client) -> None:
    assert keep(seeker, alone=SECRET) == 302
    assert keep(seeker, after=1, alone=SECRET, ask="表姐") == 302
    assert [plan.number for plan in SafetyPlan.objects.order_by("number")] == [1, 2]
    with connection.cursor() as cursor:
        cursor.execute("SELECT p::text FROM care.accounts_care_safety_safetyplan p")
        assert all(SECRET not in row[0] for row in cursor.fetchall())
    page = seeker.get(reverse("safety:plan")).content.decode()
    assert page.count(SECRET) == 2


def test_the_same_again_makes_no_version(seeker: Client) -> None:
    keep(seeker, alone=SECRET)
    keep(seeker, after=1, alone=SECRET)
    assert SafetyPlan.objects.count() == 1


def test_a_change_elsewhere_loses_nothing(seeker: Client) -> None:
    keep(seeker, alone=SECRET)
    keep(seeker, after=1, alone="听歌")
    told = {"after": "1", "alone": "冲个热水澡"}
    page = seeker.post(reverse("safety:plan"), told)
    assert page.status_code == 422
    assert "冲个热水澡" in page.content.decode()
    assert SafetyPlan.objects.count() == 2


def test_taken_back_it_is_gone(cast: Cast, seeker: Client) -> None:
    keep(seeker, alone=SECRET)
    page = seeker.get(reverse("safety:plan_stop")).content.decode()
    assert "data-to-device" in page
    seeker.post(reverse("safety:plan_stop"))
    assert not SafetyPlan.objects.exists()
    assert not may(subject_of(cast.seeker.user), Scope.PLAN_STORE)


def test_taken_back_elsewhere_it_is_gone_too(cast: Cast, seeker: Client) -> None:
    keep(seeker, alone=SECRET)
    grants.revoke_scope(subject=subject_of(cast.seeker.user), scope=Scope.PLAN_STORE)
    assert not SafetyPlan.objects.exists()


def test_written_together_it_is_theirs_and_logged(cast: Cast, seeker: Client) -> None:
    keep(seeker, alone=SECRET)
    subject = subject_of(cast.seeker.user)
    grants.give(subject=subject, scope=Scope.SHARE_SUMMARY, counselor=cast.counselor)
    make_talk(subject, cast.counselor)
    helper = StrictClient()
    sign_in(helper, cast.counselor.user)
    url = reverse("safety:plan_together", args=[subject.pk])
    assert SECRET in helper.get(url).content.decode()
    told = {"after": "1", "alone": SECRET, "safe": "把药交给表姐"}
    assert helper.post(url, told).status_code == 302
    assert "把药交给表姐" in seeker.get(reverse("safety:plan")).content.decode()
    actions = {look.action for look in looks_at(subject)}
    assert {"safety.plan.read", "safety.plan.written"} <= actions


def test_their_copy_holds_all_of_it(cast: Cast, seeker: Client) -> None:
    keep(seeker, alone=SECRET)
    make_duty(cast.counselor)
    flag = reach(make_flag(cast.seeker.user), cast.counselor)
    part = next(one for one in parts() if one.code == "safety")
    copy = part.copy(flag.subject)
    assert copy["plans"][0]["plan"] == {"alone": SECRET}
    assert copy["flags"][0]["tries"][0]["outcome"] == "reached"


# ---- T6


def test_the_card_for_plain_words_waits_on_seekers_pages_only(
    cast: Cast, seeker: Client
) -> None:
    page = seeker.get(reverse("safety:plan")).content.decode()
    card = page.split('id="help-card"')[1].split("</template>")[0]
    assert card.count('href="tel:') >= 2
    other = StrictClient()
    for user in (None, cast.employer, cast.counselor.user):
        sign_in(other, user)
        assert 'id="help-card"' not in other.get("/help/").content.decode()


def test_what_notices_them_asks_nobody() -> None:
    folder = Path(settings.BASE_DIR, "static/js")
    script = "".join(
        (folder / name).read_text("utf-8")
        for name in ("help-words.js", "plain-words.js")
    )
    for way in ("fetch", "XMLHttp", "Beacon", "WebSocket", "Storage", "cookie", "src"):
        assert way not in script
    for word in ("想死", "不想活", "自杀", "自殺", "跳楼"):
        assert word in script


def test_only_the_frame_brings_the_card_up() -> None:
    """By another address it would run a second time, and there would be two cards."""
    folder = Path(settings.BASE_DIR, "static/js")
    found = [
        path.name
        for path in folder.rglob("*.js")
        if re.search(r"import[^;]*help-words\.js", path.read_text("utf-8"))
    ]
    assert found == []


def test_looking_at_the_card_tells_nobody_and_says_nothing_false(
    cast: Cast, client: StrictClient
) -> None:
    """Whoever allowed a contact is not told that they did not."""
    sign_in(client, cast.seeker.user)
    page = client.get(reverse("danger")).content.decode()
    assert "你没有同意我们联系你" not in page
    assert f'action="{reverse("danger")}"' in page

"""Writing as a counselor meets it: in two windows, after a pause, without scripts."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.template.loader import render_to_string
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.care.cases.models import Case
from accounts.care.cases.registry import panels_for
from accounts.care.notes.models import HeldForm, KeptText, SessionNote
from accounts.care.notes.services import summaries
from accounts.care.notes.services.sealing import draft_of, fields_of
from tests.accounts.care.notes.make import (
    FIELDS,
    fresh,
    hand_on,
    last_version,
    make_case,
    make_draft,
    make_signed,
)
from tests.cast import Cast
from tests.make import sign_in
from tests.words import says

pytestmark = pytest.mark.django_db
WHEN = {"happened_on": timezone.now().date().isoformat(), "window": "w"}


@pytest.fixture
def case(cast: Cast) -> Case:
    return make_case(cast)


@pytest.fixture
def counselor(client: Client, cast: Cast) -> Client:
    sign_in(client, cast.counselor.user)
    return client


def send(client: Client, note: SessionNote, action: str, **told: Any) -> Any:
    data = WHEN | FIELDS | {"revision": note.revision, "action": action} | told
    return client.post(reverse("notes:write", args=[note.pk]), data)


def test_from_the_case_to_a_signed_note(counselor: Client, case: Case) -> None:
    begun = counselor.post(reverse("notes:start", args=[case.pk]))
    note = SessionNote.objects.get()
    assert begun["Location"] == reverse("notes:write", args=[note.pk])
    assert counselor.get(begun["Location"]).status_code == 200
    signed = send(counselor, note, "sign")
    assert signed.url == reverse("notes:note", args=[note.pk])
    page = counselor.get(signed.url)
    assert all(text in page.content.decode() for text in FIELDS.values())


def test_a_forbidden_word_keeps_it_open_and_loses_nothing(
    counselor: Client, case: Case
) -> None:
    note = make_draft(case)
    page = send(counselor, note, "sign", reading="我看像抑郁症,先停药。")
    assert page.status_code == 422
    assert "我看像抑郁症,先停药。" in page.content.decode()
    assert says(
        page, "We give no advice on medicines. Write “will ask the doctor about it”."
    )
    assert fresh(note).state == "draft"
    assert draft_of(fresh(note))["reading"] == "我看像抑郁症,先停药。"
    # What the page shows now can be sent again.
    again = fresh(note)
    assert f'value="{again.revision}"' in page.content.decode()
    assert send(counselor, again, "sign").status_code == 302


@pytest.mark.parametrize("wrong", [{"happened_on": "2999-01-01"}, {"happened_on": ""}])
def test_what_is_typed_stays_on_every_mistake(
    counselor: Client, case: Case, wrong: dict[str, str]
) -> None:
    note = make_draft(case)
    page = send(counselor, note, "sign", data="换了一段话", **wrong)
    assert page.status_code == 422
    assert "换了一段话" in page.content.decode()
    assert draft_of(fresh(note))["data"] == "换了一段话"


def test_a_missing_text_is_named(counselor: Client, case: Case) -> None:
    page = send(counselor, make_draft(case), "sign", next="", data="我来治疗")
    assert page.status_code == 422
    assert says(
        page,
        "Not signed yet: some words have to be said differently. They stand below the "
        "texts.",
    )
    assert says(page, "Before you sign, please write something here.")


def test_a_second_window_sees_both_texts(counselor: Client, case: Case) -> None:
    note = make_draft(case)
    stale = note.revision
    send(counselor, note, "save", data="第一个窗口")
    page = send(counselor, note, "save", data="第二个窗口", revision=stale)
    assert page.status_code == 422
    assert "第一个窗口" in page.content.decode()
    assert "第二个窗口" in page.content.decode()
    kept = KeptText.objects.get()
    counselor.post(reverse("notes:use_kept", args=[note.pk, kept.pk]))
    assert draft_of(fresh(note))["data"] == "第二个窗口"


def test_keeping_itself_while_somebody_types(counselor: Client, case: Case) -> None:
    note = make_draft(case)
    url = reverse("notes:keep", args=[note.pk])
    told = WHEN | FIELDS | {"revision": note.revision, "next": "边写边存"}
    page = counselor.post(url, told, headers={"HX-Request": "true"})
    assert draft_of(fresh(note))["next"] == "边写边存"
    assert f'value="{fresh(note).revision}" hx-swap-oob' in page.content.decode()
    late = counselor.post(url, told | {"next": "别的窗口"})
    assert says(late, "Another window was faster")
    assert draft_of(fresh(note))["next"] == "边写边存"


def test_hints_come_from_the_server_and_keep_nothing(
    counselor: Client, case: Case
) -> None:
    told = {"field": "data", "data": "说「可能要治疗」。我不治疗。"}
    page = counselor.post(reverse("notes:hints"), told).content.decode()
    assert page.count("治疗") >= 2
    assert page.count("is-quoted") == 1
    assert not SessionNote.objects.exists()


def test_another_form_of_note_from_the_page(counselor: Client, case: Case) -> None:
    note = make_draft(case)
    send(counselor, note, "as:soap")
    page = counselor.get(reverse("notes:write", args=[note.pk])).content.decode()
    assert fresh(note).format == "soap"
    assert 'name="told"' in page
    assert all(text in page for text in FIELDS.values())


def test_a_change_shows_what_came_and_what_went(counselor: Client, case: Case) -> None:
    note = make_signed(case)
    counselor.post(reverse("notes:change", args=[note.pk]))
    refused = send(counselor, fresh(note), "sign", next="周五再谈。")
    assert refused.status_code == 422
    assert says(refused, "Please choose why the note changes.")
    send(counselor, fresh(note), "sign", next="周五再谈。", reason="mistake")
    page = counselor.get(reverse("notes:versions", args=[note.pk])).content.decode()
    assert '<ins class="note-in">' in page
    assert '<del class="note-out">' in page
    assert fields_of(last_version(note))["next"] == "周五再谈。"


def test_typed_on_when_it_was_signed_elsewhere(counselor: Client, case: Case) -> None:
    note = make_signed(case)
    page = send(counselor, note, "save", next="还有一句没存")
    assert page.url == reverse("notes:note", args=[note.pk])
    assert "还有一句没存" in counselor.get(page.url).content.decode()
    assert fields_of(last_version(note)) == FIELDS


def test_a_draft_is_thrown_away_only_after_a_question(
    counselor: Client, case: Case
) -> None:
    note = make_draft(case)
    url = reverse("notes:discard", args=[note.pk])
    counselor.get(url)
    assert SessionNote.objects.exists()
    counselor.post(url)
    assert not SessionNote.objects.exists()


# ---- After ten idle minutes


def away(client: Client) -> None:
    session = client.session
    session["care_seen"] = (timezone.now() - timedelta(minutes=11)).timestamp()
    session.pop("account_authentication_methods", None)
    session.save()


def test_what_is_sent_after_a_pause_is_neither_lost_nor_in_the_session(
    counselor: Client, case: Case
) -> None:
    note = make_draft(case)
    away(counselor)
    answer = send(counselor, note, "sign", data="停了十分钟以后写的")
    assert answer.status_code == 302
    assert answer.url == reverse("notes:write", args=[note.pk])
    held = HeldForm.objects.get()
    assert "停了十分钟" not in held.fields
    stored = [row.get_decoded() for row in Session.objects.all()]
    assert "停了十分钟" not in str(stored) + str(dict(counselor.session))
    # The page itself asks first.
    assert counselor.get(answer.url).status_code == 302
    sign_in(counselor, note.author.user)
    page = counselor.get(answer.url).content.decode()
    assert "停了十分钟以后写的" in page
    assert not HeldForm.objects.exists()


def test_so_is_what_a_page_keeps_by_itself(counselor: Client, case: Case) -> None:
    note = make_draft(case)
    away(counselor)
    told = WHEN | FIELDS | {"revision": note.revision, "next": "自动保存的"}
    url = reverse("notes:keep", args=[note.pk])
    answer = counselor.post(url, told, headers={"HX-Request": "true"})
    assert answer["HX-Redirect"] == reverse("notes:write", args=[note.pk])
    assert HeldForm.objects.count() == 1
    hint = counselor.post(reverse("notes:hints"), {"field": "next", "next": "治疗"})
    assert hint.status_code == 204


def test_nobody_else_holds_anything_at_the_door(client: Client, cast: Cast) -> None:
    note = make_draft(make_case(cast))
    sign_in(client, cast.employer)
    away(client)
    assert send(client, note, "sign").status_code == 404
    assert not HeldForm.objects.exists()


# ---- On the page of the case


def test_the_panel_shows_days_and_no_words(cast: Cast, case: Case) -> None:
    make_signed(case)
    panel = next(p for p, _ in panels_for(case, cast.counselor) if p.code == "notes")
    told = panel.read(case, cast.counselor)
    assert told is not None
    shown = render_to_string(panel.template, told)
    assert reverse("notes:start", args=[case.pk]) in shown
    assert not any(text in shown for text in FIELDS.values())
    assert (len(told["notes"]), told["hidden"]) == (1, 0)
    assert panel.read(case, cast.other_counselor) is None
    handed = hand_on(case, cast.other_counselor)
    told = panel.read(handed, cast.other_counselor)
    assert told is not None
    assert (len(told["notes"]), told["hidden"]) == (0, 1)
    summaries.let_read(case=handed)
    told = panel.read(handed, cast.other_counselor)
    assert told is not None
    assert (len(told["notes"]), told["hidden"]) == (1, 0)

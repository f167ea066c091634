"""Words of people are nowhere but under their key: not in tables, logs, pages of errors."""

from __future__ import annotations

import logging
from datetime import timedelta
from unittest.mock import patch

import pytest
from django.core.management import call_command
from django.db import connection
from django.test import Client, RequestFactory
from django.urls import reverse
from django.utils import timezone
from django.views.debug import ExceptionReporter

from accounts.care.cases.models import Case
from accounts.care.notes.enums import Outcome
from accounts.care.notes.models import (
    ClientSummary,
    HeldForm,
    NoteVersion,
    Reflection,
    SessionNote,
)
from accounts.care.notes.services import (
    forgetting,
    notes,
    reflections,
    reviews,
    summaries,
)
from accounts.care.notes.services.holding import hold
from accounts.care.notes.tasks import purge_notes
from accounts.lib.health import retention_jobs
from tests.accounts.care.notes.make import (
    FIELDS,
    close,
    make_case,
    make_draft,
    make_signed,
    make_supervisor,
)
from tests.cast import Cast
from tests.make import sign_in

pytestmark = pytest.mark.django_db
CANARY = "海边的风铃三点十七分响了"


@pytest.fixture
def case(cast: Cast) -> Case:
    return make_case(cast)


def everything_in_the_database() -> str:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT schemaname, tablename FROM pg_tables"
            " WHERE schemaname IN ('care', 'public')"
        )
        told = []
        for schema, table in cursor.fetchall():
            cursor.execute(f'SELECT t::text FROM "{schema}"."{table}" t')
            told += [row[0] for row in cursor.fetchall()]
    return "\n".join(told)


def test_a_dump_of_every_table_reads_nothing(
    client: Client, cast: Cast, case: Case
) -> None:
    make_supervisor(cast.other_counselor)
    told = FIELDS | {"data": CANARY}
    note = make_signed(case, told)
    notes.change(note=note)
    notes.keep(note=note, fields=told | {"next": CANARY}, revision=0, window="b")
    make_draft(case, told)
    reflections.write(case=case, author=cast.counselor, text=CANARY)
    row = reviews.put_forward(note=note, question=CANARY)
    lead = cast.other_counselor
    reviews.open_review(review=row, supervisor=lead, reason=CANARY)
    reviews.decide(review=row, supervisor=lead, outcome=Outcome.HINT, remark=CANARY)
    summaries.give(
        summary=summaries.ask(case=case), counselor=cast.counselor, text=CANARY
    )
    hold(
        user=cast.counselor.user,
        path="/x/",
        data=RequestFactory().post("/x/", {"text": CANARY}).POST,
    )
    sign_in(client, cast.counselor.user)
    client.get(reverse("notes:note", args=[note.pk]))
    dump = everything_in_the_database()
    assert str(note.pk) in dump
    assert CANARY not in dump


def test_an_error_tells_nobody(
    client: Client,
    cast: Cast,
    case: Case,
    caplog: pytest.LogCaptureFixture,
) -> None:
    note = make_draft(case)
    sign_in(client, cast.counselor.user)
    client.raise_request_exception = False
    caplog.set_level(logging.DEBUG)
    with patch.object(notes, "keep", side_effect=ZeroDivisionError) as broken:
        page = client.post(
            reverse("notes:write", args=[note.pk]),
            {"data": CANARY, "revision": note.revision, "action": "sign"},
        )
    assert broken.called
    assert page.status_code == 500
    assert CANARY not in page.content.decode()
    assert CANARY not in caplog.text
    # Nor does a report of the error, with every variable of every frame.
    errors = [record for record in caplog.records if record.exc_info]
    assert errors
    for record in errors:
        request = getattr(record, "request", None)
        report = ExceptionReporter(request, *record.exc_info)  # type: ignore[misc]
        assert CANARY not in report.get_traceback_html()


def test_nothing_of_it_may_be_kept_by_a_browser(
    client: Client, cast: Cast, case: Case
) -> None:
    sign_in(client, cast.counselor.user)
    page = client.get(reverse("notes:note", args=[make_signed(case).pk]))
    assert page["Cache-Control"] == "private, no-store"


# ---- After three years


def test_notes_go_three_years_after_the_case_closed(cast: Cast, case: Case) -> None:
    note = make_signed(case)
    reviews.put_forward(note=note, question="")
    notes.change(note=note)
    notes.keep(note=note, fields={"data": "x"}, revision=0, window="b")
    reflections.write(case=case, author=cast.counselor, text="多等几秒")
    summaries.ask(case=case)
    close(case, days_ago=3 * 365 - 2)
    assert forgetting.due_count(timezone.now()) == 0
    assert purge_notes() == 0
    assert NoteVersion.objects.exists()
    close(case, days_ago=3 * 366)
    assert forgetting.due_count(timezone.now()) == 1
    assert purge_notes() == 1
    for model in (SessionNote, NoteVersion, Reflection, ClientSummary):
        assert not model._default_manager.exists()
    assert Case.objects.exists()
    assert purge_notes() == 0


def test_by_hand_it_only_counts(
    cast: Cast, case: Case, capsys: pytest.CaptureFixture[str]
) -> None:
    make_signed(case)
    close(case, days_ago=3 * 366)
    call_command("purge_notes")
    assert "1 to delete" in capsys.readouterr().out
    assert SessionNote.objects.exists()
    call_command("purge_notes", apply=True)
    assert not SessionNote.objects.exists()


def test_an_open_case_keeps_its_notes_however_old(case: Case) -> None:
    make_signed(case)
    assert forgetting.purge_notes(now=timezone.now() + timedelta(days=4000)) == 0
    assert SessionNote.objects.exists()


def test_forms_nobody_came_back_for_go_after_a_week(cast: Cast) -> None:
    post = RequestFactory().post("/x/", {"text": CANARY}).POST
    hold(user=cast.counselor.user, path="/x/", data=post)
    assert purge_notes() == 0
    HeldForm.objects.update(at=timezone.now() - timedelta(days=8))
    assert purge_notes() == 1


def test_the_console_knows_of_it() -> None:
    assert "accounts.care.purge_notes" in {job.task for job in retention_jobs()}

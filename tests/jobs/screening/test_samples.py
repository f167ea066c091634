from __future__ import annotations

import re
from datetime import date
from typing import Any
from uuid import UUID

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError
from django.test import Client
from hypothesis import given, strategies as st

from accounts.employers.models import Membership
from jobs.postings.models import Posting
from jobs.screening.access import samples_for
from jobs.screening.enums import SampleResult
from jobs.screening.models.samples import SampleAudit
from jobs.screening.rules.samples import draw
from jobs.screening.services.errors import NoteMissing, OwnOrganization, SampleTaken
from jobs.screening.services.samples import answer_sample, draw_sample_audit
from jobs.screening.tasks import draw_sample_audit as task
from tests.cast import Cast
from tests.make import make_posting, sign_in
from tests.words import says

MONTH = date(2026, 11, 1)


@pytest.fixture
def sample(cast: Cast) -> SampleAudit:
    posting = make_posting(cast.organization)
    return SampleAudit.objects.create(posting=posting, month=MONTH)


@given(st.sets(st.uuids(), max_size=60), st.dates())
def test_a_tenth_and_at_least_one_is_drawn_whatever_the_order(
    ids: set[UUID], day: date
) -> None:
    names = sorted(map(str, ids))
    month = day.replace(day=1)
    drawn = draw(names, month=month)
    assert drawn == draw(reversed(names), month=month)
    assert len(drawn) == -(-len(names) // 10)
    assert set(drawn) <= set(names)


def test_another_month_draws_others() -> None:
    names = [str(UUID(int=n)) for n in range(200)]
    months = [date(2026, month, 1) for month in range(1, 13)]
    assert len({tuple(sorted(draw(names, month=m))) for m in months}) == 12


def test_what_is_open_is_drawn_once_a_month(cast: Cast) -> None:
    for _ in range(11):
        make_posting(cast.organization)
    make_posting(cast.organization, state="paused")
    assert draw_sample_audit(month=MONTH) == 2
    first = set(SampleAudit.objects.values_list("posting", flat=True))
    make_posting(cast.organization)
    assert draw_sample_audit(month=MONTH) == 0
    assert set(SampleAudit.objects.values_list("posting", flat=True)) == first
    assert not SampleAudit.objects.filter(posting__state="paused").exists()


def test_the_task_draws_for_this_month_and_only_once(cast: Cast) -> None:
    make_posting(cast.organization)
    assert (task(), task()) == (1, 0)


def test_the_command_shows_first(
    cast: Cast, capsys: pytest.CaptureFixture[str]
) -> None:
    posting = make_posting(cast.organization)
    call_command("draw_sample_audit", "--month", "2026-11")
    assert str(posting.public_id) in capsys.readouterr().out
    assert not SampleAudit.objects.exists()
    call_command("draw_sample_audit", "--month", "2026-11", "--apply")
    call_command("draw_sample_audit", "--month", "2026-11", "--apply")
    assert "1 were drawn already" in capsys.readouterr().out
    assert SampleAudit.objects.get().month == MONTH


def test_the_command_asks_for_a_month_it_can_read(db: None) -> None:
    with pytest.raises(CommandError, match="2026-11"):
        call_command("draw_sample_audit", "--month", "november")


def test_one_answer_for_each_sample(cast: Cast, sample: SampleAudit) -> None:
    fine: Any = {"sample": sample, "result": SampleResult.FINE}
    answered = answer_sample(reviewer=cast.moderator, checked=["pay"], **fine)
    assert (answered.result, answered.checked) == ("fine", ["pay"])
    with pytest.raises(SampleTaken):
        answer_sample(reviewer=cast.operator, **fine)


def test_a_problem_is_explained(cast: Cast, sample: SampleAudit) -> None:
    problem: Any = {"sample": sample, "result": SampleResult.PROBLEM}
    with pytest.raises(NoteMissing):
        answer_sample(reviewer=cast.moderator, note=" ", **problem)


def test_nobody_reads_the_sample_of_their_own_organisation(
    cast: Cast, sample: SampleAudit
) -> None:
    Membership.objects.create(
        organization=cast.organization, user=cast.moderator, is_active=False
    )
    assert not samples_for(cast.moderator).exists()
    assert samples_for(cast.operator).exists()
    with pytest.raises(OwnOrganization):
        answer_sample(sample=sample, reviewer=cast.moderator, result=SampleResult.FINE)


@pytest.mark.parametrize(
    ("fields", "constraint"),
    [
        ({"result": "fine"}, "sample_result_has_a_reader"),
        ({"at": "2026-11-25T00:00:00Z"}, "sample_result_has_a_reader"),
    ],
)
def test_the_database_knows_a_sample(
    sample: SampleAudit, fields: dict[str, Any], constraint: str
) -> None:
    with pytest.raises(IntegrityError, match=constraint):
        SampleAudit.objects.update(**fields)


def test_a_posting_is_drawn_once_a_month(sample: SampleAudit) -> None:
    with pytest.raises(IntegrityError, match="sample_posting_once_a_month"):
        SampleAudit.objects.create(posting=sample.posting, month=MONTH)


def test_the_page_shows_words_record_and_questions(
    client: Client, cast: Cast, sample: SampleAudit
) -> None:
    sign_in(client, cast.moderator)
    page = client.get(f"/review/samples/{sample.public_id}/")
    for text in ("The words", "Was the job as advertised?", "Employer"):
        assert says(page, text)
    assert sample.posting.responsibilities[:20] in page.content.decode()


def test_a_problem_leads_to_the_ordinary_review(
    client: Client, cast: Cast, sample: SampleAudit
) -> None:
    sign_in(client, cast.moderator)
    answer = client.post(
        f"/review/samples/{sample.public_id}/",
        {"result": "problem", "note": "说的和写的不一样", "checked": ["called"]},
    )
    assert answer["Location"] == f"/review/{sample.posting.public_id}/"
    sample.refresh_from_db()
    assert (sample.reviewer, sample.checked) == (cast.moderator, ["called"])


def test_a_problem_of_one_that_closed_meanwhile_is_only_noted(
    client: Client, cast: Cast, sample: SampleAudit
) -> None:
    Posting.objects.update(state="closed")
    sign_in(client, cast.moderator)
    answer = client.post(
        f"/review/samples/{sample.public_id}/", {"result": "problem", "note": "不对"}
    )
    assert answer["Location"] == "/review/samples/"


@pytest.mark.parametrize(
    ("answers", "sentence"),
    [
        ({"result": "problem"}, "Please say what is wrong."),
        (
            {"result": "fine", "callback_note": "他的电话 13812345678"},
            "Please leave out phone numbers and other contacts.",
        ),
    ],
)
def test_a_wrong_answer_keeps_what_was_typed(
    client: Client,
    cast: Cast,
    sample: SampleAudit,
    answers: dict[str, str],
    sentence: str,
) -> None:
    sign_in(client, cast.moderator)
    page = client.post(
        f"/review/samples/{sample.public_id}/", {"checked": ["pay"], **answers}
    )
    assert says(page, sentence)
    assert re.search(r'value="pay"[^>]*\bchecked\b', page.content.decode())
    sample.refresh_from_db()
    assert sample.result == ""


def test_the_list_counts_what_is_read(client: Client, cast: Cast) -> None:
    for result in ("fine", "problem", ""):
        posting = make_posting(cast.organization)
        row = SampleAudit.objects.create(posting=posting, month=MONTH)
        if result:
            answer_sample(
                sample=row,
                reviewer=cast.operator,
                result=SampleResult(result),
                note="不对",
            )
    sign_in(client, cast.moderator)
    page = client.get("/review/samples/").content.decode()
    assert 'max="3" value="2"' in page

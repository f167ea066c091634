"""Whatever way a posting goes, the same rules stand before the open."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, time, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone

from jobs.postings.models import Posting, PostingTransition
from jobs.postings.services import (
    OpeningRefused,
    renew_posting,
    resume_posting,
)
from jobs.public.services.import_files import open_file
from jobs.public.services.import_preparing import ImportOptions
from jobs.public.services.imports import run_import
from jobs.screening.enums import Verdict
from jobs.screening.rules import wages
from jobs.screening.rules.catalogue import default_catalogue
from jobs.screening.services.review import decide_review
from jobs.screening.services.submission import (
    PostingBlocked,
    revise_posting,
    submit_posting,
)
from tests.cast import Cast
from tests.jobs.public.make import advert, csv_file
from tests.jobs.screening.make import make_draft
from tests.make import make_posting

NIGHT = "负责逾期客户的电话催收,晚上22点后继续拨打债务人电话,直到客户还款。通话录音。"
NO_BASE = "接听客户来电,解答账单问题。没有底薪,纯提成,多劳多得,上不封顶,全程录音。"
LATE: dict[str, Any] = {
    "responsibilities": "负责逾期客户的电话催收,记录还款承诺,把投诉转给专人,通话全程录音。",
    "channel": "outbound_phone",
    "call_window_start": time(8),
    "call_window_end": time(22, 30),
    "dials_per_day": 80,
    "third_party_policy": "不联系任何第三人",
    "debt_owner": "海棠湾消费金融有限公司",
    "complaint_handling": "专人三天内答复",
}
UNLAWFUL: dict[str, dict[str, Any]] = {
    "dialling after 22:00": {"responsibilities": NIGHT},
    "commission only": {"responsibilities": NO_BASE},
    "a call window until 22:30": LATE,
}


@pytest.fixture(params=UNLAWFUL)
def unlawful(request: pytest.FixtureRequest) -> dict[str, Any]:
    return UNLAWFUL[request.param]


def submitted(cast: Cast, fields: dict[str, Any], state: str) -> None:
    draft = make_draft(cast.organization, state=state, **fields)
    assert submit_posting(posting=draft, actor=cast.employer).is_blocked


def revised(cast: Cast, fields: dict[str, Any], state: str) -> None:
    posting = make_posting(
        cast.organization, state=state, recording=True, hangup_right=True
    )
    with pytest.raises(PostingBlocked):
        revise_posting(posting=posting, actor=cast.employer, fields=fields, version=1)
    Posting.objects.filter(pk=posting.pk, state=state).delete()


def resumed(cast: Cast, fields: dict[str, Any], state: str) -> None:
    posting = make_posting(cast.organization, state=state, **fields)
    with pytest.raises(OpeningRefused):
        resume_posting(posting=posting, actor=cast.employer)


def renewed(cast: Cast, fields: dict[str, Any], state: str) -> None:
    past = timezone.now() - timedelta(days=1)
    posting = make_posting(
        cast.organization, state=state, **(fields | {"valid_through": past})
    )
    with pytest.raises(OpeningRefused):
        renew_posting(posting=posting, actor=cast.employer)


def renewed_with_review(cast: Cast, fields: dict[str, Any], state: str) -> None:
    past = timezone.now() - timedelta(days=1)
    posting = make_posting(
        cast.organization, state=state, renewals=2, valid_through=past, **fields
    )
    approved(cast, renew_posting(posting=posting, actor=cast.employer))


def waits(cast: Cast, fields: dict[str, Any], state: str) -> None:
    approved(cast, make_posting(cast.organization, state=state, **fields))


def approved(cast: Cast, posting: Posting) -> None:
    with pytest.raises(PostingBlocked):
        decide_review(
            posting=posting,
            reviewer=cast.moderator,
            verdict=Verdict.APPROVE,
            version=posting.version,
        )


@pytest.mark.parametrize(
    ("way", "state"),
    [
        (submitted, "draft"),
        (submitted, "changes_requested"),
        (revised, "published"),
        (revised, "paused"),
        (resumed, "paused"),
        (renewed, "expired"),
        (renewed_with_review, "expired"),
        (waits, "in_review"),
    ],
)
def test_no_way_leads_an_unlawful_posting_into_the_open(
    cast: Cast,
    unlawful: dict[str, Any],
    way: Callable[[Cast, dict[str, Any], str], None],
    state: str,
) -> None:
    way(cast, unlawful, state)
    assert not Posting.objects.filter(state="published").exists()
    assert not PostingTransition.objects.filter(to_state="published").exists()


@pytest.mark.parametrize("text", [NIGHT, NO_BASE])
def test_no_import_publishes_it_either(db: None, tmp_path: Path, text: str) -> None:
    path = csv_file(tmp_path, [advert(description=text), advert(2)])
    run_import(file=open_file(path), options=ImportOptions(publish=True), resume=True)
    states = dict(Posting.objects.values_list("source_id", "state"))
    assert states["a1"] == "rejected"
    assert states["a2"] != "rejected"


def test_an_import_again_is_read_again(db: None, tmp_path: Path) -> None:
    """The same advert, come back with unlawful words, does not stay open."""
    options = ImportOptions(publish=True)
    for text in (advert()["description"], NIGHT):
        path = csv_file(tmp_path, [advert(description=text)])
        run_import(file=open_file(path), options=options, resume=False)
    assert not Posting.objects.filter(
        state="published", responsibilities__contains="22点后"
    ).exists()


def test_a_minimum_wage_counts_from_its_day_on(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Under the same catalogue, too: only the date has gone on."""
    posting = make_posting(
        cast.organization,
        state="paused",
        base_salary_min=2700,
        catalogue_version=default_catalogue().version,
    )
    raised = wages.MinimumWage(
        place="上海",
        effective=date(2020, 1, 1),
        monthly=Decimal(4000),
        hourly=None,
        mark="unconfirmed",
    )
    catalogue = default_catalogue()
    monkeypatch.setitem(catalogue.__dict__, "minimum_wages", [raised])
    # What was remembered of the wages before.
    monkeypatch.setitem(catalogue.__dict__, "_wage_at", catalogue._find_wage)
    with pytest.raises(OpeningRefused):
        resume_posting(posting=posting, actor=cast.employer)

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from accounts.employers.access import debtor_data_refused
from accounts.lib.dates import today
from jobs.feeds.models import BulkRow, BulkRun, SourcePosting
from jobs.feeds.rules.reading import UnreadableFile
from jobs.feeds.services import runs
from jobs.feeds.services.drafts import mend_row, settle_row
from jobs.feeds.services.runs import prepare_run
from jobs.feeds.services.sending import send_clean
from jobs.postings.models import Posting, PostingRevision
from jobs.postings.services import close_posting, update_posting
from tests.cast import Cast
from tests.jobs.feeds.make import csv_data, row, rows_of, send
from tests.make import sign_in

pytestmark = pytest.mark.django_db


def states(run: BulkRun) -> list[tuple[str, str]]:
    return [(line.state, line.code) for line in rows_of(run)]


def test_a_good_row_becomes_a_draft_and_nothing_more(cast: Cast) -> None:
    run = send(cast.organization, cast.employer, [row()])
    posting = Posting.objects.get()
    assert states(run) == [("draft", "")]
    assert run.finished_at is not None
    assert (posting.state, posting.created_by) == ("draft", cast.employer)
    assert (posting.title, posting.city_code, posting.district) == (
        "热线客服",
        "3101",
        "浦东新区",
    )
    assert (posting.pay_min, posting.pay_max, posting.base_salary_min) == (
        5000,
        6500,
        4800,
    )
    assert (posting.channel, posting.recording, posting.social_insurance) == (
        "inbound_phone",
        True,
        True,
    )
    assert posting.source_name == ""
    (line,) = rows_of(run)
    assert (line.to_change, line.raw) == (0, {})


@pytest.mark.parametrize(
    ("cells", "flaws", "code"),
    [
        ({"职位名称": ""}, ["title"], ""),
        ({"职位名称": "热" * 61}, ["title"], ""),
        ({"pay_min": "7000"}, ["pay"], ""),
        ({"base_salary_min": "7000", "base_salary_max": "7000"}, ["pay"], ""),
        ({"headcount": "很多"}, ["headcount"], ""),
        ({"channel": "心灵感应"}, ["channel"], ""),
        ({"city": "亚特兰蒂斯"}, ["city_code"], ""),
        ({"valid_through": "2020-01-01"}, ["valid_through"], ""),
        ({"call_window_start": "9:00"}, ["call_window_end"], ""),
        ({"编号": ""}, [], "id-missing"),
        ({"编号": "x" * 121}, [], "id-too-long"),
    ],
)
def test_a_bad_row_waits_and_says_where(
    cast: Cast, cells: dict[str, str], flaws: list[str], code: str
) -> None:
    run = send(cast.organization, cast.employer, [row(1), row(2) | cells])
    good, bad = rows_of(run)
    assert good.state == "draft"
    assert (bad.state, bad.flaws, bad.code) == ("problem", flaws, code)
    assert Posting.objects.count() == 1


@pytest.mark.parametrize(
    ("base", "pay", "stored", "flaws"),
    [
        ("4800", "5000-6500", (4800, 4800, 5000, 6500), []),
        ("4,800元", "5000到6500元", (4800, 4800, 5000, 6500), []),
        ("4000~4800", "5-6.5千/月", (4000, 4800, 5000, 6500), []),
        ("面议", "5000-6500", (), ["base_salary"]),
        ("4800", "9000-3000", (), ["pay"]),
    ],
)
def test_a_range_in_one_cell_under_the_name_of_the_form(
    cast: Cast, base: str, pay: str, stored: tuple[int, ...], flaws: list[str]
) -> None:
    """What a spreadsheet calls 底薪 and 总收入 is not passed over in silence."""
    cells = {k: v for k, v in row().items() if not k.startswith(("base_", "pay_m"))}
    run = send(
        cast.organization, cast.employer, [cells | {"底薪": base, "总收入": pay}]
    )
    (line,) = rows_of(run)
    assert line.flaws == flaws
    found = Posting.objects.values_list(
        "base_salary_min", "base_salary_max", "pay_min", "pay_max"
    )
    assert list(found) == ([stored] if stored else [])


def test_columns_nobody_understood_are_named(cast: Cast, client: Client) -> None:
    strange = {"老板的心情": "好", "13812345678": "张三", "很长" * 20: "x"}
    run = send(cast.organization, cast.employer, [row() | strange])
    assert run.unread == ["老板的心情"]
    sign_in(client, cast.employer)
    page = client.get(f"/connections/import/{run.public_id}/").content.decode()
    assert "没看懂这几列" in page
    assert "老板的心情" in page
    good = send(cast.organization, cast.employer, [row(2)])
    assert good.unread == []


def test_the_same_file_twice_changes_nothing(cast: Cast) -> None:
    rows = [row(1), row(2, headcount="x")]
    send(cast.organization, cast.employer, rows)
    before = list(Posting.objects.values())
    again = send(cast.organization, cast.employer, rows)
    assert states(again) == [("known", ""), ("problem", "")]
    assert list(Posting.objects.values()) == before
    assert PostingRevision.objects.count() == 1


def test_a_changed_row_is_a_revision_of_its_draft(cast: Cast) -> None:
    send(cast.organization, cast.employer, [row()])
    run = send(cast.organization, cast.employer, [row(headcount="8")])
    posting = Posting.objects.get()
    assert states(run) == [("updated", "")]
    assert (posting.headcount, posting.version) == (8, 2)


def test_what_somebody_wrote_here_is_not_overwritten(cast: Cast) -> None:
    send(cast.organization, cast.employer, [row()])
    posting = Posting.objects.get()
    update_posting(
        posting=posting, actor=cast.employer, fields={"headcount": 99}, version=1
    )
    run = send(cast.organization, cast.employer, [row(headcount="8")])
    assert states(run) == [("kept", "changed-here")]
    assert Posting.objects.get().headcount == 99


@pytest.mark.parametrize(
    ("state", "code"), [("published", "open-here"), ("in_review", "open-here")]
)
def test_a_posting_on_its_way_is_left_alone(cast: Cast, state: str, code: str) -> None:
    send(cast.organization, cast.employer, [row()])
    moment = timezone.now()
    Posting.objects.update(
        state=state, published_at=moment, valid_through=moment + timedelta(days=9)
    )
    run = send(cast.organization, cast.employer, [row(headcount="8")])
    assert states(run) == [("kept", code)]
    assert Posting.objects.get().headcount == 3


def test_an_ended_posting_stays_ended(cast: Cast) -> None:
    send(cast.organization, cast.employer, [row()])
    close_posting(posting=Posting.objects.get(), actor=cast.employer)
    run = send(cast.organization, cast.employer, [row(headcount="8")])
    assert states(run) == [("kept", "ended-here")]


def test_a_number_is_an_organisation_s_own(cast: Cast) -> None:
    """The same number of somebody else names another posting."""
    send(cast.organization, cast.employer, [row()])
    run = send(cast.other_organization, cast.other_employer, [row(headcount="8")])
    assert states(run) == [("draft", "")]
    assert set(Posting.objects.values_list("organization", "headcount")) == {
        (cast.organization.pk, 3),
        (cast.other_organization.pk, 8),
    }


def test_the_first_of_two_rows_with_one_number_counts(cast: Cast) -> None:
    run = send(cast.organization, cast.employer, [row(1), row(1, headcount="8")])
    assert states(run) == [("draft", ""), ("problem", "duplicate-id")]


def test_other_people_s_data_is_refused_counted_and_not_kept(cast: Cast) -> None:
    secret = "联系借款人张三，身份证110101199003078515，欠款3万元"
    run = send(cast.organization, cast.employer, [row(1, qualifications=secret)])
    (line,) = rows_of(run)
    assert (line.state, line.code) == ("problem", "debtor-data")
    assert "110101199003078515" not in str(BulkRow.objects.values())
    assert debtor_data_refused(cast.organization) > 0
    mended = mend_row(
        row=line,
        actor=cast.employer,
        answers={"qualifications": "普通话清楚。"},
        source_id=line.source_id,
    )
    assert mended.state == "draft"


def test_mending_makes_the_draft_and_the_file_knows_it(cast: Cast) -> None:
    rows = [row(1, headcount="很多")]
    run = send(cast.organization, cast.employer, rows)
    (line,) = rows_of(run)
    still = mend_row(
        row=line, actor=cast.employer, answers={"headcount": "0"}, source_id="KF-1"
    )
    assert still.state == "problem"
    mended = mend_row(
        row=line, actor=cast.employer, answers={"headcount": "4"}, source_id="KF-1"
    )
    assert mended.state == "draft"
    assert Posting.objects.get().headcount == 4
    assert states(send(cast.organization, cast.employer, rows)) == [("known", "")]


def test_a_broken_off_run_is_taken_up_where_it_stopped(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(runs, "BATCH", 2)
    run = runs.receive_file(
        organization=cast.organization,
        actor=cast.employer,
        name="a.csv",
        data=csv_data([row(number) for number in range(1, 6)]),
    )
    assert runs.prepare_run(run, most=2) is False
    run.refresh_from_db()
    assert (run.rows_done, Posting.objects.count(), run.finished_at) == (2, 2, None)
    assert runs.prepare_waiting(seconds=60) is False
    run.refresh_from_db()
    assert (run.rows_done, Posting.objects.count()) == (5, 5)
    assert runs.prepare_run(run) is True
    assert Posting.objects.count() == 5


def test_one_row_that_nobody_thought_of_holds_up_no_other(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    settle = settle_row

    def break_on_second(*, run: BulkRun, row: BulkRow, actor: Any) -> None:
        settle(run=run, row=row, actor=actor)
        if row.number == 2:
            raise ZeroDivisionError

    monkeypatch.setattr(runs, "settle_row", break_on_second)
    run = send(cast.organization, cast.employer, [row(1), row(2), row(3)])
    assert states(run) == [("draft", ""), ("problem", "broken"), ("draft", "")]
    assert Posting.objects.count() == SourcePosting.objects.count() == 2


def test_the_same_file_while_it_is_read_is_one_run(cast: Cast) -> None:
    data = csv_data([row()])
    kwargs: dict[str, Any] = {
        "organization": cast.organization,
        "actor": cast.employer,
        "name": "a.csv",
        "data": data,
    }
    first, second = runs.receive_file(**kwargs), runs.receive_file(**kwargs)
    assert first.pk == second.pk
    assert BulkRow.objects.count() == 1


def test_not_more_than_five_files_wait(cast: Cast) -> None:
    for number in range(runs.MOST_WAITING):
        runs.receive_file(
            organization=cast.organization,
            actor=cast.employer,
            name="a.csv",
            data=csv_data([row(number)]),
        )
    with pytest.raises(UnreadableFile) as error:
        runs.receive_file(
            organization=cast.organization,
            actor=cast.employer,
            name="a.csv",
            data=csv_data([row(99)]),
        )
    assert error.value.code == "busy"


def test_only_clean_drafts_are_sent_in_and_none_opens(cast: Cast) -> None:
    bad = "负责对逾期客户上门催收，可威胁恐吓客户家人，每天拨打通讯录好友施压要钱，直到还款为止。"
    run = send(
        cast.organization,
        cast.employer,
        [row(1), row(2, 工作内容=bad), row(3, recording="")],
    )
    assert [bool(line.to_change) for line in rows_of(run)] == [False, True, True]
    outcome = send_clean(run=run, actor=cast.employer)
    assert (outcome.sent, outcome.held, outcome.left) == (1, 0, 0)
    assert sorted(Posting.objects.values_list("state", flat=True)) == [
        "draft",
        "draft",
        "in_review",
    ]
    assert send_clean(run=run, actor=cast.employer).sent == 0


def test_nothing_is_sent_before_the_organisation_is_checked(cast: Cast) -> None:
    organization = cast.organization
    organization.verification = "unverified"
    organization.save()
    run = send(organization, cast.employer, [row(1), row(2)])
    assert send_clean(run=run, actor=cast.employer).sent == 0
    assert set(Posting.objects.values_list("state", flat=True)) == {"draft"}


def test_nothing_is_sent_before_the_promise_to_answer(cast: Cast) -> None:
    organization = cast.organization
    organization.covenant_version, organization.covenant_accepted_at = "", None
    organization.save()
    run = send(organization, cast.employer, [row(1), row(2)])
    outcome = send_clean(run=run, actor=cast.employer)
    assert (outcome.sent, type(outcome.error).__name__) == (0, "PromiseMissing")
    assert outcome.left == 2


def test_rows_are_forgotten_after_a_month_and_drafts_are_not(cast: Cast) -> None:
    run = send(cast.organization, cast.employer, [row()])
    later = timezone.now() + timedelta(days=31)
    assert runs.forget_rows(now=timezone.now()) == 0
    assert runs.forget_rows(now=later, apply=False) == 1
    assert BulkRow.objects.count() == 1
    assert runs.forget_rows(now=later) == 1
    run.refresh_from_db()
    assert run.forgotten_at == later
    assert Posting.objects.count() == 1


def test_a_day_far_ahead_is_taken_as_the_last_that_may_be(cast: Cast) -> None:
    send(cast.organization, cast.employer, [row(valid_through="2099-01-01")])
    until = Posting.objects.get().valid_through
    assert until is not None
    assert until.date() == today() + timedelta(days=60)


@pytest.mark.parametrize(
    ("cells", "field", "value"),
    [
        ({"shift": "白班"}, "shift", "day"),
        ({"shift": "Day shift"}, "shift", "day"),
        ({"rest": "周末双休"}, "rest", "double"),
        (
            {"education": "大专及以上", "education_reason": "合同要求"},
            "education",
            "college",
        ),
        ({"employment_type": "兼职"}, "employment_type", "part_time"),
        ({"headcount": "8人"}, "headcount", 8),
        ({"pay_max": "¥6,800元"}, "pay_max", 6800),
        ({"recording": "No"}, "recording", False),
        ({"recording": "沒有"}, "recording", False),
        ({"city": "广州·天河区", "district": ""}, "district", "天河区"),
        ({"city": "广州·天河区", "district": "番禺区"}, "district", "番禺区"),
        ({"city": "Guangzhou", "district": "天河区"}, "city_code", "4401"),
        ({"benefits": "住房公积金，年假"}, "benefits", {"social_insurance"}),
        (
            {"benefits": "housing_fund"},
            "benefits",
            {"social_insurance", "housing_fund"},
        ),
        ({"benefits": "包吃,五险一金"}, "benefits", {"social_insurance", "meals"}),
        ({"occupation": "热线客服"}, "occupation", None),
    ],
)
def test_cells_are_read_as_people_write_them(
    cast: Cast, cells: dict[str, str], field: str, value: Any
) -> None:
    run = send(cast.organization, cast.employer, [row() | cells])
    assert [(line.flaws, line.code) for line in rows_of(run)] in (
        [([], "")],
        [(["occupation"], "")],
    )
    if value is None:
        return
    found = getattr(Posting.objects.get(), field)
    assert set(found) >= value if isinstance(value, set) else found == value


def test_a_long_file_holds_up_no_short_one(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(runs, "BATCH", 2)
    long, short = (
        runs.receive_file(
            organization=organization,
            actor=actor,
            name="a.csv",
            data=csv_data([row(number) for number in range(count)]),
        )
        for organization, actor, count in (
            (cast.organization, cast.employer, 6),
            (cast.other_organization, cast.other_employer, 1),
        )
    )
    turns: list[int] = []

    def noting(run: BulkRun, *, most: int) -> bool:
        turns.append(run.pk)
        return prepare_run(run, most=most)

    monkeypatch.setattr(runs, "prepare_run", noting)
    assert runs.prepare_waiting(seconds=60) is False
    assert turns[:3] == [long.pk, short.pk, long.pk]
    assert Posting.objects.count() == 7

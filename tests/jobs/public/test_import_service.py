from __future__ import annotations

import json
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone

from accounts.identity.models import AuditEvent
from accounts.lib.dates import today
from jobs.matching.models import PostingFeatures
from jobs.postings.enums import PostingState
from jobs.postings.models import (
    ImportRefusal,
    ImportRun,
    Posting,
    PostingRevision,
    PostingTransition,
)
from jobs.postings.registry import tell_followers
from jobs.public.services import imports
from jobs.public.services.import_files import open_file
from jobs.public.services.import_preparing import ImportOptions
from jobs.public.services.import_writes import write_batch
from jobs.public.services.imports import (
    ImportRefused,
    ImportReport,
    ImportTaken,
    refused_rows,
    run_import,
)
from jobs.screening.models.findings import Finding
from jobs.screening.services.sanctions import impose_sanction
from tests.jobs.public.make import BLOCKED, CLEAN, COLUMNS, advert, csv_file
from tests.make import make_organization

pytestmark = pytest.mark.django_db


def import_rows(
    folder: Path, rows: list[dict[str, str]], *, resume: bool = True, **options: Any
) -> ImportReport:
    columns = dict.fromkeys([*COLUMNS, *(name for row in rows for name in row)])
    path = csv_file(folder, rows, columns=list(columns))
    return run_import(
        file=open_file(path), options=ImportOptions(**options), resume=resume
    )


def codes(report: ImportReport) -> list[tuple[int, str]]:
    return [(row["row_number"], row["code"]) for row in refused_rows(report)]


def test_an_advert_waits_in_review(tmp_path: Path) -> None:
    report = import_rows(tmp_path, [advert()])
    posting = Posting.objects.get()
    assert (report.run.created, report.run.refused) == (1, 0)
    assert posting.state == PostingState.IN_REVIEW
    assert (posting.source_name, posting.source_id) == ("board", "a1")
    assert (posting.city_code, posting.pay_min, posting.pay_max) == ("5101", 5000, 6000)
    assert (posting.base_salary_min, posting.channel) == (4500, "inbound_phone")
    assert posting.organization_name == "静水服务有限公司"
    assert posting.qualifications.startswith("高中及以上学历")
    assert "底薪4500元" in posting.responsibilities


def test_a_clean_advert_is_published_when_asked(tmp_path: Path) -> None:
    report = import_rows(tmp_path, [advert(date="2026-01-05")], publish=True)
    posting = Posting.objects.get()
    assert report.published == 1
    assert posting.state == PostingState.PUBLISHED
    assert Posting.objects.open().count() == 1
    assert posting.date_posted == date(2026, 1, 5)
    steps = PostingTransition.objects.order_by("pk").values_list("event", flat=True)
    assert list(steps) == ["import", "approve"]


def test_what_the_law_blocks_never_goes_live(tmp_path: Path) -> None:
    report = import_rows(tmp_path, [advert(1, description=BLOCKED)], publish=True)
    posting = Posting.objects.get()
    assert posting.state == PostingState.REJECTED
    assert posting.published_at is None
    assert codes(report) == [(1, "blocked")]
    assert (report.run.created, report.run.refused) == (0, 1)
    assert Finding.objects.filter(posting=posting, severity="block").exists()


def test_the_same_file_again_changes_nothing(tmp_path: Path) -> None:
    rows = [advert(1), advert(2)]
    import_rows(tmp_path, rows, publish=True)
    before = list(Posting.objects.order_by("pk").values("pk", "version", "state"))
    again = import_rows(tmp_path, rows, publish=True)
    assert (again.run.created, again.run.unchanged) == (0, 2)
    assert (
        list(Posting.objects.order_by("pk").values("pk", "version", "state")) == before
    )
    assert PostingRevision.objects.count() == 2


def test_changed_words_are_a_new_revision_and_a_new_check(tmp_path: Path) -> None:
    import_rows(tmp_path, [advert(1), advert(2)], publish=True)
    changed = advert(1, salary="7-8千/月")
    report = import_rows(tmp_path, [changed, advert(2)])
    posting = Posting.objects.get(source_id="a1")
    assert (report.run.updated, report.run.unchanged) == (1, 1)
    assert (posting.pay_min, posting.version) == (7000, 2)
    assert posting.state == PostingState.IN_REVIEW
    numbers = PostingRevision.objects.filter(posting=posting).values_list("number")
    assert sorted(numbers) == [(1,), (2,)]


def test_changed_words_stay_open_when_clean_and_asked(tmp_path: Path) -> None:
    import_rows(tmp_path, [advert()], publish=True)
    first = Posting.objects.get().published_at
    import_rows(tmp_path, [advert(salary="7-8千/月")], publish=True)
    posting = Posting.objects.get()
    assert posting.state == PostingState.PUBLISHED
    assert posting.published_at == first


@pytest.mark.parametrize("state", ["removed", "rejected", "filled", "closed"])
def test_a_feed_does_not_bring_back_what_ended_here(tmp_path: Path, state: str) -> None:
    import_rows(tmp_path, [advert()], publish=True)
    Posting.objects.update(state=state)
    report = import_rows(tmp_path, [advert(salary="7-8千/月")], publish=True)
    assert Posting.objects.get().state == state
    assert codes(report) == [(1, "ended-here")]


@pytest.mark.parametrize("kind", ["removed", "paused"])
def test_a_feed_opens_nothing_that_a_measure_closed(tmp_path: Path, kind: str) -> None:
    import_rows(tmp_path, [advert()], publish=True)
    impose_sanction(
        organization=None,
        posting=Posting.objects.get(),
        kind=kind,
        actor=None,
        basis=["fee"],
        note="应聘不能收钱。",
    )
    report = import_rows(tmp_path, [advert(salary="7-8千/月")], publish=True)
    assert not Posting.objects.open().exists()
    assert codes(report) == [(1, "ended-here")]


def test_nothing_is_imported_for_an_employer_under_a_measure(tmp_path: Path) -> None:
    organization = make_organization()
    impose_sanction(
        organization=organization,
        kind="paused",
        actor=None,
        basis=["fee"],
        note="应聘不能收钱。",
    )
    with pytest.raises(ImportRefused, match="measure"):
        import_rows(tmp_path, [advert()], organization=organization)


def test_an_expired_advert_that_changed_comes_back(tmp_path: Path) -> None:
    import_rows(tmp_path, [advert()], publish=True)
    Posting.objects.update(state=PostingState.EXPIRED)
    import_rows(tmp_path, [advert(salary="7-8千/月")], publish=True)
    assert Posting.objects.open().count() == 1


def test_bad_rows_are_reported_and_good_ones_taken(tmp_path: Path) -> None:
    rows = [
        advert(1),
        advert(2, title=""),
        advert(3, description=""),
        advert(4, id=""),
        advert(5, id="x" * 121),
        advert(1, title="同号"),
        advert(7, valid_through="2020-01-01"),
        advert(8, description="长" * 20_001),
    ]
    report = import_rows(tmp_path, rows)
    assert codes(report) == [
        (2, "title-missing"),
        (3, "description-missing"),
        (4, "id-missing"),
        (5, "id-too-long"),
        (6, "duplicate-id"),
        (7, "already-ended"),
        (8, "description-too-long"),
    ]
    assert Posting.objects.get().title == "客服专员"
    assert report.run.rows_done == report.rows == 8


def test_one_source_for_all_rows_or_each_its_own(tmp_path: Path) -> None:
    import_rows(tmp_path, [advert(1), advert(2, source="other"), advert(3, source="")])
    import_rows(tmp_path, [advert(1)], source="mine")
    names = Posting.objects.order_by("pk").values_list("source_name", flat=True)
    assert list(names) == ["board", "other", "adverts", "mine"]


def test_hostile_markup_never_reaches_a_posting(tmp_path: Path) -> None:
    hostile = (
        "<script>alert(1)</script><p onclick='x()'>接听客户来电，解答疑问。</p>"
        "<img src=x onerror=alert(1)>&lt;iframe src=//evil.example&gt;"
    )
    import_rows(tmp_path, [advert(description=hostile, title="<b>客服</b>")])
    posting = Posting.objects.get()
    assert "<" not in posting.title + posting.responsibilities
    assert "alert" not in posting.responsibilities
    assert "接听客户来电" in posting.responsibilities


def test_days_open_come_from_the_row_or_the_option(tmp_path: Path) -> None:
    soon = today() + timedelta(days=5)
    far = today() + timedelta(days=400)
    rows = [
        advert(1),
        advert(2, valid_through=soon.isoformat()),
        advert(3, valid_through=far.isoformat()),
    ]
    import_rows(tmp_path, rows, valid_days=10)
    days = [
        (p.valid_through.date() - today()).days
        for p in Posting.objects.order_by("pk")
        if p.valid_through
    ]
    assert days == [10, 5, 60]


def test_a_limit_reads_only_the_first_rows(tmp_path: Path) -> None:
    report = import_rows(tmp_path, [advert(n) for n in range(9)], limit=4)
    assert Posting.objects.count() == report.rows == 4


def test_a_dry_run_tells_all_and_keeps_nothing(tmp_path: Path) -> None:
    rows = [advert(1), advert(2, title=""), advert(3, description=BLOCKED)]
    report = import_rows(tmp_path, rows, dry_run=True)
    assert (report.run.created, report.run.refused) == (1, 2)
    assert codes(report) == [(2, "title-missing"), (3, "blocked")]
    assert Posting.objects.count() == ImportRun.objects.count() == 0


def test_postings_are_attached_to_a_verified_organisation(tmp_path: Path) -> None:
    organization = make_organization()
    import_rows(tmp_path, [advert()], organization=organization)
    assert Posting.objects.get().organization == organization


def test_an_unverified_organisation_is_refused(tmp_path: Path) -> None:
    organization = make_organization(verified=False)
    with pytest.raises(ImportRefused, match="not verified"):
        import_rows(tmp_path, [advert()], organization=organization)
    assert ImportRun.objects.count() == 0


@pytest.mark.parametrize("days", [0, 61])
def test_days_open_have_bounds(tmp_path: Path, days: int) -> None:
    with pytest.raises(ImportRefused, match="between 1 and 60"):
        import_rows(tmp_path, [advert()], valid_days=days)


def break_off_in_batch(monkeypatch: pytest.MonkeyPatch, number: int) -> None:
    """The power fails after the postings of this batch were written."""
    real = write_batch
    calls: list[int] = []

    def failing(*args: Any, **kwargs: Any) -> Any:
        written = real(*args, **kwargs)
        calls.append(1)
        if len(calls) == number:
            raise KeyboardInterrupt
        return written

    monkeypatch.setattr(imports, "BATCH", 10)
    monkeypatch.setattr(imports, "write_batch", failing)


def test_a_broken_import_has_whole_batches_and_goes_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = [advert(n) for n in range(1, 36)] + [advert(1)]
    with monkeypatch.context() as patch:
        break_off_in_batch(patch, 3)
        with pytest.raises(KeyboardInterrupt):
            import_rows(tmp_path, rows)
    run = ImportRun.objects.get()
    assert (run.rows_done, run.created, Posting.objects.count()) == (20, 20, 20)
    report = import_rows(tmp_path, rows)
    assert report.resumed_at == 20
    assert report.run == run
    assert (report.run.created, Posting.objects.count()) == (35, 35)
    assert codes(report) == [(36, "duplicate-id")]
    assert report.run.finished_at is not None


def test_a_broken_import_may_be_started_anew(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = [advert(n) for n in range(1, 26)]
    with monkeypatch.context() as patch:
        break_off_in_batch(patch, 2)
        with pytest.raises(KeyboardInterrupt):
            import_rows(tmp_path, rows)
    report = import_rows(tmp_path, rows, resume=False)
    assert (report.run.created, report.run.unchanged) == (15, 10)


def test_two_imports_of_one_file_cannot_both_go_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = write_batch

    def overtaken(*args: Any, **kwargs: Any) -> Any:
        ImportRun.objects.update(rows_done=7)
        return real(*args, **kwargs)

    monkeypatch.setattr(imports, "write_batch", overtaken)
    with pytest.raises(ImportTaken):
        import_rows(tmp_path, [advert(1)])
    assert Posting.objects.count() == 0


def test_an_import_leaves_a_trail_without_texts(tmp_path: Path) -> None:
    import_rows(tmp_path, [advert()])
    events = AuditEvent.objects.filter(action__startswith="posting.import")
    assert events.count() == 2
    assert "客服" not in json.dumps([e.detail for e in events], ensure_ascii=False)


def test_helper_processes_give_the_same_result(tmp_path: Path) -> None:
    rows = [advert(n, salary=f"{n % 7 + 3}-{n % 7 + 4}千") for n in range(450)]
    file = open_file(csv_file(tmp_path, [*rows, advert(451, title="")]))
    report = run_import(file=file, options=ImportOptions(), processes=1)
    assert (report.run.created, report.run.refused) == (450, 1)
    assert Posting.objects.filter(pay_min=5000).count() == 64


@pytest.mark.shared
def test_every_real_advert_is_imported_or_reported(shared_data: Path) -> None:
    file = open_file(shared_data / "postings_dev.csv.gz")
    report = run_import(file=file, options=ImportOptions(limit=600, publish=True))
    taken = report.run.created + report.run.refused
    assert taken == report.rows == 600
    assert ImportRefusal.objects.count() == report.run.refused
    assert Posting.objects.exclude(facts={}).count() >= report.run.created
    assert CLEAN not in Posting.objects.values_list("responsibilities", flat=True)


def shift_end(days: int, **fields: Any) -> Posting:
    """The one posting, as if its last day lay this many days from now."""
    moment = timezone.now() + timedelta(days=days)
    Posting.objects.update(valid_through=moment, **fields)
    tell_followers(list(Posting.objects.all()))
    return Posting.objects.get()


def days_left(posting: Posting) -> int:
    posting.refresh_from_db()
    assert posting.valid_through is not None
    return (posting.valid_through - timezone.now()).days


def test_what_a_feed_still_lists_stays_open(tmp_path: Path) -> None:
    import_rows(tmp_path, [advert()], publish=True)
    posting = shift_end(3, source_checked_at=None)
    again = import_rows(tmp_path, [advert()], publish=True)
    assert again.run.unchanged == 1
    assert days_left(posting) == 30
    assert posting.source_checked_at is not None
    features = PostingFeatures.objects.get(posting=posting)
    assert features.valid_through == posting.valid_through


def test_a_last_day_far_away_is_left_alone(tmp_path: Path) -> None:
    import_rows(tmp_path, [advert()], publish=True)
    posting = shift_end(20)
    import_rows(tmp_path, [advert()], publish=True)
    assert days_left(posting) == 19


def test_a_stated_last_day_is_not_moved(tmp_path: Path) -> None:
    ends = (today() + timedelta(days=3)).isoformat()
    import_rows(tmp_path, [advert(valid_through=ends)], publish=True)
    import_rows(tmp_path, [advert(valid_through=ends)], publish=True)
    assert days_left(Posting.objects.get()) <= 3


def test_what_ran_out_here_and_is_listed_again_opens_again(tmp_path: Path) -> None:
    import_rows(tmp_path, [advert()], publish=True)
    posting = shift_end(-1, state="expired")
    again = import_rows(tmp_path, [advert()], publish=True)
    assert again.run.updated == 1
    assert days_left(posting) == 30
    assert posting.state == PostingState.PUBLISHED


def test_what_the_employer_closed_stays_closed(tmp_path: Path) -> None:
    import_rows(tmp_path, [advert()], publish=True)
    posting = shift_end(3, state="closed")
    import_rows(tmp_path, [advert()], publish=True)
    assert days_left(posting) == 2
    assert posting.state == "closed"


def test_a_number_in_a_title_is_not_shown_in_lists(tmp_path: Path) -> None:
    import_rows(tmp_path, [advert(title="客服专员 13812345678")])
    assert Posting.objects.get().title == "客服专员 ***"

from __future__ import annotations

import csv
import json
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from jobs.postings.models import ImportRun, Posting
from tests.jobs.public.make import advert, csv_file
from tests.make import make_organization

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _own_folder(tmp_path: Path, settings: Any) -> None:
    settings.VAR_DIR = tmp_path


def run(*args: Any) -> str:
    out = StringIO()
    call_command("import_postings", *args, stdout=out)
    return out.getvalue()


def test_tells_counts_and_the_rate(tmp_path: Path) -> None:
    told = run(csv_file(tmp_path, [advert(1), advert(2)]), "--publish")
    assert "Has created 2, updated 0, left unchanged 0, refused 0; published 2." in told
    assert "2 rows in" in told


def test_the_report_says_why_a_row_was_refused(tmp_path: Path) -> None:
    told = run(csv_file(tmp_path, [advert(1), advert(1)]))
    path = Path(told.rpartition("why: ")[2].strip())
    assert path.parent == tmp_path / "imports"
    assert [json.loads(line) for line in path.read_text().splitlines()] == [
        {
            "row_number": 2,
            "source_id": "a1",
            "code": "duplicate-id",
            "detail": "row 1 has the same id",
        }
    ]


def test_a_csv_report_runs_no_formula(tmp_path: Path) -> None:
    report = tmp_path / "refused.csv"
    run(csv_file(tmp_path, [advert(id="=cmd|1", title="")]), "--report", report)
    rows = list(csv.DictReader(report.read_text(encoding="utf-8").splitlines()))
    assert rows[0]["source_id"] == "'=cmd|1"
    assert rows[0]["code"] == "title-missing"


@pytest.mark.parametrize("by", ["uscc", "public_id"])
def test_names_the_organisation_by_code_or_id(tmp_path: Path, by: str) -> None:
    organization = make_organization()
    run(
        csv_file(tmp_path, [advert()]), "--organization", str(getattr(organization, by))
    )
    assert Posting.objects.get().organization == organization


@pytest.mark.parametrize(
    ("args", "sentence"),
    [
        (["--organization", "nobody"], "no organisation with the code or id nobody"),
        (["--valid-days", "0"], "between 1 and 60"),
        (["--report", "/nowhere/refused.csv"], "cannot be written"),
    ],
)
def test_a_wrong_option_is_one_clear_sentence(
    tmp_path: Path, args: list[str], sentence: str
) -> None:
    path = csv_file(tmp_path, [advert(title="")])
    with pytest.raises(CommandError, match=sentence):
        run(path, *args)


def test_an_unreadable_file_is_one_clear_sentence(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="No such file"):
        run(tmp_path / "none.csv")
    assert ImportRun.objects.count() == 0


def test_gb18030_is_converted_and_said(tmp_path: Path) -> None:
    told = run(csv_file(tmp_path, [advert()], encoding="gb18030"))
    assert "GB18030" in told
    assert Posting.objects.get().title == "客服专员"


def test_a_dry_run_says_so_and_keeps_nothing(tmp_path: Path) -> None:
    told = run(csv_file(tmp_path, [advert()]), "--dry-run")
    assert told.startswith("Would have created 1")
    assert Posting.objects.count() == 0


def test_an_import_that_was_broken_off_is_taken_up(tmp_path: Path) -> None:
    path = csv_file(tmp_path, [advert(1), advert(2)])
    run(path)
    ImportRun.objects.update(finished_at=None, rows_done=1)
    assert "Took up the import at row 2." in run(path)
    finished = ImportRun.objects.get()
    assert (finished.rows_done, finished.unchanged) == (2, 1)

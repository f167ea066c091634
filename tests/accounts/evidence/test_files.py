"""The bytes on disk: unreadable, private, under names that say nothing."""

from __future__ import annotations

import io
import stat
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as django_settings
from django.core.exceptions import ImproperlyConfigured
from django.core.files.storage import storages
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from accounts.evidence import files
from accounts.evidence.models import Document
from accounts.evidence.services import erase_due
from accounts.lib.uploads import InMemoryOnly
from config.evidence import evidence_storage
from tests.make import PDF, PNG, make_document, make_organization


@pytest.fixture
def folder(tmp_path: Path, settings: Any) -> Path:
    place = tmp_path / "evidence"
    entry = {"evidence": evidence_storage("", place)}
    settings.STORAGES = django_settings.STORAGES | entry
    return place


def on_disk(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


def test_what_lies_on_the_disk_is_unreadable(folder: Path) -> None:
    key = files.put(PDF)
    (kept,) = on_disk(folder)
    assert b"PDF" not in kept.read_bytes()
    assert files.get(key) == PDF


def test_only_this_program_may_enter(folder: Path) -> None:
    files.put(PDF)
    (kept,) = on_disk(folder)
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600
    assert stat.S_IMODE(kept.parent.stat().st_mode) == 0o700


def test_names_are_random(folder: Path) -> None:
    keys = {files.put(PDF) for _ in range(20)}
    assert len(keys) == 20
    assert all(len(key) == 49 for key in keys)
    assert set(files.stored_keys()) == keys


def test_an_old_key_still_opens_it(folder: Path, settings: Any) -> None:
    key = files.put(PDF)
    new = "bmV3LWtleS1uZXcta2V5LW5ldy1rZXktbmV3LWtleSE="
    settings.FIELD_KEYS = [new, *settings.FIELD_KEYS]
    assert files.get(key) == PDF


def test_the_folder_is_outside_what_is_served() -> None:
    place = Path(
        evidence_storage("", django_settings.VAR_DIR / "evidence")["OPTIONS"][
            "location"
        ]
    )
    for served in (django_settings.STATIC_ROOT, django_settings.MEDIA_ROOT):
        assert not place.is_relative_to(served)
    assert all(not place.is_relative_to(x) for x in django_settings.STATICFILES_DIRS)


@pytest.mark.django_db
def test_no_address_leads_to_a_file(folder: Path, client: Client) -> None:
    key = files.put(PDF)
    for path in (storages["evidence"].url(key), f"/media/{key}", f"/static/{key}"):
        assert client.get(path).status_code in {302, 404}


@pytest.mark.django_db
def test_files_without_a_row_are_swept_after_a_day(folder: Path) -> None:
    document = make_document(make_organization())
    orphan = files.put(PNG)
    assert erase_due(now=timezone.now()) == 0
    assert erase_due(now=timezone.now() + timedelta(days=2)) == 1
    assert set(files.stored_keys()) == {document.storage_key} - {orphan}


@pytest.mark.django_db
def test_the_command_only_counts_unless_told(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    row = make_organization()
    old = timezone.now() - timedelta(days=31)
    make_document(row, state="refused", reviewed_at=old)
    call_command("erase_old_documents")
    assert "1 papers" in capsys.readouterr().out
    assert Document.objects.stored().count() == 1
    call_command("erase_old_documents", "--apply")
    assert Document.objects.stored().count() == 0


def test_a_bucket_by_its_address() -> None:
    entry = evidence_storage(
        "s3://k%2F1:s%40x@s3.example.com:9000/papers/a?region=cn", Path()
    )
    assert entry["BACKEND"] == "storages.backends.s3.S3Storage"
    options = entry["OPTIONS"]
    assert (options["access_key"], options["secret_key"]) == ("k/1", "s@x")
    assert options["endpoint_url"] == "https://s3.example.com:9000"
    assert (options["bucket_name"], options["location"]) == ("papers", "a")
    assert options["region_name"] == "cn"
    assert not options["file_overwrite"]


@pytest.mark.parametrize("url", ["ftp://a/b", "s3://host-only", "s3:///bucket", "x"])
def test_a_wrong_address_is_explained(url: str) -> None:
    with pytest.raises(ImproperlyConfigured, match="s3://key:secret@host/bucket"):
        evidence_storage(url, Path())


def test_large_uploads_are_counted_and_dropped(settings: Any) -> None:
    settings.UPLOAD_LIMIT = 100
    handler = InMemoryOnly()
    handler.new_file("file", "a.png", "image/png", 0, None, None)
    for place in range(0, 1000, 50):
        handler.receive_data_chunk(b"x" * 50, place)
    kept = handler.file_complete(1000)
    assert kept.size == 1000
    assert isinstance(kept.file, io.BytesIO)
    assert len(kept.file.getvalue()) == 100

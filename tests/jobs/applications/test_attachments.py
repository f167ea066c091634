"""Pictures and PDFs that go along with messages."""

from __future__ import annotations

from datetime import datetime, timedelta
from html import unescape
from io import StringIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.consent.registry import erase_person, export_person
from accounts.evidence import files
from accounts.evidence.rules.files import LARGEST, FileRefused
from accounts.evidence.services import orphan_files
from accounts.evidence.words import REFUSALS
from accounts.identity.models import AuditEvent
from jobs.applications.models import Application, Attachment, Message
from jobs.applications.services import attachments
from jobs.applications.services.attachments import FileGone
from jobs.applications.services.messages import send_message
from tests.cast import Cast
from tests.jobs.applications.make import make_application, take
from tests.make import PDF, PNG, make_posting, sign_in

pytestmark = pytest.mark.usefixtures("noon")


@pytest.fixture
def application(cast: Cast) -> Application:
    return make_application(
        cast.seeker, make_posting(cast.organization), state="viewed"
    )


def upload(name: str = "证书.png", data: bytes = PNG) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, data)


def post(client: Client, person: Any, application: Application, *given: Any) -> Any:
    name = "reply" if person.kind == "seeker" else "write"
    sign_in(client, person)
    url = reverse(f"applications:{name}", args=[application.public_id])
    return client.post(url, {"text": "请看这张", "attached": list(given)}, follow=True)


def sent(application: Application, actor: Any, *given: tuple[str, bytes]) -> Attachment:
    message = send_message(
        application=application, actor=actor, text="请看", files=given
    )
    return message.attachments.order_by("pk")[0]


def test_both_sides_send_and_open(
    client: Client, cast: Cast, application: Application
) -> None:
    page = post(client, cast.seeker.user, application, upload(), upload("a.pdf", PDF))
    assert "证书.png" in unescape(page.content.decode())
    kept = list(Attachment.objects.order_by("pk"))
    assert [row.content_type for row in kept] == ["image/png", "application/pdf"]
    assert all(files.get(row.storage_key or "") in {PNG, PDF} for row in kept)
    sign_in(client, cast.employer)
    url = reverse("applications:file", args=[kept[0].public_id])
    response = client.get(url)
    assert response.content == PNG
    assert "sandbox" in response["Content-Security-Policy"]
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Disposition"].startswith("inline")
    pdf = client.get(reverse("applications:file", args=[kept[1].public_id]))
    assert pdf["Content-Disposition"].startswith("attachment")
    opened = AuditEvent.objects.filter(action="application.file_opened")
    assert {row.subject_id for row in opened} == {cast.seeker.user.pk}
    assert client.head(url).content == b""


def test_what_lies_on_the_disk_is_not_readable(
    cast: Cast, application: Application
) -> None:
    row = sent(application, cast.seeker.user, ("证书.png", PNG))
    with files._storage().open(row.storage_key or "") as file:
        assert PNG not in file.read()


BAD: list[tuple[str, bytes, str]] = [
    ("a.png", b"", "empty"),
    ("a.png", PNG + b"\0" * LARGEST, "too_large"),
    ("表.xlsx", b"PK\x03\x04" + b"\0" * 40, "list"),
    ("a.exe", b"MZ" + b"\0" * 40, "type"),
    ("a.pdf", PNG, "ending"),
    ("a.svg", b"<svg xmlns='x'/>", "type"),
]


@pytest.mark.parametrize(("name", "data", "code"), BAD)
@pytest.mark.parametrize("role", ["seeker", "employer"])
def test_what_is_not_taken_and_the_words_stay(
    client: Client,
    cast: Cast,
    application: Application,
    role: str,
    name: str,
    data: bytes,
    code: str,
) -> None:
    person = cast.seeker.user if role == "seeker" else cast.employer
    response = post(client, person, application, upload(), upload(name, data))
    page = unescape(response.content.decode())
    assert response.status_code == 422
    assert str(REFUSALS[code]) in page
    assert "请看这张" in page
    assert not Message.objects.exists()
    assert not Attachment.objects.exists()


def test_a_list_of_debtors_is_known_by_its_name(
    client: Client, cast: Cast, application: Application
) -> None:
    given = upload("逾期客户名单.png")
    assert post(client, cast.employer, application, given).status_code == 422
    assert AuditEvent.objects.filter(action="guard.debtor_data").count() == 1
    assert not Attachment.objects.exists()


def test_six_are_too_many(client: Client, cast: Cast, application: Application) -> None:
    post(client, cast.seeker.user, application, *[upload() for _n in range(5)])
    assert Attachment.objects.count() == 5
    response = post(
        client, cast.seeker.user, application, *[upload() for _n in "六个不行呀哦"]
    )
    assert response.status_code in {400, 422}
    assert Attachment.objects.count() == 5
    with pytest.raises(FileRefused):
        sent(application, cast.seeker.user, *[("a.png", PNG)] * 6)


def test_a_message_that_is_refused_keeps_no_file(
    client: Client, cast: Cast, application: Application
) -> None:
    take(application, "decline", cast.employer)
    post(client, cast.seeker.user, application, upload())
    assert not Attachment.objects.exists()


def test_taking_back_within_a_day(
    client: Client, cast: Cast, application: Application
) -> None:
    row = sent(application, cast.seeker.user, ("证书.png", PNG))
    key = row.storage_key
    sign_in(client, cast.seeker.user)
    url = reverse("applications:take_file_back", args=[row.public_id])
    page = client.get(reverse("applications:detail", args=[application.public_id]))
    assert url in page.content.decode()
    page = client.post(url, follow=True)
    text = unescape(page.content.decode())
    assert _("A file was here. It has been taken back or erased.") in text
    assert "证书.png" not in text
    row.refresh_from_db()
    assert (row.storage_key, row.name) == (None, "")
    assert key


def test_after_a_day_or_by_others_it_is_not_taken_back(
    cast: Cast, application: Application, noon: datetime
) -> None:
    row = sent(application, cast.employer, ("路线.png", PNG))
    for actor, now in (
        (cast.employer, noon + timedelta(hours=24)),
        (cast.colleague, noon),
        (cast.seeker.user, noon),
    ):
        with pytest.raises(FileGone):
            attachments.take_back(attachment=row, actor=actor, now=now)
    attachments.take_back(
        attachment=row, actor=cast.employer, now=noon + timedelta(hours=23, minutes=59)
    )


def test_files_of_messages_are_no_orphans(
    cast: Cast, application: Application, noon: datetime
) -> None:
    row = sent(application, cast.seeker.user, ("证书.png", PNG))
    later = timezone.now() + timedelta(days=9)
    assert row.storage_key not in orphan_files(now=later)


def test_half_a_year_after_the_end_they_are_erased(
    cast: Cast, application: Application, noon: datetime
) -> None:
    row = sent(application, cast.seeker.user, ("证书.png", PNG))
    take(application, "decline", cast.employer)
    end = noon + timedelta(days=180)
    assert attachments.erase_old_files(now=end - timedelta(minutes=1)) == 0
    told = StringIO()
    call_command("erase_old_files", stdout=told)
    assert "0 files" in told.getvalue()
    assert attachments.erase_old_files(now=end) == 1
    assert attachments.erase_old_files(now=end) == 0
    row.refresh_from_db()
    assert row.erased_at == end


def test_a_person_takes_the_list_along_and_the_files_go(
    cast: Cast, application: Application
) -> None:
    row = sent(application, cast.seeker.user, ("证书.png", PNG))
    theirs = sent(application, cast.employer, ("路线.png", PNG))
    taken = export_person(cast.seeker.user)["jobs.applications.files"]
    assert [line["name"] for line in taken] == ["证书.png"]
    erase_person(cast.seeker.user)
    row.refresh_from_db()
    theirs.refresh_from_db()
    assert row.storage_key is None
    assert theirs.storage_key is not None


def test_every_line_of_the_employer_can_be_reported(
    client: Client, cast: Cast, application: Application
) -> None:
    sent(application, cast.employer, ("路线.png", PNG))
    sent(application, cast.seeker.user, ("证书.png", PNG))
    report = reverse("reports:job", args=[application.posting.public_id])
    sign_in(client, cast.seeker.user)
    url = reverse("applications:detail", args=[application.public_id])
    assert client.get(url).content.decode().count(f'href="{report}"') == 1
    sign_in(client, cast.employer)
    url = reverse("applications:received", args=[application.public_id])
    assert report not in client.get(url).content.decode()

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.consent.registry import export_person
from accounts.identity.models import AuditEvent, OutboxMessage, User
from jobs.applications.models import Application
from jobs.talent.models import Note, NoteMention
from tests.cast import Cast
from tests.client import StrictClient
from tests.jobs.talent.make import SECRET, name_colleague, noted, received
from tests.make import sign_in


@pytest.fixture
def application(cast: Cast) -> Application:
    name_colleague(cast)
    return received(cast)


def client_of(user: User) -> StrictClient:
    client = StrictClient()
    sign_in(client, user)
    return client


def write(client: StrictClient, application: Application, text: str) -> Any:
    url = reverse("talent:write_note", args=[application.public_id])
    return client.post(url, {"text": text})


def page_of(user: User, application: Application) -> str:
    url = reverse("applications:received", args=[application.public_id])
    return client_of(user).get(url).content.decode()


def test_a_note_stands_on_the_applications_page(
    cast: Cast, application: Application
) -> None:
    response = write(client_of(cast.employer), application, SECRET)
    assert response.status_code == 302
    assert response.url.endswith(f"/inbox/{application.public_id}/#team")
    assert SECRET in page_of(cast.colleague, application)


def test_the_applicant_sees_none_of_it_on_any_page(
    cast: Cast, application: Application
) -> None:
    noted(application, cast.employer)
    mine = client_of(cast.seeker.user)
    for name in ("applications:mine", "applications:detail", "applications:sent"):
        args = [] if name.endswith("mine") else [application.public_id]
        assert SECRET not in mine.get(reverse(name, args=args)).content.decode()


def test_but_it_is_in_the_copy_of_their_data(
    cast: Cast, application: Application
) -> None:
    noted(application, cast.employer, f"@邵一鸣 {SECRET}")
    told = export_person(cast.seeker.user)["jobs.talent"]
    (note,) = told["notes"]
    assert SECRET in note["text"]
    assert "邵一鸣" not in note["text"], "a colleague's name is not theirs"
    assert note["organization"] == cast.organization.display_name
    assert export_person(cast.other_seeker.user)["jobs.talent"] == {}


def test_the_privacy_centre_counts_it(cast: Cast, application: Application) -> None:
    noted(application, cast.employer)
    page = client_of(cast.seeker.user).get(reverse("consent:centre"))
    assert SECRET not in page.content.decode()
    trail = AuditEvent.objects.filter(
        subject_id=cast.seeker.user.pk, action="talent.note_written"
    )
    assert trail.count() == 1


def test_a_name_tells_that_colleague_and_says_nothing(
    cast: Cast, application: Application
) -> None:
    write(client_of(cast.employer), application, "＠邵一鸣 你听一下录音")
    (message,) = OutboxMessage.objects.filter(template="talent/mentioned")
    assert message.user == cast.colleague
    assert "录音" not in message.body
    assert application.applicant_name not in message.body
    assert f"/inbox/{application.public_id}/" in message.body
    assert NoteMention.objects.get().person == cast.colleague
    assert '<strong class="mention">＠邵一鸣</strong>' in page_of(
        cast.employer, application
    )


def test_a_name_that_nobody_bears_is_said(cast: Cast, application: Application) -> None:
    url = reverse("talent:write_note", args=[application.public_id])
    data = {"text": "@小王 看一下"}
    page = client_of(cast.employer).post(url, data, follow=True).content.decode()
    assert "小王" in page
    assert not OutboxMessage.objects.filter(template="talent/mentioned").exists()


def test_nobody_of_another_organisation_can_be_mentioned(
    cast: Cast, application: Application
) -> None:
    cast.other_employer.display_name = "外人"
    cast.other_employer.save()
    write(client_of(cast.employer), application, "@外人 看一下")
    assert not NoteMention.objects.exists()


@pytest.mark.parametrize(
    "text", ["她怀孕了", "电话 13911112222", "身份证 110101199003074557", ""]
)
def test_what_is_refused_keeps_the_words_and_nothing_else(
    cast: Cast, application: Application, text: str
) -> None:
    response = write(client_of(cast.employer), application, text)
    page = response.content.decode()
    assert response.status_code == 422
    assert f"{text}</textarea>" in page
    assert 'aria-invalid="true"' in page
    assert not Note.objects.exists()


def test_it_can_be_changed_for_a_quarter_of_an_hour(
    cast: Cast, application: Application
) -> None:
    note = noted(application, cast.employer, "@邵一鸣 先看")
    url = reverse("talent:edit_note", args=[note.public_id])
    client = client_of(cast.employer)
    assert "@邵一鸣 先看" in client.get(url).content.decode()
    client.post(url, {"text": "@邵一鸣 先听"})
    note.refresh_from_db()
    assert (note.body, note.edited_at is not None) == ("@邵一鸣 先听", True)
    told = OutboxMessage.objects.filter(template="talent/mentioned")
    assert told.count() == 1, "told once"
    Note.objects.update(written_at=timezone.now() - timedelta(minutes=16))
    client.post(url, {"text": "太晚了"})
    note.refresh_from_db()
    assert note.body == "@邵一鸣 先听"


def test_a_refused_change_keeps_what_stood_and_what_was_typed(
    cast: Cast, application: Application
) -> None:
    note = noted(application, cast.employer)
    url = reverse("talent:edit_note", args=[note.public_id])
    response = client_of(cast.employer).post(url, {"text": "长得漂亮"})
    assert response.status_code == 422
    assert "长得漂亮" in response.content.decode()
    note.refresh_from_db()
    assert note.body == SECRET


def test_deleted_is_gone(cast: Cast, application: Application) -> None:
    note = noted(application, cast.colleague, "@hr 看一下")
    url = reverse("talent:delete_note", args=[note.public_id])
    assert client_of(cast.colleague).post(url).status_code == 302
    assert not Note.objects.exists()
    assert not NoteMention.objects.exists()
    assert client_of(cast.colleague).post(url).status_code == 404


def test_debtor_data_goes_on_the_organisations_record(
    cast: Cast, application: Application
) -> None:
    write(client_of(cast.employer), application, "身份证 110101199003074557")
    (line,) = AuditEvent.objects.filter(action="guard.debtor_data")
    assert line.object_id == str(cast.organization.public_id)

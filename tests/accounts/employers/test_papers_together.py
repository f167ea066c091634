"""Every missing paper on one page."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from accounts.evidence.models import Document
from accounts.lib.dates import today
from tests.make import PDF, PNG, make_member, make_organization, sign_in

pytestmark = pytest.mark.django_db


def test_all_papers_go_in_one_form(client: Client) -> None:
    """What is good is kept, what is not is said; only that has to be chosen again."""
    row = make_organization(verified=False)
    sign_in(client, make_member(row, role="admin"))
    url = reverse("employers:papers")
    day = (today() + timedelta(days=90)).isoformat()
    answers = {
        "business_licence-file": SimpleUploadedFile("licence.png", PNG),
        "recruitment_brief-file": SimpleUploadedFile("list.csv", b"a,b\n1,2\n"),
        "agent_id-file": SimpleUploadedFile("card.png", PNG),
        "agent_authorisation-file": SimpleUploadedFile("letter.pdf", PDF),
        "agent_authorisation-valid_until": day,
    }
    response = client.post(url, answers)
    assert response.status_code == 422
    text = response.content.decode()
    assert "保存了 3 份材料" in text
    assert "有的文件没收下" in text
    kept = set(Document.objects.values_list("kind", flat=True))
    assert kept == {"business_licence", "agent_id", "agent_authorisation"}
    assert [kind for kind, _help, _form in response.context["forms"]] == [
        "recruitment_brief"
    ]
    again = client.post(
        url, {"recruitment_brief-file": SimpleUploadedFile("brief.pdf", PDF)}
    )
    assert again["Location"] == reverse("employers:overview")
    assert client.get(url)["Location"] == reverse("employers:overview")


def test_nothing_chosen_is_said(client: Client) -> None:
    sign_in(client, make_member(make_organization(verified=False), role="admin"))
    page = client.post(reverse("employers:papers"), follow=True).content.decode()
    assert "还没有选文件" in page
    assert not Document.objects.exists()

"""Which tables operators may read, and that reading is all they may do."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import models
from django.test import Client, RequestFactory
from django.urls import reverse
from django.utils.translation import override

from accounts.identity.models import AuditEvent, FeatureSwitch, User
from accounts.lib.crypto import EncryptedTextField
from jobs.operations.admin import readable_fields
from jobs.operations.site import site
from tests.cast import Cast
from tests.config.test_holders import people_in
from tests.jobs.operations.make import SECRET, make_message, make_run
from tests.make import make_posting, sign_in

# Areas of which nothing may ever be read here.
CLOSED = (
    "accounts.wellbeing",
    "accounts.counselors",
    "accounts.seekers",
    "accounts.consent",
    "accounts.evidence",
    "accounts.assisted",
    "accounts.cohorts",
    "accounts.discreet",
    "allauth",
    "django",
    "jobs.applications",
    "jobs.resumes",
    "jobs.alerts",
    "jobs.talent",
    "jobs.hiring",
)
# Tables that may be changed here, each with its reason: none.
CHANGEABLE: set[str] = set()


def registered() -> list[type[models.Model]]:
    return list(site._registry)


def test_there_are_tables() -> None:
    assert len(registered()) > 20


@pytest.mark.parametrize("model", registered(), ids=lambda m: m._meta.label)
def test_a_table_is_open_to_reading_only(model: type[models.Model]) -> None:
    assert not model.__module__.startswith(CLOSED)
    admin = site._registry[model]
    request = RequestFactory().get("/")
    request.user = User(kind="operator", is_active=True, is_superuser=True)
    assert admin.has_view_permission(request)
    assert admin.get_actions(request) == {}
    assert admin.inlines == ()
    if model._meta.label not in CHANGEABLE:
        assert not admin.has_add_permission(request)
        assert not admin.has_change_permission(request)
        assert not admin.has_delete_permission(request)


@pytest.mark.parametrize("model", registered(), ids=lambda m: m._meta.label)
def test_no_column_leads_to_a_seeker_or_to_kept_words(
    model: type[models.Model],
) -> None:
    shown = {model._meta.get_field(name) for name in readable_fields(model)}
    listed = set(site._registry[model].list_display)
    assert listed <= {field.name for field in shown}
    for field in shown:
        assert not isinstance(field, EncryptedTextField)
        target = field.related_model
        if isinstance(target, type) and issubclass(target, models.Model):
            assert target is not User
            assert "accounts_seekers.SeekerProfile" not in people_in(target)


@pytest.mark.parametrize("model", registered(), ids=lambda m: m._meta.label)
@pytest.mark.parametrize("language", ["zh-hans", "zh-hant"])
def test_columns_have_names_in_chinese(
    model: type[models.Model], language: str
) -> None:
    with override(language):
        names = {
            str(field.verbose_name)
            for field in model._meta.concrete_fields
            if field.name in readable_fields(model)
        }
    assert [name for name in names if name.isascii() and name != "ID"] == []


def reading(cast: Cast) -> Client:
    """Not the strict client: the theme's markup holds styles."""
    client = Client()
    sign_in(client, cast.operator)
    return client


def test_messages_are_read_without_words_and_addresses(cast: Cast) -> None:
    message = make_message()
    client = reading(cast)
    listed = reverse("admin:accounts_identity_outboxmessage_changelist")
    one = reverse("admin:accounts_identity_outboxmessage_change", args=[message.pk])
    for url in (listed, f"{listed}?q=account", one):
        text = client.get(url).content.decode()
        assert "account/code" in text
        assert SECRET not in text
        assert message.address not in text


@pytest.mark.parametrize("act", ["add", "change", "delete", "history"])
def test_nothing_can_be_written(cast: Cast, act: str) -> None:
    run = make_run()
    client = reading(cast)
    args = [] if act == "add" else [run.pk]
    url = reverse(f"admin:jobs_operations_taskrun_{act}", args=args)
    response = client.post(url, {"task": "x", "post": "yes"})
    assert response.status_code in {403, 405, 200}
    run.refresh_from_db()
    assert run.task != "x"
    assert type(run).objects.count() == 1


def test_many_at_once_cannot_be_written_either(cast: Cast) -> None:
    row = FeatureSwitch.objects.create(name="registration", state="off", note="x")
    url = reverse("admin:accounts_identity_featureswitch_changelist")
    data = {"action": "delete_selected", "_selected_action": [row.pk], "post": "yes"}
    reading(cast).post(url, data)
    assert FeatureSwitch.objects.filter(pk=row.pk).exists()


def test_every_page_leaves_a_line(cast: Cast) -> None:
    posting = make_posting(cast.organization)
    client = reading(cast)
    pages = [
        ("index", []),
        ("jobs_postings_posting_changelist", []),
        ("jobs_postings_posting_change", [posting.pk]),
        ("search", []),
    ]
    for name, args in pages:
        assert client.get(reverse(f"admin:{name}", args=args)).status_code == 200
    lines = AuditEvent.objects.filter(action="operations.admin_opened").order_by("pk")
    assert [(line.actor_id, line.detail) for line in lines] == [
        (
            cast.operator.pk,
            {"page": name, "object": str(args[0]) if args else ""},
        )
        for name, args in pages
    ]


def policy(client: Client, url: str) -> dict[str, set[str]]:
    header = client.get(url)["Content-Security-Policy"]
    parts = (part.split() for part in header.split(";"))
    return {name: set(values) for name, *values in parts}


def test_its_own_policy_lets_nothing_in_from_elsewhere(cast: Cast) -> None:
    client = reading(cast)
    own = policy(client, reverse("admin:index"))
    usual = policy(client, reverse("operations:overview"))
    assert own["script-src"] - usual["script-src"] == {"'unsafe-eval'"}
    assert own["style-src"] - usual["style-src"] == {"'unsafe-inline'"}
    same = {name: values for name, values in own.items() if "-src" not in name}
    assert same == {name: values for name, values in usual.items() if name in same}
    outside = {word for values in own.values() for word in values if "://" in word}
    assert outside == set()
    assert "'unsafe-eval'" not in usual["script-src"]


def test_nobody_signs_in_or_out_here(cast: Cast) -> None:
    client = reading(cast)
    answer: Any = client.post("/operations/admin/logout/")
    assert answer["Location"] == reverse("account_logout")
    answer = client.get("/operations/admin/password_change/")
    assert answer["Location"] == reverse("identity:account")

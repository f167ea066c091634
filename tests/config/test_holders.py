"""Whoever holds something about a person hands it out, erases it, or says why not."""

from __future__ import annotations

from django.apps import apps
from django.db import models

from accounts.consent.descriptions import holdings, remainders
from accounts.consent.registry import eraser_names, exporters
from accounts.identity.models import User

# What hangs on one of these is about a job or a company, not about a person.
PEOPLE = {User._meta.label, "accounts_care_vault.Subject"}
NOT_PEOPLE = {"jobs_postings.Posting", "accounts_employers.Organization"}


def people_in(model: type[models.Model]) -> set[str]:
    """The tables that this one's rows point to, as far as they lead."""
    found: set[str] = set()
    waiting = [model]
    while waiting:
        for field in waiting.pop()._meta.get_fields():
            if not isinstance(field, models.ForeignKey) or field.related_model is None:
                continue
            target = field.related_model._meta.label
            if target not in found | NOT_PEOPLE:
                found.add(target)
                waiting.append(field.related_model)
    return found


def test_every_table_about_a_person_is_covered() -> None:
    covered = {label for one in holdings() for label in one.models}
    kept = {label for one in remainders() for label in one.models}
    about_people = {
        model._meta.label
        for model in apps.get_models()
        if people_in(model) & PEOPLE or model._meta.label in PEOPLE
    }
    assert about_people - covered - kept == set()
    known = {model._meta.label for model in apps.get_models()}
    assert (covered | kept) - known == set()


def test_every_area_is_described_exported_and_erased() -> None:
    areas = {one.area for one in holdings()}
    assert areas == set(exporters())
    # The trail alone cannot be erased: a trigger refuses it, and it holds codes only.
    assert areas - eraser_names() == {"accounts.identity.trail"}


def test_every_remainder_says_what_why_and_how_long() -> None:
    for one in remainders():
        assert str(one.title)
        assert str(one.why)
        assert str(one.how_long)
    codes = [one.code for one in remainders()]
    assert len(codes) == len(set(codes))


def test_the_trail_holds_codes_only() -> None:
    """No column of the trail is free text, and nobody hangs on it by a foreign key."""
    trail = apps.get_model("accounts_identity.AuditEvent")
    fields = {
        f.name for f in trail._meta.get_fields() if isinstance(f, models.TextField)
    }
    assert fields == set()
    assert not any(isinstance(f, models.ForeignKey) for f in trail._meta.get_fields())

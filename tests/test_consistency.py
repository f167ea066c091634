"""House rules that no linter knows."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from celery import current_app
from django.apps import apps
from django.conf import settings
from django.core.management import get_commands
from django.db import models
from django.test.utils import isolate_apps
from django.urls import URLPattern, URLResolver, get_resolver

from accounts.lib import catalogs
from accounts.seekers.models import SeekerProfile

ROOT = Path(settings.BASE_DIR)
OURS = ("accounts", "jobs")
# Pages of the sign-in library keep its template names.
LIBRARY_TEMPLATES = ("account/", "mfa/", "usersessions/", "allauth/", "django/")
# Found by Django or by another page through a computed name.
COMPUTED_TEMPLATES = (
    "errors/",
    "emails/",
    "base.html",
    "accounts/wellbeing/library/tools/",
)
# A sign of life and the broker's own housekeeping mean nothing by hand.
NOT_COMMANDS = {"note_heartbeat", "forget_delivered_tasks"}


def our_models() -> list[type[models.Model]]:
    return [m for m in apps.get_models() if m.__module__.startswith(OURS)]


def package_of(model: type[models.Model]) -> str:
    return ".".join(model.__module__.split(".")[:2])


@cache
def sources(folder: str, *suffixes: str) -> str:
    files = (p for p in sorted((ROOT / folder).rglob("*")) if p.suffix in suffixes)
    return "\n".join(path.read_text(encoding="utf-8") for path in files)


def ways_back(found: list[type[models.Model]]) -> list[str]:
    """Relations into another package that hand that package a way to these rows."""
    return [
        f"{model.__name__}.{field.name}"
        for model in found
        for field in model._meta.get_fields()
        if isinstance(field, models.ForeignKey | models.ManyToManyField)
        and field.related_model
        and field.name not in {"groups", "user_permissions"}  # Django's own mixin
        and package_of(field.related_model) != package_of(model)
        and not field.remote_field.hidden
    ]


def test_relations_that_leave_their_package_have_no_way_back() -> None:
    assert ways_back(our_models()) == []


@isolate_apps("accounts.wellbeing.checkins", attr_name="registry")
def test_a_planted_way_back_is_found() -> None:
    """With it `seeker.diary_set` would hand somebody's diary to matching."""

    class Diary(models.Model):
        seeker = models.ForeignKey(SeekerProfile, on_delete=models.CASCADE)

        class Meta:
            app_label = "accounts_wellbeing_checkins"

        def __str__(self) -> str:
            return "diary"

    Diary.__module__ = "accounts.wellbeing.checkins.models"
    assert ways_back([Diary]) == ["Diary.seeker"]


def test_deleting_a_row_of_another_package_is_never_silent() -> None:
    """CASCADE across packages is for a person's own data, and is listed here."""
    owned = {
        "AUTH_USER": {
            "Consent.user",
            "Pin.user",
            "DataExport.user",
            "SeekerProfile.user",
            "Membership.user",
            "Invitation.invited_by",
            "CounselorProfile.user",
            "SavedPosting.user",
            "SavedSearch.user",
            "AlertReader.user",
            "AlertDigest.user",
            "EditorDraft.user",
        },
        "SEEKER": {
            "MatchFeedback.profile",
            "PlainOrder.profile",
            "Resume.profile",
            "StoredMatches.profile",
            "CohortMember.seeker",
            "AssistedProfile.seeker",
            "ProfileGrant.seeker",
            "PreparedApplication.seeker",
        },
        "POSTING": {
            "Finding.posting",
            "PostingIndex.posting",
            "SampleIndex.posting",
            "SavedPosting.posting",
            "PostingFeatures.posting",
            "MatchFeedback.posting",
            "PostingNews.posting",
            "AlertMatch.posting",
            "PreparedApplication.posting",
            "PostingDay.posting",
            "PostingReach.posting",
            "EditorDraft.posting",
        },
    }
    allowed = set().union(*owned.values())
    cascades = {
        f"{model.__name__}.{field.name}"
        for model in our_models()
        for field in model._meta.get_fields()
        if isinstance(field, models.ForeignKey)
        and package_of(field.related_model) != package_of(model)
        and field.remote_field.on_delete is models.CASCADE
    }
    assert cascades <= allowed


@pytest.mark.parametrize(
    "config", [c for c in apps.get_app_configs() if c.name.startswith(OURS)], ids=str
)
def test_labels_name_the_address(config: object) -> None:
    name, label = config.name, config.label  # type: ignore[attr-defined]
    assert label == name.replace(".", "_")


def test_models_have_names_for_people() -> None:
    unnamed = [m.__name__ for m in our_models() if not _has_own_name(m)]
    assert unnamed == []


def _has_own_name(model: type[models.Model]) -> bool:
    return "verbose_name" in model._meta.original_attrs


def test_task_names_are_their_addresses() -> None:
    current_app.loader.import_default_modules()
    wrong = [
        name
        for name, task in current_app.tasks.items()
        if task.__module__.startswith(OURS)
        and name != f"{'.'.join(task.__module__.split('.')[:2])}.{task.__name__}"
    ]
    assert wrong == []


@pytest.mark.parametrize("key", settings.CELERY_BEAT_SCHEDULE)
def test_every_scheduled_task_exists_and_can_be_run_by_hand(key: str) -> None:
    current_app.loader.import_default_modules()
    task = str(settings.CELERY_BEAT_SCHEDULE[key]["task"])
    assert task in current_app.tasks
    function = task.rsplit(".", 1)[1]
    assert function in get_commands() or function in NOT_COMMANDS


def named_urls(
    patterns: list[URLPattern | URLResolver], namespace: str = ""
) -> Iterator[str]:
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            inner = ":".join(filter(None, (namespace, pattern.namespace)))
            yield from named_urls(pattern.url_patterns, inner)
        elif pattern.name and pattern.lookup_str.startswith((*OURS, "config")):
            yield f"{namespace}:{pattern.name}" if namespace else pattern.name


def test_every_url_has_an_access_test() -> None:
    """Its name stands in a test_access file, which asks the whole cast."""
    tests = "\n".join(
        path.read_text(encoding="utf-8")
        for path in sorted((ROOT / "tests").rglob("test_access*.py"))
    )
    names = set(named_urls(get_resolver().url_patterns))
    assert {name for name in names if f'"{name}"' not in tests} == set()


def test_every_template_is_used() -> None:
    text = sources("templates", ".html", ".txt") + "".join(
        sources(folder, ".py") for folder in ("accounts", "config", "jobs")
    )
    unused = [
        name
        for path in sorted((ROOT / "templates").rglob("*.html"))
        if not (name := str(path.relative_to(ROOT / "templates"))).startswith(
            (*LIBRARY_TEMPLATES, *COMPUTED_TEMPLATES)
        )
        and name not in text
    ]
    assert unused == []


FORM = re.compile(r"<form\b(?:\{%.*?%\}|[^>])*>")
# Where people hire and where that is checked.
SAID_BY_US = (
    "accounts/employers",
    "accounts/evidence",
    *(f"jobs/{name}" for name in ("applications", "editor", "hiring", "insights")),
    *(f"jobs/{name}" for name in ("postings", "screening", "talent")),
)


def test_mistakes_are_told_by_us_and_not_by_the_browser() -> None:
    """A browser's own bubble is in its language, goes away, and keeps drafts from being
    saved; our sentence stands beside the field."""
    silent = [
        f"{path.relative_to(ROOT)}: {form[0]}"
        for folder in SAID_BY_US
        for path in sorted((ROOT / "templates" / folder).rglob("*.html"))
        for form in FORM.finditer(path.read_text(encoding="utf-8"))
        if re.search(r'class="(?:[^"]* )?form[ "]', form[0])
        and "novalidate" not in form[0]
    ]
    assert silent == []


def test_every_message_is_translated() -> None:
    assert catalogs.problems() == []


def test_files_stay_small() -> None:
    long = {
        str(path.relative_to(ROOT)): lines
        for folder in (*OURS, "config")
        for path in sorted((ROOT / folder).rglob("*.py"))
        if "migrations" not in path.parts
        and (lines := len(path.read_text(encoding="utf-8").splitlines())) > 450
    }
    assert long == {}


BANNED_WORDS = re.compile(r"老赖|抑郁症|焦虑症|\bTODO\b|\bFIXME\b")


def test_words_we_never_use() -> None:
    text = sources("templates", ".html", ".txt") + sources("locale", ".po")
    assert BANNED_WORDS.findall(text) == []

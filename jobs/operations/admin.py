"""Which tables operators may read. Nothing about a person who looks for work, and
nothing that somebody wrote to somebody: tests/jobs/operations/test_admin.py holds it."""

from __future__ import annotations

from typing import Any

from django.apps import apps
from django.db import models
from django.http import HttpRequest
from unfold.admin import ModelAdmin

from accounts.employers.models import Organization, ResponseRecord
from accounts.identity.models import (
    Announcement,
    FeatureSwitch,
    Heartbeat,
    OutboxMessage,
    SwitchChange,
    User,
)
from accounts.lib.crypto import EncryptedTextField
from jobs.matching.models import MatchRun, PostingFeatures, ShardVersion
from jobs.operations.columns import name_columns
from jobs.operations.models import TaskRun
from jobs.operations.site import AREAS, site
from jobs.postings.models import (
    ImportRefusal,
    ImportRun,
    Posting,
    PostingRevision,
    PostingTransition,
)
from jobs.screening.models.findings import Finding
from jobs.screening.models.rescreening import RescreenChange, RescreenRun
from jobs.screening.models.review import ReviewDecision
from jobs.screening.models.samples import SampleAudit
from jobs.screening.models.sanctions import Sanction, SanctionTransition
from jobs.screening.models.transparency import TransparencyCount
from jobs.search.models import WordFrequency

# What was said on the telephone, or to a colleague alone.
LEFT_OUT = {
    OutboxMessage: {"subject", "dedupe_key"},
    SampleAudit: {"note", "callback_note"},
    Sanction: {"evidence", "hidden"},
}
LISTED: dict[type[models.Model], tuple[str, ...]] = {
    Organization: ("display_name", "uscc", "kind", "verification", "created_at"),
    ResponseRecord: ("organization", "waits", "answered", "counted_at"),
    Posting: ("title", "organization", "state", "city_code", "published_at"),
    PostingRevision: ("posting", "number", "at"),
    PostingTransition: ("posting", "event", "from_state", "to_state", "at"),
    ImportRun: ("source_name", "created", "updated", "refused", "started_at"),
    ImportRefusal: ("run", "row_number", "code"),
    Finding: ("rule", "posting", "severity", "field"),
    ReviewDecision: ("posting", "verdict", "at"),
    RescreenRun: ("version_to", "state", "total", "done", "started_at"),
    RescreenChange: ("run", "posting", "effect", "outcome"),
    SampleAudit: ("posting", "month", "result", "at"),
    Sanction: ("organization", "posting", "kind", "state", "at"),
    SanctionTransition: ("sanction", "event", "to_state", "at"),
    TransparencyCount: ("month", "measure", "rule", "value"),
    OutboxMessage: ("template", "channel", "state", "attempts", "due_at", "last_error"),
    Heartbeat: ("name", "at"),
    FeatureSwitch: ("name", "state", "percentage", "version", "changed_at"),
    SwitchChange: ("name", "from_state", "state", "note", "at"),
    Announcement: ("zh_hans", "starts_at", "ends_at", "at"),
    MatchRun: ("started_at", "finished_at", "total", "done", "failed"),
    PostingFeatures: ("posting", "shard", "version", "reading_version"),
    ShardVersion: ("shard", "version", "changed_at"),
    WordFrequency: ("lexeme", "entries"),
    TaskRun: ("task", "state", "asked_at", "started_at", "ended_at", "count", "error"),
}
SEARCHED: dict[type[models.Model], tuple[str, ...]] = {
    Organization: ("display_name", "legal_name", "uscc"),
    Posting: ("title", "public_id"),
    Finding: ("rule",),
    TaskRun: ("task",),
    OutboxMessage: ("template",),
    WordFrequency: ("lexeme",),
}
FILTERED = ("state", "kind", "verification", "severity", "verdict", "effect", "result")


class ReadOnly(ModelAdmin):  # type: ignore[misc]
    """Every table here may be read and nothing else."""

    list_per_page = 50
    show_full_result_count = False
    actions = None

    def has_add_permission(self, request: HttpRequest) -> bool:
        del request
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        del request, obj
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        del request, obj
        return False

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        del obj
        return bool(self.admin_site.has_permission(request))

    def has_module_permission(self, request: HttpRequest) -> bool:
        return bool(self.admin_site.has_permission(request))

    def get_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        del request, obj
        return readable_fields(self.model)


def readable_fields(model: type[models.Model]) -> list[str]:
    """All columns but people, and what is kept encrypted."""
    left_out = LEFT_OUT.get(model, set())
    return [
        field.name
        for field in model._meta.concrete_fields
        if field.name not in left_out
        and not isinstance(field, EncryptedTextField)
        and field.related_model is not User
    ]


def _register(model: type[models.Model], shown: tuple[str, ...]) -> None:
    fields = {field.name for field in model._meta.concrete_fields}
    more = {
        "list_display": shown,
        "list_filter": [name for name in FILTERED if name in fields],
        "search_fields": SEARCHED.get(model, ()),
        "list_select_related": [
            name
            for name in shown
            if isinstance(model._meta.get_field(name), models.ForeignKey)
        ],
    }
    site.register(model, type(f"{model.__name__}Admin", (ReadOnly,), more))


def register_all() -> None:
    """Once, when the app starts."""
    for label, words in AREAS.items():
        apps.get_app_config(label).verbose_name = words
    for model, shown in LISTED.items():
        if not site.is_registered(model):
            name_columns(model)
            _register(model, shown)

"""A posting that is just being written: versions by two people, and words not saved."""

from __future__ import annotations

from typing import Any

from accounts.employers.models import Membership, Organization
from accounts.identity.models import User
from jobs.editor.role_templates import role_templates
from jobs.editor.services.starting import begin_from_template
from jobs.editor.services.typed import keep_typed
from jobs.postings.services import update_posting
from jobs.public.demo import content


def load_editing(organizations: dict[str, Organization]) -> int:
    rows = content.read("editing")["editing"]
    for row in rows:
        _load(row, organizations[row["employer"]])
    return len(rows)


def _load(row: dict[str, Any], organization: Organization) -> None:
    members = _members(organization)
    posting = begin_from_template(
        organization=organization,
        actor=members[row["saved"][0]["by"]],
        template=role_templates()[row["template"]],
        language="zh-hans",
    )
    for saved in row["saved"]:
        fields = {name: _tidy(value) for name, value in saved["fields"].items()}
        posting = update_posting(
            posting=posting,
            actor=members[saved["by"]],
            fields=fields | {"district": row["district"]},
            version=posting.version,
        )
    for typed in row["typed"]:
        keep_typed(
            posting=posting,
            user=members[typed["by"]],
            step=typed["step"],
            content=typed["content"],
            version=posting.version,
        )


def _tidy(value: Any) -> Any:
    return value.strip() if isinstance(value, str) else value


def _members(organization: Organization) -> dict[str, User]:
    """By the name before the dot: 林晚 · 海棠湾."""
    rows = Membership.objects.filter(organization=organization).select_related("user")
    return {row.user.display_name.split(" · ")[0]: row.user for row in rows}

"""The demo's reports and measures, taken through the real services."""

from __future__ import annotations

from typing import Any

from accounts.employers.models import Membership, Organization
from accounts.identity.models import User
from jobs.postings.models import Posting
from jobs.public.demo import content
from jobs.public.demo.guide import demo_address
from jobs.screening.models.reports import Report
from jobs.screening.services.appeals import file_appeal
from jobs.screening.services.reports import decide_report, file_report
from jobs.screening.services.sanctions import impose_sanction
from jobs.screening.services.second_look import confirm_sanction


def load_reports(organizations: dict[str, Organization], moderators: list[User]) -> int:
    """How many reports there are now; the first moderator proposes, the second looks."""
    titles = {row["slug"]: row["title"] for row in content.postings()}
    for row in content.reports():
        _report(row, titles[row["posting"]], moderators)
    for row in content.measures():
        impose_sanction(
            organization=organizations[row["employer"]],
            kind=row["kind"],
            actor=moderators[0],
            basis=row["basis"],
            note=row["note"],
        )
    return len(content.reports())


def _report(row: dict[str, Any], title: str, moderators: list[User]) -> None:
    report, _is_new = file_report(
        category=row["category"],
        text=row["text"],
        posting=Posting.objects.get(title=title),
        reporter=_seeker(row["by"]),
    )
    if "outcome" not in row:
        return
    decided = decide_report(
        report=report,
        reviewer=moderators[0],
        outcome=row["outcome"],
        seen=report.state,
        basis=row.get("basis", []),
        note=row.get("note", ""),
        reporter_note=row["reporter_note"],
    )
    if row.get("confirmed"):
        _confirm(decided, moderators[1], row.get("appeal", ""))


def _seeker(slug: str) -> User | None:
    if not slug:
        return None
    row = next(row for row in content.seekers() if row["slug"] == slug)
    return User.objects.get(email=demo_address(row["email"]))


def _confirm(report: Report, second: User, appeal: str) -> None:
    assert report.sanction is not None
    sanction = confirm_sanction(sanction=report.sanction, reviewer=second)
    if appeal:
        admin = Membership.objects.filter(
            organization=sanction.organization, role="admin", is_active=True
        ).first()
        assert admin is not None
        file_appeal(sanction=sanction, actor=admin.user, text=appeal)

"""What the site forgets by itself: for the console, with how much is due now."""

from __future__ import annotations

import logging
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.assisted.services import drafts, grants, proposals
from accounts.consent.enums import ExportState
from accounts.consent.models import DataExport
from accounts.consent.services.deletions import due_deletions
from accounts.evidence import services as evidence
from accounts.identity.services.leaving import old_messages
from accounts.lib.health import RetentionJob
from jobs.alerts.services import forgetting
from jobs.api.services import answers
from jobs.applications.services import attachments, prepared
from jobs.editor.services import typed
from jobs.feeds.services import runs as files
from jobs.insights.services import forgetting as counts
from jobs.operations.services.runs import old_runs
from jobs.resumes.services import shares
from jobs.talent.services import retention as team
from jobs.webhooks.services import forgetting as notices

logger = logging.getLogger(__name__)


def _papers(now: datetime) -> int:
    return len(evidence.due_documents(now=now)) + len(evidence.orphan_files(now=now))


def _exports(now: datetime) -> int:
    ready = DataExport.objects.filter(state=ExportState.READY)
    return ready.filter(expires_at__lte=now).count()


def _assisted(now: datetime) -> int:
    asked = (
        drafts.due_drafts(now=now).count() + proposals.due_proposals(now=now).count()
    )
    return asked + grants.due_grants(now=now).count()


def _alerts(now: datetime) -> int:
    return forgetting.old_matches(now).count() + forgetting.old_digests(now).count()


def _team(now: datetime) -> int:
    return team.due_applications(now=now).count() + team.due_entries(now=now).count()


def due_count(job: RetentionJob, now: datetime) -> int | None:
    """How much the job would forget now; None where that cannot be said."""
    try:
        with transaction.atomic():
            return job.count(now)
    except Exception as error:  # noqa: BLE001 - a store of files may not answer
        logger.warning("count of %s: %s", job.task, type(error).__name__)
        return None


JOBS = (
    RetentionJob(
        "accounts.consent.erase_due_accounts",
        _("Accounts of people who left"),
        _("Erases everything that the law does not make us keep."),
        _("7 days after they asked"),
        lambda now: due_deletions(now=now).count(),
    ),
    RetentionJob(
        "accounts.consent.make_due_exports",
        _("Copies of people's data"),
        _("Deletes copies that were ready. It also makes those that wait."),
        _("7 days after it was ready"),
        _exports,
    ),
    RetentionJob(
        "accounts.identity.blank_old_messages",
        _("Words of messages"),
        _("Forgets words and addresses. The record of sending stays."),
        _("30 days after it left"),
        lambda now: old_messages(now=now).count(),
    ),
    RetentionJob(
        "accounts.evidence.erase_old_documents",
        _("Papers of employers and counselors"),
        _("Erases the files. The record that there was one stays."),
        _("at once, or up to 30 days later"),
        _papers,
    ),
    RetentionJob(
        "accounts.assisted.expire_assisted",
        _("Profiles that counselors began"),
        _("Erases what nobody took over, and ends looks that ran out."),
        _("14 days after it was begun"),
        _assisted,
    ),
    RetentionJob(
        "jobs.applications.expire_prepared",
        _("Prepared applications"),
        _("Throws away what waited for a yes."),
        _("14 days after it was prepared"),
        lambda now: prepared.due_prepared(now=now).count(),
    ),
    RetentionJob(
        "jobs.applications.erase_old_files",
        _("Files of messages"),
        _("Erases files that were sent with an application."),
        _("half a year after it ended"),
        lambda now: attachments.due_files(now=now).count(),
    ),
    RetentionJob(
        "jobs.alerts.forget_alerts",
        _("What saved searches found"),
        _("Forgets what was found, and which messages told of it."),
        _("90 days after it was found"),
        _alerts,
    ),
    RetentionJob(
        "jobs.resumes.forget_shares",
        _("Links to résumés"),
        _("Deletes links that open nothing any more."),
        _("30 days after they ended"),
        lambda now: shares.old_shares(now).count(),
    ),
    RetentionJob(
        "jobs.editor.forget_typed",
        _("What was typed and left"),
        _("Deletes unsaved words of postings."),
        _("30 days after they were typed"),
        lambda now: typed.old_typed(now=now).count(),
    ),
    RetentionJob(
        "jobs.talent.erase_old_team_records",
        _("Notes and scorecards of teams"),
        _("Erases what a team wrote about an applicant."),
        _("half a year after the application ended"),
        _team,
    ),
    RetentionJob(
        "jobs.feeds.forget_bulk_rows",
        _("Rows of sent files"),
        _("Deletes the rows. The drafts made of them stay."),
        _("30 days after the file was done with"),
        lambda now: files.forget_rows(now=now, apply=False),
    ),
    RetentionJob(
        "jobs.webhooks.forget_webhooks",
        _("Notices to programs"),
        _("Deletes what was told, and every attempt."),
        _("30 days after it happened"),
        lambda now: notices.old_events(now=now).count(),
    ),
    RetentionJob(
        "jobs.api.forget_api_answers",
        _("Kept answers of the API"),
        _("Deletes answers that were kept for repeated requests."),
        _("24 hours after they were given"),
        lambda now: answers.old_answers(now=now).count(),
    ),
    RetentionJob(
        "jobs.insights.forget_counts",
        _("Counts of views"),
        _("Deletes how often postings were seen on a day."),
        _("400 days after that day"),
        lambda now: counts.forget_counts(now=now, for_real=False),
    ),
    RetentionJob(
        "jobs.operations.forget_task_runs",
        _("Runs of tasks"),
        _("Forgets when a task ran. Frequent ones that went well go first."),
        _("2 or 30 days after the run"),
        lambda now: old_runs(now).count(),
    ),
)

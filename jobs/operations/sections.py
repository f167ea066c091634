"""The console's own look at everything below it, section by section."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.db import connection
from django.db.models import Sum
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _, gettext_lazy

from accounts.consent.enums import UNFINISHED_EXPORTS, DeletionState, ExportState
from accounts.consent.models import AccountDeletion, DataExport
from accounts.consent.services.deletions import due_deletions
from accounts.employers.enums import VerificationState
from accounts.employers.models import Organization
from accounts.evidence.enums import DocumentState
from accounts.evidence.models import Document
from accounts.identity.enums import MessageState
from accounts.identity.models import FeatureSwitch, Heartbeat, OutboxMessage
from accounts.identity.switches import SWITCHES
from accounts.lib.dates import moment_text
from accounts.lib.health import BAD, FINE, LOOK, Reading, Section, probe
from jobs.matching.models import MatchRun, PostingFeatures
from jobs.operations import access
from jobs.operations.enums import RunState
from jobs.operations.models import TaskRun
from jobs.operations.rules import is_late
from jobs.operations.schedule import in_words, timed_tasks
from jobs.postings.enums import PostingState
from jobs.postings.models import Posting
from jobs.screening.models.reports import UNDECIDED, Report
from jobs.screening.models.rescreening import RescreenRun
from jobs.screening.rules.catalogue import default_catalogue
from jobs.screening.services.rescreening import read_by_other_rules
from jobs.search.models import WordDelta
from jobs.search.services.entries import postings_to_index

FRESH = timedelta(minutes=1)
OLDEST_DUE = timedelta(minutes=2)
# Of the disk, in hundredths.
LITTLE_ROOM, NO_ROOM = 15, 5
A_DAY = timedelta(days=1)
Readings = Iterator[Reading]


def _programs(now: datetime) -> Readings:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_database_size(current_database())")
        (size,) = cursor.fetchone()
    yield Reading(_("Database"), _("answers"), FINE, note=filesizeformat(size))
    yield _broker()
    beats = Heartbeat.objects.filter(name="worker").values_list("at", flat=True)
    beat = beats.first()
    yield _sign_of_life(_("Worker"), beat, now)
    moments = [beat, access.clock_started_at()]
    latest = max((moment for moment in moments if moment), default=None)
    yield _sign_of_life(_("Clock"), latest, now)
    yield _disk()


def _broker() -> Reading:
    try:
        answer = probe("broker")
    except Exception:  # noqa: BLE001 - whatever broke, it does not answer
        return Reading(_("Broker"), _("does not answer"), BAD)
    if not answer:
        return Reading(_("Broker"), _("not asked"), LOOK)
    waiting = answer.get("waiting", 0)
    return Reading(
        _("Broker"),
        _("answers"),
        FINE,
        note=_("%(n)s tasks wait in the queue") % {"n": waiting},
    )


def _sign_of_life(label: str, at: datetime | None, now: datetime) -> Reading:
    if at is None:
        return Reading(label, _("no sign of life yet"), BAD)
    ago = max(now - at, timedelta(0))
    words = _("%s ago") % in_words(ago)
    return Reading(label, words, FINE if ago <= FRESH else BAD)


def _disk() -> Reading:
    folder = Path(settings.VAR_DIR)
    usage = shutil.disk_usage(folder if folder.exists() else folder.parent)
    percent = usage.free * 100 // usage.total
    state = BAD if percent < NO_ROOM else LOOK if percent < LITTLE_ROOM else FINE
    note = _("%s free") % filesizeformat(usage.free)
    return Reading(_("Disk"), f"{percent} %", state, note=note)


def _messages(now: datetime) -> Readings:
    rows = OutboxMessage.objects.all()
    waiting = rows.filter(state=MessageState.PENDING).count()
    yield Reading(_("Waiting"), waiting, url_name="operations:outbox")
    oldest = access.oldest_due(now=now)
    if oldest is not None:
        ago = now - oldest
        state = LOOK if ago > OLDEST_DUE else FINE
        state = BAD if ago > access.LATE else state
        yield Reading(_("Oldest that is due"), _("%s ago") % in_words(ago), state)
    failed = rows.filter(state=MessageState.FAILED).count()
    yield Reading(
        _("Failed"), failed, LOOK if failed else FINE, url_name="operations:outbox"
    )


def _tasks(now: datetime) -> Readings:
    failed = TaskRun.objects.filter(state=RunState.FAILED, asked_at__gte=now - A_DAY)
    count = failed.count()
    yield Reading(
        _("Failed today"), count, LOOK if count else FINE, url_name="operations:tasks"
    )
    late = len(late_tasks(now))
    yield Reading(_("Late"), late, LOOK if late else FINE, url_name="operations:tasks")


def late_tasks(now: datetime) -> set[str]:
    """Tasks that ran before and should have run again since."""
    last = access.last_runs()
    return {
        name
        for name, timed in timed_tasks().items()
        if name in last
        and is_late(
            due=timed.due_after(last[name].started_at or last[name].asked_at),
            every=timed.every,
            now=now,
        )
    }


def _wishes(now: datetime) -> Readings:
    exports = DataExport.objects.filter(state__in=UNFINISHED_EXPORTS)
    yield Reading(_("Copies of data being made"), exports.count())
    failed = DataExport.objects.filter(state=ExportState.FAILED).count()
    yield Reading(_("Copies that did not work"), failed, LOOK if failed else FINE)
    leaving = AccountDeletion.objects.filter(state=DeletionState.WAITING)
    yield Reading(_("Accounts in their week to think it over"), leaving.count())
    overdue = due_deletions(now=now - timedelta(hours=1)).count()
    yield Reading(
        _("Erasures more than an hour late"),
        overdue,
        BAD if overdue else FINE,
        url_name="operations:retention",
    )


def _desks(_now: datetime) -> Readings:
    postings = Posting.objects.filter(state=PostingState.IN_REVIEW).count()
    yield Reading(_("Postings to check"), postings, url_name="screening:queue")
    employers = Organization.objects.filter(verification=VerificationState.SUBMITTED)
    yield Reading(
        _("Employers to check"), employers.count(), url_name="employers:verifications"
    )
    reports = Report.objects.filter(state__in=UNDECIDED).count()
    yield Reading(_("Undecided reports"), reports, url_name="screening:reports")


def _search(_now: datetime) -> Readings:
    yield Reading(_("Open postings"), Posting.objects.open().count())
    missing = postings_to_index().count()
    yield Reading(_("Not in the search yet"), missing, LOOK if missing else FINE)
    words = WordDelta.objects.count()
    yield Reading(_("Word counts to take in"), words, LOOK if words > 1000 else FINE)
    read = PostingFeatures.objects.values("posting")
    unread = Posting.objects.open().exclude(pk__in=read).count()
    yield Reading(_("Not read for matching yet"), unread, LOOK if unread else FINE)
    run = MatchRun.objects.order_by("-started_at").first()
    yield Reading(
        _("Lists made at night"),
        moment_text(run.started_at) if run else _("not yet"),
        LOOK if run and run.failed else "",
        url_name="matching:runs",
        note=f"{run.done}/{run.total}" if run else "",
    )


def _rules(_now: datetime) -> Readings:
    yield Reading(_("Version of the rules"), default_catalogue().version)
    unread = read_by_other_rules().count()
    yield Reading(
        _("Read by older rules"),
        unread,
        LOOK if unread else FINE,
        url_name="screening:rescreening",
    )
    run = RescreenRun.objects.order_by("-started_at").first()
    if run is not None:
        words = moment_text(run.started_at)
        yield Reading(_("Last reading"), words, note=run.get_state_display())


def _papers(_now: datetime) -> Readings:
    stored = Document.objects.stored()
    size = stored.aggregate(total=Sum("size"))["total"] or 0
    yield Reading(_("Files kept"), stored.count(), note=filesizeformat(size))
    waiting = stored.filter(state=DocumentState.WAITING, replaced_at__isnull=True)
    yield Reading(_("Papers to look at"), waiting.count())
    place = _("in a bucket") if settings.EVIDENCE_URL else _("in a folder")
    yield Reading(_("Kept where"), place)


def _switches(_now: datetime) -> Readings:
    moved = [
        SWITCHES[row.name]
        for row in FeatureSwitch.objects.order_by("name")
        if row.name in SWITCHES and row.state != SWITCHES[row.name].default
    ]
    for switch in moved:
        yield Reading(switch.title, _("changed"), LOOK, url_name="operations:switches")
    if not moved:
        yield Reading(
            _("All as usual"), len(SWITCHES), FINE, url_name="operations:switches"
        )


SECTIONS = (
    Section("programs", gettext_lazy("Programs"), _programs, place=10),
    Section("messages", gettext_lazy("Outgoing messages"), _messages, place=20),
    Section("tasks", gettext_lazy("Tasks"), _tasks, place=30),
    Section("desks", gettext_lazy("What waits for people"), _desks, place=40),
    Section("wishes", gettext_lazy("Copies and erasures"), _wishes, place=60),
    Section("search", gettext_lazy("Search and matching"), _search, place=70),
    Section("rules", gettext_lazy("Rules for postings"), _rules, place=80),
    Section("papers", gettext_lazy("Papers"), _papers, place=85),
    Section("switches", gettext_lazy("Switches"), _switches, place=90),
)

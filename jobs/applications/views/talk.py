"""Calls, messages and checks as both sides' pages show them."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext as _, gettext_lazy

from accounts.identity.models import User
from accounts.identity.rules.phones import shown_phone
from accounts.lib.dates import SHANGHAI, moment_text
from accounts.seekers.enums import CallWish
from jobs.applications import access
from jobs.applications.enums import (
    ENDED_STATES,
    CallRefusal,
    ContactChannel,
    MessageRefusal,
    Side,
)
from jobs.applications.forms import CallsForm, MessageForm, OutcomeForm
from jobs.applications.models import Application, CheckRequest, Message
from jobs.applications.rules.attachments import may_take_back
from jobs.applications.rules.contact import (
    CALLS_A_DAY,
    in_hours,
    shanghai_day,
    shown_until,
)
from jobs.applications.services import checks, contact, messages
from jobs.postings.enums import Screening, ScreeningStage
from jobs.postings.facts import label_of

CALL_SENTENCES: dict[CallRefusal, Promise] = {
    CallRefusal.ENDED: gettext_lazy(
        "This application has ended. The number is no longer shown."
    ),
    CallRefusal.TAKEN_DOWN: gettext_lazy(
        "The posting was taken down. The number is no longer shown."
    ),
    CallRefusal.NOT_CHECKED: gettext_lazy(
        "The check of your organisation is missing or has run out. "
        "No number is shown until it is renewed."
    ),
    CallRefusal.STOPPED: gettext_lazy(
        "The applicant wants no more calls from you. Please write."
    ),
    CallRefusal.WRITE_ONLY: gettext_lazy("The applicant asks you only to write."),
    CallRefusal.AT_NIGHT: gettext_lazy(
        "Nobody is called between 22:00 and 8:00. Please try again by day."
    ),
    CallRefusal.TOO_OFTEN: gettext_lazy(
        "Your organisation has already looked at this number three times today. "
        "Please write, or call tomorrow. This fourth time is on your record."
    ),
    CallRefusal.NOT_AGREED: gettext_lazy(
        "The applicant only takes calls at a time you agreed on. Invite them to an "
        "interview by phone: the number opens half an hour before."
    ),
}
# Before anything was asked: nothing is on a record yet.
FULL_FOR_TODAY = gettext_lazy(
    "Your organisation has looked at this number three times today. "
    "Please write, or call tomorrow."
)
MESSAGE_SENTENCES: dict[MessageRefusal, Promise] = {
    MessageRefusal.ENDED: gettext_lazy(
        "This application has ended. You can still read what was written."
    ),
    MessageRefusal.TAKEN_DOWN: gettext_lazy(
        "The posting was taken down. You can still read what was written."
    ),
    MessageRefusal.STOPPED: gettext_lazy(
        "The applicant wants no more messages from you. "
        "Your steps remain: an invitation, an offer, or a no with a reason."
    ),
    MessageRefusal.WAIT: gettext_lazy(
        "Three of your messages wait for an answer. "
        "Please wait for it, or write tomorrow."
    ),
    MessageRefusal.TOO_MANY: gettext_lazy(
        "You wrote 20 messages within an hour. Please go on a little later."
    ),
    MessageRefusal.CONTACT: gettext_lazy(
        "Please leave out phone numbers, WeChat and other ways to talk, "
        "and do not ask for them. Everything can be said here."
    ),
    MessageRefusal.LINK: gettext_lazy(
        "Please leave links out. "
        "The address of a talk by video belongs in the invitation to the interview."
    ),
    MessageRefusal.CREDIT_REPORT: gettext_lazy(
        "You may ask for a credit report only if the posting said so, and not before "
        "the stage it names. Then there is a button for it."
    ),
    MessageRefusal.NO_CONVICTION: gettext_lazy(
        "You may ask for a certificate of no criminal record only if the posting said "
        "so, and not before the stage it names. Then there is a button for it."
    ),
}

PASSING = frozenset({MessageRefusal.WAIT, MessageRefusal.TOO_MANY})


@dataclass(frozen=True, slots=True)
class FileLine:
    """A file of a message; without `url` it has been erased."""

    name: str = ""
    size: int = 0
    url: str = ""
    take_back_url: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    who: str
    body: str
    when: str
    is_mine: bool
    files: list[FileLine] = field(default_factory=list)
    # Where a seeker reports what was written or sent to them.
    report_url: str = ""


@dataclass(frozen=True, slots=True)
class Talk:
    """The thread of one side; `closed` says why there is no form, and `unsent` keeps
    what was typed into one that was there a moment ago."""

    lines: list[Line]
    form: MessageForm | None
    closed: str = ""
    unsent: str = ""
    hint: str = ""
    is_messages_stopped: bool = False


@dataclass(frozen=True, slots=True)
class CallPanel:
    """The employer's way to the number: `number` while it is open, else `why_not`."""

    number: str = ""
    until: str = ""
    why_not: str = ""
    wish: str = ""
    left: int = 0
    outcome: OutcomeForm | None = None


@dataclass(frozen=True, slots=True)
class CheckPanel:
    """A check that the posting declared, as the employer's page shows it."""

    kind: str
    label: str
    stage: str
    can_ask: bool
    asked: list[CheckRequest] = field(default_factory=list)


def refused_call(reason: str) -> str:
    return str(CALL_SENTENCES[CallRefusal(reason)])


def talk_of(
    application: Application, side: Side, user: User, form: MessageForm | None = None
) -> Talk:
    """`form` is a bound one that was refused: what was typed stays."""
    now = timezone.now()
    reason = messages.why_no_message(application, side, now=now)
    shown = form or MessageForm()
    typed = str(form["text"].value() or "") if form else ""
    # Words that only have to wait stay in their form; otherwise there is none.
    has_form = reason is None or (reason in PASSING and form is not None)
    return Talk(
        lines=_lines(application, side, user, now),
        form=shown if has_form else None,
        closed="" if reason is None or has_form else str(MESSAGE_SENTENCES[reason]),
        unsent="" if has_form else typed,
        hint=_hint(side, now),
        is_messages_stopped=access.is_stopped(application, ContactChannel.MESSAGE),
    )


def _hint(side: Side, now: datetime) -> str:
    if side == Side.EMPLOYER and not in_hours(now):
        return _("It is night. Your message arrives at 8:00.")
    return ""


def _lines(
    application: Application, side: Side, user: User, now: datetime
) -> list[Line]:
    if side == Side.EMPLOYER and not application.is_shared:
        return []
    return [
        Line(
            who=_who(message, side, application),
            body=message.body,
            when=_moment(message, side, now),
            is_mine=message.side == side,
            files=_files(message, user, now),
            report_url=_report_url(message, side, application),
        )
        for message in access.thread_of(application, side, now=now).prefetch_related(
            "attachments"
        )
    ]


def _files(message: Message, user: User, now: datetime) -> list[FileLine]:
    return [
        FileLine(
            name=row.name,
            size=row.size,
            url=reverse("applications:file", args=[row.public_id]),
            take_back_url=reverse("applications:take_file_back", args=[row.public_id])
            if message.sender_id == user.pk and may_take_back(row.sent_at, now=now)
            else "",
        )
        if row.storage_key
        else FileLine()
        for row in sorted(message.attachments.all(), key=lambda row: row.pk)
    ]


def _report_url(message: Message, side: Side, application: Application) -> str:
    """Reports are about postings and employers: only a seeker has somebody to report."""
    if side == message.side or side == Side.EMPLOYER:
        return ""
    return reverse("reports:job", args=[application.posting.public_id])


def _who(message: Message, side: Side, application: Application) -> str:
    if message.side == side == Side.SEEKER:
        return _("You")
    if message.side == Side.SEEKER:
        return application.applicant_name
    if side == Side.EMPLOYER:
        return str(message.sender)
    return application.organization.display_name


def _moment(message: Message, side: Side, now: datetime) -> str:
    if message.visible_at > now:
        return _("Arrives %(when)s") % {"when": moment_text(message.visible_at)}
    when = capfirst(moment_text(message.visible_at))
    if message.side == side and message.read_at:
        return _("%(when)s · read") % {"when": when}
    return when


def call_panel(
    application: Application, user: User, form: OutcomeForm | None = None
) -> CallPanel | None:
    """None once the application has ended: there is nobody to call."""
    if application.state in ENDED_STATES:
        return None
    now = timezone.now()
    number, until = _open_number(application, user, now)
    looks = access.looks_on(application, shanghai_day(now))
    return CallPanel(
        number=number,
        until=until,
        why_not="" if number else _why_not(application, now),
        wish=str(CallWish(application.calls).label),
        left=max(CALLS_A_DAY - looks, 0),
        outcome=form or _outcome_form(application),
    )


def _open_number(
    application: Application, user: User, now: datetime
) -> tuple[str, str]:
    """The number and until when, both empty unless this person's look still runs."""
    look = contact.open_number(application=application, actor=user, now=now)
    if look is None:
        return "", ""
    number = shown_phone(application.snapshot["phone"]) or _("No number given")
    return number, f"{shown_until(look.at).astimezone(SHANGHAI):%H:%M}"


def _why_not(application: Application, now: datetime) -> str:
    reason = contact.why_not(application, now=now)
    if reason is None:
        return ""
    if reason == CallRefusal.TOO_OFTEN:
        return str(FULL_FOR_TODAY)
    return refused_call(reason)


def _outcome_form(application: Application) -> OutcomeForm | None:
    """For the last look at the number, as long as nobody said how the call went."""
    last = application.attempts.filter(number__isnull=False).order_by("-at", "-pk")
    look = last.first()
    if look is None or look.outcome:
        return None
    return OutcomeForm(initial={"attempt": look.pk})


def calls_form(application: Application) -> CallsForm | None:
    """Where the seeker may still change their mind about calls."""
    if application.state in ENDED_STATES:
        return None
    if access.is_stopped(application, ContactChannel.PHONE):
        return None
    return CallsForm(initial={"calls": application.calls})


def check_panel(application: Application) -> CheckPanel | None:
    kind = application.declared_check
    if kind == Screening.NONE or application.state in ENDED_STATES:
        return None
    return CheckPanel(
        kind=kind,
        label=label_of(Screening, kind),
        stage=label_of(ScreeningStage, application.declared_stage),
        can_ask=checks.can_ask(application, kind),
        asked=list(application.checks.order_by("pk")),
    )


def open_questions(application: Application) -> list[CheckRequest]:
    """What the seeker may still answer."""
    if application.state in ENDED_STATES:
        return []
    return list(application.checks.filter(answer="").order_by("pk"))

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class ApplicationState(models.TextChoices):
    SUBMITTED = "submitted", _("Sent")
    VIEWED = "viewed", _("Seen")
    SHORTLISTED = "shortlisted", _("Shortlisted")
    INTERVIEW = "interview", _("Interview")
    OFFERED = "offered", _("Offer")
    HIRED = "hired", _("Hired")
    ON_HOLD = "on_hold", _("On hold")
    DECLINED = "declined", _("Declined")
    WITHDRAWN = "withdrawn", _("Withdrawn")
    NO_RESPONSE = "no_response", _("No answer")
    RETRACTED = "retracted", _("Offer taken back")


WAITING_STATES = frozenset({ApplicationState.SUBMITTED, ApplicationState.VIEWED})
ENDED_STATES = frozenset(
    {
        ApplicationState.HIRED,
        ApplicationState.DECLINED,
        ApplicationState.WITHDRAWN,
        ApplicationState.NO_RESPONSE,
        ApplicationState.RETRACTED,
    }
)
ACTIVE_STATES = frozenset(set(ApplicationState) - ENDED_STATES)


class DeclineReason(models.TextChoices):
    """Reasons about the job, never about the person's character or past trade."""

    POSITION_FILLED = "position_filled", _("The position is filled")
    EXPERIENCE = "experience", _("We need more experience in this kind of work")
    SKILL = "skill", _("A skill that the work needs is missing")
    SCHEDULE = "schedule", _("Shifts or start date do not fit")
    PAY = "pay", _("Pay wish and our range do not fit")
    LOCATION = "location", _("The distance is too great")
    EDUCATION = "education", _("A legal requirement on education")
    OTHER = "other", _("Another reason")


class InterviewBy(models.TextChoices):
    """How the interview is held; a call by phone opens the number for its time."""

    IN_PERSON = "in_person", _("In person")
    PHONE = "phone", _("By phone")
    VIDEO = "video", _("By video")
    TEXT = "text", _("By text, here in the messages")


class InterviewState(models.TextChoices):
    """One round of settling an interview; the steps are in rules/interviews.py."""

    PROPOSED = "proposed", _("Times to choose from")
    ASKED = "asked", _("Another time was asked for")
    BOOKED = "booked", _("Settled")
    NEEDS_OUTCOME = "needs_outcome", _("Did it take place?")
    HELD = "held", _("Took place")
    MISSED = "missed", _("Did not take place")
    REPLACED = "replaced", _("Other times were offered")
    RESCHEDULED = "rescheduled", _("Moved")
    CANCELLED_BY_SEEKER = "off_seeker", _("Called off by the applicant")
    CANCELLED_BY_EMPLOYER = "off_employer", _("Called off by the employer")
    LAPSED = "lapsed", _("No time was picked")
    CLOSED = "closed", _("Ended with the application")


OPEN_INTERVIEWS = frozenset(
    {InterviewState.PROPOSED, InterviewState.ASKED, InterviewState.BOOKED}
)
# In which somebody holds a seat of a time.
SEATED_INTERVIEWS = frozenset(
    {
        InterviewState.BOOKED,
        InterviewState.NEEDS_OUTCOME,
        InterviewState.HELD,
        InterviewState.MISSED,
    }
)
OFF_INTERVIEWS = frozenset(
    {
        InterviewState.RESCHEDULED,
        InterviewState.CANCELLED_BY_SEEKER,
        InterviewState.CANCELLED_BY_EMPLOYER,
        InterviewState.CLOSED,
    }
)


class InterviewOutcome(models.TextChoices):
    """What one side says afterwards; it has no consequences for anybody."""

    HELD = "held", _("Yes, it took place")
    OTHER_ABSENT = "other_absent", _("The other side was not there")
    I_COULD_NOT = "i_could_not", _("Something came up on our side")


class DayPart(models.TextChoices):
    MORNING = "morning", _("Morning")
    AFTERNOON = "afternoon", _("Afternoon")
    EVENING = "evening", _("Evening")


class SlotRefusal(models.TextChoices):
    """Why times were not offered or a time was not picked; the sentences stand in
    views.interview_words."""

    NO_TIMES = "no_times", _("No times at all")
    TOO_MANY = "too_many", _("More than ten times")
    TOO_SOON = "too_soon", _("Less than 24 hours ahead")
    TOO_FAR = "too_far", _("More than 60 days ahead")
    AT_NIGHT = "at_night", _("Outside 8:00 to 22:00")
    TWICE = "twice", _("The same time twice")
    NO_CALLS = "no_calls", _("The applicant takes no calls")
    TAKEN = "taken", _("Somebody else took it")
    GONE = "gone", _("This time can no longer be picked")
    MOVED_TWICE = "moved_twice", _("Moved twice already")
    TAKEN_DOWN = "taken_down", _("The posting was taken down")


class ContactChannel(models.TextChoices):
    PHONE = "phone", _("Phone")
    MESSAGE = "message", _("Message")


class CallRefusal(models.TextChoices):
    """Why a number was not shown; the sentences stand in views.talk."""

    ENDED = "ended", _("The application had ended")
    TAKEN_DOWN = "taken_down", _("The posting had been taken down")
    NOT_CHECKED = "not_checked", _("The organisation's check was missing")
    STOPPED = "stopped", _("The applicant had said: no more calls")
    WRITE_ONLY = "write_only", _("The applicant only writes")
    AT_NIGHT = "at_night", _("Between 22:00 and 8:00")
    TOO_OFTEN = "too_often", _("More than three times a day")
    NOT_AGREED = "not_agreed", _("Outside the time agreed on")


class CallOutcome(models.TextChoices):
    ANSWERED = "answered", _("We talked")
    UNANSWERED = "unanswered", _("Nobody answered")
    WRONG_TIME = "wrong_time", _("It was a bad moment")
    ASKED_TO_STOP = "asked_to_stop", _("They want no more calls")


class Side(models.TextChoices):
    SEEKER = "seeker", _("Applicant")
    EMPLOYER = "employer", _("Employer")


class MessageRefusal(models.TextChoices):
    """Why a message was not taken; the sentences stand in views.talk."""

    ENDED = "ended", _("The application had ended")
    TAKEN_DOWN = "taken_down", _("The posting had been taken down")
    STOPPED = "stopped", _("The applicant had said: no more messages")
    WAIT = "wait", _("Three messages are unanswered")
    TOO_MANY = "too_many", _("Twenty messages within an hour")
    CONTACT = "contact", _("It names another way to talk")
    LINK = "link", _("It holds a link")
    CREDIT_REPORT = "credit_report", _("It asks for a credit report too early")
    NO_CONVICTION = "no_conviction", _("It asks for a certificate too early")


class CheckAnswer(models.TextChoices):
    YES = "yes", _("Yes, that is fine")
    BRING = "bring", _("I bring it along")
    NO = "no", _("I would rather not")


class InvitationState(models.TextChoices):
    """An employer's invitation to apply; the employer is told of an application only."""

    SENT = "sent", _("Invited")
    SEEN = "seen", _("Read")
    APPLIED = "applied", _("Applied")
    DECLINED = "declined", _("Not for me")
    EXPIRED = "expired", _("Run out")
    WITHDRAWN = "withdrawn", _("The job is closed")


OPEN_INVITATIONS = frozenset({InvitationState.SENT, InvitationState.SEEN})
ENDED_INVITATIONS = frozenset(set(InvitationState) - OPEN_INVITATIONS)


class PassReason(models.TextChoices):
    """Why not, if somebody wants to say; it changes nothing and no employer sees it."""

    WORK = "work", _("Not this kind of work")
    PAY = "pay", _("The pay")
    HOURS = "hours", _("The hours")
    FAR = "far", _("Too far")
    EMPLOYER = "employer", _("Not this company")
    HAVE_WORK = "have_work", _("I have found something")


class InviteRefusal(models.TextChoices):
    """Why an invitation was not sent; the sentences stand in views.people."""

    NOT_OPEN = "not_open", _("The posting is not open")
    GONE = "gone", _("Not on the list any more")
    DAY_FULL = "day_full", _("Ten invitations for one day")
    POSTING_FULL = "posting_full", _("Twenty invitations wait for an answer")
    WAITS = "waits", _("This person has an invitation already")


class LeavingReason(models.TextChoices):
    """Why somebody withdrew or turned an offer down, if they want to say."""

    HAVE_WORK = "have_work", _("I have found something")
    PAY = "pay", _("The pay")
    HOURS = "hours", _("The hours")
    FAR = "far", _("Too far")
    NOT_AS_SAID = "not_as_said", _("Not as the advert said")
    PERSONAL = "personal", _("A personal reason")


class OtherChoice(models.TextChoices):
    """What becomes of the other applications once an offer is accepted."""

    LATER = "later", _("Decide later")
    KEEP = "keep", _("Keep it")
    WITHDRAW = "withdraw", _("Withdraw kindly")


class StillThere(models.TextChoices):
    YES = "yes", _("Yes, still there")
    NO = "no", _("No, not any more")


class Promised(models.TextChoices):
    """Whether pay and hours are what the offer said."""

    AS_SAID = "as_said", _("Yes, as promised")
    PAY = "pay", _("The pay is different")
    HOURS = "hours", _("The hours are different")
    BOTH = "both", _("Pay and hours are different")


class DebtContact(models.TextChoices):
    """Contact with people who owe money, compared with the work before."""

    NONE = "none", _("None")
    LESS = "less", _("Less than before")
    SAME = "same", _("As much as before")
    MORE = "more", _("More than before")


class SenderKind(models.TextChoices):
    """Who wrote an application down. Nobody but the person ever sends it."""

    SEEKER = "seeker", _("Job seeker")
    COUNSELOR = "counselor", _("Counselor")


class PreparedState(models.TextChoices):
    WAITING = "waiting", _("Waits for the person")
    SENT = "sent", _("Sent")
    DECLINED = "declined", _("Let pass")
    EXPIRED = "expired", _("Run out")

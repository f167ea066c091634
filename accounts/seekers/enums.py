from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Education(models.TextChoices):
    """Ordered from low to high; LEVELS gives the order as numbers."""

    NONE = "none", _("No requirement")
    JUNIOR_HIGH = "junior_high", _("Junior high school")
    HIGH_SCHOOL = "high_school", _("High school or vocational school")
    COLLEGE = "college", _("Junior college (大专)")
    BACHELOR = "bachelor", _("Bachelor's degree")
    MASTER = "master", _("Master's degree or above")


LEVELS: dict[str, int] = {value: index for index, value in enumerate(Education.values)}


class PastRole(models.TextChoices):
    M1_REMINDER = "m1_reminder", _("Early reminder calls (M0–M1)")
    PHONE_COLLECTOR = "phone_collector", _("Phone collection (M2–M6)")
    FIELD_COLLECTOR = "field_collector", _("Field collection")
    LEGAL_TRACK = "legal_track", _("Legal-track collection")
    WRITTEN_OFF = "written_off", _("Written-off debt")
    HARDSHIP_DESK = "hardship_desk", _("Hardship and instalment desk")
    TEAM_LEAD = "team_lead", _("Team leader")
    QA = "qa", _("Call quality check")
    TRAINER = "trainer", _("Trainer")
    WFM = "wfm", _("Shift planning and reports")
    COMPLAINTS = "complaints", _("Complaint handling")
    SUPPORT = "support", _("Customer support")
    OTHER = "other", _("Other work")


class Constraint(models.TextChoices):
    """Hard limits: filters, never weights."""

    NO_COLLECTION = "no_collection", _("No debt collection of any kind")
    NO_OUTBOUND_SALES = "no_outbound_sales", _("No phone sales or sales targets")
    NO_PHONE = "no_phone", _("No phone work")
    NO_NIGHT_SHIFT = "no_night_shift", _("No work after 21:00")
    NO_FIELD_VISITS = "no_field_visits", _("No field visits")
    NO_FEES = "no_fees", _("No fees or deposits of any kind")
    NO_CREDIT_CHECK = "no_credit_check", _("No credit report check")
    WEEKENDS_OFF = "weekends_off", _("Two days off every week")
    NO_DISPATCH = "no_dispatch", _("No labour dispatch")


class Step(models.TextChoices):
    """The screens of the guided profile, in order; the label heads its summary."""

    PLACE = "place", _("Where I am")
    PAST = "past", _("Jobs I had")
    DID = "did", _("What I did there")
    LIMITS = "limits", _("Never again")
    WANTED = "wanted", _("What I would like")
    PAY = "pay", _("Pay and housing")
    EDUCATION = "education", _("School and age")
    HIDDEN = "hidden", _("Who must not see me")
    CONTACT = "contact", _("My name here")
    REVIEW = "review", _("Read it over")


# Matches can be worked out from these three alone.
NEEDED_STEPS = frozenset({Step.PLACE, Step.LIMITS, Step.WANTED})
OPTIONAL_STEPS = frozenset(
    {Step.PAST, Step.DID, Step.PAY, Step.EDUCATION, Step.HIDDEN, Step.CONTACT}
)


class CanStart(models.TextChoices):
    NOW = "now", _("Now")
    TWO_WEEKS = "two_weeks", _("In two weeks")
    ONE_MONTH = "one_month", _("In a month")


class Visibility(models.IntegerChoices):
    """Staged identity (who may see the profile)."""

    NOBODY = 0, _("Nobody")
    PSEUDONYM = 1, _("Verified employers see my skills under a pseudonym")
    PER_APPLICATION = 2, _("Name and phone only for an application I send")


class CallWish(models.TextChoices):
    """How an employer may reach the seeker once they have applied."""

    ANY = "any", _("You may call me")
    AGREED = "agreed", _("Only at a time we agreed on")
    WRITE = "write", _("Please only write")


class BlockReason(models.TextChoices):
    FORMER = "former", _("I worked there")
    CHOSEN = "chosen", _("I chose to hide from them")


class DidGroup(models.TextChoices):
    """How the questionnaire groups what somebody did."""

    PEOPLE = "people", _("With people")
    AGREEMENTS = "agreements", _("Finding a way to pay")
    RECORDS = "records", _("Records and papers")
    TEAM = "team", _("With the team")
    OTHER = "other", _("Other things I can do")


class Did(models.TextChoices):
    """Things people did at work: lawful ones only, and nobody is asked for others."""

    CALM_UPSET_PEOPLE = "calm_upset_people", _("Calmed people who were upset or angry")
    LISTEN_TO_TROUBLES = "listen_to_troubles", _("Listened to people's money troubles")
    TAKE_CALLS = "take_calls", _("Answered calls")
    MAKE_CALLS = "make_calls", _("Talked with customers by phone every day")
    REPLY_IN_TEXT = "reply_in_text", _("Answered by chat or text message")
    MEET_CUSTOMERS = "meet_customers", _("Met customers face to face")
    HANDLE_COMPLAINTS = "handle_complaints", _("Handled complaints")
    NEGOTIATE_INSTALMENTS = (
        "negotiate_instalments",
        _("Worked out instalments or later dates with people"),
    )
    EXPLAIN_BILLS = "explain_bills", _("Explained bills, contracts or fees")
    REMIND_OF_DATES = "remind_of_dates", _("Reminded people before a payment was due")
    HELP_WITH_APPLICATIONS = (
        "help_with_applications",
        _("Helped people hand in papers for hardship or instalments"),
    )
    KEEP_RECORDS = "keep_records", _("Wrote down every contact in a system")
    FOLLOW_CASES = "follow_cases", _("Followed many cases until they were closed")
    CHECK_DOCUMENTS = "check_documents", _("Checked papers or data")
    WRITE_LETTERS = "write_letters", _("Wrote letters or notices")
    PREPARE_CASE_FILES = (
        "prepare_case_files",
        _("Prepared papers for court or mediation"),
    )
    USE_SPREADSHEETS = "use_spreadsheets", _("Used Excel or made reports")
    FOLLOW_SCRIPTS = "follow_scripts", _("Kept to scripts and call rules")
    CHECK_CALLS = "check_calls", _("Listened to recordings and scored them")
    TRAIN_NEWCOMERS = "train_newcomers", _("Trained newcomers")
    LEAD_TEAM = "lead_team", _("Led a team")
    PLAN_SHIFTS = "plan_shifts", _("Planned shifts")
    TYPE_FAST = "type_fast", _("Type fast")
    DRIVE = "drive", _("Drive, with a licence")
    KNOW_THE_CITY = "know_the_city", _("Know my city's streets well")
    STAY_CALM = "stay_calm", _("Stay calm when scolded")


class Skill(models.TextChoices):
    """Skills that answers turn into: the words employers in support use."""

    CALM_UPSET_PEOPLE = "calm_upset_people", _("Calming upset customers")
    LISTENING = "listening", _("Listening")
    PHONE_CLARITY = "phone_clarity", _("Clear talk on the phone")
    TEXT_REPLIES = "text_replies", _("Answering in writing")
    FACE_TO_FACE = "face_to_face", _("Dealing with people face to face")
    COMPLAINT_RESOLUTION = "complaint_resolution", _("Resolving complaints")
    NEGOTIATE_INSTALMENTS = "negotiate_instalments", _("Negotiating instalments")
    EXPLAIN_RULES = "explain_rules", _("Explaining bills and rules")
    CREDIT_BASICS = "credit_basics", _("Knowing loans and credit")
    SYSTEM_RECORDS = "system_records", _("Keeping records in a system")
    CASE_TRACKING = "case_tracking", _("Following cases to the end")
    DOCUMENT_CHECK = "document_check", _("Checking papers")
    CAREFUL_WORK = "careful_work", _("Careful work")
    WRITTEN_WORK = "written_work", _("Writing")
    LEGAL_BASICS = "legal_basics", _("Basic legal knowledge")
    SPREADSHEETS = "spreadsheets", _("Spreadsheets and reports")
    COMPLIANCE_SCRIPTS = "compliance_scripts", _("Working by the rules")
    QUALITY_REVIEW = "quality_review", _("Call quality review")
    COACHING = "coaching", _("Training newcomers")
    TEAM_LEAD = "team_lead", _("Leading a team")
    SHIFT_PLANNING = "shift_planning", _("Planning shifts")
    TYPING = "typing", _("Typing")
    DRIVING = "driving", _("Driving")
    KNOW_THE_CITY = "know_the_city", _("Knowing the city")
    SELF_CONTROL = "self_control", _("Staying calm under pressure")

"""What each calculator asks, as data: the page draws it, static/js/rights reads it.

Nothing of it is ever sent. Names of fields are the names of facts in the check set.
"""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Field:
    """`when` shows the field only if the field named has one of the values.

    `or_when` is a second way to be shown.
    """

    name: str
    kind: str
    required: bool = True
    options: tuple[str, ...] = ()
    when: tuple[str, tuple[str, ...]] | None = None
    or_when: tuple[str, tuple[str, ...]] | None = None
    after: str = ""
    upto: str = ""
    least: int = 0

    @property
    def when_text(self) -> str:
        ways = [way for way in (self.when, self.or_when) if way]
        return ";".join(f"{name}={' '.join(values)}" for name, values in ways)


@dataclass(frozen=True, slots=True)
class Calculator:
    name: str
    fields: tuple[Field, ...]
    cites: tuple[str, ...] = field(default=())


def choice(name: str, *options: str, **more: object) -> Field:
    return Field(name, "choice", options=options, **more)  # type: ignore[arg-type]


def yes_no(name: str, **more: object) -> Field:
    return Field(name, "yesno", options=("yes", "no"), **more)  # type: ignore[arg-type]


def date(name: str, **more: object) -> Field:
    return Field(name, "date", **more)  # type: ignore[arg-type]


def money(name: str, **more: object) -> Field:
    return Field(name, "money", **more)  # type: ignore[arg-type]


def count(name: str, **more: object) -> Field:
    return Field(name, "count", **more)  # type: ignore[arg-type]


def hours(name: str, **more: object) -> Field:
    return Field(name, "hours", **more)  # type: ignore[arg-type]


def amounts(name: str, **more: object) -> Field:
    return Field(name, "amounts", **more)  # type: ignore[arg-type]


ENDINGS = (
    "employer_proposed",
    "art40",
    "redundancy",
    "employer_closed",
    "unlawful",
    "forced_resignation",
    "expired_not_offered",
    "expired_declined_worse",
    "expired_declined_same",
    "misconduct",
    "probation_failed",
    "resignation",
    "worker_proposed",
    "criminal_liability",
    "part_time_ended",
)
PAID_ENDINGS = tuple(
    name
    for name in ENDINGS
    if name
    not in {
        "expired_declined_same",
        "resignation",
        "worker_proposed",
        "criminal_liability",
        "part_time_ended",
    }
)
PAID = ("ended_by", PAID_ENDINGS)

SEVERANCE = Calculator(
    "severance",
    (
        choice("ended_by", *ENDINGS),
        yes_no("notice_given", when=("ended_by", ("art40",))),
        yes_no("proved", when=("ended_by", ("misconduct", "probation_failed"))),
        choice(
            "ground",
            "unpaid_wages",
            "no_social_insurance",
            "other",
            when=("ended_by", ("forced_resignation",)),
        ),
        yes_no("open_ended_asked", when=("ended_by", ("expired_not_offered",))),
        date("started", when=PAID),
        date("last_day", after="started", when=PAID),
        choice("wage_known", "average", "monthly", when=PAID),
        money("average_wage", when=("wage_known", ("average",))),
        amounts("wages", when=("wage_known", ("monthly",))),
        money("annual_bonus", required=False, when=("wage_known", ("monthly",))),
        money("last_month_wage", when=("notice_given", ("no",))),
        money("local_minimum", required=False, when=PAID),
        money("local_average", required=False, when=PAID),
        yes_no("moved", required=False, when=PAID),
        date("earlier_employer_started", upto="started", when=("moved", ("yes",))),
        yes_no("earlier_severance_paid", when=("moved", ("yes",))),
    ),
    ("lcl:46", "lcl:47", "lcl:40", "lcl:87", "lclr:20", "lclr:25", "lclr:27"),
)
UNEMPLOYMENT = Calculator(
    "unemployment",
    (
        count("paid_months"),
        choice(
            "ended_by",
            "employer_proposed",
            "dismissed",
            "expired_not_offered",
            "employer_closed",
            "forced_resignation",
            "worker_proposed",
            "resignation",
        ),
        yes_no("registered"),
        date("registered_on", required=False, when=("registered", ("yes",))),
        count("months_left_from_before", required=False),
    ),
    ("sil:45", "sil:46", "sil:50", "uir:17", "siprov:13"),
)
NAME_LIST = Calculator(
    "unemployment_list",
    (date("ended_on"), date("listed_on", required=False, after="ended_on")),
    ("sil:50-1",),
)
UNPAID = Calculator(
    "unpaid", (amounts("wages"), date("ended_on", required=False)), ("lcl:30", "wage:9")
)
OVERTIME = Calculator(
    "overtime",
    (
        money("monthly_wage"),
        hours("workday_hours", required=False),
        hours("rest_days", required=False),
        yes_no("time_off_given", required=False),
        hours("holidays", required=False),
    ),
    ("ll:44", "wage:13", "leave2:11"),
)
LEAVE = Calculator(
    "annual_leave",
    (
        count("years_worked_in_all"),
        date("ended_on"),
        date("year_started", required=False, upto="ended_on"),
        count("taken"),
        money("average_wage"),
    ),
    ("leave1:3", "leave1:5", "leave2:10~12"),
)
DOUBLE = Calculator(
    "double_wage",
    (
        date("started"),
        date("last_day", after="started"),
        yes_no("contract_signed"),
        date("signed_on", after="started", when=("contract_signed", ("yes",))),
        money("monthly_wage"),
    ),
    ("lcl:10", "lcl:82-1", "lclr:6", "lclr:7"),
)
MINIMUM = Calculator(
    "below_minimum",
    (money("paid"), money("local_minimum"), count("months")),
    ("ll:48-2", "lcl:85"),
)
DEDUCTION = Calculator(
    "deduction",
    (
        choice("reason", "fine", "proved_loss"),
        money("taken"),
        money("wage", when=("reason", ("proved_loss",))),
        yes_no("agreed_in_contract", when=("reason", ("proved_loss",))),
        money("loss", when=("agreed_in_contract", ("yes",))),
        money("local_minimum", when=("agreed_in_contract", ("yes",))),
    ),
    ("ll:50", "wage:15", "wage:16"),
)
PROBATION = Calculator(
    "probation",
    (
        count("contract_months"),
        count("probation_months"),
        count("served_months"),
        money("wage_after_probation"),
    ),
    ("lcl:19", "lcl:83"),
)
PROBATION_PAY = Calculator(
    "probation_pay",
    (
        money("contract_wage"),
        money("paid"),
        count("months"),
        money("local_minimum", required=False),
    ),
    ("lcl:20", "lclr:15"),
)
LATE = Calculator(
    "late_payment",
    (money("owed"), yes_no("ordered"), yes_no("deadline_passed")),
    ("lcl:85", "lsi:26"),
)
LIMITATION = Calculator(
    "limitation",
    (
        choice("claim", "wages", "severance", "double_wage", "inspection"),
        yes_no("employment_ended", when=("claim", ("wages",))),
        date("ended_on", when=("employment_ended", ("yes",))),
        date("severance_from", when=("claim", ("severance",))),
        date("started", when=("claim", ("double_wage",))),
        yes_no("lasting", when=("claim", ("inspection",))),
        date("breach_on", when=("claim", ("inspection",))),
        date("demanded_on", required=False, when=("claim", ("wages", "severance"))),
    ),
    ("ldma:27", "lsi:20", "cc:201~202"),
)
ARBITRATION = Calculator(
    "arbitration",
    (
        date("received_on", required=False),
        date("accepted_on", required=False),
        date("award_received_on", required=False),
        money("claim_amount", required=False),
        money("local_minimum", required=False),
    ),
    ("ldma:29", "ldma:43-1", "ldma:47", "ldma:48", "ldma:50", "ldma:53"),
)
SENIOR = ("role", ("senior_manager", "senior_technician"))
WITH_SECRETS = ("confidentiality_duty", ("yes",))
NONCOMPETE = Calculator(
    "noncompete",
    (
        choice("role", "ordinary", "senior_manager", "senior_technician"),
        yes_no("confidentiality_duty", when=("role", ("ordinary",))),
        count("agreed_months", when=SENIOR, or_when=WITH_SECRETS),
        money("agreed_pay", required=False, when=SENIOR, or_when=WITH_SECRETS),
        money("average_wage", required=False, when=SENIOR, or_when=WITH_SECRETS),
        money("local_minimum", required=False, when=SENIOR, or_when=WITH_SECRETS),
        count("months_unpaid", required=False, when=SENIOR, or_when=WITH_SECRETS),
        yes_no("let_go", required=False, when=SENIOR, or_when=WITH_SECRETS),
    ),
    ("lcl:23", "lcl:24", "interp1:36", "interp1:38~39"),
)
DEPOSIT = Calculator(
    "deposit",
    (amounts("amounts", required=False), yes_no("papers")),
    ("lcl:9", "lcl:84"),
)
TRAINING = Calculator(
    "training_penalty",
    (
        choice("training", "none", "induction", "special"),
        money("training_cost", when=("training", ("special",))),
        count("service_months", least=1, when=("training", ("special",))),
        count("served_months", when=("training", ("special",))),
        money("agreed_penalty", required=False, when=("training", ("special",))),
        yes_no("forced_out", when=("training", ("special",))),
        money("charged", required=False, when=("training", ("none", "induction"))),
    ),
    ("lcl:9", "lcl:22", "lcl:25", "lclr:26-1"),
)

# The pages and what is on them, in the order shown.
PAGES: dict[str, tuple[Calculator, ...]] = {
    "severance": (SEVERANCE,),
    "unemployment": (UNEMPLOYMENT, NAME_LIST),
    "wages": (
        UNPAID,
        OVERTIME,
        LEAVE,
        DOUBLE,
        MINIMUM,
        DEDUCTION,
        PROBATION,
        PROBATION_PAY,
        LATE,
        LIMITATION,
        ARBITRATION,
    ),
    "noncompete": (NONCOMPETE, DEPOSIT, TRAINING),
}

CLAIMS = (
    "wages",
    "overtime",
    "leave",
    "severance",
    "notice_pay",
    "compensation",
    "double_wage",
    "deposit",
    "certificate",
)
CLAIMS_WITH_DATES = frozenset({"wages", "overtime", "double_wage"})
CLAIM_FIELDS = (
    Field("name", "text", required=False),
    Field("employer", "text"),
    Field("employer_address", "text", required=False),
    Field("commission", "text", required=False),
    Field("job", "text"),
    date("started"),
    choice("ended", "still", "employer", "expired", "forced", "closed"),
    date(
        "last_day",
        after="started",
        when=("ended", ("employer", "expired", "forced", "closed")),
    ),
    choice("contract", "yes", "no"),
    money("monthly_wage"),
)
EVIDENCE = (
    "contract",
    "payslip",
    "bank",
    "attendance",
    "chat",
    "badge",
    "commission",
    "insurance",
    "dismissal",
    "demand",
    "witness",
)

# What the steps of getting unpaid wages rest on, in the order of the text.
ROUTE = (
    ("ldma:27-2",),
    ("lsi:9", "lsi:20"),
    ("lcl:85", "lsi:26"),
    ("ldma:14",),
    ("ldma:21", "ldma:53"),
    ("lcl:30-2",),
    ("ldma:48", "ldma:50"),
)
CLAIM_LAWS = ("ldma:6", "ldma:21", "ldma:29", "ldma:53")

# Past practices the orientation asks about, and the law its explanation rests on.
PRACTICES: dict[str, tuple[str, ...]] = {
    "third_party": ("cc:1032~1033", "psl:50-1-5", "cl:293"),
    "bombing": ("cc:1033-0-1", "psl:50-1-5", "cl:293"),
    "threats": ("psl:50-1-1", "cl:293", "cl:274"),
    "shaming": ("cc:1019", "cc:1024", "psl:50-1-2", "cl:246"),
    "impersonation": ("psl:62", "cl:279", "cl:280"),
    "data_bought": ("pipl:10", "psl:56", "cl:253_1", "pi2017:5"),
    "data_kept": ("pipl:10", "psl:56", "cl:253_1", "pi2017:5"),
    "visits": ("psl:47-1-3", "cl:238", "cl:245"),
    "illegal_debt": ("cl:293_1",),
    "private_money": ("cl:266",),
    "cards": ("atf:31", "atf:44", "cl:287_2"),
}
EVERYONE = ("cl:67",)

"""The hand-computed cases, as the calculators' facts are written."""

from __future__ import annotations

import json
import tomllib
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

CASES = Path(__file__).parent / "cases.toml"

# Which module answers which kind of case.
FUNCTIONS = {
    "severance": ("severance", "severance"),
    "unemployment": ("unemployment", "unemployment"),
    "unemployment_list": ("unemployment", "unemploymentList"),
    "overtime": ("wages", "overtime"),
    "double_wage": ("wages", "doubleWage"),
    "late_payment": ("wages", "latePayment"),
    "deduction": ("wages", "deduction"),
    "final_pay": ("wages", "finalPay"),
    "annual_leave": ("wages", "annualLeave"),
    "probation": ("wages", "probation"),
    "probation_pay": ("wages", "probationPay"),
    "limitation": ("deadlines", "limitation"),
    "arbitration": ("deadlines", "arbitration"),
    "noncompete": ("noncompete", "noncompete"),
    "deposit": ("noncompete", "deposit"),
    "training_penalty": ("noncompete", "trainingPenalty"),
}
# Unconfirmed and left out, with the reason; everything else has to come out as expected.
LEFT_OUT = {
    "sev-tax-free-part": "the notice's text was never read, so no tax is shown at all",
}


@cache
def cases() -> list[dict[str, Any]]:
    with CASES.open("rb") as handle:
        rows = tomllib.load(handle)["case"]
    # Dates as the pages give them to the calculators: 2026-10-31.
    plain: list[dict[str, Any]] = json.loads(json.dumps(rows, default=date.isoformat))
    return plain


def answered() -> list[dict[str, Any]]:
    return [case for case in cases() if case["id"] not in LEFT_OUT]

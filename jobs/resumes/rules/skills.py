"""Which skill of the profile a finer skill of the vocabulary belongs to."""

from __future__ import annotations

from collections.abc import Iterable

from jobs.resumes.rules.answers import catalogue

# By skill of accounts.seekers.enums.Skill; a dialect is none of them.
_FINER: dict[str, tuple[str, ...]] = {
    "calm_upset_people": (
        "calm_upset_people",
        "crisis_handover",
        "empathy_words",
    ),
    "careful_work": (
        "careful_work",
        "data_entry_accuracy",
        "filing",
    ),
    "case_tracking": (
        "case_tracking",
        "cross_team_talk",
        "keeping_promises_tracked",
        "scheduling_visits",
    ),
    "coaching": (
        "burnout_awareness",
        "coaching",
        "feedback_talks",
        "lesson_planning",
        "public_speaking",
    ),
    "complaint_resolution": (
        "complaint_grading",
        "complaint_platforms",
        "complaint_resolution",
        "root_cause",
    ),
    "compliance_scripts": (
        "compliance_scripts",
        "contact_rules",
        "personal_data_care",
        "rule_checking",
    ),
    "credit_basics": (
        "credit_basics",
        "interest_sums",
        "loan_products",
        "risk_signs",
    ),
    "document_check": (
        "document_check",
        "evidence_keeping",
        "identity_check",
        "income_papers",
    ),
    "driving": ("driving",),
    "explain_rules": (
        "explain_rules",
        "plain_words",
        "repayment_channels",
        "saying_no",
    ),
    "face_to_face": ("face_to_face", "home_visits"),
    "know_the_city": ("know_the_city",),
    "legal_basics": (
        "contract_reading",
        "court_papers",
        "legal_basics",
    ),
    "listening": (
        "asking_questions",
        "listening",
        "serving_elderly",
    ),
    "negotiate_instalments": (
        "finding_common_ground",
        "hardship_assessment",
        "mediation_steps",
        "negotiate_instalments",
        "payment_plans",
    ),
    "phone_clarity": (
        "follow_up_calls",
        "phone_clarity",
    ),
    "quality_review": (
        "calibration",
        "internal_audit_basics",
        "process_improvement",
        "quality_review",
    ),
    "self_control": (
        "self_control",
        "working_under_pressure",
    ),
    "shift_planning": (
        "forecasting",
        "shift_planning",
    ),
    "spreadsheets": (
        "charts_reports",
        "service_figures",
        "spreadsheet_formulas",
        "spreadsheets",
    ),
    "system_records": (
        "call_center_software",
        "crm_tickets",
        "handover_notes",
        "system_records",
    ),
    "team_lead": (
        "conflict_in_team",
        "goal_setting",
        "team_lead",
    ),
    "text_replies": (
        "parallel_chats",
        "text_replies",
        "written_tone",
    ),
    "typing": ("typing",),
    "written_work": (
        "formal_letters",
        "regulator_replies",
        "script_writing",
        "written_work",
    ),
}
CORE = {finer: core for core, found in _FINER.items() for finer in found}


def core_claims(codes: Iterable[str]) -> dict[str, tuple[str, int]]:
    """Skill -> (the first answer that shows it, how many do)."""
    given = set(codes)
    claims: dict[str, tuple[str, int]] = {}
    for code, answer in catalogue().answers.items():
        if code not in given:
            continue
        for skill in dict.fromkeys(CORE[s] for s in answer.skills if s in CORE):
            first, count = claims.get(skill, (code, 0))
            claims[skill] = (first, count + 1)
    return claims


def finer_skills(codes: Iterable[str]) -> list[str]:
    """Codes of the vocabulary that these answers show, in the order of the answers."""
    answers = catalogue().answers
    known = [answers[code] for code in answers if code in set(codes)]
    return list(dict.fromkeys(skill for answer in known for skill in answer.skills))

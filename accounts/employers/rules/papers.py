"""Which papers each kind of organisation shows before it may publish.

The classes are those of the 2026 notice; the papers those of the interim regulation on
the labour market (18, 26, 32) and of the labour contract law (57).
"""

from __future__ import annotations

_EVERY_EMPLOYER = (
    "business_licence",
    "recruitment_brief",
    "agent_id",
    "agent_authorisation",
)
REQUIRED: dict[str, tuple[str, ...]] = {
    "employer": _EVERY_EMPLOYER,
    "agency": ("business_licence", "hr_licence", *_EVERY_EMPLOYER[1:]),
    "dispatch": ("business_licence", "dispatch_licence", *_EVERY_EMPLOYER[1:]),
    "public": ("business_licence",),
}
# For lenders and for those who work for one; whoever checks may ask for them.
OPTIONAL = ("financial_licence", "outsourcing_mandate")
# What job seekers are told was seen; a person's own papers are nobody's business.
SHOWN = ("business_licence", "hr_licence", "dispatch_licence", "financial_licence")

# The address because no posting is lawful without it: asked for before, not after.
_FACTS = ("legal_representative", "contact_phone", "address")
FACTS: dict[str, tuple[str, ...]] = {
    "employer": _FACTS,
    "agency": (*_FACTS, "hr_licence_no"),
    "dispatch": (*_FACTS, "dispatch_licence_no"),
    "public": ("contact_phone", "address"),
}


def kinds_for(organization_kind: str) -> tuple[str, ...]:
    """Every paper this kind of organisation may send in, required ones first."""
    return REQUIRED[organization_kind] + OPTIONAL

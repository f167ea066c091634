from __future__ import annotations

from typing import Any

from accounts.assisted.enums import Origin
from accounts.assisted.models import AssistedProfile, ProfileGrant, ProfileProposal
from accounts.assisted.services import drafts, grants, proposals
from accounts.counselors.models import CounselorProfile
from accounts.seekers.enums import Step
from accounts.seekers.models import SeekerProfile

ANSWERS: dict[Step, dict[str, Any]] = {
    Step.PLACE: {"city_code": "5101", "district": "武侯区", "also_city_codes": []},
    Step.PAST: {"past_roles": ["phone_collector"], "years": "2.5"},
    Step.DID: {"did": ["keep_records", "calm_upset_people"]},
}


def make_draft(sender: CounselorProfile, **fields: Any) -> AssistedProfile:
    """By phone number unless `contact` says otherwise; "" prints a slip."""
    values: dict[str, Any] = {
        "origin": Origin.IN_PERSON,
        "label": "周二上午",
        "contact": "+8613900000001",
        "answers": ANSWERS,
    }
    return drafts.begin_for(sender=sender, **(values | fields))


def make_grant(seeker: SeekerProfile, counselor: CounselorProfile) -> ProfileGrant:
    return grants.let_read(seeker=seeker, counselor=counselor, actor=seeker.user)


def make_proposal(grant: ProfileGrant, **answers: Any) -> ProfileProposal:
    """By the grant's counselor; two changes unless `answers` say otherwise."""
    return proposals.suggest(
        grant=grant,
        actor=grant.counselor.user,
        answers=answers or {"district": "徐汇区", "min_pay": 5200},
    )

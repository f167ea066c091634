"""Builders: a person or thing as tests need it, with values a reader can see."""

from __future__ import annotations

import hashlib
import zlib
from datetime import timedelta
from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.test import Client
from django.utils import timezone

from accounts.counselors.models import CounselorProfile
from accounts.employers.models import Membership, Organization
from accounts.employers.rules.covenant import COVENANT_VERSION
from accounts.employers.rules.papers import REQUIRED
from accounts.evidence import files
from accounts.evidence.models import Document
from accounts.identity.enums import SECOND_FACTOR_KINDS
from accounts.identity.models import User
from accounts.seekers.models import SeekerProfile
from jobs.postings.models import Posting
from jobs.postings.registry import tell_followers

PASSWORD = "a-long-enough-password"
USCC = "91000000MA1A00104Q"


def _chunk(name: bytes, data: bytes) -> bytes:
    check = zlib.crc32(name + data).to_bytes(4, "big")
    return len(data).to_bytes(4, "big") + name + data + check


# One white point: the smallest whole picture.
PNG = (
    b"\x89PNG\r\n\x1a\n"
    + _chunk(b"IHDR", b"\0\0\0\1\0\0\0\1\x08\0\0\0\0")
    + _chunk(b"IDAT", zlib.compress(b"\0\xff"))
    + _chunk(b"IEND", b"")
)
PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"


def make_user(
    kind: str = "seeker", *, email: str = "seeker@example.com", **fields: Any
) -> User:
    user = User.objects.create_user(email, PASSWORD, kind=kind, **fields)
    EmailAddress.objects.create(user=user, email=email, verified=True, primary=True)
    if kind in SECOND_FACTOR_KINDS:
        Authenticator.objects.create(
            user=user, type=Authenticator.Type.TOTP, data={"secret": "unused"}
        )
    return user


def make_seeker(
    *, email: str = "seeker@example.com", pseudonym: str = "海风", **fields: Any
) -> SeekerProfile:
    """A seeker who finished the guided profile: Shanghai, junior high, no collection."""
    values: dict[str, Any] = {
        "pseudonym": pseudonym,
        "contact_name": "林小舟",
        "contact_phone": "13800000000",
        "city_code": "3101",
        "education": "junior_high",
        "birth_year": 2002,
        "past_roles": ["phone_collector"],
        "years": 3,
        "did": ["negotiate_instalments", "calm_upset_people", "keep_records"],
        "wanted_occupations": ["inbound_hotline"],
        "min_pay": 4500,
        "constraints": ["no_collection", "no_outbound_sales"],
        "completed_at": timezone.now(),
    }
    return SeekerProfile.objects.create(
        user=make_user("seeker", email=email), **(values | fields)
    )


def make_organization(
    *,
    uscc: str = USCC,
    display_name: str = "青禾消费金融",
    verified: bool = True,
    **fields: Any,
) -> Organization:
    values: dict[str, Any] = {
        "legal_name": f"{display_name}有限公司(虚构)",
        "city_code": "3101",
        "district": "浦东新区",
        "address": "示例路1号",
        "legal_representative": "顾言",
        "contact_phone": "+862158880000",
        "covenant_version": COVENANT_VERSION,
        "covenant_accepted_at": timezone.now(),
    }
    if verified:
        values |= {
            "verification": "verified",
            "verified_at": timezone.now(),
            "verification_expires_at": timezone.now() + timedelta(days=180),
        }
    return Organization.objects.create(
        uscc=uscc, display_name=display_name, **(values | fields)
    )


def make_member(
    organization: Organization,
    *,
    email: str = "hr@example.com",
    role: str = "recruiter",
) -> User:
    user = make_user("employer", email=email)
    Membership.objects.create(organization=organization, user=user, role=role)
    return user


def make_counselor(
    *, email: str = "counselor@example.com", name: str = "周老师", **fields: Any
) -> CounselorProfile:
    """Checked and in the public list, unless `fields` say otherwise."""
    values: dict[str, Any] = {
        "scope": "career",
        "is_listed": True,
        "verification": "verified",
        "verified_at": timezone.now(),
        "verification_expires_at": timezone.now() + timedelta(days=180),
    }
    return CounselorProfile.objects.create(
        user=make_user("counselor", email=email), name=name, **(values | fields)
    )


def make_document(
    owner: Organization | CounselorProfile,
    kind: str = "business_licence",
    *,
    state: str = "waiting",
    data: bytes = PNG,
    **fields: Any,
) -> Document:
    """A kept paper of an organisation or a counselor, with a file behind it."""
    is_employer = isinstance(owner, Organization)
    values: dict[str, Any] = {
        "subject_type": "organization" if is_employer else "counselor",
        "subject_id": owner.public_id,
        "kind": kind,
        "name": f"{kind}.png",
        "content_type": "image/png",
        "size": len(data),
        "sha256": hashlib.sha256(data).hexdigest(),
        "storage_key": files.put(data),
        "state": state,
        "reviewed_at": None if state == "waiting" else timezone.now(),
        "reason": "看不清" if state == "refused" else "",
    }
    return Document.objects.create(**(values | fields))


def make_papers(
    owner: Organization | CounselorProfile, *, state: str = "accepted", **fields: Any
) -> list[Document]:
    """Every paper that the check of this owner needs."""
    kinds: tuple[str, ...] = ("counselor_credential",)
    if isinstance(owner, Organization):
        kinds = REQUIRED[owner.kind]
    return [make_document(owner, kind, state=state, **fields) for kind in kinds]


def make_posting(
    organization: Organization | None = None, *, state: str = "published", **fields: Any
) -> Posting:
    """A lawful inbound-hotline posting in Shanghai, open for 30 days."""
    moment = timezone.now()
    values: dict[str, Any] = {
        "title": "银行热线客服(接听)",
        "occupation": "inbound_hotline",
        "responsibilities": "接听客户来电,解答账单、挂失和分期的问题,记录来电内容,把投诉转给专人。"
        "本岗位只接听,不外呼,没有销售任务。通话全程录音。",
        "qualifications": "年满18周岁,普通话清楚,会用电脑打字,有耐心。欢迎转行的求职者。",
        "education": "none",
        "employment_type": "full_time",
        "city_code": "3101",
        "district": "浦东新区",
        "shift": "day",
        "rest": "double",
        "work_hours": "周一至周五 9:00-18:00",
        "weekly_hours": 40,
        "pay_min": 5000,
        "pay_max": 6500,
        "base_salary_min": 4800,
        "base_salary_max": 4800,
        "pay_day": 10,
        "probation_months": 2,
        "contract_months": 36,
        "social_insurance": True,
        "benefits": ["social_insurance"],
        "headcount": 5,
        "channel": "inbound_phone",
        "role": "support",
        "screening_decision": "ok",
        "state": state,
    }
    if state in {"published", "paused"}:
        values |= {
            "published_at": moment,
            "date_posted": moment.date(),
            "valid_through": moment + timedelta(days=30),
        }
    posting = Posting.objects.create(
        organization=organization or make_organization(), **(values | fields)
    )
    tell_followers([posting])
    return posting


def sign_in(client: Client, user: User | None) -> None:
    if user is not None:
        client.force_login(
            user, backend="allauth.account.auth_backends.AuthenticationBackend"
        )
        # As after a real sign-in: pages of care need not ask once more who it is.
        session = client.session
        session["care_seen"] = timezone.now().timestamp()
        session.save()

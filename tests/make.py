"""Builders: a person or thing as tests need it, with values a reader can see."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.test import Client
from django.utils import timezone

from accounts.counselors.models import CounselorProfile
from accounts.employers.models import Membership, Organization
from accounts.employers.rules.covenant import COVENANT_VERSION
from accounts.identity.enums import SECOND_FACTOR_KINDS
from accounts.identity.models import User
from accounts.seekers.models import SeekerProfile
from jobs.postings.models import Posting
from jobs.postings.registry import tell_followers

PASSWORD = "a-long-enough-password"
USCC = "91000000MA1A00104Q"


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
    user = make_user("counselor", email=email)
    return CounselorProfile.objects.create(
        user=user, name=name, **({"scope": "career", "is_listed": True} | fields)
    )


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

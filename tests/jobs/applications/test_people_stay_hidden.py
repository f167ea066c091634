"""For a blocked employer the world is, byte for byte, one without the person."""

from __future__ import annotations

import re
from typing import Any

from django.db import transaction
from django.urls import reverse
from hypothesis import given, settings, strategies as st
from hypothesis.extra.django import TestCase

from accounts.employers.models import Organization
from accounts.identity.models import User
from accounts.seekers.models import CompanyBlock, SeekerProfile
from jobs.matching.access.candidates import reference_of
from jobs.postings.models import Posting
from tests.client import StrictClient
from tests.jobs.applications.make import send
from tests.jobs.applications.make_people import make_apart, make_visible, people_url
from tests.make import make_member, make_posting, make_seeker, sign_in

# A fresh secret on every page, which says nothing about anybody.
TOKEN = re.compile(r'(csrfmiddlewaretoken" value="|"X-CSRFToken": ?")[A-Za-z0-9]+')
USCC = "91000000MA1B000001"
# Each hides the person from 青禾客服 or from a company that belongs to it.
HIDING = (
    {"uscc": USCC},
    {"name": "青禾"},
    {"name": "青禾客服有限公司"},
    {"name": "青禾客服有限公司成都分公司"},
    {"name": "北京青禾客服有限公司"},
    {"uscc": "91000000MA1B000002"},  # the same telephone
    {"name": "白塔"},
    {"uscc": "91000000MA1B000003"},  # the same mail
    {"uscc": "91000000MA1B000004"},  # the same representative
)
OTHERS: tuple[dict[str, str], ...] = ({"uscc": "91000000MA1B000009"}, {"name": "远帆"})
# What else takes a person off every list.
ABSENT: tuple[dict[str, Any], ...] = (
    {"visibility": 0},
    {"visibility": 2},
    {"completed_at": None},
    {"min_pay": 8000},
    {"city_code": "5101"},
    {"constraints": ["no_phone"]},
)


class TestBlockedEmployers(TestCase):
    blocked: Organization
    blocked_user: User
    posting: Posting
    other_user: User
    other_posting: Posting

    @classmethod
    def setUpTestData(cls) -> None:
        phone = "+862158887777"
        cls.blocked = make_apart(
            1,
            "青禾客服",
            legal_name="青禾客服有限公司",
            contact_phone=phone,
            legal_representative="顾青",
        )
        cls.blocked_user = make_member(cls.blocked, email="hr@qinghe-test.cn")
        make_apart(2, "白塔数据", contact_phone=phone)
        sister = make_apart(3, "红塔数据")
        make_member(sister, email="boss@qinghe-test.cn")
        make_apart(4, "蓝塔数据", legal_representative="顾青")
        other = make_apart(9, "远帆客服")
        cls.other_user = make_member(other, email="hr@yuanfan-test.cn")
        cls.posting = make_posting(cls.blocked)
        cls.other_posting = make_posting(other)
        # Somebody who stays: the pages are not simply empty.
        make_visible(90)
        send(make_seeker(email="sent@example.com"), cls.posting)

    def pages(self, user: User, posting: Posting) -> dict[str, str]:
        client = StrictClient()
        sign_in(client, user)
        organization = posting.organization
        assert organization is not None
        urls = [
            people_url(posting),
            reverse("postings:mine"),
            reverse("postings:posting", args=[posting.public_id]),
            reverse("applications:inbox"),
            reverse("applications:record", args=[organization.public_id]),
            reverse("employers:overview"),
            reverse("home"),
            reverse("public:job", args=[posting.public_id]),
            reverse("search:list"),
            reverse("transparency"),
        ]
        return {url: TOKEN.sub(r"\1", client.get(url).content.decode()) for url in urls}

    def old_links(self, user: User, posting: Posting, who: SeekerProfile) -> set[Any]:
        client = StrictClient()
        sign_in(client, user)
        reference = reference_of(posting, who)
        args = [posting.public_id, reference]
        answers = {
            client.get(reverse(f"applications:{name}", args=args)).status_code
            for name in ("person", "invite")
        }
        sent = client.post(reverse("applications:invite", args=args))
        return answers | {sent.status_code}

    @settings(max_examples=25, deadline=None)
    @given(
        st.lists(st.sampled_from(HIDING + OTHERS), max_size=3),
        st.sampled_from([{}, {}, *ABSENT]),
        st.sampled_from(["former", "chosen"]),
    )
    def test_a_page_is_the_same_without_the_person(
        self, blocks: list[dict[str, str]], change: dict[str, Any], reason: str
    ) -> None:
        hidden = any(block in HIDING for block in blocks)
        gone = any(block in OTHERS for block in blocks)
        with transaction.atomic():
            before = self.pages(self.blocked_user, self.posting)
            before_other = self.pages(self.other_user, self.other_posting)
            who = make_visible(1)
            SeekerProfile.objects.filter(pk=who.pk).update(**change)
            for block in {tuple(b.items()): b for b in blocks}.values():
                CompanyBlock.objects.create(profile=who, reason=reason, **block)
            after = self.pages(self.blocked_user, self.posting)
            after_other = self.pages(self.other_user, self.other_posting)
            assert (after == before) is bool(hidden or change)
            assert (after_other == before_other) is bool(gone or change)
            # Only the list of people ever differs, whoever it is about.
            url = people_url(self.posting)
            assert {u for u in after if after[u] != before[u]} <= {url}
            links = self.old_links(self.blocked_user, self.posting, who)
            assert links == ({404} if hidden or change else {200, 302})
            transaction.set_rollback(True)

    def test_no_page_of_an_employer_holds_what_stays_with_the_seeker(self) -> None:
        who = make_visible(
            2,
            pseudonym="独一无二名",
            contact_name="林真名",
            contact_phone="13811112222",
            district="静安区",
            birth_year=1999,
            min_pay=4321,
            wish_text="心里话不给别人看",
            constraints=["no_collection", "no_credit_check"],
            years="4.5",
        )
        CompanyBlock.objects.create(profile=who, name="老东家数据", reason="former")
        client = StrictClient()
        sign_in(client, self.other_user)
        args = [self.other_posting.public_id, reference_of(self.other_posting, who)]
        urls = [people_url(self.other_posting)]
        urls += [
            reverse(f"applications:{name}", args=args) for name in ("person", "invite")
        ]
        for url in urls:
            page = client.get(url).content.decode()
            for secret in (
                "独一无二名",
                "林真名",
                "13811112222",
                "静安",
                "1999",
                "4321",
                "4,321",
                "心里话",
                "征信",
                "老东家",
                "4.5",
                "催收员",
                str(who.public_id),
            ):
                assert secret not in page, (url, secret)
        assert "3 到 6 年" in client.get(urls[1]).content.decode()

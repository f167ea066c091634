"""No sequence of an employer's actions tells whether somebody who hides is there."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import time_machine
from django.core.cache import cache, caches
from django.db import transaction
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.urls.converters import UUIDConverter
from hypothesis import given, settings, strategies as st
from hypothesis.extra.django import TestCase

from accounts.employers.models import Membership, Organization
from accounts.identity.models import OutboxMessage, User
from accounts.seekers.models import CompanyBlock, SeekerProfile
from jobs.api.rest.document import document, operations
from jobs.applications.models import Application
from jobs.applications.services.saved import save_posting
from jobs.matching.access.candidates import reference_of
from jobs.matching.enums import FeedbackReason
from jobs.matching.services.feedback import give_feedback
from jobs.matching.services.nightly import store_matches
from jobs.postings.models import Posting
from tests.config.employer_urls import CLOSED, DEMO_ONLY, OPEN, WORK
from tests.jobs.alerts.make import make_search
from tests.jobs.api.make import Api, new_key
from tests.jobs.applications.make import send
from tests.jobs.applications.make_people import ask, make_apart, make_visible
from tests.jobs.resumes.make import make_resume
from tests.make import make_member, make_posting, sign_in
from tests.test_consistency import named_urls

# By day: nothing waits for the morning, and no minute passes between two worlds.
NOON = datetime(2026, 11, 23, 4, 0, tzinfo=UTC)
EMAIL = "nobody.knows@example.com"
PROFILE = UUID("00000000-0000-4000-8000-00000000aaaa")
ACCOUNT = UUID("00000000-0000-4000-8000-00000000bbbb")
APPLICATION = UUID("00000000-0000-4000-8000-00000000cccc")
TOKEN = re.compile(r'(csrfmiddlewaretoken" value="|"X-CSRFToken": ?")[A-Za-z0-9]+')
# What is made anew in each world says nothing: only that it is there counts.
MADE_ANEW = re.compile(
    r"[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}"
    r"|R-[0-9A-Z]{4}-[0-9A-Z]{4}"
)
NUMBERED = re.compile(r'(name="attempt" value=")\d+')
# Why somebody is hidden, and who looks for them.
SCENES = ("blocked", "sister", "mail", "representative", "stage_0", "stage_2")


def test_every_address_is_put_down() -> None:
    names = set(named_urls(get_resolver().url_patterns))
    assert names == WORK | OPEN | CLOSED
    assert not (WORK & OPEN)
    assert not (WORK & CLOSED)
    assert not (OPEN & CLOSED)


def patterns(
    found: list[URLPattern | URLResolver], namespace: str = ""
) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Every named address of ours with the names of what it wants."""
    for pattern in found:
        if isinstance(pattern, URLResolver):
            inner = ":".join(filter(None, (namespace, pattern.namespace)))
            _note_numbers(pattern)
            for name, wants in patterns(pattern.url_patterns, inner):
                yield name, (*pattern.pattern.converters, *wants)
        elif pattern.name:
            name = f"{namespace}:{pattern.name}" if namespace else pattern.name
            _note_numbers(pattern)
            yield name, tuple(pattern.pattern.converters)


# What has to look like a number of a row; where there is none it is nobody's.
UUIDS: set[str] = set()
NOBODYS = [UUID(int=5), UUID(int=6)]


def _note_numbers(pattern: URLPattern | URLResolver) -> None:
    for want, converter in pattern.pattern.converters.items():
        if isinstance(converter, UUIDConverter):
            UUIDS.add(want)


WANTS = dict(patterns(get_resolver().url_patterns))
NAMES = sorted((WORK | OPEN | CLOSED) - DEMO_ONLY)
# Everything a form of an employer may hold, with the hidden person's address in it.
FORM = {
    "email": EMAIL,
    "role": "recruiter",
    "text": "请问下周方便吗?",
    "version": "1",
    "shortlist-version": "1",
    "decline-version": "1",
    "decline-reason": "schedule",
    "decline-message": "班次不合适。",
    "title": "热线客服",
    "q": EMAIL,
    "kind": "credit_report",
    "language": "zh-hans",
    "theme": "dark",
    "category": "fee",
    "receipt": "AAAA-BBBB-C",
}


@dataclass(frozen=True)
class Action:
    """One request, with a number for the choice among what could be asked about."""

    name: str
    post: bool
    choice: int


@dataclass
class World:
    posting: Posting
    pool: dict[str, list[Any]] = field(default_factory=dict)

    def url(self, action: Action) -> str:
        chosen = {
            want: self._of(want, action.name)[
                action.choice % len(self._of(want, action.name))
            ]
            for want in WANTS[action.name]
        }
        return reverse(action.name, kwargs=chosen)

    def _of(self, want: str, name: str) -> list[Any]:
        """What could be asked about; a token may look like nothing else does."""
        free = want
        if want == "token" and not name.startswith("alerts:stop"):
            free = "anything"
        other = NOBODYS if want in UUIDS else self.pool["anything"]
        return self.pool.get(free, other)


actions = st.builds(
    Action,
    name=st.one_of(st.sampled_from(sorted(WORK)), st.sampled_from(NAMES)),
    post=st.booleans(),
    choice=st.integers(0, 11),
)


@contextmanager
def undone() -> Iterator[None]:
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


class TestHidden(TestCase):
    users: dict[str, User]
    postings: dict[str, Posting]
    other_user: User
    other: Posting
    seen: SeekerProfile
    applicant: SeekerProfile
    sent: dict[int, Application]

    @classmethod
    def setUpTestData(cls) -> None:
        with time_machine.travel(NOON, tick=False):
            cls._people()

    @classmethod
    def _people(cls) -> None:
        phone = "+862158887777"
        blocked = make_apart(
            1, "青禾客服", contact_phone=phone, legal_representative="顾青"
        )
        sister = make_apart(2, "白塔数据", contact_phone=phone)
        mail = make_apart(3, "红塔数据")
        same = make_apart(4, "蓝塔数据", legal_representative="顾青")
        free = make_apart(5, "远帆客服")
        owners: dict[str, tuple[Organization, str]] = {
            "blocked": (blocked, "hr@qinghe-test.cn"),
            "sister": (sister, "hr@baita-test.cn"),
            "mail": (mail, "boss@qinghe-test.cn"),
            "representative": (same, "hr@lanta-test.cn"),
            "stage_0": (free, "hr@yuanfan-test.cn"),
        }
        cls.users = {
            scene: make_member(organization, email=email, role="admin")
            for scene, (organization, email) in owners.items()
        }
        cls.postings = {
            scene: make_posting(organization)
            for scene, (organization, _) in owners.items()
        }
        cls.users["stage_2"] = cls.users["stage_0"]
        cls.postings["stage_2"] = cls.postings["stage_0"]
        elsewhere = make_apart(9, "别家客服")
        cls.other_user = make_member(elsewhere, email="hr@biejia-test.cn")
        cls.other = make_posting(elsewhere)
        # Somebody who is seen, and somebody who applied: the pages are not empty.
        cls.seen = make_visible(90)
        cls.applicant = make_visible(91)
        cls.sent = {
            posting.pk: send(cls.applicant, posting)
            for posting in set(cls.postings.values())
        }

    def hide(self, scene: str) -> None:
        """A full life on this site, and one reason not to be seen by this employer."""
        who = make_visible(1, email=EMAIL, pseudonym="无名氏")
        SeekerProfile.objects.filter(pk=who.pk).update(public_id=PROFILE)
        User.objects.filter(pk=who.user_id).update(public_id=ACCOUNT)
        who = SeekerProfile.objects.get(pk=who.pk)
        ask(self.other, who, self.other_user)
        application = send(who, self.other)
        type(application).objects.filter(pk=application.pk).update(
            public_id=APPLICATION
        )
        for posting in self.postings.values():
            save_posting(user=who.user, posting=posting)
            give_feedback(
                profile=who,
                actor=who.user,
                posting=posting,
                reason=FeedbackReason.PAY,
            )
        make_search(who.user)
        make_resume(who)
        store_matches(profile=who)
        if scene.startswith("stage_"):
            SeekerProfile.objects.filter(pk=who.pk).update(visibility=scene[-1])
        else:
            # Named by code: the others are found because they belong to it.
            CompanyBlock.objects.create(
                profile=who, uscc="91000000MA1B000001", reason="former"
            )
        # What was told so far was told to other people.
        OutboxMessage.objects.exclude(user__in=self.users.values()).delete()

    def world(self, scene: str) -> World:
        posting = self.postings[scene]
        person = [reference_of(posting, SeekerProfile(public_id=PROFILE))]
        seen = reference_of(posting, self.seen)
        ids = [
            posting.public_id,
            self.sent[posting.pk].public_id,
            PROFILE,
            ACCOUNT,
            APPLICATION,
            posting.organization.public_id,  # type: ignore[union-attr]
            person[0],
            self.users[scene].public_id,
        ]
        pool: dict[str, list[Any]] = {
            "public_id": ids,
            "reference": [*person, seen, PROFILE],
            "event": ["shortlist", "decline", "pause", "close", "offer"],
            "pk": [1, 2],
            "number": [1, 2],
            "token": ["s1.x:forged"],
            "anything": ["place", "support", "x", "AAAA-BBBB-C"],
        }
        return World(posting, pool)

    def observe(self, scene: str, steps: list[Action]) -> list[tuple[Any, ...]]:
        """All that the employer's browser and mailbox get to see."""
        cache.clear()
        caches["pages"].clear()
        user, world = self.users[scene], self.world(scene)
        client = self.client_class(raise_request_exception=True)
        sign_in(client, user)
        told = set(OutboxMessage.objects.values_list("pk", flat=True))
        found: list[tuple[Any, ...]] = []
        for step in steps:
            url = world.url(step)
            with transaction.atomic():
                response = (
                    client.post(url, FORM)
                    if step.post
                    else client.get(url, {"q": "客"})
                )
            body = b"".join(response) if response.streaming else response.content
            text = body.decode("utf-8", "replace")
            place = response.get("Location", "")
            found.append(
                (step.name, response.status_code, self.plain(place), self.plain(text))
            )
        mail = OutboxMessage.objects.exclude(pk__in=told)
        sent = sorted(
            (row.template, self.plain(row.subject), self.plain(row.body))
            for row in mail.filter(user=user)
        )
        return [*found, ("mail", *sent)]

    def plain(self, text: str) -> str:
        """Without what is random in every world; what both know by id stays."""
        text = NUMBERED.sub(r"\1", TOKEN.sub(r"\1", text))
        known = {str(PROFILE), str(ACCOUNT), str(APPLICATION)}
        return MADE_ANEW.sub(
            lambda m: m.group() if m.group() in known else "<id>", text
        )

    def compare(self, scene: str, steps: list[Action]) -> None:
        with time_machine.travel(NOON, tick=False):
            with undone():
                without = self.observe(scene, steps)
            with undone():
                self.hide(scene)
                with_them = self.observe(scene, steps)
        for one, two in zip(without, with_them, strict=True):
            assert one == two

    @settings(max_examples=15, deadline=None)
    @given(
        st.sampled_from(SCENES),
        st.lists(actions, min_size=2, max_size=6),
    )
    def test_no_sequence_of_actions_tells(
        self, scene: str, steps: list[Action]
    ) -> None:
        self.compare(scene, steps)

    def test_no_address_of_an_employers_work_tells(self) -> None:
        """Every one of them, asked about everything, in the two plainest scenes."""
        for scene in ("blocked", "stage_0"):
            steps = [
                Action(name, False, choice)
                for name in sorted(WORK | {"home", "search:list", "public:job"})
                for choice in ((0, 1, 2, 4) if WANTS[name] else (0,))
            ]
            self.compare(scene, steps)

    def test_inviting_their_address_as_a_colleague_tells_nothing(self) -> None:
        steps = [
            Action("employers:members", True, 0),
            Action("employers:members", False, 0),
        ]
        self.compare("blocked", steps)

    def test_no_route_of_the_api_tells(self) -> None:
        """Every route with a key that may do everything, asked by every true id."""
        for scene in ("blocked", "stage_0", "stage_2"):
            with time_machine.travel(NOON, tick=False):
                with undone():
                    without = self.observe_api(scene)
                with undone():
                    self.hide(scene)
                    with_them = self.observe_api(scene)
            assert without == with_them
            assert any(status == 200 for _url, status, _text in without)

    def observe_api(self, scene: str) -> list[tuple[str, int, str]]:
        cache.clear()
        posting = self.postings[scene]
        Membership.objects.filter(user=self.users[scene]).update(role="admin")
        api = Api(new_key(self.users[scene]).token)
        ids = [posting.public_id, self.sent[posting.pk].public_id]
        found = []
        for path, method, _operation in operations(document()):
            path = path.removeprefix("/api/v1").replace("{name}", "cities")
            for chosen in [*ids, PROFILE, ACCOUNT, APPLICATION]:
                url = re.sub(r"\{\w+_id\}", str(chosen), path)
                body = None if method == "get" else {"version": 1, "title": "热线客服"}
                with transaction.atomic():
                    answer = (
                        api.get(url)
                        if method == "get"
                        else api.send(method, url, body, If_Match="*")
                    )
                text = answer.content.decode()
                found.append((url, answer.status_code, self.plain(text)))
        return found

    def test_the_comparison_sees_somebody_who_does_not_hide(self) -> None:
        """Else the tests above would prove nothing."""
        steps = [Action("applications:people", False, 0)]
        with time_machine.travel(NOON, tick=False):
            with undone():
                before = self.observe("stage_0", steps)
            with undone():
                make_visible(1, email=EMAIL)
                assert self.observe("stage_0", steps) != before

    def test_what_belongs_to_others_is_closed(self) -> None:
        """Whatever they ask for, also by its true id; a form is no way round."""
        with undone(), time_machine.travel(NOON, tick=False):
            self.hide("blocked")
            client = self.client_class()
            sign_in(client, self.users["blocked"])
            world = self.world("blocked")
            for name in sorted(CLOSED):
                for choice in (2, 4) if WANTS[name] else (0,):
                    url = world.url(Action(name, False, choice))
                    assert client.get(url).status_code in {404, 405}, url
                    assert client.post(url, FORM).status_code in {404, 405}, url

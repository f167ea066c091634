"""Whatever a team does in whatever order, nobody reads a colleague's card too soon."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import transaction
from django.urls import reverse
from hypothesis import given, settings, strategies as st
from hypothesis.extra.django import TestCase

from accounts.identity.models import User
from accounts.lib.workflow import TransitionRefused
from jobs.applications.models import Application
from jobs.talent.services import cards
from tests.client import StrictClient
from tests.jobs.applications.make import make_application, take
from tests.jobs.talent.make import codes, judged, noted
from tests.make import (
    make_member,
    make_organization,
    make_posting,
    make_seeker,
    sign_in,
)

WRITERS = ("one", "two", "three")
PAGES = (
    "applications:received",
    "applications:inbox",
    "talent:team",
    "talent:card",
    "talent:waive",
    "talent:pool",
    "identity:trail",
    "consent:centre",
)
ACTS = ("send", "waive", "note", "choose", "end")


@dataclass(frozen=True)
class Act:
    who: str
    what: str


acts = st.builds(Act, st.sampled_from(WRITERS), st.sampled_from(ACTS))


class TestIndependence(TestCase):
    people: dict[str, User]
    application: Application

    @classmethod
    def setUpTestData(cls) -> None:
        organization = make_organization()
        cls.people = {
            name: make_member(organization, email=f"{name}@example.com", role="admin")
            for name in WRITERS
        }
        posting = make_posting(organization)
        cls.application = make_application(make_seeker(), posting, state="viewed")

    @settings(max_examples=25, deadline=None)
    @given(st.lists(acts, max_size=6))
    def test_a_card_is_read_after_ones_own_only(self, steps: list[Act]) -> None:
        with transaction.atomic():
            done: set[str] = set()
            sent: set[str] = set()
            for step in steps:
                if self.do(step):
                    done |= {step.who} if step.what in {"send", "waive"} else set()
                    sent |= {step.who} if step.what == "send" else set()
            for reader in WRITERS:
                shown = self.shown_to(reader)
                assert shown == (sent if reader in done else set())
            transaction.set_rollback(True)

    def do(self, act: Act) -> bool:
        """True where it was taken."""
        user = self.people[act.who]
        fresh = Application.objects.select_related("posting").get(
            pk=self.application.pk
        )
        try:
            with transaction.atomic():
                if act.what == "send":
                    judged(fresh, user, comment=secret(act.who))
                elif act.what == "waive":
                    cards.waive_card(application=fresh, actor=user)
                elif act.what == "note":
                    noted(fresh, user, "请大家都填一下")
                elif act.what == "choose":
                    chosen = codes(fresh)[:3]
                    cards.set_criteria(posting=fresh.posting, actor=user, codes=chosen)
                else:
                    take(fresh, "decline", user)
        except TransitionRefused:
            return False
        return True

    def shown_to(self, reader: str) -> set[str]:
        """Whose words stand on any page that this member can open."""
        client = StrictClient()
        sign_in(client, self.people[reader])
        text = ""
        for name in PAGES:
            wants = name.startswith(("applications:received", "talent:")) and (
                name != "talent:pool"
            )
            args = [self.application.public_id] if wants else []
            with transaction.atomic():
                text += client.get(reverse(name, args=args)).content.decode()
                transaction.set_rollback(True)
        return {name for name in WRITERS if secret(name) in text}


def secret(name: str) -> str:
    return f"只有{name}听到的一句话"

"""Whenever somebody else's page shows something of a seeker, the seeker can read it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pytest
from django.db import transaction
from django.urls import reverse

from accounts.consent.access import looks_at
from accounts.consent.descriptions import looks
from accounts.identity.models import AuditEvent, User
from accounts.seekers.models import SeekerProfile
from jobs.api.rest.document import document, operations
from jobs.applications.models import Application
from jobs.applications.services.messages import send_message
from jobs.matching.access.candidates import reference_of
from jobs.postings.models import Posting
from tests.cast import Cast
from tests.client import StrictClient
from tests.config.employer_urls import CLOSED, WORK
from tests.config.test_no_employer_finds_the_hidden import WANTS
from tests.jobs.api.make import Api, new_key
from tests.jobs.applications.make import make_application
from tests.jobs.applications.make_people import agree, make_apart, make_visible
from tests.make import make_member, make_posting, sign_in

pytestmark = pytest.mark.django_db
# Whoever could see somebody, and where they work: the rest is closed to them.
PLACES = {
    "employer": WORK | {"home", "identity:trail", "consent:looks", "search:list"},
    "counselor": CLOSED | {"home"},
    "moderator": CLOSED | {"home"},
    "operator": CLOSED | {"home"},
}
# What names the applicant, or brings a page about the person on the list.
NAME, LETTER, LINE = "林小舟", "下周就能上班。", "我有一句话要说"


class Stage:
    """An applicant with a talk, and somebody on the list of people."""

    def __init__(self, cast: Cast) -> None:
        self.cast = cast
        self.posting: Posting = make_posting(cast.organization)
        self.application: Application = make_application(
            cast.seeker, self.posting, state="viewed"
        )
        send_message(application=self.application, actor=cast.seeker.user, text=LINE)
        self.found: SeekerProfile = make_visible(7)
        self.reference = reference_of(self.posting, self.found)

    def urls(self, names: Iterable[str]) -> list[str]:
        pool: dict[str, list[Any]] = {
            "public_id": [self.posting.public_id, self.application.public_id],
            "reference": [self.reference],
            "event": ["close"],
            "pk": [1],
        }
        urls = []
        for name in sorted(names):
            wants = WANTS[name]
            if not set(wants) <= set(pool):
                continue
            for number in range(max((len(pool[want]) for want in wants), default=1)):
                chosen = {w: pool[w][number % len(pool[w])] for w in wants}
                urls.append(reverse(name, kwargs=chosen))
        return urls

    def shown_in(self, page: str) -> list[User]:
        shown = []
        if any(words in page for words in (NAME, LETTER, LINE)):
            shown.append(self.cast.seeker.user)
        if str(self.reference) in page:
            shown.append(self.found.user)
        return shown


@pytest.fixture
def stage(cast: Cast) -> Stage:
    return Stage(cast)


def test_every_page_that_shows_somebody_leaves_a_line(stage: Stage) -> None:
    """Of all addresses, whoever looks: what has no line about it shows nobody."""
    seen: set[str] = set()
    for role, places in PLACES.items():
        reader = stage.cast.user(role)
        assert reader is not None
        client = StrictClient()
        sign_in(client, reader)
        for url in stage.urls(places):
            with transaction.atomic():
                _look(stage, client, reader, url, seen)
                transaction.set_rollback(True)
    names = " ".join(seen)
    assert all(part in names for part in ("/inbox/", "/people/", "/invite/"))


def _look(
    stage: Stage, client: StrictClient, reader: User, url: str, seen: set[str]
) -> None:
    before = AuditEvent.objects.order_by("-pk").values_list("pk", flat=True)[:1]
    last = next(iter(before), 0)
    response = client.get(url, follow=True)
    # A page that says no repeats the address, and the code in it.
    page = response.content.decode() if response.status_code == 200 else ""
    for person in stage.shown_in(page):
        lines = AuditEvent.objects.filter(
            pk__gt=last,
            subject_id=person.pk,
            actor_id=reader.pk,
            action__in=list(looks()),
        )
        assert lines.exists(), f"{url} shows {person.email} and leaves no line"
        seen.add(url)


def test_every_route_of_the_api_that_shows_somebody_leaves_a_line(
    stage: Stage,
) -> None:
    api = Api(new_key(stage.cast.employer).token)
    seen: set[str] = set()
    for path, method, _operation in operations(document()):
        if method != "get":
            continue
        url = path.removeprefix("/api/v1").replace("{name}", "cities")
        url = url.replace("{posting_id}", str(stage.posting.public_id))
        url = url.replace("{application_id}", str(stage.application.public_id))
        with transaction.atomic():
            last = AuditEvent.objects.order_by("-pk").values_list("pk", flat=True)[0]
            for person in stage.shown_in(api.get(url).content.decode()):
                lines = AuditEvent.objects.filter(
                    pk__gt=last,
                    subject_id=person.pk,
                    actor_id=stage.cast.employer.pk,
                    action__in=list(looks()),
                )
                assert lines.exists(), f"{url} shows somebody and leaves no line"
                seen.add(path)
            transaction.set_rollback(True)
    assert {path.rpartition("/v1")[2] for path in seen} == {
        "/applications",
        "/applications/{application_id}",
    }


def test_a_line_says_who_what_and_why(stage: Stage) -> None:
    client = StrictClient()
    sign_in(client, stage.cast.employer)
    client.get(reverse("applications:received", args=[stage.application.public_id]))
    client.get(reverse("applications:received", args=[stage.application.public_id]))
    (line,) = looks_at(stage.cast.seeker.user)
    assert line.who == stage.cast.organization.display_name
    assert line.saw == "你投递时发的内容和你的消息"
    assert line.because == "你投递过那里。"
    mine = StrictClient()
    sign_in(mine, stage.cast.seeker.user)
    page = mine.get(reverse("consent:looks")).content.decode()
    assert stage.cast.organization.display_name in page
    assert "为什么能看" in page


def test_each_colleague_leaves_a_line(stage: Stage) -> None:
    for user in (stage.cast.employer, stage.cast.colleague):
        client = StrictClient()
        sign_in(client, user)
        client.get(reverse("applications:received", args=[stage.application.public_id]))
    assert len(looks_at(stage.cast.seeker.user)) == 2


def test_nobody_reads_the_looks_at_somebody_else(stage: Stage) -> None:
    client = StrictClient()
    sign_in(client, stage.cast.employer)
    client.get(reverse("applications:received", args=[stage.application.public_id]))
    other = StrictClient()
    sign_in(other, stage.cast.other_seeker.user)
    page = other.get(reverse("consent:looks")).content.decode()
    assert stage.cast.organization.display_name not in page


def test_old_lines_are_paged_by_number(cast: Cast) -> None:
    """Every line once, over as many pages as it takes."""
    agree(cast.seeker)
    for number in range(10, 43):
        organization = make_apart(number, f"第{number}家")
        user = make_member(organization, email=f"hr{number}@firm{number}-test.cn")
        posting = make_posting(organization)
        client = StrictClient()
        sign_in(client, user)
        client.get(reverse("applications:people", args=[posting.public_id]))
    mine = StrictClient()
    sign_in(mine, cast.seeker.user)
    first = mine.get(reverse("consent:looks"))
    assert len(first.context["lines"]) == 30
    second = mine.get(first.context["older"])
    assert len(second.context["lines"]) == 3
    who = {line.who for page in (first, second) for line in page.context["lines"]}
    assert len(who) == 33

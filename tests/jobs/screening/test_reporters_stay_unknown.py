"""Who reported, and in which words, reaches nobody on the employer's side."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.urls.exceptions import NoReverseMatch

from accounts.consent.registry import export_person
from accounts.identity.models import AuditEvent, OutboxMessage, User
from jobs.applications.models import Application
from jobs.screening.models.reports import Report, ReportTransition
from jobs.screening.models.sanctions import Sanction
from jobs.screening.services.appeals import decide_appeal, file_appeal
from jobs.screening.services.reports import answer_question, request_evidence
from jobs.screening.services.sanctions import impose_sanction
from jobs.screening.services.second_look import confirm_sanction
from tests.cast import Cast
from tests.client import StrictClient
from tests.jobs.screening.make_reports import WORDS, decide, make_report
from tests.make import make_posting, make_user, sign_in

SECRET_WORDS = "蓝色雨伞"
# The receipt is the key itself; the demo shows every message on purpose; the rest is
# the sign-in library's, which knows no reports.
NOT_ASKED = ("reports:receipt", "demo:", "account_", "mfa_", "usersessions_")
NAMES = ("林小舟", "海风", "13800000000", "reporter.person@example.com")


@pytest.fixture
def reported(cast: Cast) -> Report:
    """A report by a seeker with a name, all the way to an objection that failed."""
    User.objects.filter(pk=cast.seeker.user.pk).update(
        display_name=NAMES[0], email=NAMES[3]
    )
    cast.seeker.user.refresh_from_db()
    report = make_report(make_posting(cast.organization), reporter=cast.seeker.user)
    asked = request_evidence(
        report=report, reviewer=cast.moderator, question="有没有收过押金?"
    )
    answered = answer_question(report=asked, actor=cast.employer, answer="没有。")
    sanction = decide(answered, cast.moderator, "removed").sanction
    assert sanction is not None
    confirm_sanction(sanction=sanction, reviewer=cast.operator)
    appeal = file_appeal(sanction=sanction, actor=cast.employer, text="不对。")
    third = make_user("moderator", email="third@example.com")
    decide_appeal(appeal=appeal, reviewer=third, reverse=False, reason="有收据。")
    impose_sanction(
        organization=cast.organization,
        kind="suspended",
        actor=third,
        basis=["fee"],
        note="再犯。",
    )
    report.refresh_from_db()
    return report


def names(patterns: list[URLPattern | URLResolver], space: str = "") -> Iterator[str]:
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            prefix = f"{space}{pattern.namespace}:" if pattern.namespace else space
            yield from names(pattern.url_patterns, prefix)
        elif pattern.name:
            yield f"{space}{pattern.name}"


def addresses(ids: list[str]) -> Iterator[str]:
    """Every page of the site, with every id that an employer could come by."""
    for name in set(names(get_resolver().url_patterns)):
        if name.startswith(NOT_ASKED):
            continue
        try:
            yield reverse(name)
        except NoReverseMatch:
            for public_id in ids:
                try:
                    yield reverse(name, args=[public_id])
                except NoReverseMatch:
                    break


@pytest.mark.parametrize("role", ["employer", "other_employer"])
def test_no_page_of_an_employer_tells(cast: Cast, reported: Report, role: str) -> None:
    ids = [
        str(row.public_id)
        for row in (
            reported,
            reported.posting,
            cast.organization,
            *Sanction.objects.all(),
            cast.employer,
        )
        if row is not None
    ]
    client = StrictClient()
    sign_in(client, cast.user(role))
    seen = 0
    for url in addresses(ids):
        page = client.get(url, follow=True)
        if page.status_code != 200 or page.streaming:
            continue
        text = page.content.decode(errors="replace")
        seen += 1
        for secret in (SECRET_WORDS, reported.receipt, *NAMES):
            assert secret not in text, (url, secret)
    assert seen > 15


def test_no_message_to_an_employer_tells(cast: Cast, reported: Report) -> None:
    messages = OutboxMessage.objects.exclude(user=cast.seeker.user)
    assert messages.filter(user=cast.employer).count() >= 4
    for message in messages:
        text = message.subject + message.body
        for secret in (SECRET_WORDS, reported.receipt, *NAMES):
            assert secret not in text


def test_no_export_or_trail_of_others_tells(cast: Cast, reported: Report) -> None:
    for role in ("employer", "colleague", "moderator", "operator"):
        user = cast.user(role)
        assert user is not None
        text = json.dumps(export_person(user), default=str, ensure_ascii=False)
        assert SECRET_WORDS not in text
        assert reported.receipt not in text
    mine = AuditEvent.objects.filter(object_type="jobs_screening.Report")
    ids = {cast.seeker.user.pk}
    assert not mine.filter(actor_id__in=ids).exists()
    assert not mine.filter(subject_id__in=ids).exists()
    assert not ReportTransition.objects.filter(actor=cast.seeker.user).exists()


@pytest.mark.parametrize("role", ["moderator", "operator"])
def test_moderators_read_the_words_but_not_the_name(
    cast: Cast, reported: Report, role: str
) -> None:
    client = StrictClient()
    sign_in(client, cast.user(role))
    sanction = reported.sanction
    assert sanction is not None
    page = client.get(reverse("screening:report", args=[reported.public_id]))
    assert WORDS in page.content.decode()
    for url in (
        reverse("screening:report", args=[reported.public_id]),
        reverse("screening:confirm", args=[sanction.public_id]),
        reverse("screening:measure", args=[sanction.public_id]),
        reverse("screening:appeal", args=[sanction.appeals.get().public_id]),
        reverse("screening:employer", args=[cast.organization.public_id]),
        reverse("screening:reports"),
    ):
        text = client.get(url).content.decode()
        for secret in (*NAMES, reported.receipt):
            assert secret not in text, (url, secret)


def test_the_test_would_notice(cast: Cast, reported: Report) -> None:
    """The words are really there, on the one page that shows them."""
    assert not Application.objects.exists()
    client = StrictClient()
    sign_in(client, cast.moderator)
    url = reverse("screening:report", args=[reported.public_id])
    assert SECRET_WORDS in client.get(url).content.decode()

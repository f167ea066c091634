"""A hiring team's notes and scorecards, and whom it may keep in mind."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from accounts.identity.models import User
from jobs.applications.models import Application
from jobs.public.demo import content
from jobs.public.demo.guide import demo_address
from jobs.talent.access import criteria_for
from jobs.talent.rules.criteria import codes_of
from jobs.talent.services import cards, notes, pool


def load_team(*, now: datetime) -> None:
    """Through the services, as a team would, each at its hour."""
    for row in content.team("notes"):
        notes.write_note(
            application=_application(row),
            actor=_member(row),
            text=row["text"],
            now=_ago(row["hours_ago"], now),
        )
    for row in content.team("cards"):
        _load_card(row, now)
    for row in content.team("pool"):
        _load_question(row, now)


def _load_card(row: dict[str, Any], now: datetime) -> None:
    application = _application(row)
    chosen = criteria_for(application)
    codes = codes_of(cards.rows_for(application))
    given = [mark or None for mark in row["marks"]]
    cards.send_card(
        application=application,
        actor=_member(row),
        marks=dict(zip(codes, given, strict=True)),
        comment=row["comment"],
        version=chosen.version if chosen else 0,
        now=_ago(row["hours_ago"], now),
    )


def _load_question(row: dict[str, Any], now: datetime) -> None:
    application = _application(row)
    asked = _ago(row["hours_ago"], now)
    entry = pool.ask_to_keep(application=application, actor=_member(row), now=asked)
    if "answered_hours_ago" in row:
        pool.agree(
            entry=entry,
            actor=application.seeker.user,
            with_name=row["with_name"],
            now=max(_ago(row["answered_hours_ago"], now), entry.visible_at),
        )


def _application(row: dict[str, Any]) -> Application:
    people = {seeker["slug"]: seeker["email"] for seeker in content.seekers()}
    titles = {advert["slug"]: advert["title"] for advert in content.postings()}
    found = Application.objects.select_related("posting", "organization")
    return found.get(
        seeker__user=_account(people[row["seeker"]]),
        posting__title=titles[row["posting"]],
    )


def _member(row: dict[str, Any]) -> User:
    return _account(row["by"])


def _account(email: str) -> User:
    """Under either address: who signs in with one tap has another one."""
    return User.objects.get(email__in=[email, demo_address(email)])


def _ago(hours: float, now: datetime) -> datetime:
    return now - timedelta(hours=hours)

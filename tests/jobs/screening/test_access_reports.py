"""Who may see reports, measures and objections."""

from __future__ import annotations

import pytest
from django.urls import reverse

from jobs.screening.models.reports import Report
from jobs.screening.models.sanctions import Sanction
from jobs.screening.services.reports import request_evidence
from jobs.screening.services.sanctions import impose_sanction
from tests.access import check_access
from tests.cast import ROLES, Cast
from tests.jobs.screening.make_reports import make_appeal, make_removal, make_report
from tests.make import make_posting

EVERYBODY = dict.fromkeys(ROLES, 200)
MODERATING = {"moderator": 200, "operator": 200}
MEMBERS = {"employer": 200, "colleague": 200}
EMPLOYERS = MEMBERS | {"other_employer": 200}
QUEUES = ("screening:reports", "screening:confirmations", "screening:appeals")
ACTS = ("screening:triage", "screening:ask", "screening:decide_report")


@pytest.mark.parametrize("method", ["get", "post"])
def test_everybody_may_report_a_posting(cast: Cast, method: str) -> None:
    posting = make_posting(cast.organization)
    url = reverse("reports:job", args=[posting.public_id])
    check_access(cast, url, EVERYBODY, method=method)


def test_everybody_may_report_an_employer(cast: Cast) -> None:
    make_posting(cast.organization)
    url = reverse("reports:employer", args=[cast.organization.public_id])
    check_access(cast, url, EVERYBODY)


def test_who_never_published_cannot_be_reported(cast: Cast) -> None:
    posting = make_posting(cast.organization, state="draft")
    for name, target in (("job", posting), ("employer", cast.organization)):
        url = reverse(f"reports:{name}", args=[target.public_id])
        check_access(cast, url, dict.fromkeys(ROLES, 404))


def test_whoever_has_the_receipt_sees_what_came_of_it(cast: Cast) -> None:
    report = make_report(make_posting(cast.organization))
    check_access(cast, reverse("reports:receipt", args=[report.receipt]), EVERYBODY)
    nothing = reverse("reports:receipt", args=["R-3333-3333"])
    check_access(cast, nothing, dict.fromkeys(ROLES, 404))
    check_access(cast, reverse("reports:lookup"), EVERYBODY)


def test_everybody_signed_in_has_a_list_of_their_own(cast: Cast) -> None:
    expected = EVERYBODY | {"anonymous": 302}
    check_access(cast, reverse("reports:mine"), expected)


@pytest.mark.parametrize("name", QUEUES)
def test_only_moderators_see_the_queues(cast: Cast, name: str) -> None:
    make_appeal(cast)
    make_removal(cast, confirmed=False)
    check_access(cast, reverse(name), MODERATING)


@pytest.mark.parametrize("name", ACTS)
def test_only_moderators_act_on_a_report(cast: Cast, name: str) -> None:
    report = make_report(make_posting(cast.organization))
    url = reverse(name, args=[report.public_id])
    data = {"seen": report.state}
    check_access(cast, url, MODERATING, method="post", data=data)
    assert Report.objects.get().state == "open"


def test_only_moderators_read_a_report(cast: Cast) -> None:
    report = make_report(make_posting(cast.organization))
    url = reverse("screening:report", args=[report.public_id])
    check_access(cast, url, MODERATING)


@pytest.mark.parametrize("method", ["get", "post"])
def test_only_moderators_look_a_second_time(cast: Cast, method: str) -> None:
    sanction = make_removal(cast, confirmed=False)
    url = reverse("screening:confirm", args=[sanction.public_id])
    check_access(cast, url, MODERATING, method=method)
    assert Sanction.objects.get().state == "proposed"


@pytest.mark.parametrize("method", ["get", "post"])
def test_only_moderators_answer_an_objection(cast: Cast, method: str) -> None:
    url = reverse("screening:appeal", args=[make_appeal(cast).public_id])
    check_access(cast, url, MODERATING, method=method)


@pytest.mark.parametrize("method", ["get", "post"])
def test_only_moderators_see_an_employers_record(cast: Cast, method: str) -> None:
    url = reverse("screening:employer", args=[cast.organization.public_id])
    check_access(cast, url, MODERATING, method=method)


def test_only_moderators_see_a_measure_from_inside(cast: Cast) -> None:
    url = reverse("screening:measure", args=[make_removal(cast).public_id])
    check_access(cast, url, MODERATING)


def test_only_members_see_what_was_decided_about_them(cast: Cast) -> None:
    sanction = make_removal(cast)
    check_access(cast, reverse("measures:mine"), EMPLOYERS)
    check_access(cast, reverse("measures:measure", args=[sanction.public_id]), MEMBERS)


def test_only_administrators_object(cast: Cast) -> None:
    sanction = make_removal(cast)
    url = reverse("measures:appeal", args=[sanction.public_id])
    expected = {"employer": 200, "colleague": 403}
    check_access(cast, url, expected, method="post")


@pytest.mark.parametrize("method", ["get", "post"])
def test_only_members_answer_a_question(cast: Cast, method: str) -> None:
    report = make_report(make_posting(cast.organization))
    url = reverse("measures:question", args=[report.public_id])
    check_access(cast, url, {}, method=method)
    request_evidence(report=report, reviewer=cast.moderator, question="押金是怎么回事?")
    check_access(cast, url, MEMBERS, method=method)


def test_a_measure_of_the_system_is_seen_the_same_way(cast: Cast) -> None:
    sanction = impose_sanction(
        organization=cast.organization,
        kind="paused",
        actor=None,
        basis=["response-covenant"],
        note="有应聘没有答复。",
    )
    check_access(cast, reverse("measures:measure", args=[sanction.public_id]), MEMBERS)

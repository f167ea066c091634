"""Reports, second looks and objections, from the desk of those who decide."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.core.management import call_command
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone

from accounts.identity.models import OutboxMessage, User
from jobs.postings.models import Posting
from jobs.screening.models.appeals import Appeal, AppealTransition
from jobs.screening.models.reports import Report, ReportTransition
from jobs.screening.models.sanctions import Sanction
from jobs.screening.rules.catalogue import Severity, default_catalogue
from jobs.screening.services.appeals import decide_appeal, file_appeal
from jobs.screening.services.errors import (
    NotAllowed,
    NoteMissing,
    OwnDecision,
    OwnOrganization,
    ReviewTaken,
    TooLate,
)
from jobs.screening.services.reports import request_evidence
from jobs.screening.services.sanctions import impose_sanction, lapse_sanctions
from jobs.screening.services.second_look import confirm_sanction, drop_sanction
from tests.cast import Cast
from tests.jobs.screening.make_reports import (
    decide,
    make_appeal,
    make_removal,
    make_report,
)
from tests.make import make_member, make_posting, make_user, sign_in
from tests.words import says


@pytest.fixture
def third(cast: Cast) -> User:
    return make_user("moderator", email="third@example.com")


@pytest.fixture
def report(cast: Cast) -> Report:
    return make_report(make_posting(cast.organization), reporter=cast.seeker.user)


def answers(report: Report, **fields: Any) -> dict[str, Any]:
    return {
        "seen": report.state,
        "outcome": "removed",
        "basis": ["fee"],
        "rules": [],
        "other_rule": "fee-deposit-charges",
        "note": "应聘不能收钱。",
        "reporter_note": "谢谢你。",
    } | fields


def test_from_report_to_reversal(client: Client, cast: Cast, third: User) -> None:
    """Through the pages only: reported, taken down, confirmed, objected, taken back."""
    posting = make_posting(cast.organization)
    client.post(
        f"/reports/job/{posting.public_id}/", {"category": "fee", "text": "押金"}
    )
    report = Report.objects.get()
    sign_in(client, cast.moderator)
    assert "押金" in client.get(f"/review/reports/{report.public_id}/").content.decode()
    client.post(f"/review/reports/{report.public_id}/decide/", answers(report))
    sanction = Sanction.objects.get()
    assert not Posting.objects.open().exists()
    confirm = f"/review/confirm/{sanction.public_id}/"
    client.post(confirm, {"decision": "confirm"})
    assert Sanction.objects.get().state == "proposed"
    sign_in(client, cast.operator)
    client.post(confirm, {"decision": "confirm"})
    assert Posting.objects.get().state == "removed"
    sign_in(client, cast.employer)
    assert str(sanction.public_id) in client.get("/decisions/").content.decode()
    page = client.get(f"/decisions/{sanction.public_id}/").content.decode()
    assert "应聘不能收钱。" in page
    client.post(f"/decisions/{sanction.public_id}/appeal/", {"text": "没有收过。"})
    appeal = Appeal.objects.get()
    decision = {"decision": "reverse", "reason": "确实没有收。"}
    for reviewer, state in ((cast.operator, "open"), (third, "reversed")):
        sign_in(client, reviewer)
        client.post(f"/review/appeals/{appeal.public_id}/", decision)
        assert Appeal.objects.get().state == state
    assert Posting.objects.open().exists()
    assert (Report.objects.get().state, Report.objects.get().outcome) == (
        "reversed",
        "reversed",
    )
    client.logout()
    receipt = client.get(f"/reports/{report.receipt}/")
    assert says(
        receipt,
        "The employer objected. Somebody who had no part in the decision read "
        "everything again and took it back. That is no fault of yours: thank you for "
        "telling us.",
    )


def test_what_is_praised_is_no_ground(
    client: Client, cast: Cast, report: Report
) -> None:
    sign_in(client, cast.moderator)
    page = client.get(f"/review/reports/{report.public_id}/").content.decode()
    offered = page.split('name="other_rule"')[1].split("</select>")[0]
    praised = [
        rule.id
        for rule in default_catalogue().rules
        if rule.severity == Severity.POSITIVE
    ]
    assert praised
    assert not [rule for rule in praised if f'"{rule}"' in offered]
    assert '"fee-deposit-charges"' in offered


@pytest.mark.parametrize(
    ("outcome", "state", "posting"),
    [
        ("dismissed", "dismissed", "published"),
        ("warned", "warned", "published"),
        ("paused", "paused", "paused"),
        ("removed", "proposed", "paused"),
        ("suspended", "proposed", "paused"),
        ("blocked", "proposed", "paused"),
    ],
)
def test_each_decision(
    cast: Cast, report: Report, outcome: str, state: str, posting: str
) -> None:
    decided = decide(report, cast.moderator, outcome)
    assert decided.state == state
    assert Posting.objects.get().state == posting
    assert (decided.sanction is None) == (outcome == "dismissed")


def test_the_reporter_hears_when_it_is_final(cast: Cast, report: Report) -> None:
    told = OutboxMessage.objects.filter(user=cast.seeker.user)
    sanction = decide(report, cast.moderator, "removed").sanction
    assert not told.exists()
    assert sanction is not None
    confirm_sanction(sanction=sanction, reviewer=cast.operator)
    assert told.count() == 1
    report.refresh_from_db()
    assert (report.state, report.outcome) == ("removed", "removed")


def test_a_dropped_proposal_sends_the_report_back(cast: Cast, report: Report) -> None:
    sanction = decide(report, cast.moderator, "removed").sanction
    assert sanction is not None
    drop_sanction(sanction=sanction, reviewer=cast.operator, reason="看不出来")
    report.refresh_from_db()
    assert (report.state, report.sanction) == ("triaged", None)
    assert Posting.objects.get().state == "published"
    decide(report, cast.operator, "dismissed")


def test_the_same_decision_for_all_reports(cast: Cast, report: Report) -> None:
    other = make_report(report.posting)  # type: ignore[arg-type]
    elsewhere = make_report(make_posting(cast.organization))
    decide(report, cast.moderator, "warned", others=True)
    states = {r.pk: r.state for r in Report.objects.all()}
    assert states == {report.pk: "warned", other.pk: "warned", elsewhere.pk: "open"}
    assert Sanction.objects.count() == 1


def test_of_two_moderators_the_second_is_told(
    client: Client, cast: Cast, report: Report
) -> None:
    first = answers(report, outcome="warned")
    sign_in(client, cast.moderator)
    client.post(f"/review/reports/{report.public_id}/decide/", first)
    page = client.post(
        f"/review/reports/{report.public_id}/decide/", first, follow=True
    )
    assert "error" in [m.level_tag for m in page.context["messages"]]
    assert Sanction.objects.count() == 1
    with pytest.raises(ReviewTaken):
        decide(report, cast.operator, "dismissed", seen="open")


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"note": " "}, "note"),
        ({"basis": [], "other_rule": ""}, "basis"),
        ({"until": "2020-01-01"}, "until"),
        ({"outcome": ""}, "outcome"),
    ],
)
def test_a_decision_says_why_and_loses_no_words(
    client: Client, cast: Cast, report: Report, fields: dict[str, Any], field: str
) -> None:
    sign_in(client, cast.moderator)
    page = client.post(
        f"/review/reports/{report.public_id}/decide/",
        answers(report, reporter_note="这句话不能丢") | fields,
    )
    assert field in page.context["form"].errors
    assert "这句话不能丢" in page.content.decode()
    assert not Sanction.objects.exists()


def test_a_member_decides_nothing_about_their_own(cast: Cast, report: Report) -> None:
    insider = make_member(cast.organization, email="insider@example.com")
    User.objects.filter(pk=insider.pk).update(kind="moderator")
    insider.refresh_from_db()
    for outcome in ("dismissed", "warned", "removed"):
        with pytest.raises(OwnOrganization):
            decide(report, insider, outcome)
    with pytest.raises(NotAllowed):
        decide(report, cast.other_employer, "dismissed")


def test_the_queue_puts_urgency_before_age(client: Client, cast: Cast) -> None:
    old = make_report(make_posting(cast.organization), category="pay")
    urgent = make_report(make_posting(cast.organization), category="fee")
    middle = make_report(make_posting(cast.organization), category="private-data")
    sign_in(client, cast.moderator)
    shown = [r["report"].pk for r in client.get("/review/reports/").context["rows"]]
    assert shown == [urgent.pk, middle.pk, old.pk]
    client.post(f"/review/reports/{old.public_id}/triage/", {"urgency": "s1"})
    shown = [r["report"].pk for r in client.get("/review/reports/").context["rows"]]
    assert shown == [old.pk, urgent.pk, middle.pk]


def test_a_report_too_late_is_marked(
    client: Client, cast: Cast, report: Report
) -> None:
    sign_in(client, cast.moderator)
    row = client.get("/review/reports/").context["rows"][0]
    assert not row["clock"].is_late
    with time_machine.travel(timezone.now() + timedelta(hours=5), tick=False):
        row = client.get("/review/reports/").context["rows"][0]
    assert row["clock"].is_late


def test_the_queues_ask_no_query_per_row(
    client: Client, cast: Cast, django_assert_max_num_queries: Any
) -> None:
    for _ in range(6):
        make_report(make_posting(cast.organization))
    sign_in(client, cast.moderator)
    client.get("/review/reports/")
    with django_assert_max_num_queries(9):
        client.get("/review/reports/")


def test_the_employer_is_asked_and_answers(
    client: Client, cast: Cast, report: Report
) -> None:
    sign_in(client, cast.moderator)
    client.post(f"/review/reports/{report.public_id}/ask/", {"question": "押金?"})
    report.refresh_from_db()
    assert report.state == "evidence_requested"
    sign_in(client, cast.colleague)
    where = f"/decisions/questions/{report.public_id}/"
    assert where in client.get("/decisions/").content.decode()
    client.post(where, {"answer": "从来不收。"})
    report.refresh_from_db()
    assert (report.state, report.answer) == ("triaged", "从来不收。")
    assert "error" in [
        m.level_tag
        for m in client.post(where, {"answer": "再说"}, follow=True).context["messages"]
    ]


def test_an_unanswered_question_comes_back(cast: Cast, report: Report) -> None:
    request_evidence(report=report, reviewer=cast.moderator, question="押金?")
    with time_machine.travel(timezone.now() + timedelta(days=5, minutes=1), tick=False):
        call_command("lapse_sanctions")
        assert Report.objects.get().state == "evidence_requested"
        call_command("lapse_sanctions", "--apply")
        call_command("lapse_sanctions", "--apply")
    assert Report.objects.get().state == "triaged"


def test_a_decided_report_is_closed_after_the_time_to_object(
    cast: Cast, report: Report
) -> None:
    decide(report, cast.moderator, "warned")
    with time_machine.travel(timezone.now() + timedelta(days=16), tick=False):
        call_command("lapse_sanctions", "--apply")
    report.refresh_from_db()
    assert (report.state, report.outcome) == ("closed", "warned")


def test_changed_words_are_shown_beside_those_reported(
    client: Client, cast: Cast, report: Report
) -> None:
    Posting.objects.update(responsibilities="现在写得很干净。")
    sign_in(client, cast.moderator)
    page = client.get(f"/review/reports/{report.public_id}/")
    change = page.context["changes"][0]
    assert change.now == "现在写得很干净。"
    assert change.before in page.content.decode()


# ---- Objections


def test_an_objection_turned_down_changes_nothing(cast: Cast, third: User) -> None:
    appeal = make_appeal(cast)
    decide_appeal(appeal=appeal, reviewer=third, reverse=False, reason="有收据")
    assert Posting.objects.get().state == "removed"
    assert (Report.objects.get().state, Report.objects.get().outcome) == (
        "upheld",
        "removed",
    )
    assert OutboxMessage.objects.filter(
        user=cast.employer, template="screening/appeal_answered"
    ).exists()
    assert OutboxMessage.objects.filter(user=cast.seeker.user).count() == 2


def test_nobody_answers_an_objection_to_their_own_decision(cast: Cast) -> None:
    appeal = make_appeal(cast)
    for reviewer in (cast.moderator, cast.operator):
        with pytest.raises(OwnDecision):
            decide_appeal(appeal=appeal, reviewer=reviewer, reverse=True, reason="x")
    with pytest.raises(IntegrityError, match="decided_by_another"):
        Appeal.objects.update(
            state="upheld",
            decided_by=cast.operator,
            decided_at=timezone.now(),
            reason="x",
        )


def test_an_objection_is_handed_in_once_and_in_time(cast: Cast, third: User) -> None:
    sanction = make_removal(cast)
    with pytest.raises(NotAllowed):
        file_appeal(sanction=sanction, actor=cast.colleague, text="不对")
    with pytest.raises(NotAllowed):
        file_appeal(sanction=sanction, actor=cast.other_employer, text="不对")
    with pytest.raises(NoteMissing):
        file_appeal(sanction=sanction, actor=cast.employer, text=" ")
    late = timezone.now() + timedelta(days=15, minutes=1)
    with time_machine.travel(late, tick=False), pytest.raises(TooLate):
        file_appeal(sanction=sanction, actor=cast.employer, text="不对")
    appeal = file_appeal(sanction=sanction, actor=cast.employer, text="不对")
    decide_appeal(appeal=appeal, reviewer=third, reverse=False, reason="有收据")
    with pytest.raises(ReviewTaken):
        file_appeal(sanction=sanction, actor=cast.employer, text="还是不对")


def test_taking_back_opens_nothing_that_a_rule_blocks(cast: Cast, third: User) -> None:
    appeal = make_appeal(cast)
    Posting.objects.update(responsibilities="催收逾期客户,爆通讯录,给父母施压。")
    decide_appeal(appeal=appeal, reviewer=third, reverse=True, reason="没有收押金")
    assert Posting.objects.get().state == "paused"


def test_the_measure_may_end_before_the_answer(cast: Cast, third: User) -> None:
    make_posting(cast.organization)
    soon = timezone.now() + timedelta(days=3)
    sanction = impose_sanction(
        organization=cast.organization,
        actor=cast.moderator,
        kind="paused",
        basis=["fee"],
        note="应聘不能收钱。",
        until=soon,
    )
    appeal = file_appeal(sanction=sanction, actor=cast.employer, text="没有收过押金。")
    assert lapse_sanctions(now=soon) == 1
    decide_appeal(appeal=appeal, reviewer=third, reverse=True, reason="本来就不对")
    assert Sanction.objects.get().state == "lapsed"
    assert Appeal.objects.get().state == "reversed"


def test_a_moderator_ends_a_measure_early(client: Client, cast: Cast) -> None:
    sanction = make_removal(cast)
    sign_in(client, cast.moderator)
    where = f"/review/measures/{sanction.public_id}/"
    client.post(where, {"reason": ""})
    assert Sanction.objects.get().state == "in_force"
    client.post(where, {"reason": "已经改好"})
    assert Sanction.objects.get().state == "lapsed"
    assert Posting.objects.get().state == "published"


def test_a_measure_without_a_report(client: Client, cast: Cast) -> None:
    posting = make_posting(cast.organization)
    sign_in(client, cast.moderator)
    data = {"outcome": "blocked", "basis": ["fake-employer"], "note": "冒用执照。"}
    page = client.post(f"/review/employers/{cast.organization.public_id}/", data)
    assert page.status_code == 302
    sanction = Sanction.objects.get()
    assert (sanction.kind, sanction.state) == ("blocked", "proposed")
    confirm_sanction(sanction=sanction, reviewer=cast.operator)
    other = make_posting(cast.other_organization, state="in_review")
    cast.other_organization.legal_representative = "李某"
    cast.other_organization.contact_phone = "+8613900000002"
    cast.other_organization.save()
    posting.refresh_from_db()
    assert posting.state == "paused"
    page = client.get(f"/review/{other.public_id}/")
    assert page.context["matches"] == []


def test_a_second_try_under_another_name_is_seen(client: Client, cast: Cast) -> None:
    for organization, name in (
        (cast.organization, "王某"),
        (cast.other_organization, "李某"),
    ):
        organization.legal_representative = name
        organization.contact_phone = "+8613900000001"
        organization.save()
    sign_in(client, cast.moderator)
    data = {"outcome": "blocked", "basis": ["fake-employer"], "note": "冒用执照。"}
    client.post(f"/review/employers/{cast.organization.public_id}/", data)
    confirm_sanction(sanction=Sanction.objects.get(), reviewer=cast.operator)
    other = make_posting(cast.other_organization, state="in_review")
    page = client.get(f"/review/{other.public_id}/")
    assert [match.kind for match in page.context["matches"]] == ["phone"]
    assert cast.organization.display_name in page.content.decode()


# ---- What the database refuses


def refused(model: type[Any], name: str, **values: Any) -> None:
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        model.objects.update(**values)


def test_the_database_keeps_reports_whole(cast: Cast, report: Report) -> None:
    refused(Report, "has_one_target", organization=cast.organization)
    refused(Report, "has_one_target", posting=None)
    refused(Report, "decided_has_outcome", state="warned")
    refused(Report, "state_known", state="lost", outcome="x", decided_at=timezone.now())
    refused(Report, "category_known", category="gossip")


def test_a_person_has_one_undecided_report_for_one_target(
    cast: Cast, report: Report
) -> None:
    values = {
        field.attname: getattr(report, field.attname)
        for field in Report._meta.concrete_fields
        if field.name not in {"id", "public_id", "receipt"}
    }
    with pytest.raises(IntegrityError, match="posting_once_a_person"):
        Report.objects.create(**values)


def test_the_database_keeps_objections_explained(cast: Cast) -> None:
    make_appeal(cast)
    refused(Appeal, "decision_is_explained", state="upheld")
    refused(Appeal, "state_known|is_explained", state="lost")


@pytest.mark.parametrize("model", [ReportTransition, AppealTransition])
def test_histories_are_only_ever_added(cast: Cast, model: type[Any]) -> None:
    make_appeal(cast)
    refused(model, "only ever added", reason="改过")
    with pytest.raises(IntegrityError, match="only ever added"):
        model.objects.all().delete()

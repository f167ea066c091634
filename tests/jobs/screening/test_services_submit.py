from __future__ import annotations

from typing import Any

import pytest

from accounts.identity.models import AuditEvent
from jobs.postings.models import Posting
from jobs.postings.services import NotVerified, StaleVersion, StepRefused
from jobs.screening.models.findings import Finding
from jobs.screening.services.submission import (
    PostingBlocked,
    revise_posting,
    screen_imported,
    submit_posting,
)
from tests.cast import Cast
from tests.jobs.screening.make import BAD, make_draft
from tests.make import make_organization, make_posting


def test_a_lawful_draft_waits_for_a_person(cast: Cast) -> None:
    outcome = submit_posting(posting=make_draft(cast.organization), actor=cast.employer)
    assert not outcome.is_blocked
    posting = Posting.objects.get()
    assert (posting.state, posting.role) == ("in_review", "support")
    assert posting.screening_decision != "block"
    assert posting.submitted_at is not None
    assert posting.catalogue_version


def test_unlawful_words_stay_a_draft_with_their_findings(cast: Cast) -> None:
    posting = make_draft(cast.organization, responsibilities=BAD)
    outcome = submit_posting(posting=posting, actor=cast.employer)
    assert outcome.is_blocked
    posting.refresh_from_db()
    assert (posting.state, posting.screening_decision) == ("draft", "block")
    finding = Finding.objects.get(posting=posting, rule="col-contact-bombing")
    assert finding.field == "responsibilities"
    assert BAD[finding.start : finding.end] == finding.excerpt
    assert AuditEvent.objects.filter(action="posting.blocked").exists()


def test_the_findings_of_the_last_try_replace_those_before(cast: Cast) -> None:
    posting = make_draft(cast.organization, responsibilities=BAD)
    submit_posting(posting=posting, actor=cast.employer)
    first = Finding.objects.count()
    submit_posting(posting=posting, actor=cast.employer)
    assert Finding.objects.count() == first


@pytest.mark.parametrize(
    ("fields", "missing"),
    [
        ({"channel": ""}, {"channel"}),
        ({"recording": None}, {"recording"}),
        ({"screening_required": "credit_report"}, {"screening_reason"}),
        (
            {"channel": "outbound_phone"},
            {
                "dials_per_day",
                "call_window_start",
                "call_window_end",
                "third_party_policy",
            },
        ),
    ],
)
def test_what_seekers_must_be_told_is_asked_for(
    cast: Cast, fields: dict[str, Any], missing: set[str]
) -> None:
    posting = make_draft(cast.organization, **fields)
    outcome = submit_posting(posting=posting, actor=cast.employer)
    assert missing <= set(outcome.examination.missing)
    assert Posting.objects.get().state == "draft"


@pytest.mark.parametrize("field", ["third_party_policy", "incentive_text"])
def test_every_text_the_employer_writes_is_read(cast: Cast, field: str) -> None:
    posting = make_draft(cast.organization, **{field: "失联时可以爆通讯录"})
    submit_posting(posting=posting, actor=cast.employer)
    finding = Finding.objects.get(rule="col-contact-bombing")
    assert finding.field == field
    assert "失联时可以爆通讯录"[finding.start : finding.end] == finding.excerpt


def test_an_unchecked_organisation_may_write_but_not_send(cast: Cast) -> None:
    fresh = make_organization(uscc="91000000MA1A00307D", verified=False)
    outcome = submit_posting(posting=make_draft(fresh), actor=cast.employer)
    rules = {finding.rule for finding in outcome.examination.findings}
    assert "miss-employer-verification" in rules
    assert Posting.objects.get().state == "draft"


def test_a_check_that_ran_out_stops_the_sending(cast: Cast) -> None:
    cast.organization.verification_expires_at = "2020-01-01T00:00:00Z"
    cast.organization.save()
    with pytest.raises(NotVerified):
        submit_posting(posting=make_draft(cast.organization), actor=cast.employer)


def test_a_mended_posting_is_sent_in_again(cast: Cast) -> None:
    posting = make_draft(cast.organization, state="changes_requested")
    submit_posting(posting=posting, actor=cast.employer)
    assert posting.transitions.get().event == "resubmit"


@pytest.mark.parametrize("state", ["published", "in_review", "removed"])
def test_what_is_on_its_way_already_is_not_sent_in_again(
    cast: Cast, state: str
) -> None:
    posting = make_draft(cast.organization, state=state, responsibilities=BAD)
    with pytest.raises(StepRefused):
        submit_posting(posting=posting, actor=cast.employer)
    assert not Finding.objects.exists()
    assert Posting.objects.get().screening_decision == "ok"


def open_posting(cast: Cast) -> Posting:
    return make_posting(cast.organization, recording=True, hangup_right=True)


def test_a_material_change_goes_back_to_be_checked(cast: Cast) -> None:
    posting = open_posting(cast)
    fields = {"work_hours": "周一至周五 10:00-19:00"}
    revise_posting(posting=posting, actor=cast.employer, fields=fields, version=1)
    posting.refresh_from_db()
    assert (posting.state, posting.version) == ("in_review", 3)
    assert posting.revisions.count() == 1


def test_no_free_text_slips_past_the_check(cast: Cast) -> None:
    posting = open_posting(cast)
    fields = {"street": "先交押金,加微信详谈"}
    revised = revise_posting(
        posting=posting, actor=cast.employer, fields=fields, version=1
    )
    assert revised.state == "in_review"


def test_a_harmless_change_stays_open(cast: Cast) -> None:
    posting = open_posting(cast)
    revise_posting(
        posting=posting, actor=cast.employer, fields={"headcount": 9}, version=1
    )
    posting.refresh_from_db()
    assert (posting.state, posting.headcount) == ("published", 9)


def test_a_blocked_change_leaves_the_open_words(cast: Cast) -> None:
    posting = open_posting(cast)
    before = posting.responsibilities
    with pytest.raises(PostingBlocked) as refused:
        revise_posting(
            posting=posting,
            actor=cast.employer,
            fields={"responsibilities": BAD},
            version=1,
        )
    posting.refresh_from_db()
    assert (posting.state, posting.responsibilities) == ("published", before)
    assert refused.value.examination.is_blocked


def test_a_revision_knows_the_version_it_read(cast: Cast) -> None:
    with pytest.raises(StaleVersion):
        revise_posting(
            posting=open_posting(cast),
            actor=cast.employer,
            fields={"title": "新"},
            version=4,
        )


def test_imports_are_screened_in_bulk(
    cast: Cast, django_assert_max_num_queries: Any
) -> None:
    found = [
        make_posting(cast.organization, headcount=None),
        make_posting(cast.organization, state="in_review", responsibilities=BAD),
    ]
    with django_assert_max_num_queries(8):
        decisions = screen_imported(found)
    assert decisions[1] == "block"
    assert "block" not in decisions[:1]
    stored = {p.pk: p.screening_decision for p in Posting.objects.all()}
    assert stored == dict(zip((p.pk for p in found), decisions, strict=True))
    assert Finding.objects.filter(posting=found[1], severity="block").exists()

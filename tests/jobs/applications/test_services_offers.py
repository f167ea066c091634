from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.consent.registry import export_person
from accounts.identity.models import AuditEvent, OutboxMessage
from accounts.lib.dates import today
from jobs.applications.access_offers import offer_of, offer_record, offers_to
from jobs.applications.models import Application, Offer
from jobs.applications.services import offers, steps
from tests.cast import Cast
from tests.jobs.applications.clock import SetClock, shanghai
from tests.jobs.applications.make import make_application, make_terms, send, take
from tests.make import make_posting


@pytest.fixture
def offered(cast: Cast) -> Application:
    return make_application(
        cast.seeker, make_posting(cast.organization), state="offered"
    )


def sent(template: str) -> int:
    return OutboxMessage.objects.filter(template=f"applications/{template}").count()


def test_an_offer_is_kept_term_by_term(offered: Application) -> None:
    offer = offer_of(offered)
    assert offer is not None
    assert (offer.number, offer.base_pay, offer.variable_pay) == (1, 4800, 700)
    assert (offered.offer_pay, offered.offer_start) == (4800, offer.start)
    assert offer.differs == []


def test_differences_are_those_of_the_advert_at_the_time_of_applying(
    cast: Cast,
) -> None:
    """Whoever edits the advert before the offer still leaves the advert people read."""
    posting = make_posting(cast.organization)
    application = send(cast.seeker, posting)
    posting.revisions.create(
        number=1,
        content={"weekly_hours": "40.0", "rest": "double"},
        at=application.submitted_at - timedelta(days=1),
    )
    posting.revisions.create(
        number=2,
        content={"weekly_hours": "48.0", "rest": "single"},
        at=application.submitted_at + timedelta(minutes=1),
    )
    application = take(application, "shortlist", cast.employer)
    made = offers.make_offer(
        application=application,
        actor=cast.employer,
        version=application.version,
        terms=make_terms(weekly_hours=48, rest="single"),
    )
    offer = offer_of(made)
    assert offer is not None
    assert offer.differs == ["weekly_hours", "rest"]
    assert offer.advert["weekly_hours"] == 40
    record = offer_record(cast.organization.pk, since=timezone.now() - timedelta(1))
    assert (record.made, record.differing, record.worse) == (1, 1, 1)


def test_a_revision_is_added_and_told(cast: Cast, offered: Application) -> None:
    changed = take(offered, "revise", cast.colleague)
    assert list(
        changed.offers.order_by("number").values_list("base_pay", flat=True)
    ) == [
        4800,
        5600,
    ]
    assert changed.offer_pay == 5600
    assert sent("offer_changed") == 1
    assert [offer.number for offer in offers_to(cast.seeker.user)] == [2]


def test_nobody_accepts_terms_they_have_not_read(
    cast: Cast, offered: Application
) -> None:
    read = offered.version
    take(offered, "revise", cast.employer)
    with pytest.raises(steps.AlreadyMoved):
        offers.accept_offer(application=offered, actor=cast.seeker.user, version=read)


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"answer_by": today() + timedelta(days=2)}, "too_soon"),
        ({"contract_months": 12, "probation_months": 3}, "too_long"),
        ({"probation_pay": 3839}, "too_little"),
    ],
)
def test_what_the_law_or_the_house_forbids_is_not_offered(
    cast: Cast, change: dict[str, object], reason: str
) -> None:
    application = make_application(
        cast.seeker, make_posting(cast.organization), state="shortlisted"
    )
    with pytest.raises(offers.TermsRefused) as refused:
        offers.make_offer(
            application=application,
            actor=cast.employer,
            version=application.version,
            terms=make_terms(**change),
        )
    assert refused.value.reason == reason
    assert not Offer.objects.exists()
    application.refresh_from_db()
    assert application.state == "shortlisted"


def test_a_day_to_answer_is_never_passed_in_silence(
    cast: Cast, offered: Application, set_clock: SetClock
) -> None:
    """Five days: reminded on the fourth, told to both on the sixth, each once."""
    counts = []
    for days in (1, 3, 4, 4, 5, 6, 6, 7):
        moment = set_clock("10:00", days=days)
        counts.append(tuple(offers.watch_offers(now=moment).values()))
    nothing = (0, 0)
    assert counts == [
        nothing,
        nothing,
        (1, 0),
        nothing,
        nothing,
        (0, 1),
        nothing,
        nothing,
    ]
    assert (sent("offer_reminder"), sent("offer_lapsed")) == (1, 1)
    assert sent("offer_lapsed_employer") == 2  # one for each colleague
    offered.refresh_from_db()
    assert offered.state == "offered"
    assert take(offered, "accept", cast.seeker.user).state == "hired"


def test_a_changed_offer_is_watched_anew(
    cast: Cast, offered: Application, set_clock: SetClock
) -> None:
    moment = set_clock("10:00", days=4)
    assert offers.watch_offers(now=moment)["reminded"] == 1
    application = Application.objects.get(pk=offered.pk)
    offers.revise_offer(
        application=application,
        actor=cast.employer,
        version=application.version,
        terms=make_terms(answer_by=moment.date() + timedelta(days=8)),
    )
    assert offers.watch_offers(now=set_clock("10:00", days=6)) == {
        "reminded": 0,
        "lapsed": 0,
    }
    assert offers.watch_offers(now=set_clock("10:00", days=11))["reminded"] == 1


def test_notices_of_the_night_wait_for_the_morning(
    offered: Application, set_clock: SetClock
) -> None:
    offers.watch_offers(now=set_clock("02:00", days=4))
    row = OutboxMessage.objects.get(template="applications/offer_reminder")
    assert row.due_at == shanghai("08:00", days=4)


def test_an_answered_offer_is_watched_no_more(
    cast: Cast, offered: Application, set_clock: SetClock
) -> None:
    take(offered, "withdraw", cast.seeker.user)
    assert offers.watch_offers(now=set_clock("10:00", days=6)) == {
        "reminded": 0,
        "lapsed": 0,
    }


def test_the_trail_holds_no_terms(cast: Cast, offered: Application) -> None:
    events = AuditEvent.objects.filter(object_id=str(offered.public_id))
    assert not [event for event in events if "4800" in str(event.detail)]


def test_a_person_takes_their_offers_along_and_free_words_are_erased(
    cast: Cast,
) -> None:
    application = make_application(
        cast.seeker, make_posting(cast.organization), state="shortlisted"
    )
    offers.make_offer(
        application=application,
        actor=cast.employer,
        version=application.version,
        terms=make_terms(other_terms="宿舍在三号楼"),
    )
    kept = export_person(cast.seeker.user)["jobs.applications.offers"]
    assert [row["other_terms"] for row in kept] == ["宿舍在三号楼"]
    offers.forget_offers(cast.seeker.user)
    offers.forget_offers(cast.seeker.user)
    assert Offer.objects.get().other_terms == ""
    assert export_person(cast.other_seeker.user)["jobs.applications.offers"] == []

from __future__ import annotations

from celery import shared_task
from django.utils import timezone


@shared_task(name="accounts.care.send_visit_reminders")
def send_visit_reminders() -> int:
    from accounts.care.scheduling.services.reminders import send_due

    return send_due(now=timezone.now())


@shared_task(name="accounts.care.release_expired_holds")
def release_expired_holds() -> int:
    """Free times that were held and not booked."""
    from accounts.care.scheduling.services import booking

    return booking.release_expired_holds()


@shared_task(name="accounts.care.offer_free_times")
def offer_free_times() -> int:
    """Offer free times and chairs to who waits longest."""
    from accounts.care.scheduling.services import groups, waiting

    groups.expire_seat_offers()
    return waiting.offer_free_times()


@shared_task(name="accounts.care.call_off_talks")
def call_off_talks() -> int:
    """Call off talks of counselors who may not talk with people any more."""
    from accounts.care.scheduling.services.gone import call_off_without_counselor

    return call_off_without_counselor()

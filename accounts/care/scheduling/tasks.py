from __future__ import annotations

from celery import shared_task


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

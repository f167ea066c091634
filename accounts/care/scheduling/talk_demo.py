"""A talk that was, one that comes, and a group with free seats; told kindly."""

from __future__ import annotations

from datetime import datetime, timedelta

from accounts.care.scheduling.access import open_slots, settings_of
from accounts.care.scheduling.enums import (
    GROUP_MODES,
    Actor,
    AppointmentState as S,
    Mode,
    Theme,
    Topic,
)
from accounts.care.scheduling.models import Appointment, Group
from accounts.care.scheduling.services import booking, groups
from accounts.care.scheduling.services.sealed import TOPIC
from accounts.care.scheduling.services.steps import begin, take_step
from accounts.care.scheduling.talk_access import coming_of
from accounts.care.vault import keys
from accounts.care.vault.services.subjects import ensure_subject
from accounts.care.vault.wall import behind_the_wall
from accounts.counselors.models import CounselorProfile
from accounts.seekers.models import SeekerProfile

SEEKER, COUNSELOR, LEADER = "阿舟", "郑以恒", "颜知秋"
TALK = timedelta(minutes=50)


@behind_the_wall()
def fill(now: datetime) -> None:
    """Nothing where the people or their hours are missing, and nothing twice."""
    seeker = SeekerProfile.objects.filter(pseudonym=SEEKER).first()
    checked = CounselorProfile.objects.verified(now=now)
    counselor = checked.filter(name=COUNSELOR).first()
    if seeker and counselor and not coming_of(seeker.user):
        _past(seeker, counselor, now)
        _next(seeker, counselor)
    leader = checked.filter(name=LEADER).first()
    if leader and not Group.objects.exists():
        _group(leader)


def _past(seeker: SeekerProfile, counselor: CounselorProfile, now: datetime) -> None:
    subject = ensure_subject(user=seeker.user)
    day = (now - timedelta(days=12)).replace(hour=11, minute=0, second=0, microsecond=0)
    row = begin(
        Appointment(
            counselor=counselor,
            subject=subject,
            starts_at=day,
            ends_at=day + TALK,
            blocked_from=day,
            blocked_until=day + timedelta(minutes=60),
            mode=Mode.TEXT,
            topic=keys.seal(subject, TOPIC, Topic.SLEEP),
            held_until=day,
            state=S.HELD,
            created_at=day - timedelta(days=3),
        ),
        actor=Actor.SEEKER,
    )
    take_step(row, "book", actor=Actor.SEEKER, now=row.created_at)
    take_step(row, "attend", actor=Actor.COUNSELOR, now=day + TALK)


def _next(seeker: SeekerProfile, counselor: CounselorProfile) -> None:
    mode = next((one for one in Mode if one in settings_of(counselor).modes), None)
    slots = open_slots(counselors=[counselor], own=[counselor], mode=mode or "")
    if not slots or mode is None:
        return
    row = booking.hold(
        user=seeker.user,
        counselor=counselor,
        starts_at=slots[0].starts_at,
        mode=mode,
        topic=Topic.JOB,
    )
    phone = "13800000000" if mode == Mode.PHONE else ""
    booking.book(user=seeker.user, hold_id=row.pk, phone=phone)


def _group(leader: CounselorProfile) -> None:
    slots = open_slots(counselors=[leader], own=[leader])
    found = [
        (slot, mode) for slot in slots for mode in GROUP_MODES if mode in slot.modes
    ]
    if not found:
        return
    # Not the very next one: people need a few days to hear of it.
    slot, mode = found[min(2, len(found) - 1)]
    group = groups.open_group(
        counselor=leader,
        theme=Theme.AFTER,
        mode=mode,
        seats=8,
        starts_at=slot.starts_at,
    )
    others = SeekerProfile.objects.exclude(pseudonym=SEEKER).filter(
        user__is_active=True
    )
    for person in others.order_by("pk")[:2]:
        groups.take_seat(
            user=person.user, group_id=group.pk, nickname=person.pseudonym[:20]
        )

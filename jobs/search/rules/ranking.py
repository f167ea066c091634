"""What an index can walk: one number a posting, made of its quality and its date."""

from __future__ import annotations

from dataclasses import dataclass

# A point of quality is worth as much as being so much newer (in seconds).
POINT = 12 * 3600
LONG_ENOUGH = 80
# One entry in so many stands in the sample as well.
SAMPLE_RATE = 64


@dataclass(frozen=True, slots=True)
class Merits:
    """What of a posting helps somebody to decide whether to apply."""

    employer_known: bool = False
    pay_stated: bool = False
    base_stated: bool = False
    shift_stated: bool = False
    rest_stated: bool = False
    channel_stated: bool = False
    insurance_stated: bool = False
    text_length: int = 0


def quality_of(merits: Merits) -> int:
    """0 to 10 points."""
    return (
        2 * merits.employer_known
        + 2 * merits.pay_stated
        + merits.base_stated
        + merits.shift_stated
        + merits.rest_stated
        + merits.channel_stated
        + merits.insurance_stated
        + (merits.text_length >= LONG_ENOUGH)
    )


def rank_of(posted: int, quality: int) -> int:
    """Never changes by itself: time passes for all postings alike."""
    return posted + quality * POINT


SCATTER = 2_654_435_761


def in_sample(posting_id: int) -> bool:
    """Scattered evenly, whatever the order in which postings came."""
    return (posting_id * SCATTER & 0xFFFFFFFF) < sampled_below()


def sampled_below(thin: int = 1) -> int:
    """Scattered numbers below this are in the sample, or in one of it `thin` times
    thinner."""
    return 2**32 // (SAMPLE_RATE * thin)

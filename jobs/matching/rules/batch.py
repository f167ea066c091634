"""Many seekers of one city at once: what they share is worked out once for a block."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from jobs.matching.rules.best import Candidate, best
from jobs.matching.rules.facts import Seeker
from jobs.matching.rules.knowledge import Knowledge
from jobs.matching.rules.listing import without
from jobs.matching.rules.people import people_of
from jobs.matching.rules.reach import Segment, reach_of
from jobs.matching.rules.score import scoring_of

# More would leave the processor's cache: tables have a number for each seeker and key.
BLOCK = 16

Found = list[tuple[str, float]]


def best_for_many(
    seekers: Sequence[Seeker],
    segments: Sequence[Segment],
    *,
    today: date,
    knowledge: Knowledge,
    most: int,
) -> Iterator[tuple[Seeker, Found]]:
    """Ids and scores of each seeker's best postings, exactly as `Listing.best` gives."""
    for start in range(0, len(seekers), BLOCK):
        people = people_of(seekers[start : start + BLOCK], knowledge)
        scorings = [scoring_of(people, s.columns, today=today) for s in segments]
        for number, seeker in enumerate(people.seekers):
            candidates = [
                Candidate(
                    segment=without(segment, seeker.hidden_postings),
                    scoring=scoring,
                    number=number,
                    reach=reach_of(seeker, segment.columns),
                )
                for segment, scoring in zip(segments, scorings, strict=True)
            ]
            found = best(candidates, most)
            places = zip(found.segments.tolist(), found.rows.tolist(), strict=True)
            ids = [segments[s].columns.id[row].decode() for s, row in places]
            yield seeker, list(zip(ids, found.scores.tolist(), strict=True))

"""How fast screening is: make bench-screening [FILE=adverts.jsonl]

Seconds are those of this process alone, after a warm-up, the best of a few runs. The
plain match looks for the catalogue's first words and decides nothing: other work on the
machine slows both down, so their ratio says more than the seconds.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from statistics import median
from time import process_time

from jobs.screening.rules.adverts import Advert, advert_from_mapping
from jobs.screening.rules.catalogue import Catalogue, default_catalogue
from jobs.screening.rules.engine import screen
from jobs.screening.rules.text import MAX_TEXT_LENGTH
from tests.jobs.screening.hostile import hostile_names, hostile_text
from tests.jobs.screening.make_adverts import HERE, TODAY, read_lines

_LENGTHS = (250, 1_000, 4_000, 16_000, MAX_TEXT_LENGTH - 10)
_SHOWN = 10


def seconds(work: Callable[[], object], *, enough: float = 0, runs: int = 5) -> float:
    """The best of some runs; fewer when one is good enough already."""
    best = float("inf")
    for _ in range(runs):
        started = process_time()
        work()
        best = min(best, process_time() - started)
        if best <= enough:
            break
    return best


def screen_all(adverts: Sequence[Advert]) -> None:
    for advert in adverts:
        screen(advert, today=TODAY)


def match_all(words: Sequence[str], adverts: Sequence[Advert]) -> int:
    """A keyword match: what is done at least to look for so many words."""
    found = 0
    for advert in adverts:
        text = "\n".join(text for _, text in advert.text_fields()).lower()
        found += sum(word in text for word in words)
    return found


def first_words(catalogue: Catalogue) -> list[str]:
    return sorted(
        {w for rule in catalogue.rules for p in rule.phrases for w in p.words[0]}
    )


def written_adverts() -> list[Advert]:
    worked = [row["advert"] for row in read_lines(HERE / "worked_adverts.jsonl")]
    written = read_lines(HERE / "written_adverts.jsonl")
    return [advert_from_mapping(row) for row in [*worked, *written]]


def _show(line: str) -> None:
    sys.stdout.write(f"{line}\n")


def _show_rates(adverts: Sequence[Advert]) -> None:
    screen_all(adverts)
    engine = len(adverts) / seconds(partial(screen_all, adverts), runs=3)
    words = first_words(default_catalogue())
    some = adverts[:500]
    plain = len(some) / seconds(partial(match_all, words, some), runs=3)
    length = median(advert.length() for advert in adverts)
    _show(f"{len(adverts)} adverts, median {length:.0f} characters, one core")
    _show(f"{'screening':34}{engine:10,.0f} adverts/s")
    _show(f"{f'plain match of {len(words):,} words':34}{plain:10,.0f} adverts/s")


def _show_lengths(adverts: Sequence[Advert]) -> None:
    whole = "\n".join(advert.description for advert in adverts)
    whole *= 1 + MAX_TEXT_LENGTH // len(whole)
    _show("\nadverts of this length, put together from these")
    for length in _LENGTHS:
        advert = Advert(title="客服", description=whole[:length])
        each = seconds(partial(screen, advert, today=TODAY))
        _show(
            f"{length:10,} characters{each * 1e3:10.1f} ms"
            f"{each / length * 1e6:8.2f} µs a character"
        )


def _show_hostile() -> None:
    length = MAX_TEXT_LENGTH - 10
    times = []
    for name in hostile_names():
        advert = Advert(title="催收专员", description=hostile_text(name, length))
        times.append((seconds(partial(screen, advert, today=TODAY), runs=3), name))
    _show(f"\nslowest of {len(times)} hostile texts of {length:,} characters")
    for each, name in sorted(times, reverse=True)[:_SHOWN]:
        _show(f"{name:34}{each * 1e3:10.1f} ms")


def main() -> None:
    if len(sys.argv) > 1:
        adverts = [advert_from_mapping(row) for row in read_lines(Path(sys.argv[1]))]
    else:
        adverts = written_adverts()
    _show(f"catalogue {default_catalogue().version}")
    _show_rates(adverts)
    _show_lengths(adverts)
    _show_hostile()


if __name__ == "__main__":
    main()

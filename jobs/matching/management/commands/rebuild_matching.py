from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.db.models import Q
from tqdm import tqdm

from jobs.matching.models import PostingFeatures
from jobs.matching.rules.facts import READING_VERSION
from jobs.matching.services.features import rebuild_features
from jobs.postings.enums import PostingState
from jobs.postings.models import Posting

_BATCH = 200


class Command(BaseCommand):
    help = (
        "Read open postings again for matching: those without features or read by an "
        "older version. Safe to stop and start again."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--all", action="store_true", help="also those up to date")

    def handle(self, *_args: Any, **options: Any) -> None:
        waiting = _waiting(everything=options["all"])
        done = 0
        with tqdm(total=len(waiting), unit=" postings", disable=None) as bar:
            for start in range(0, len(waiting), _BATCH):
                keys = waiting[start : start + _BATCH]
                found = Posting.objects.filter(pk__in=keys)
                done += rebuild_features(postings=found.select_related("organization"))
                bar.update(len(keys))
        self.stdout.write(f"{done} postings read for matching.")


def _waiting(*, everything: bool) -> list[int]:
    published = Posting.objects.filter(state=PostingState.PUBLISHED)
    if not everything:
        current = PostingFeatures.objects.filter(reading_version=READING_VERSION)
        published = published.filter(~Q(pk__in=current.values("pk")))
    return list(published.order_by("pk").values_list("pk", flat=True))

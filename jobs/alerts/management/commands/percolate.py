from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone
from tqdm import tqdm

from jobs.alerts.models import PostingNews
from jobs.alerts.services import percolation


class Command(BaseCommand):
    help = "Hold waiting postings against saved searches; may be stopped and run again."

    def handle(self, *_args: Any, **options: Any) -> None:
        total = PostingNews.objects.values("posting").distinct().count()
        with tqdm(total=total, unit="posting", disable=options["verbosity"] < 1) as bar:
            written = percolation.percolate_all(now=timezone.now, progress=bar.update)
        self.stdout.write(f"{written} matches written.")

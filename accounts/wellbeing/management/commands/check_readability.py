from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from accounts.lib.readability import Readability, readability
from accounts.wellbeing.library.content import all_pieces
from accounts.wellbeing.library.reading import readable_text

ROW = "{:<4} {:>5} {:>6} {:>4} {:>6} {:>6} {:>6} {:>7}  {}"


class Command(BaseCommand):
    help = "How hard the self-help pieces are to read (Chinese, simplified)."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("slugs", nargs="*", help="only these; all by default")

    def handle(self, *_args: Any, **options: Any) -> None:
        heads = ("id", "chars", "mean", "max", "ANS", "ASL", "CLDC", "common", "rare")
        self.stdout.write(ROW.format(*heads))
        for slug, piece in all_pieces("zh_hans").items():
            if not options["slugs"] or slug in options["slugs"]:
                self.stdout.write(_row(piece.id, readability(readable_text(piece))))


def _row(name: str, found: Readability) -> str:
    return ROW.format(
        name,
        found.characters,
        f"{found.mean_sentence:.1f}",
        found.longest_characters,
        f"{found.ans:.1f}",
        f"{found.asl:.1f}",
        f"{found.cldc:.1f}",
        f"{100 * found.common:.1f}%",
        " ".join((*found.rare, *found.set_phrases)),
    )

from __future__ import annotations

import fcntl
import json
from pathlib import Path
from typing import Any

from babel.messages import Catalog
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from accounts.lib import catalogs


class Command(BaseCommand):
    help = "Translations: update, fill FILE.jsonl, compile, check."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("act", choices=["update", "fill", "compile", "check"])
        parser.add_argument("files", nargs="*", type=Path)

    def handle(self, *_args: Any, act: str, files: list[Path], **_options: Any) -> None:
        lock = Path(settings.BASE_DIR) / "locale" / ".lock"
        lock.parent.mkdir(exist_ok=True)
        with lock.open("w") as handle:
            fcntl.flock(handle, fcntl.LOCK_EX)
            getattr(self, f"do_{act}")(files)

    def do_update(self, _files: list[Path]) -> None:
        """Take new messages in, drop those no longer used."""
        used = catalogs.template_catalog()
        for locale in catalogs.LOCALES:
            catalog = catalogs.read_catalog(locale)
            catalog.update(used, no_fuzzy_matching=True)
            catalogs.save_catalog(locale, catalog)
        self.do_compile([])

    def do_fill(self, files: list[Path]) -> None:
        """Put translations from JSON lines into the catalogues."""
        for locale in catalogs.LOCALES:
            catalog = catalogs.read_catalog(locale)
            for path in files:
                for line in path.read_text(encoding="utf-8").splitlines():
                    if line.strip():
                        _put(catalog, json.loads(line), locale)
            catalogs.save_catalog(locale, catalog)
        self.do_compile([])

    def do_compile(self, _files: list[Path]) -> None:
        self.stdout.write(f"{catalogs.compile_catalogs()} messages compiled.")

    def do_check(self, _files: list[Path]) -> None:
        found = catalogs.problems()
        for problem in found:
            self.stderr.write(problem)
        if found:
            raise CommandError(f"{len(found)} translations need work.")
        self.stdout.write("Every message is translated.")


def _put(catalog: Catalog, entry: dict[str, str], locale: str) -> None:
    text = entry.get(locale, "")
    if not text:
        return
    msgid: Any = (entry["en"], entry["plural"]) if "plural" in entry else entry["en"]
    string: Any = (text,) if "plural" in entry else text
    catalog.delete(msgid, context=entry.get("ctx"))
    catalog.add(msgid, string, context=entry.get("ctx"))

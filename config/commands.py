"""What manage.py does around Django: the embedded database comes and goes with it."""

from __future__ import annotations

import contextlib
import os
import sys

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.management import execute_from_command_line

from config import embedded
from config.postgres import DatabaseError

# Everything else finds the embedded database running, or starts it for the time.
WITHOUT_DATABASE = frozenset(
    {
        "check",
        "collectstatic",
        "diffsettings",
        "evaluate_matching",
        "evaluate_screening",
        "findstatic",
        "help",
        "messages",
        "rank_paths",
        "rank_postings",
        "screen_postings",
        "version",
    }
)


def execute(arguments: list[str]) -> None:
    try:
        database = _database_for(arguments)
        with database:
            execute_from_command_line(arguments)
            sys.stdout.flush()
    except DatabaseError as error:
        sys.exit(str(error))
    except BrokenPipeError:
        # Whoever read along has seen enough: command | head.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(1)


def needs_database(arguments: list[str]) -> bool:
    command = arguments[1] if len(arguments) > 1 else "help"
    if {"-h", "--help", "--version"} & set(arguments[1:]):
        return False
    return command not in WITHOUT_DATABASE or "--database" in arguments


def _database_for(arguments: list[str]) -> contextlib.AbstractContextManager[None]:
    try:
        is_ours = settings.EMBEDDED_DATABASE
    except ImproperlyConfigured as error:
        sys.exit(str(error))
    if is_ours and needs_database(arguments):
        return embedded.running(settings.VAR_DIR)
    return contextlib.nullcontext()

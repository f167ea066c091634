"""Reading the files of the matching commands, with errors that name the line."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TextIO

from django.core.management.base import CommandError


def read_objects(name: str) -> Iterator[dict[str, Any]]:
    """Objects of a .jsonl file, or of standard input for "-"; blank lines are nothing."""
    with _opened(name) as file:
        for number, line in enumerate(file, start=1):
            if line.strip():
                yield _object(line, f"{name}, line {number}")


def read_json(name: str) -> Any:
    try:
        return json.loads(Path(name).read_text(encoding="utf-8"))
    except OSError as error:
        raise CommandError(f"{name}: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise CommandError(f"{name}: not UTF-8 text") from error
    except json.JSONDecodeError as error:
        raise CommandError(f"{name}: not JSON ({error})") from error


@contextmanager
def _opened(name: str) -> Iterator[TextIO]:
    if name == "-":
        yield sys.stdin
        return
    try:
        with Path(name).open(encoding="utf-8-sig") as file:
            yield file
    except OSError as error:
        raise CommandError(f"{name}: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise CommandError(f"{name}: not UTF-8 text") from error


def _object(line: str, where: str) -> dict[str, Any]:
    try:
        data = json.loads(line)
    except json.JSONDecodeError as error:
        raise CommandError(f"{where}: not JSON ({error.msg})") from error
    if not isinstance(data, dict):
        raise CommandError(f"{where}: not an object")
    return data

"""Shards on disk, so that a new process need not read them from the database.

A cache and nothing more: what is missing, old or broken is made again from the
database, and what changed since it was written is loaded on top of it.
"""

from __future__ import annotations

import json
import logging
import shutil
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
from django.conf import settings

from jobs.matching.rules.columns import KEYS, Columns
from jobs.matching.rules.facts import READING_VERSION
from jobs.matching.rules.keys import Keys

logger = logging.getLogger(__name__)

# Raised when the files change their shape.
_FORMAT = 1
_ARRAYS = ("flags", "until", "id", "word_starts", "word_rows", "places")


def write_snapshot(shard: str, version: int, columns: Columns) -> Path:
    """In a folder of its own that appears whole or not at all; older ones go."""
    root = _root()
    root.mkdir(parents=True, exist_ok=True)
    unfinished = Path(tempfile.mkdtemp(prefix=".new-", dir=root))
    for name, values in columns.rows.items():
        np.save(unfinished / f"row-{name}.npy", values)
    for name in _ARRAYS:
        np.save(unfinished / f"{name}.npy", getattr(columns, name))
    texts = {
        "format": _FORMAT,
        "reading": READING_VERSION,
        "rows": len(columns),
        "keys": {name: keys.text for name, keys in columns.keys.items()},
        "words": list(columns.words),
    }
    text = json.dumps(texts, ensure_ascii=False)
    (unfinished / "texts.json").write_text(text, encoding="utf-8")
    finished = root / f"{_name(shard)}-{version}"
    older = [path for _version, path in _found(shard) if path != finished]
    if finished.exists():
        shutil.rmtree(unfinished)
    else:
        unfinished.rename(finished)
    for path in older:
        shutil.rmtree(path, ignore_errors=True)
    return finished


def read_snapshot(shard: str, oldest: int, newest: int) -> tuple[int, Columns] | None:
    """Version and columns, the arrays mapped from disk; None when there is no use."""
    for version, path in sorted(_found(shard), reverse=True):
        if not oldest <= version <= newest:
            continue
        try:
            return version, _read(path)
        except (OSError, ValueError, KeyError, TypeError, EOFError) as error:
            logger.warning("matching: snapshot %s is of no use: %r", path.name, error)
    return None


def newest_snapshot(shard: str) -> int | None:
    return max((version for version, _path in _found(shard)), default=None)


def _read(path: Path) -> Columns:
    texts = json.loads((path / "texts.json").read_text(encoding="utf-8"))
    if (texts["format"], texts["reading"]) != (_FORMAT, READING_VERSION):
        raise ValueError("made by another version")
    rows = {name: _mapped(path / f"row-{name}.npy") for name in KEYS}
    arrays = {name: _mapped(path / f"{name}.npy") for name in _ARRAYS}
    sizes = {len(values) for values in [*rows.values(), *_per_row(arrays)]}
    if sizes != {texts["rows"]}:
        raise ValueError("files of different lengths")
    words = {sys.intern(word): n for n, word in enumerate(texts["words"])}
    keys = {name: Keys(texts["keys"][name]) for name in KEYS}
    return Columns(keys=keys, rows=rows, words=words, **arrays)


def _per_row(arrays: dict[str, Any]) -> Iterator[Any]:
    return (arrays[name] for name in ("flags", "until", "id", "places"))


def _mapped(path: Path) -> Any:
    # An array without rows cannot be mapped; a plain view is faster than memmap's own.
    try:
        return np.load(path, mmap_mode="r", allow_pickle=False).view(np.ndarray)
    except ValueError:
        return np.load(path, allow_pickle=False)


def _found(shard: str) -> list[tuple[int, Path]]:
    start = f"{_name(shard)}-"
    paths = _root().glob(f"{start}*")
    numbers = ((path.name.removeprefix(start), path) for path in paths)
    return [(int(number), path) for number, path in numbers if number.isdecimal()]


def _name(shard: str) -> str:
    return shard or "nowhere"


def _root() -> Path:
    return Path(settings.MATCHING_DIR)

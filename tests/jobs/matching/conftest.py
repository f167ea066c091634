from __future__ import annotations

from collections.abc import Iterator

import pytest

from jobs.matching.access import matches, shards


@pytest.fixture(autouse=True)
def _forgetful() -> Iterator[None]:
    """What a process keeps between requests never reaches the next test."""
    shards.forget()
    matches.forget()
    yield
    shards.forget()
    matches.forget()

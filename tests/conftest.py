from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.conf import settings
from django.core.cache import cache, caches
from django.core.servers.basehttp import WSGIServer
from django.utils import translation
from hypothesis import HealthCheck, settings as hypothesis_settings

from accounts.identity import switches
from accounts.lib import catalogs
from config.fresh_database import quick_states
from tests.client import StrictClient
from tests.emptying import empty_tables_after_tests

pytest_plugins = ["tests.cast", "tests.processes"]

# A busy machine is no fault of the code: how long an example takes says nothing here.
hypothesis_settings.register_profile(
    "house", deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
hypothesis_settings.load_profile("house")

SHARED = Path(settings.BASE_DIR).parent / "shared" / "data"


def pytest_configure(config: pytest.Config) -> None:
    # Fifty people knock at the same moment; ten would be let into the line.
    WSGIServer.request_queue_size = 128
    empty_tables_after_tests()
    _compile(config)
    # The databases of tests are made anew, and empty.
    config.add_cleanup(_quick_states())


def _quick_states() -> Callable[[], None]:
    stack = ExitStack()
    stack.enter_context(quick_states())
    return stack.close


def pytest_unconfigure() -> None:
    # Only where a test asked for a browser is there one to close.
    if "tests.browser" in sys.modules:
        sys.modules["tests.browser"].close()


def _compile(config: pytest.Config) -> None:
    """A fresh clone has no compiled translations; the first process makes them."""
    if not hasattr(config, "workerinput"):
        catalogs.compile_catalogs()


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    django_db_modify_db_settings_parallel_suffix: None,
) -> None:
    if settings.EMBEDDED_DATABASE:
        from config import embedded

        embedded.ensure_running(settings.VAR_DIR)


@pytest.fixture(autouse=True)
def _clean_state(tmp_path: Path, settings: pytest.FixtureRequest) -> Iterator[None]:
    """Every test starts with an empty cache, its own outbox, the default language."""
    settings.MAIL_URL = f"file://{tmp_path}/outbox"  # type: ignore[attr-defined]
    settings.SMS_URL = f"file://{tmp_path}/outbox"  # type: ignore[attr-defined]
    cache.clear()
    caches["pages"].clear()
    switches.presume_unchanged()
    with translation.override("zh-hans"):
        yield


@pytest.fixture
def client() -> StrictClient:
    """A browser's stand-in that refuses unrendered tags and inline handlers."""
    return StrictClient()


@pytest.fixture
def now() -> datetime:
    return datetime(2026, 11, 23, 2, 0, tzinfo=UTC)


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The internal sample data; absent outside the team's own machines."""
    if not SHARED.exists():
        pytest.skip("the internal sample data is not here")
    return SHARED

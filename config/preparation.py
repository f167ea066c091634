"""What has to be in place before the site's programs start."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import nullcontext
from itertools import groupby
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import CommandError, call_command
from django.db import DEFAULT_DB_ALIAS, OperationalError, connections
from django.db.migrations.executor import MigrationExecutor
from django.urls import reverse

from accounts.identity import access
from accounts.identity.enums import Kind
from accounts.identity.models import Heartbeat
from config import broker, health
from config.fresh_database import quick_states
from config.supervisor import say


def prepare_database() -> None:
    connection = connections[DEFAULT_DB_ALIAS]
    try:
        executor = MigrationExecutor(connection)
    except OperationalError as error:
        reason = str(error).strip().splitlines()[-1]
        raise CommandError(
            f"The database does not answer ({reason}): start it, or correct "
            "DATABASE_URL, or unset it to use the embedded one."
        ) from error
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        say("Preparing the database · 正在准备数据库")
        is_empty = not executor.loader.applied_migrations
        with quick_states() if is_empty else nullcontext():
            call_command("migrate", verbosity=0, interactive=False)


def compile_messages() -> None:
    """Translations are compiled here, so that nobody needs gettext."""
    locale = Path(settings.BASE_DIR) / "locale"
    for source in locale.glob("*/LC_MESSAGES/*.po"):
        compiled = source.with_suffix(".mo")
        if not compiled.exists() or compiled.stat().st_mtime < source.stat().st_mtime:
            call_command("messages", "compile")
            return


def collect_static_files() -> None:
    """Only when a file came, went or changed since the last time."""
    note = Path(settings.STATIC_ROOT) / "collected"
    seen = _fingerprint()
    if note.exists() and note.read_text() == seen:
        return
    say("Collecting static files · 正在整理静态文件")
    call_command("collectstatic", verbosity=0, interactive=False, clear=True)
    note.write_text(seen)


def _fingerprint() -> str:
    found = sorted(
        f"{path} {path.stat().st_size} {path.stat().st_mtime_ns}"
        for path in _static_files()
    )
    return hashlib.sha256("\n".join(found).encode()).hexdigest()


def _static_files() -> Iterator[Path]:
    for finder in get_finders():
        for name, storage in finder.list([]):
            yield Path(storage.path(name))


def load_demo() -> None:
    if settings.DEMO:
        call_command("load_demo", if_empty=True)


def reach_broker() -> None:
    """Make the queue before three programs try to at the same moment."""
    try:
        health.ask_broker()
    except Exception as error:
        raise CommandError(
            f"The broker does not answer ({type(error).__name__}): start it, or correct "
            "CELERY_BROKER_URL, or unset it to use the database."
        ) from error


def forget_last_run() -> None:
    """Readiness is to mean the worker that starts now, not the one that ended."""
    Heartbeat.objects.all().delete()


def let_go() -> None:
    """Close our own connections: from here on we only watch over the programs."""
    connections.close_all()
    if broker.is_on_database(settings.CELERY_BROKER_URL):
        from config import transport

        transport.close_connections()


def demo_sign_ins(address: str) -> list[str]:
    """Where to sign in with one tap, and the people who can."""
    if not settings.DEMO:
        return []
    people = [
        f"    {Kind(kind).value:<10} "
        + "、".join(user.display_name or str(user.email) for user in users)
        for kind, users in groupby(access.demo_accounts(), key=lambda user: user.kind)
    ]
    page = address.rstrip("/") + reverse("demo:sign_in")
    return ["", f"  演示账号，一点就进 · Demo sign-ins, one tap:  {page}", *people]

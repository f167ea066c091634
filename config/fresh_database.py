"""All migrations on an empty database, in a third of the time.

With each step Django makes anew every model that is related to the changed one, and what
is related to those; here nearly all are related to the account. Their rows are nobody's
yet: it is enough that the changed model and its neighbours are right.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db.migrations.state import ProjectState

_reload_model = ProjectState.reload_model


@contextmanager
def quick_states() -> Iterator[None]:
    """Not for a database with rows: a step that moves them may ask for any relation."""
    names = ("reload_model", "_append_option")
    before = {name: getattr(ProjectState, name) for name in names}
    try:
        for name, quick in zip(
            names, (_reload_neighbours, _append_option), strict=True
        ):
            setattr(ProjectState, name, quick)
        yield
    finally:
        for name, plain in before.items():
            setattr(ProjectState, name, plain)


def _reload_neighbours(
    state: ProjectState, app_label: str, model_name: str, *_delay: bool, **_named: bool
) -> None:
    """As for a field that is no relation: whatever points here is made anew, no more."""
    _reload_model(state, app_label, model_name, delay=True)


def _append_option(
    state: ProjectState, app_label: str, model_name: str, name: str, added: Any
) -> None:
    """An index or a constraint: no other model sees it."""
    options = state.models[app_label, model_name].options
    options[name] = [*options.get(name, ()), added]
    if "apps" in vars(state):
        model = state.apps.get_model(app_label, model_name)
        getattr(model._meta, name).append(added)

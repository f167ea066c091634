from __future__ import annotations

from accounts.lib.dates import today
from accounts.lib.text import clean_block
from jobs.applications.enums import MessageRefusal, Side
from jobs.applications.models import Application
from jobs.applications.rules.checks import may_ask
from jobs.applications.rules.wording import refused_words


def checked_text(
    text: str, *, side: Side, application: Application
) -> tuple[str, MessageRefusal | None]:
    """The one place that every message passes before it is kept.

    Whatever else must never be written between the two sides is refused here.
    """
    body = clean_block(text)
    if side == Side.SEEKER:
        return body, None
    return body, refused_words(body, may_ask=_askable(application), today=today())


def _askable(application: Application) -> list[str]:
    kind = application.declared_check
    asks = may_ask(
        kind,
        declared=application.declared_check,
        stage=application.declared_stage,
        state=application.state,
    )
    return [kind] if asks else []

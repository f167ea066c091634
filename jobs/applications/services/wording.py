from __future__ import annotations

from accounts.lib.dates import today
from accounts.lib.text import clean_block
from jobs.applications.enums import ApplicationState, MessageRefusal, Side
from jobs.applications.models import Application
from jobs.applications.rules.checks import may_ask
from jobs.applications.rules.wording import early_question, refused_words


def checked_text(
    text: str, *, side: Side, application: Application
) -> tuple[str, MessageRefusal | None]:
    """The one place that every message passes before it is kept.

    Whatever else must never be written between the two sides is refused here.
    """
    body = clean_block(text)
    if side == Side.SEEKER:
        return body, None
    askable = _askable(application, application.state)
    return body, refused_words(body, may_ask=askable, today=today())


def early_question_in(
    text: str, *, application: Application, event: str
) -> MessageRefusal | None:
    """What the words that go with an employer's step may not ask for yet."""
    state = ApplicationState.INTERVIEW if event == "interview" else application.state
    askable = _askable(application, state)
    return early_question(text, may_ask=askable, today=today())


def _askable(application: Application, state: str) -> list[str]:
    kind = application.declared_check
    asks = may_ask(
        kind,
        declared=application.declared_check,
        stage=application.declared_stage,
        state=state,
    )
    return [kind] if asks else []

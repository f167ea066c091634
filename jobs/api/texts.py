"""What people read about a refused request, and where the words of a list come from."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_lazy as _

from accounts.lib.occupations import occupations
from accounts.lib.places import cities_by_province
from accounts.seekers.enums import CanStart, Did, Education, PastRole, Skill
from jobs.applications.enums import ApplicationState, DeclineReason
from jobs.postings.enums import (
    Benefit,
    Channel,
    EmploymentType,
    PostingState,
    Rest,
    Role,
    Screening,
    ScreeningStage,
    Shift,
)

TITLES: Mapping[str, Promise] = {
    "malformed-request": _("The request cannot be read"),
    "invalid-cursor": _("The cursor does not belong to this list"),
    "unauthenticated": _("There is no key that works"),
    "missing-scope": _("The key may not do this"),
    "organisation-not-checked": _("The check of the organisation is missing"),
    "promise-missing": _("The promise to answer is missing"),
    "opening-refused": _("The posting may not be opened"),
    "not-found": _("There is nothing here"),
    "method-not-allowed": _("This address does not take this method"),
    "step-refused": _("The step is not possible from here"),
    "stale-version": _("Somebody changed it meanwhile"),
    "request-in-progress": _("The same request is being worked on"),
    "precondition-failed": _("If-Match names an older version"),
    "too-large": _("The request is too large"),
    "unsupported-media-type": _("Only JSON is read"),
    "invalid-input": _("Something in the request is wrong"),
    "screening-blocked": _("The rules do not let this posting pass"),
    "idempotency-key-reused": _("The Idempotency-Key was used for something else"),
    "precondition-required": _("If-Match is missing"),
    "too-many-requests": _("Too many requests"),
    "writing-closed": _("Writing is closed for a while"),
    "server-error": _("Something broke on our side"),
}
ADVICE: Mapping[str, Promise] = {
    "malformed-request": _("Send one JSON object in UTF-8, without doubtful signs."),
    "invalid-cursor": _(
        "Take the cursor from the answer before, as it is, for the same list. "
        "Or begin again without one."
    ),
    "unauthenticated": _(
        "Send the header “Authorization: Bearer …” with a key that works. "
        "Administrators make keys under “Connections”."
    ),
    "missing-scope": _(
        "Make a key with the permission that “scope” names, "
        "or ask your administrator for one."
    ),
    "organisation-not-checked": _(
        "Your organisation is not checked yet, or its check has run out. Reading works. "
        "Writing works again after the check. Declining, pausing and closing always work."
    ),
    "promise-missing": _(
        "Before you send in a posting, your organisation promises to answer every "
        "application."
    ),
    "opening-refused": _(
        "A rule or a decision keeps the posting closed. Please sign in and look at it."
    ),
    "not-found": _(
        "The address is wrong, or it belongs to somebody else. Both look the same."
    ),
    "method-not-allowed": _("The header “Allow” names the methods that work here."),
    "step-refused": _(
        "Read it again and look at its state. The list of steps stands there too."
    ),
    "stale-version": _("Read it again, compare, and send the new version along."),
    "request-in-progress": _("Wait a moment, then send the same request again."),
    "precondition-failed": _(
        "Read the posting again, put your change on top, and send the new ETag."
    ),
    "too-large": _("A request may have 64 KB at most."),
    "unsupported-media-type": _("Send “Content-Type: application/json”."),
    "invalid-input": _("“errors” names each field and says what is wrong with it."),
    "screening-blocked": _(
        "“findings” names each rule with its clause and says how to mend the text. "
        "“missing” names what is still to be said."
    ),
    "idempotency-key-reused": _(
        "Take a new Idempotency-Key for each new request; repeat it only with the same "
        "content."
    ),
    "precondition-required": _("Send “If-Match” with the ETag that you read before."),
    "too-many-requests": _("Wait for the seconds that “Retry-After” names."),
    "writing-closed": _(
        "Reading goes on. Try again later, with the same Idempotency-Key."
    ),
    "server-error": _(
        "It is written down and we look at it. Try again later, with the same "
        "Idempotency-Key."
    ),
}


Row = tuple[str, str, str | None]


def _choices(enum: Any) -> Callable[[], list[Row]]:
    return lambda: [(value, str(label), None) for value, label in enum.choices]


def _cities() -> list[Row]:
    language = get_language() or ""
    return [
        (city.code, city.name(language), province.name(language))
        for province, cities in cities_by_province()
        for city in cities
    ]


def _occupations() -> list[Row]:
    language = get_language() or ""
    return [
        (one.code, one.name(language), one.group.name(language))
        for one in occupations()
    ]


# Each list of the catalogue: (code, name, group or None) in the reader's language.
CATALOGUES: Mapping[str, Callable[[], list[Row]]] = {
    "application-states": _choices(ApplicationState),
    "benefits": _choices(Benefit),
    "channels": _choices(Channel),
    "cities": _cities,
    "decline-reasons": _choices(DeclineReason),
    "education": _choices(Education),
    "employment-types": _choices(EmploymentType),
    "occupations": _occupations,
    "past-roles": _choices(PastRole),
    "past-tasks": _choices(Did),
    "posting-states": _choices(PostingState),
    "rest": _choices(Rest),
    "roles": _choices(Role),
    "screening": _choices(Screening),
    "screening-stages": _choices(ScreeningStage),
    "shifts": _choices(Shift),
    "skills": _choices(Skill),
    "start": _choices(CanStart),
}

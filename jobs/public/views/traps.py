from __future__ import annotations

from dataclasses import dataclass

from allauth.core import ratelimit
from django import forms
from django.contrib.auth.decorators import login_not_required
from django.core.validators import MaxLengthValidator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import add_never_cache_headers
from django.utils.functional import Promise
from django.utils.translation import get_language, gettext as _, gettext_lazy
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from accounts.lib.dates import today
from jobs.public.traps.content import Trap, traps as all_traps
from jobs.screening.explain import (
    RuleHits,
    ShownCitation,
    ShownRule,
    grouped,
    shown_citations,
    shown_rule,
)
from jobs.screening.rules.adverts import Advert
from jobs.screening.rules.engine import screen
from jobs.screening.rules.text import normalise

# Any advert is shorter; the engine would read ten times as much.
LONGEST = 5000
TOO_LONG = gettext_lazy(
    "That is too long to read at once. Please take the part about the work and the "
    "money, up to 5,000 characters."
)


class AdvertForm(forms.Form):
    """An advert somebody got; read once, kept nowhere."""

    text = forms.CharField(
        label=gettext_lazy("The advert you got"),
        # Not max_length: a browser would cut the text off without a word.
        validators=[MaxLengthValidator(LONGEST, TOO_LONG)],
        widget=forms.Textarea({"rows": 5, "autocomplete": "off"}),
        help_text=gettext_lazy(
            "Copy the text in. We read it once and keep nothing, not even a log."
        ),
        error_messages={
            "required": gettext_lazy("Please copy the text of the advert in here.")
        },
    )


@dataclass(frozen=True, slots=True)
class ShownTrap:
    trap: Trap
    rules: list[ShownRule]
    citations: tuple[ShownCitation, ...]


@dataclass(frozen=True, slots=True)
class Reading:
    """What the rules say about an advert, and which traps it looks like."""

    look: str
    sentence: str | Promise
    hits: list[RuleHits]
    traps: list[Trap]


@login_not_required
@sensitive_post_parameters("text")
@require_http_methods(["GET", "HEAD", "POST"])
def traps(request: HttpRequest) -> HttpResponse:
    form = AdvertForm(request.POST or None)
    reading = None
    if request.method == "POST":
        form = AdvertForm(request.POST)
        if not ratelimit.consume(request, action="read_advert"):
            form.add_error(
                None, _("That was quick. Please wait a minute, then try again.")
            )
        elif form.is_valid():
            reading = read_advert(form.cleaned_data["text"])
    language = get_language() or ""
    context = {
        "form": form,
        "reading": reading,
        "traps": [_shown(trap) for trap in all_traps(language)],
        "open": {trap.slug for trap in reading.traps} if reading else set(),
    }
    response = render(request, "jobs/public/traps.html", context)
    if request.method == "POST":
        # Nor does the browser keep it: the next one at this phone sees nothing.
        add_never_cache_headers(response)
    return response


def _shown(trap: Trap) -> ShownTrap:
    rules = [rule for rule in map(shown_rule, trap.rules) if rule]
    return ShownTrap(trap, rules, shown_citations(trap.basis))


def read_advert(text: str) -> Reading:
    """Screen a text as if it were an advert; missing facts are no matter here."""
    advert = Advert(id="", title="", description=text)
    screening = screen(advert, today=today(), missing_fields=False)
    hits = [hit for hit in grouped(screening.findings) if hit.severity != "positive"]
    alike = _alike(text, {hit.rule.id for hit in hits})
    look, sentence = SENTENCES[screening.decision]
    return Reading(look, sentence, hits, alike)


def _alike(text: str, raised: set[str]) -> list[Trap]:
    """The traps whose rules were raised; of those that share a rule, the ones whose
    words stand in the text."""
    found = [t for t in all_traps(get_language() or "") if raised.intersection(t.rules)]
    plain = normalise(text).text
    named = [t for t in found if not t.hints or any(h in plain for h in t.hints)]
    return named or found


SENTENCES = {
    "block": (
        "danger",
        gettext_lazy("We would not publish this. Please do not sign or pay anything."),
    ),
    "review": (
        "caution",
        gettext_lazy("We would ask about this first. So should you."),
    ),
    "ok": (
        "info",
        gettext_lazy(
            "We found none of our rules broken. That does not make it safe: what they "
            "say at the interview counts too."
        ),
    ),
}

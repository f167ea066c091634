"""The check-in: a public page that asks; answers and results stay on the device."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from accounts.wellbeing.instruments.content import Form, shown_forms
from accounts.wellbeing.instruments.words import results, script_words
from accounts.wellbeing.library.content import pieces
from accounts.wellbeing.rights.texts import language

PAGE = "accounts/wellbeing/checkin/page.html"
# What is offered, in this order; step-up forms come only after their short ones.
OFFERED = {
    "cbi-personal": _("How tired am I?"),
    "short": _("How were the last two weeks?"),
    "cbi-client": _("My last job: the people on the phone"),
    "cbi-work": _("My job now"),
    "who-5": _("How well am I?"),
    # Where WHO-5 may not be shown.
    "k6": _("How was the last month?"),
}
# What each form is about; the names of the instruments would say more than is meant.
TITLES = {
    "cbi-personal": OFFERED["cbi-personal"],
    "cbi-client": OFFERED["cbi-client"],
    "cbi-work": OFFERED["cbi-work"],
    "who-5": OFFERED["who-5"],
    "k6": OFFERED["k6"],
    "phq-2": _("My mood in two weeks, two questions"),
    "phq-8": _("My mood in two weeks, eight questions"),
    "gad-2": _("My worries in two weeks, two questions"),
    "gad-7": _("My worries in two weeks, seven questions"),
}
# Whom to think of where a form says "clients" and has no words of its own.
THINK_OF = {
    "cbi-client": _("Think of the people on the phone in your last job."),
    "cbi-client-now": _("Think of the people you deal with in the job you have now."),
}
# Pieces that fit what a result says.
LEADS = {
    "cbi-personal": ("r01", "r09", "r14"),
    "cbi-client": ("r01", "r24", "r06"),
    "cbi-client-now": ("r23", "r24", "r10"),
    "cbi-work": ("r23", "r10", "r24"),
    "phq-8": ("r14", "r09", "r28"),
    "gad-7": ("r02", "r03", "r10"),
    "who-5": ("r14", "r25", "r28"),
    "k6": ("r14", "r25", "r28"),
}


@login_not_required
@require_safe
def check_in(request: HttpRequest) -> HttpResponse:
    folder = language()
    shown = shown_forms(folder)
    parts = {"short": ["phq-2", "gad-2"]}
    offered = [
        {"id": name, "title": title, "forms": parts.get(name, [name])}
        for name, title in OFFERED.items()
        if name in shown or name in parts
    ]
    context = {
        "offered": offered,
        "forms": [(TITLES[name], form, lead_of(form)) for name, form in shown.items()],
        "plan": {
            "language": folder,
            "offered": [{**one, "title": str(one["title"])} for one in offered],
            "forms": {
                name: {"title": str(TITLES[name]), **_told(form)}
                for name, form in shown.items()
            },
            "leads": _leads(folder),
            "results": results(),
            "words": script_words(),
            "help": reverse("help"),
            "counselors": reverse("counselors:list"),
        },
    }
    return render(request, PAGE, context)


def lead_of(form: Form) -> str:
    """What to think of: the form's own words, or ours where it has none."""
    return str(THINK_OF.get(form.id, form.stem))


def _told(form: Form) -> dict[str, Any]:
    """What the browser needs to ask a form and to score it."""
    scale = form.scale
    return {
        "version": form.version,
        "stem": lead_of(form),
        "tested": form.is_tested,
        "questions": [
            {"id": one.id, "text": one.text, "answers": list(one.answers)}
            for one in form.questions
        ],
        "items": [
            {"id": item.id, "values": list(item.values), "reverse": item.is_reverse}
            for item in scale.items
        ],
        "method": scale.method,
        "fewest": scale.fewest,
        "mostMissing": scale.most_missing,
        "neverMissing": sorted(scale.never_missing),
        "times": scale.times,
        "change": form.change,
        "everyDays": form.every_days,
        "most": scale.times * sum(max(item.values) for item in scale.items)
        if scale.method == "sum"
        else 100,
    }


def _leads(folder: str) -> dict[str, list[dict[str, str]]]:
    by_id = {piece.id: piece for piece in pieces(folder).values()}
    return {
        name: [
            {
                "title": by_id[one].title,
                "url": reverse("library:piece", args=[by_id[one].slug]),
            }
            for one in ids
            if one in by_id
        ]
        for name, ids in LEADS.items()
    }

"""The rights tools: public pages that ask nothing of the server.

What people type is worked out by static/js/rights and never sent; these views only
show questions, formulas and explanations. They read no database and set no cookie.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.wellbeing.rights import forms
from accounts.wellbeing.rights.citations import Citation, cite
from accounts.wellbeing.rights.texts import language, laws, words

INDEX = "accounts/wellbeing/rights/index.html"
TOOL = "accounts/wellbeing/rights/tool.html"
WAGES = "accounts/wellbeing/rights/wages.html"
CLAIM = "accounts/wellbeing/rights/claim.html"
EXPOSURE = "accounts/wellbeing/rights/exposure.html"
# What the scripts need of the words that are shared by all pages.
SCRIPT_WORDS = (
    "errors",
    "article",
    "article_suffix",
    "paragraph",
    "item",
    "place_gap",
    "citation",
    "text_of",
    "in_force",
    "unread",
    "date",
    "money",
    "grouping",
)
TOOLS = ("severance", "unemployment", "wages", "claim", "noncompete", "exposure")


@login_not_required
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    found = words(language(), "index")
    tools = [{"name": f"rights:{name}", **found["tools"][name]} for name in TOOLS]
    return _page(request, "index", INDEX, {"tools": tools})


@login_not_required
@require_safe
def severance(request: HttpRequest) -> HttpResponse:
    return _tool(request, "severance")


@login_not_required
@require_safe
def unemployment(request: HttpRequest) -> HttpResponse:
    return _tool(request, "unemployment")


@login_not_required
@require_safe
def noncompete(request: HttpRequest) -> HttpResponse:
    return _tool(request, "noncompete")


@login_not_required
@require_safe
def wages(request: HttpRequest) -> HttpResponse:
    found = words(language(), "wages")
    steps = zip(found["route"], forms.ROUTE, strict=True)
    extra = {
        "route": [{"text": text, "laws": _cited(cites)} for text, cites in steps],
        "evidence": [found["evidence"][key] for key in forms.EVIDENCE],
    }
    return _tool(request, "wages", template=WAGES, extra=extra)


@login_not_required
@require_safe
def claim(request: HttpRequest) -> HttpResponse:
    found = words(language(), "claim")
    wages_words = words(language(), "wages")
    proofs = wages_words["evidence"]
    context = {
        "evidence_words": wages_words,
        "fields": [_field(field, "claim", found) for field in forms.CLAIM_FIELDS],
        "claims": [
            {
                "kind": kind,
                "label": found["claims"][kind],
                "dated": kind in forms.CLAIMS_WITH_DATES,
                "priced": kind != "certificate",
            }
            for kind in forms.CLAIMS
        ],
        "evidence": [(key, proofs[key]) for key in forms.EVIDENCE],
        "laws": _cited(forms.CLAIM_LAWS),
        "script_words": _script_words(
            {key: found[key] for key in ("problems", "copied", "filename")}
        ),
    }
    return _page(request, "claim", CLAIM, context)


@login_not_required
@require_safe
def exposure(request: HttpRequest) -> HttpResponse:
    found = words(language(), "exposure")
    count = len(forms.PRACTICES)
    practices = [
        {
            "name": name,
            "laws": _cited(cites),
            "counted": found["question"].format(n=number, all=count),
            **found["practices"][name],
        }
        for number, (name, cites) in enumerate(forms.PRACTICES.items(), start=1)
    ]
    context = {"practices": practices, "everyone_laws": _cited(forms.EVERYONE)}
    return _page(request, "exposure", EXPOSURE, context)


def _tool(
    request: HttpRequest,
    page: str,
    *,
    template: str = TOOL,
    extra: dict[str, Any] | None = None,
) -> HttpResponse:
    found = words(language(), page)
    calculators = [_calculator(one, found) for one in forms.PAGES[page]]
    context = {
        "calculators": calculators,
        "many": len(calculators) > 1,
        "script_words": _script_words({"calc": found["calc"]}),
        **(extra or {}),
    }
    return _page(request, page, template, context)


def _page(
    request: HttpRequest, page: str, template: str, context: dict[str, Any]
) -> HttpResponse:
    folder = language()
    index_words = words(folder, "index")
    shared = {
        "words": words(folder, page),
        "common": words(folder, "common"),
        # The same page for a printer: everything open, nothing to type.
        "paper": "paper" in request.GET,
        "others": [
            (f"rights:{name}", index_words["tools"][name]["title"])
            for name in TOOLS
            if name != page
        ],
    }
    return render(request, template, shared | context)


def _calculator(calculator: forms.Calculator, found: dict[str, Any]) -> dict[str, Any]:
    texts = found["calc"][calculator.name]
    return {
        "name": calculator.name,
        "words": texts,
        "fields": [
            _field(field, calculator.name, texts) for field in calculator.fields
        ],
        "laws": _cited(calculator.cites),
    }


def _field(field: forms.Field, form: str, texts: dict[str, Any]) -> dict[str, Any]:
    common = words(language(), "common")
    said = texts["fields"].get(field.name) or common["places"][field.name]
    names = (
        common if field.kind == "yesno" else texts.get("options", {}).get(field.name)
    )
    return {
        "field": field,
        "id": f"{form}-{field.name}",
        "label": said["label"],
        "help": said.get("help", ""),
        "options": [(value, names[value]) for value in field.options],
    }


def _cited(references: Iterable[str]) -> list[Citation]:
    folder = language()
    common = words(folder, "common")
    return [cite(reference, common, laws(folder)) for reference in references]


def _script_words(extra: dict[str, Any]) -> dict[str, Any]:
    folder = language()
    common = words(folder, "common")
    names = {
        key: {
            "name": law.name,
            "day": law.day,
            "isText": law.is_text,
            "wasRead": law.was_read,
        }
        for key, law in laws(folder).items()
    }
    return {key: common[key] for key in SCRIPT_WORDS} | {"laws": names} | extra

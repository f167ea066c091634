from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.lib.http import Request
from jobs.screening.explain import rules_by_category, shown_rule
from jobs.screening.rules.catalogue import default_catalogue


@login_not_required
@require_safe
def rules(request: Request) -> HttpResponse:
    context = {
        "categories": rules_by_category(),
        "version": default_catalogue().version.partition("+")[0],
    }
    return render(request, "jobs/screening/rules.html", context)


@login_not_required
@require_safe
def rule(request: Request, rule_id: str) -> HttpResponse:
    found = shown_rule(rule_id)
    if found is None:
        raise Http404
    return render(request, "jobs/screening/rule.html", {"rule": found})

"""Pages on which somebody types a lot: nothing is lost when the door has closed.

The sign-in library would keep a refused POST in the session as it is. Here it is sealed by
the writer's own key, and the page gives it back once they have shown that it is them.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from allauth.core.exceptions import ReauthenticationRequired
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect
from django.views.decorators.debug import (
    sensitive_post_parameters,
    sensitive_variables,
)

from accounts.care.notes.services.holding import give_back, hold
from accounts.care.vault.http import View, care_page
from accounts.identity.enums import Kind
from accounts.identity.http import SignedInRequest

Where = Callable[..., str]


def typing_page(
    *kinds: Kind, back: Where | None = None, is_hint: bool = False
) -> Callable[[View], View]:
    """As `care_page`; `back` names the page that gives the text back, if it is another.

    A hint keeps nothing and says nothing once the door has closed.
    """

    def decorate(view: View) -> View:
        @sensitive_variables()
        @wraps(view)
        def marked(request: SignedInRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            request.reached_view = True  # type: ignore[attr-defined]
            return view(request, *args, **kwargs)

        guarded = care_page(*kinds)(marked)

        @sensitive_post_parameters()
        @wraps(view)
        def holding(
            request: SignedInRequest, *args: Any, **kwargs: Any
        ) -> HttpResponse:
            try:
                response = guarded(request, *args, **kwargs)
            except ReauthenticationRequired:
                if request.method != "POST":
                    raise
            else:
                is_through = hasattr(request, "reached_view")
                if is_through or request.method != "POST":
                    return response
            if is_hint:
                return HttpResponse(status=204)
            path = back(*args, **kwargs) if back else request.path
            hold(user=request.user, path=path, data=request.POST)
            if "HX-Request" in request.headers:
                return HttpResponse(headers={"HX-Redirect": path})
            return redirect(path)

        holding.care_kinds = kinds  # type: ignore[attr-defined]
        return holding

    return decorate


def typed(request: SignedInRequest) -> QueryDict | None:
    """What was sent in, now or before the door closed; None when there is nothing."""
    if request.method == "POST":
        return request.POST
    return give_back(user=request.user, path=request.path)

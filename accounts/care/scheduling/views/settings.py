from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.care.scheduling import calendar_access as access
from accounts.care.scheduling.access import settings_of
from accounts.care.scheduling.forms.calendar import SettingsForm, settings_initial
from accounts.care.scheduling.services.hours import save_settings
from accounts.care.vault.access import counselor_only
from accounts.care.vault.http import care_page
from accounts.identity.enums import Kind
from accounts.identity.http import SignedInRequest


@require_http_methods(["GET", "HEAD", "POST"])
@care_page(Kind.COUNSELOR)
def settings(request: SignedInRequest) -> HttpResponse:
    counselor = counselor_only(request.user)
    row = settings_of(counselor)
    data = request.POST if request.method == "POST" else None
    form = SettingsForm(data, initial=settings_initial(row))
    if data is not None and form.is_valid():
        save_settings(counselor=counselor, **form.cleaned_data)
        messages.success(request, _("Saved. What is booked stays as it is."))
        has_hours = access.hours_of(counselor).exists()
        return redirect("calendar:week" if has_hours else "calendar:hours")
    context = {"form": form, "is_new": row._state.adding}
    status = 422 if data is not None else 200
    return render(
        request, "accounts/care/scheduling/settings.html", context, status=status
    )

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from accounts.identity.enums import SwitchState
from accounts.identity.http import SignedInRequest
from accounts.identity.models import FeatureSwitch
from accounts.identity.rules.switches import is_showing
from accounts.identity.services.switches import (
    SwitchMoved,
    change_switch,
    write_announcement,
)
from accounts.identity.switches import SWITCHES, Switch
from jobs.operations import access
from jobs.operations.forms import AnnouncementForm, SwitchForm, switch_initial

SHOWN = 20
LOOKS = {
    SwitchState.ON: ("good", "check"),
    SwitchState.OFF: ("caution", "pause"),
    SwitchState.PERCENTAGE: ("sea", "users"),
    SwitchState.ORGANIZATIONS: ("sea", "building-2"),
}


@never_cache
@require_safe
def switches_page(request: SignedInRequest) -> HttpResponse:
    access.operators_only(request.user)
    rows = {row.name: row for row in FeatureSwitch.objects.select_related("changed_by")}
    shown = [(one, rows.get(one.name), *_look(one, rows)) for one in SWITCHES.values()]
    newest = access.announcements(request.user).first()
    context = {
        "rows": shown,
        "announcement_row": newest,
        "is_showing": newest is not None
        and is_showing(
            starts_at=newest.starts_at, ends_at=newest.ends_at, now=timezone.now()
        ),
    }
    return render(request, "jobs/operations/switches.html", context)


def _look(switch: Switch, rows: dict[str, FeatureSwitch]) -> tuple[str, str, str]:
    """Word, kind and icon of how it stands."""
    row = rows.get(switch.name)
    state = SwitchState(row.state if row else switch.default)
    kind, icon = LOOKS[state]
    # A banner that is off is nothing to worry about.
    calm = state == switch.default == SwitchState.OFF
    return str(state.label), "line" if calm else kind, icon


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def switch(request: SignedInRequest, name: str) -> HttpResponse:
    found = access.declared_switch(request.user, name)
    row = FeatureSwitch.objects.filter(name=name).first()
    form = SwitchForm(
        request.POST or None, switch=found, initial=switch_initial(row, found)
    )
    if request.method == "POST" and form.is_valid() and _changed(request, name, form):
        messages.success(request, _("Changed. It holds everywhere in ten seconds."))
        return redirect("operations:switches")
    context = {
        "switch": found,
        "row": row,
        "form": form,
        "changes": access.switch_changes(request.user, name)[:SHOWN],
    }
    status = 422 if form.is_bound else 200
    return render(request, "jobs/operations/switch.html", context, status=status)


def _changed(request: SignedInRequest, name: str, form: SwitchForm) -> bool:
    data = form.cleaned_data
    try:
        change_switch(
            name=name,
            state=SwitchState(data["state"]),
            actor=request.user,
            note=data["note"],
            version=data["version"],
            percentage=data.get("percentage") or 0,
            organizations=data.get("chosen", ()),
        )
    except SwitchMoved:
        sentence = _(
            "A colleague changed this a moment ago. Please look how it stands now, "
            "then decide again."
        )
        form.add_error(None, sentence)
        _show_version_of_now(form, name)
        return False
    return True


def _show_version_of_now(form: SwitchForm, name: str) -> None:
    """The next try is about what the page shows now; the answers stay."""
    row = FeatureSwitch.objects.filter(name=name).first()
    data = QueryDict(mutable=True)
    data.update(form.data)
    data["version"] = str(row.version if row else 0)
    form.data = data


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def announcement(request: SignedInRequest) -> HttpResponse:
    earlier = access.announcements(request.user)
    form = AnnouncementForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        write_announcement(
            texts=form.texts(),
            starts_at=form.cleaned_data["starts_at"],
            ends_at=form.cleaned_data["ends_at"],
            actor=request.user,
        )
        messages.success(request, _("Written down. Now set the switch to on."))
        return redirect("operations:switch", "announcement")
    context = {"form": form, "earlier": earlier[:SHOWN]}
    status = 422 if form.is_bound else 200
    return render(request, "jobs/operations/announcement.html", context, status=status)

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from accounts.identity.http import SignedInRequest
from accounts.seekers.access import (
    must_agree_again,
    profile_for,
    profile_or_none,
)
from accounts.seekers.enums import OPTIONAL_STEPS, Step, Visibility
from accounts.seekers.forms.past import DidForm, EducationForm, PastForm
from accounts.seekers.forms.place import PlaceForm
from accounts.seekers.forms.privacy import ContactForm, HiddenForm
from accounts.seekers.forms.screens import StepForm
from accounts.seekers.forms.wishes import LimitsForm, PayForm, WantedForm
from accounts.seekers.models import SeekerProfile
from accounts.seekers.registry import notes_for
from accounts.seekers.rules import next_step
from accounts.seekers.services import (
    NotASeeker,
    StepNeeded,
    begin_profile,
    finish_profile,
    hide_profile,
    save_step,
    skip_step,
)
from accounts.seekers.summary import sections_of


@dataclass(frozen=True, slots=True)
class Screen:
    """One row of the wizard: what is asked, why, and on which template."""

    step: Step
    title: Promise | str
    why: Promise | str
    form: type[StepForm] | None
    template: str = "accounts/seekers/step.html"

    @property
    def is_optional(self) -> bool:
        return self.step in OPTIONAL_STEPS


SCREENS: tuple[Screen, ...] = (
    Screen(
        Step.PLACE,
        _("Where are you?"),
        _("So that we only show jobs you can get to."),
        PlaceForm,
    ),
    Screen(
        Step.PAST,
        _("What have you worked as?"),
        _("Collection is work like other work. What you learned there counts."),
        PastForm,
    ),
    Screen(
        Step.DID,
        _("What did you do there?"),
        _("Tick what you really did. We turn it into words employers look for."),
        DidForm,
    ),
    Screen(
        Step.LIMITS,
        _("What do you never want again?"),
        _(
            "What you tick here is left out for good. Tick nothing if nothing bothers you."
        ),
        LimitsForm,
    ),
    Screen(
        Step.WANTED,
        _("What would you like to do?"),
        _("You need not be able to do it yet. We say honestly what is missing."),
        WantedForm,
    ),
    Screen(
        Step.PAY,
        _("What do you need to live?"),
        _("We look at the base pay first, not at what an advert promises."),
        PayForm,
    ),
    Screen(
        Step.EDUCATION,
        _("School and age"),
        _(
            "Many adverts ask for a certain schooling. We tell you where experience counts instead."
        ),
        EducationForm,
    ),
    Screen(
        Step.HIDDEN,
        _("Who must not see you?"),
        _(
            "These companies never find you here, not even as a number, and you do not see their jobs."
        ),
        HiddenForm,
        "accounts/seekers/step_hidden.html",
    ),
    Screen(
        Step.CONTACT,
        _("Your name here"),
        _("You choose who sees what."),
        ContactForm,
    ),
    Screen(
        Step.REVIEW,
        _("Read it over"),
        _("Is it right? You can change everything, now and later."),
        None,
        "accounts/seekers/step_review.html",
    ),
)
_ORDER = [screen.step for screen in SCREENS]
_NUMBERS = {screen.step: number for number, screen in enumerate(SCREENS, start=1)}


@require_safe
def start(request: SignedInRequest) -> HttpResponse:
    """Take up the profile where it was left; a finished one is shown."""
    try:
        profile = begin_profile(user=request.user)
    except NotASeeker as error:
        raise Http404 from error
    return redirect(_resume_url(profile))


@require_http_methods(["GET", "HEAD", "POST"])
def step(request: SignedInRequest, name: str) -> HttpResponse:
    screen = _screen(name)
    profile = profile_or_none(request.user)
    if profile is None:
        return redirect("seekers:start")
    if screen.form is None:
        return _review(request, screen, profile)
    form = screen.form(profile, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        save_step(
            profile=profile,
            actor=request.user,
            step=screen.step,
            answers=form.answers(),
            hidden_from=form.hidden_from(),
        )
        return redirect(_after(request, screen))
    status = 422 if form.is_bound else 200
    return render(
        request, screen.template, _context(screen, form, request), status=status
    )


@require_POST
def skip(request: SignedInRequest, name: str) -> HttpResponse:
    screen = _screen(name)
    profile = profile_for(request.user)
    try:
        skip_step(profile=profile, actor=request.user, step=screen.step)
    except StepNeeded:
        return redirect("seekers:step", name)
    return redirect(_after(request, screen))


@require_safe
def show(request: SignedInRequest) -> HttpResponse:
    """The summary of the seeker's own profile, each part with its link to change it."""
    profile = profile_or_none(request.user)
    if profile is None:
        return redirect("seekers:start")
    context = {
        "profile": profile,
        "sections": sections_of(profile),
        "is_visible": profile.visibility == Visibility.PSEUDONYM,
        "must_agree_again": must_agree_again(profile),
        "notes": notes_for(profile),
        "resume_url": _resume_url(profile) if not profile.completed_at else "",
        "left": len(set(_ORDER) - set(profile.done_steps)),
    }
    return render(request, "accounts/seekers/profile.html", context)


@require_POST
def hide(request: SignedInRequest) -> HttpResponse:
    """One tap: from now on no employer finds the profile."""
    profile = profile_for(request.user)
    hide_profile(profile=profile, actor=request.user)
    messages.success(
        request,
        _("Hidden. No employer finds you here now. What you sent stays sent."),
    )
    back = "seekers:seen" if "seen" in request.POST else "seekers:profile"
    return redirect(back)


def _review(
    request: SignedInRequest, screen: Screen, profile: SeekerProfile
) -> HttpResponse:
    if request.method == "POST":
        try:
            finish_profile(profile=profile, actor=request.user)
        except StepNeeded as needed:
            messages.info(request, _("One answer is still missing. Here it is."))
            return redirect("seekers:step", needed.step.value)
        messages.success(request, _("Done. This is what fits you."))
        return redirect("matching:list")
    context = _context(screen, None, request)
    context["sections"] = sections_of(profile)
    return render(request, screen.template, context)


def _screen(name: str) -> Screen:
    for screen in SCREENS:
        if screen.step == name:
            return screen
    raise Http404


def _context(
    screen: Screen, form: StepForm | None, request: HttpRequest
) -> dict[str, Any]:
    number = _NUMBERS[screen.step]
    origin = _came_from(request)
    before = SCREENS[number - 2].step if number > 1 else None
    return {
        "screen": screen,
        "form": form,
        "number": number,
        "total": len(SCREENS),
        "back_url": _step_url(before) if before else "",
        "is_edit": bool(origin),
        "edit_url": reverse(origin) if origin else "",
        "is_from_matches": origin == ORIGINS["matches"],
    }


def _after(request: HttpRequest, screen: Screen) -> str:
    """Where a saved screen leads: on, back to the summary, or out."""
    if "leave" in request.POST:
        messages.success(request, _("Saved. Come back whenever you like."))
        return reverse("seekers:profile")
    if came_from := _came_from(request):
        return reverse(came_from)
    number = _NUMBERS[screen.step]
    following = SCREENS[number].step if number < len(SCREENS) else Step.REVIEW
    return _step_url(following)


# Where somebody came from to change one answer, and goes back to.
ORIGINS = {"summary": "seekers:profile", "matches": "matching:list"}


def _came_from(request: HttpRequest) -> str:
    return ORIGINS.get(request.GET.get("from", ""), "")


def _resume_url(profile: SeekerProfile) -> str:
    if profile.completed_at:
        return reverse("seekers:profile")
    waiting = next_step(profile.done_steps, _ORDER)
    return _step_url(Step(waiting)) if waiting else reverse("seekers:profile")


def _step_url(step: Step) -> str:
    return reverse("seekers:step", args=[step.value])

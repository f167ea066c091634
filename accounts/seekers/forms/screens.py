from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from accounts.lib.guards import DebtorDataGuard
from accounts.seekers.enums import Step
from accounts.seekers.models import SeekerProfile
from accounts.seekers.services import HiddenFrom


class StepForm(DebtorDataGuard):
    """One screen: made from a profile, giving the answers to save."""

    step: Step

    def __init__(self, profile: SeekerProfile, data: Any = None) -> None:
        self.profile = profile
        super().__init__(data, initial=self.answers_of(profile))

    def own_phones(self) -> Iterable[str]:
        account = self.profile.user.phone if self.profile.user_id else ""
        return self.profile.contact_phone, account or ""

    def answers_of(self, profile: SeekerProfile) -> dict[str, Any]:
        return {name: getattr(profile, name, None) for name in self.base_fields}

    def answers(self) -> dict[str, Any]:
        """Values by profile field."""
        return dict(self.cleaned_data)

    def hidden_from(self) -> list[HiddenFrom] | None:
        return None

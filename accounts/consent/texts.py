"""What the privacy centre says about accounts, messages, trail and agreements."""

from __future__ import annotations

from collections.abc import Sequence

from django.urls import reverse
from django.utils.translation import gettext, gettext_lazy as _

from accounts.consent import access
from accounts.consent.descriptions import (
    Grant,
    Holding,
    Leaver,
    Obstacle,
    Recipient,
    Remainder,
)
from accounts.consent.enums import DeletionState, ExportState, Purpose
from accounts.consent.models import Consent
from accounts.consent.services import TERMS_VERSION
from accounts.identity.enums import Kind, MessageState
from accounts.identity.models import User
from accounts.identity.services import leaving

ACTIONS = {
    "consent.granted": _("You agreed to something"),
    "consent.withdrawn": _("You took back an agreement"),
    "privacy.export_asked": _("You asked for a copy of your data"),
    "privacy.export_ready": _("The copy of your data was made"),
    "privacy.export_fetched": _("You fetched the copy of your data"),
    "privacy.deletion_asked": _("You asked to delete your account"),
    "privacy.deletion_cancelled": _("You kept your account"),
}
HOLDINGS = (
    Holding(
        area="accounts.identity",
        title=_("Account and signing in"),
        what=_("Number or e-mail, name, language, second steps, signed-in devices."),
        why=_("So that you can sign in, and nobody else can."),
        basis=_("Needed for the account you asked for."),
        how_long=_("Until you delete the account; devices until they are signed out."),
        count=lambda user: 1 + leaving.count_devices(user),
        models=(
            "accounts_identity.User",
            "account.EmailAddress",
            "account.EmailConfirmation",
            "mfa.Authenticator",
            "usersessions.UserSession",
        ),
        url_name="identity:account",
        choices={"kind": dict(Kind.choices)},
    ),
    Holding(
        area="accounts.identity.messages",
        title=_("Messages we sent you"),
        what=_("E-mails and text messages: when, where to, what was in them."),
        why=_("So that each one arrives, and none arrives twice."),
        basis=_("Needed for the account you asked for."),
        how_long=_("Words and addresses 30 days, then only that something was sent."),
        count=leaving.count_messages,
        models=("accounts_identity.OutboxMessage",),
        choices={"state": dict(MessageState.choices)},
    ),
    Holding(
        area="accounts.identity.trail",
        title=_("The record of what happened"),
        what=_("When something was changed or looked at. Codes, no names, no texts."),
        why=_("So that you can see who looked, and nobody can hide what they did."),
        basis=_("The law on network security and on personal information asks for it."),
        how_long=_("At least three years. After you leave, under an empty number."),
        count=leaving.count_trail,
        url_name="identity:trail",
    ),
    Holding(
        area="accounts.consent",
        title=_("What you agreed to"),
        what=_("To what, in which words, since when, and when you took it back."),
        why=_("We have to be able to show that you said yes."),
        basis=_("The law on personal information asks for it."),
        how_long=_("At least three years. After you leave, under an empty number."),
        count=access.count_consents,
        models=(
            "accounts_consent.Consent",
            "accounts_consent.DataExport",
            "accounts_consent.ExportPart",
            "accounts_consent.AccountDeletion",
        ),
        url_name="consent:grants",
        choices={
            "purpose": dict(Purpose.choices),
            "state": dict(ExportState.choices) | dict(DeletionState.choices),
        },
    ),
)
REMAINDERS = (
    Remainder(
        code="account",
        title=_("An empty account number"),
        why=_("It holds the other lines together. No name, no number, no address."),
        how_long=_("As long as one of the other lines is kept."),
        count=lambda _user: 1,
        models=("accounts_identity.User",),
    ),
    Remainder(
        code="trail",
        title=_("Lines of the record"),
        why=_("What was done when, as codes under that number: the law asks for it."),
        how_long=_("At least three years."),
        count=leaving.count_trail,
    ),
    Remainder(
        code="consents",
        title=_("When you agreed to what"),
        why=_("We have to be able to show that you said yes, and that it ended."),
        how_long=_("At least three years."),
        count=access.count_consents,
        models=("accounts_consent.Consent",),
    ),
    Remainder(
        code="receipt",
        title=_("This receipt"),
        why=_("So that you, and we, can show that the account was erased."),
        how_long=_("At least three years."),
        count=access.count_deletions,
        models=("accounts_consent.AccountDeletion",),
    ),
)


def _nobody_in_particular(consents: Sequence[Consent]) -> dict[int, Recipient]:
    return {row.pk: Recipient(gettext("This site")) for row in consents}


TERMS = Grant(
    words=_("The terms of use: what this site does, and what it does not."),
    version=TERMS_VERSION,
    recipients=_nobody_in_particular,
    # Without terms there is no account: whoever does not agree any more leaves.
    instead="consent:delete",
)


def _staff_ask(user: User) -> Obstacle | None:
    if user.kind not in {Kind.MODERATOR, Kind.OPERATOR}:
        return None
    return Obstacle(
        _(
            "Your account belongs to the work on this site. Please ask the operator to "
            "end it."
        ),
        reverse("about"),
        _("Who runs the site"),
    )


STAFF = Leaver(obstacle=_staff_ask)

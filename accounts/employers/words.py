from __future__ import annotations

from django.utils.translation import gettext_lazy as _

# Audit actions as the person concerned reads them.
WORDS = {
    "employers.organization_created": _("Organisation set up"),
    "employers.organization_edited": _("Organisation changed"),
    "employers.invited": _("Colleague invited"),
    "employers.invited_again": _("Invitation sent again"),
    "employers.invitation_withdrawn": _("Invitation withdrawn"),
    "employers.joined": _("Joined the organisation"),
    "employers.role_changed": _("Role in the organisation changed"),
    "employers.member_left": _("Left the organisation"),
    "employers.member_removed": _("Removed from the organisation"),
    "employers.check_requested": _("Organisation sent in for a check"),
    "employers.verified": _("Organisation checked and found good"),
    "employers.sent_back": _("Organisation sent back with a reason"),
    "employers.suspended": _("Organisation suspended"),
    "employers.reinstated": _("Organisation opened again"),
    "employers.blocked": _("Organisation put on the list of blocked ones"),
    "employers.block_lifted": _("Organisation taken off the list of blocked ones"),
    "employers.covenant_accepted": _("Promise to answer every application given"),
    "guard.debtor_data": _("Text with other people's data was not accepted"),
    "employers.check_ended": _("The organisation's check ran out"),
}

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
    "employers.branch_saved": _("Place of work saved"),
    "employers.branch_closed": _("Place of work closed"),
    "employers.group_proposed": _("Group proposed to another organisation"),
    "employers.group_confirmed": _("Group with another organisation confirmed"),
    "employers.group_declined": _("Group with another organisation declined"),
    "employers.group_withdrawn": _("Proposal of a group withdrawn"),
    "employers.group_ended": _("Group with another organisation ended"),
    "guard.debtor_data": _("Text with other people's data was not accepted"),
    "employers.check_ended": _("The organisation's check ran out"),
}

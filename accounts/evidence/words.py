"""What people read about papers: why a file was not kept, what each paper is for."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.evidence.enums import DocumentKind

REFUSALS: dict[str, Promise] = {
    "empty": _("This file is empty. Please choose it again."),
    "too_large": _(
        "This file is larger than 8 MB. Please take a smaller picture or save the PDF "
        "smaller."
    ),
    "list": _(
        "Tables, lists and archives are not kept, only a photo or a PDF of the paper "
        "itself. Never upload lists of people, such as customers: passing on their "
        "data can be a crime."
    ),
    "type": _("Please choose a photo (JPEG, PNG, WebP) or a PDF of the paper."),
    "ending": _(
        "The name of the file says one thing and its content another. Please take a "
        "new photo, or save it as a PDF again."
    ),
    "mixed": _(
        "Something else is packed into this file. Please take a new photo or a "
        "screenshot of the paper."
    ),
    "broken": _(
        "This file is not complete. Please take a new photo, or save the PDF again."
    ),
    "active": _(
        "This PDF carries a program, a form that sends, or attached files. Please "
        "print it to a new PDF, or take a photo."
    ),
    "locked": _(
        "This PDF is locked. Please save it without a password, or take a photo."
    ),
    "too_many": _(
        "There are 20 files of yours here already. Old ones are erased after 30 days; "
        "please try again then, or write to us."
    ),
}
HELP: dict[str, Promise] = {
    DocumentKind.BUSINESS_LICENCE: _(
        "All of it, with the code, the name and the seal readable. A public office "
        "sends the document it was founded by."
    ),
    DocumentKind.HR_LICENCE: _(
        "With its number, scope and last day. For an online service the scope must "
        "say so."
    ),
    DocumentKind.DISPATCH_LICENCE: _("With its number and last day."),
    DocumentKind.FINANCIAL_LICENCE: _(
        "If you lend money yourself: the licence of the supervisor or the local "
        "authority."
    ),
    DocumentKind.OUTSOURCING_MANDATE: _(
        "If you work for a lender: the page that names both sides, the task and the "
        "dates. Cover prices."
    ),
    DocumentKind.AGENT_ID: _(
        "Only the side with the name and photo; you may cover the address. We look at "
        "it once. Then the picture is deleted; only its last day and a checksum stay."
    ),
    DocumentKind.AGENT_AUTHORISATION: _(
        "A letter with the company's seal: who may act for it here, and until when."
    ),
    DocumentKind.RECRUITMENT_BRIEF: _(
        "Which people you look for and on what terms, with the company's seal."
    ),
    DocumentKind.COUNSELOR_CREDENTIAL: _(
        "The certificate or licence that shows what you may help with. You may cover "
        "its number except the last four characters."
    ),
}
# Audit actions as the person concerned reads them.
WORDS: dict[str, Promise] = {
    "evidence.uploaded": _("Paper sent in"),
    "evidence.withdrawn": _("Paper taken back"),
    "evidence.opened": _("Somebody looked at a paper you sent in"),
    "evidence.accepted": _("A paper you sent in was accepted"),
    "evidence.refused": _("A paper you sent in was not accepted"),
    "evidence.erased": _("The file of a paper was erased"),
}

"""The sentences for every code: what happened, and what to do next."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Words = str | Promise

FILES: dict[str, Words] = {
    "empty": _("This file is empty. Please choose another one."),
    "too_large": _("The file is larger than 5 MB. Please split it up."),
    "too_many": _("The file has more than 2,000 rows. Please split it up."),
    "no_rows": _("There is no posting in this file, only headings at most."),
    "ending": _("Please choose a CSV, Excel (.xlsx), JSON or XML file."),
    "old_excel": _("This is an old Excel file. Save it as .xlsx and send that."),
    "wide": _("The file is UTF-16 text. Save it as UTF-8 and send that."),
    "encoding": _("The characters cannot be read. Save the file as UTF-8."),
    "sheet": _("This Excel file cannot be read. Open it, save it as .xlsx again."),
    "bomb": _("This Excel file is far too large inside. Please send it as CSV."),
    "not_json": _("This is not JSON, or something is missing in it."),
    "not_xml": _("This is not XML, or something is missing in it."),
    "dtd": _("The XML begins with a DOCTYPE. Take that out, then send it again."),
    "long_line": _("The line breaks are lost in this file. Please save it again."),
    "no_id": _("There is no column “Number”. Compare with the sample file."),
    "no_title": _("There is no column “Job title”. Compare with the sample file."),
    "busy": _("Other files of yours are still being read. Try again in a minute."),
    "closed": _("Files cannot be sent in at the moment. Please try again later."),
    "no_feed": _("There is neither XML nor JSON at this address."),
    "unreadable": _("This file cannot be read. Compare with the sample file."),
}
ROWS: dict[str, Words] = {
    "id-missing": _("This row has no number of its own. Give it one."),
    "id-too-long": _("The number has more than 120 characters. Shorten it."),
    "duplicate-id": _("Another row has the same number. Give it a different one."),
    "debtor-data": _(
        "Other people's data stood here. We took it out and did not keep it."
    ),
    "ragged-row": _("This row has more or fewer cells than there are headings."),
    "malformed-csv": _("A quotation mark is missing or too many in this row."),
    "malformed-json": _("This line is no valid JSON."),
    "not-an-object": _("There is no posting in this place of the file."),
    "nul-bytes": _("This row holds characters that nobody can read."),
    "broken-characters": _("This row holds broken characters."),
    "nested-too-deep": _("This entry is nested too deep."),
    "nobody": _("Nobody of your organisation can own this draft."),
    "broken": _("We could not read this row. Please write the posting by hand."),
    "changed-here": _("Somebody changed the draft here. The file leaves it alone."),
    "open-here": _("It is open or being checked. Please change it on its page."),
    "ended-here": _("It has ended here. Open it again on its page if need be."),
}
# A row with one of these cannot be mended here.
HOPELESS = frozenset(
    {
        "ragged-row",
        "malformed-csv",
        "malformed-json",
        "not-an-object",
        "nul-bytes",
        "broken-characters",
        "nested-too-deep",
        "nobody",
        "broken",
    }
)
ABOUT_NUMBER = frozenset({"id-missing", "id-too-long", "duplicate-id"})
SOURCES: dict[str, Words] = {
    **FILES,
    "": _("Not read yet. It takes a few minutes."),
    "read": _("Read. What was new became drafts."),
    "unchanged": _("Read. Nothing had changed."),
    "address": _("This is no address of a feed. Copy it whole."),
    "not_https": _("The address has to begin with https://."),
    "not_a_name": _("The address needs a name such as jobs.example.com."),
    "port": _("Only the ordinary https port (443) is read."),
    "private": _("This address is not on the open internet. We do not read it."),
    "dns": _("Nobody answers to this name. Check the address."),
    "timeout": _("The other side took too long to answer."),
    "connection": _("The connection failed, or its certificate is not valid."),
    "redirects": _("The address leads on and on. Give the last one."),
    "gone": _("There is nothing at this address any more."),
    "status": _("The other side refused to answer."),
}
ERRORS: dict[str, Words] = {
    "mended": _("This row is done already."),
    "too_many_sources": _("You have five addresses. Stop one, then add this one."),
    "source_known": _("You have put this address down already."),
    "source_stopped": _("This address is stopped. Add it anew to read it again."),
    "too_soon": _("It was read a moment ago. Wait ten minutes, then try again."),
}
ACTIONS: dict[str, Words] = {
    "feeds.import": _("You sent a file of postings"),
    "feeds.send": _("You sent drafts of a file to be checked"),
    "feeds.source_add": _("You added a feed address"),
    "feeds.source_stop": _("You stopped a feed address"),
    "feeds.source_read": _("You had a feed read"),
    "feeds.source_pause": _("A feed address was paused"),
}


def for_file(code: str) -> str:
    return str(FILES.get(code, FILES["unreadable"]))


def for_row(code: str) -> str:
    return str(ROWS.get(code, ROWS["broken"])) if code else ""


def for_source(code: str) -> str:
    return str(SOURCES.get(code, SOURCES["status"]))

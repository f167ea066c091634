"""Open postings as RSS, Atom, a list of JobPostings, and the XML of job sites."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from io import StringIO
from typing import Any
from xml.sax.xmlreader import AttributesImpl

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.feedgenerator import Atom1Feed, Rss201rev2Feed, SyndicationFeed
from django.utils.http import http_date
from django.utils.translation import gettext as _
from django.utils.xmlutils import SimplerXMLGenerator

from accounts.lib.occupations import occupation_name
from accounts.lib.places import city_by_code, province_of
from accounts.lib.text import CONTROL
from accounts.seekers.enums import Education
from jobs.feeds.filters import Filters
from jobs.postings.cards import pay_of, place_of
from jobs.postings.facts import label_of
from jobs.postings.models import Posting
from jobs.postings.schema_org import (
    CONTEXT,
    EMPLOYMENT_TYPES,
    WRITTEN_IN,
    to_job_posting,
)

KINDS: dict[str, type[SyndicationFeed]] = {
    "rss": Rss201rev2Feed,
    "atom": Atom1Feed,
}
# What an entry quotes of the work; the rest is one tap away.
QUOTED = 300
# Of an element without attributes.
NOTHING: AttributesImpl[str] = AttributesImpl({})


def address_of(posting: Posting) -> str:
    path = reverse("public:job", args=[posting.public_id])
    return f"{settings.SITE_URL}{path}"


def news(kind: str, postings: Iterable[Posting], filters: Filters, url: str) -> str:
    """The newest postings as RSS or Atom in the language asked for."""
    with translation.override(filters.language):
        name = _("New jobs on Ashore")
        feed = KINDS[kind](
            title=" · ".join([name, *filters.words]),
            link=f"{settings.SITE_URL}{reverse('search:list')}",
            description=_("Open jobs that were checked by the law, newest first."),
            language=filters.language,
            feed_url=url,
        )
        for posting in postings:
            feed.add_item(**_entry(posting))
        return str(feed.writeString("utf-8"))


def _entry(posting: Posting) -> dict[str, Any]:
    url = address_of(posting)
    employer = posting.employer_name or _("Employer not named")
    facts = [pay_of(posting), place_of(posting), employer]
    lines = [_tidy(" · ".join(facts))]
    if posting.organization is None and posting.source_name:
        lines.append(_("Source: %(source)s") % {"source": _tidy(posting.source_name)})
    data = to_job_posting(posting, url=url) or {}
    lines.append(_tidy(str(data.get("responsibilities", "")))[:QUOTED])
    return {
        "title": _tidy(f"{data.get('title', posting.title)} · {facts[0]}"),
        "link": url,
        "description": "\n".join(filter(None, lines)),
        "unique_id": url,
        "unique_id_is_permalink": True,
        "author_name": _tidy(employer),
        "pubdate": posting.published_at,
        "updateddate": posting.updated_at,
        "categories": [occupation_name(posting.occupation)]
        if posting.occupation
        else [],
    }


def _tidy(text: str) -> str:
    """XML knows no control characters, however they came into the text."""
    return CONTROL.sub(" ", text)


def postings_json(
    postings: Sequence[Posting], *, title: str, url: str, next_url: str
) -> str:
    """A list of JobPostings with the paging words of JSON Feed."""
    items = [to_job_posting(row, url=address_of(row)) for row in postings]
    found: dict[str, Any] = {
        "@context": CONTEXT,
        "@type": "ItemList",
        "title": title,
        "home_page_url": f"{settings.SITE_URL}/",
        "feed_url": url,
    }
    if next_url:
        found["next_url"] = next_url
    found["itemListElement"] = [item for item in items if item]
    return json.dumps(found, ensure_ascii=False, separators=(",", ":"))


def postings_xml(postings: Sequence[Posting], *, title: str, next_url: str) -> str:
    """The XML that job sites take (Indeed's names; docs/feeds.md)."""
    out = StringIO()
    xml = SimplerXMLGenerator(out, "utf-8")
    xml.startDocument()
    xml.startElement("source", NOTHING)
    xml.addQuickElement("publisher", title)
    xml.addQuickElement("publisherurl", f"{settings.SITE_URL}/")
    moments = [row.published_at.timestamp() for row in postings if row.published_at]
    xml.addQuickElement("lastBuildDate", http_date(max(moments, default=0)))
    if next_url:
        xml.addQuickElement("next", next_url)
    with translation.override(WRITTEN_IN):
        for posting in postings:
            _add_job(xml, posting)
    xml.endElement("source")
    xml.endDocument()
    return out.getvalue()


def _add_job(xml: SimplerXMLGenerator, posting: Posting) -> None:
    url = address_of(posting)
    data = to_job_posting(posting, url=url)
    if data is None or posting.published_at is None:
        return
    city = city_by_code(posting.city_code)
    parts = {
        "title": data["title"],
        "date": http_date(posting.published_at.timestamp()),
        "referencenumber": str(posting.public_id),
        "url": url,
        "company": data["hiringOrganization"]["name"],
        "city": city.zh_hans if city else "",
        "state": province_of(city).zh_hans if city else "",
        "country": "CN",
        "streetaddress": _street(data),
        "description": data["description"],
        "salary": _salary(posting),
        "education": label_of(Education, posting.education),
        "jobtype": EMPLOYMENT_TYPES.get(posting.employment_type, ""),
        "category": occupation_name(posting.occupation) if posting.occupation else "",
        "experience": f"{posting.experience_years}年"
        if posting.experience_years
        else "",
        "expirationdate": data.get("validThrough", ""),
        "remotetype": "Fully remote" if posting.facts.get("is_remote") else "",
        "source": posting.source_name if posting.organization is None else "",
        "sourceurl": data.get("sameAs", ""),
    }
    xml.startElement("job", NOTHING)
    for name, text in parts.items():
        if text:
            xml.addQuickElement(name, _tidy(text))
    xml.endElement("job")


def _street(data: dict[str, Any]) -> str:
    return str(data.get("jobLocation", {}).get("address", {}).get("streetAddress", ""))


def _salary(posting: Posting) -> str:
    low, high = posting.pay_min, posting.pay_max
    if low is None or high is None:
        return ""
    return f"{low}元/月" if low == high else f"{low}-{high}元/月"

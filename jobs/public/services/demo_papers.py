"""Papers for the demo's organisations and counselors, drawn here so that no file is real."""

from __future__ import annotations

import hashlib
import struct
import zlib
from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from functools import cache

from accounts.counselors.models import CounselorProfile
from accounts.counselors.rules.verification import REQUIRED as CREDENTIALS
from accounts.employers.enums import OrganizationKind, VerificationState as V
from accounts.employers.models import Membership, Organization
from accounts.employers.rules.papers import REQUIRED, SHOWN
from accounts.evidence import files
from accounts.evidence.enums import DocumentKind, DocumentState, SubjectType
from accounts.evidence.models import Document
from accounts.evidence.rules.papers import DATED, ERASED_ONCE_SEEN
from accounts.identity.models import User
from accounts.lib.dates import local_day

WIDTH, HEIGHT = 480, 320
YEARS = {DocumentKind.HR_LICENCE: 3, DocumentKind.DISPATCH_LICENCE: 2}
NEVER_SENT = frozenset({V.UNVERIFIED})


def load_papers(
    organizations: Iterable[Organization],
    counselors: Iterable[CounselorProfile],
    reviewers: list[User],
    *,
    now: datetime,
) -> None:
    """As if each had sent in what its check needs, and somebody had looked at it."""
    senders = {
        member.organization_id: member.user
        for member in Membership.objects.filter(role="admin").select_related("user")
    }
    found: list[Document] = []
    for row in organizations:
        if row.verification not in NEVER_SENT:
            found += _of_organization(row, senders[row.pk], reviewers, now)
    for profile in counselors:
        found += _of_counselor(profile, reviewers, now)
    Document.objects.bulk_create(found)


def _of_organization(
    row: Organization, sender: User, reviewers: list[User], now: datetime
) -> Iterator[Document]:
    sent = row.submitted_at or now
    decided = row.verified_at if row.verification != V.SUBMITTED else None
    accepted = row.verification in {V.VERIFIED, V.EXPIRED}
    for place, kind in enumerate(REQUIRED[OrganizationKind(row.kind)]):
        document = _document(DocumentKind(kind), sent, sender, now)
        document.subject_type = SubjectType.ORGANIZATION
        document.subject_id = row.public_id
        if decided is not None and (accepted or place == 0):
            reason = "" if accepted else "执照上看不清名称，请重新拍一张。"
            _decide(document, decided, reviewers[0], reason)
        yield document
    if accepted:
        row.verified_documents = [
            kind for kind in SHOWN if kind in REQUIRED[OrganizationKind(row.kind)]
        ]
        row.save(update_fields=["verified_documents"])


def _of_counselor(
    profile: CounselorProfile, reviewers: list[User], now: datetime
) -> Iterator[Document]:
    for kind in CREDENTIALS:
        sent = profile.submitted_at or now
        document = _document(DocumentKind(kind), sent, profile.user, now)
        document.subject_type = SubjectType.COUNSELOR
        document.subject_id = profile.public_id
        if profile.verified_at is not None:
            _decide(document, profile.verified_at, reviewers[0], "")
        yield document


def _document(
    kind: DocumentKind, sent: datetime, sender: User, now: datetime
) -> Document:
    is_picture = kind not in {
        DocumentKind.RECRUITMENT_BRIEF,
        DocumentKind.AGENT_AUTHORISATION,
    }
    data = picture() if is_picture else page()
    document = Document(
        kind=kind,
        name=f"{kind.value}.{'png' if is_picture else 'pdf'}",
        content_type="image/png" if is_picture else "application/pdf",
        size=len(data),
        sha256=hashlib.sha256(data).hexdigest(),
        storage_key=files.put(data),
        uploaded_by=sender,
        uploaded_at=sent,
    )
    if kind in DATED:
        days = 365 * YEARS.get(kind, 1)
        document.valid_until = local_day(now) + timedelta(days=days)
    return document


def _decide(document: Document, at: datetime, reviewer: User, reason: str) -> None:
    state = DocumentState.REFUSED if reason else DocumentState.ACCEPTED
    document.state, document.reason = state, reason
    document.reviewer, document.reviewed_at = reviewer, at
    if document.kind in ERASED_ONCE_SEEN and document.storage_key is not None:
        files.remove(document.storage_key)
        document.storage_key, document.erased_at, document.name = None, at, ""


@cache
def picture() -> bytes:
    """A sheet with a frame and a bar across it, in grey: plainly nothing real."""
    rows = b"".join(
        b"\0" + bytes(_grey(x, y) for x in range(WIDTH)) for y in range(HEIGHT)
    )
    header = struct.pack(">IIBBBBB", WIDTH, HEIGHT, 8, 0, 0, 0, 0)
    chunks = ((b"IHDR", header), (b"IDAT", zlib.compress(rows, 9)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(*chunk) for chunk in chunks)


def _grey(x: int, y: int) -> int:
    if min(x, y, WIDTH - 1 - x, HEIGHT - 1 - y) in range(12, 15):
        return 120
    if abs(x * HEIGHT - y * WIDTH) < 4 * WIDTH:
        return 200
    is_line = 60 < y < HEIGHT - 60 and y % 28 < 6 and 48 < x < WIDTH - 48
    return 170 if is_line else 245


def _chunk(name: bytes, data: bytes) -> bytes:
    check = zlib.crc32(name + data)
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", check)


@cache
def page() -> bytes:
    """One sheet that says in English that it is a sample."""
    text = b"BT /F1 24 Tf 72 720 Td (Sample for the demo. Not a real paper.) Tj ET"
    objects = (
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R "
        b"/Resources << /Font << /F1 5 0 R >> >> >>",
        b"<< /Length %d >>\nstream\n%b\nendstream" % (len(text), text),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    )
    body, places = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, start=1):
        places.append(len(body))
        body += b"%d 0 obj\n%b\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    size = len(objects) + 1
    return (
        body
        + b"xref\n0 %d\n0000000000 65535 f \n%b" % (size, table)
        + b"trailer\n<< /Size %d /Root 1 0 R >>\n" % size
        + b"startxref\n%d\n%%%%EOF\n" % len(body)
    )

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from django.db import transaction

from accounts.identity.models import User
from accounts.identity.services.audit import record_event
from jobs.resumes.models import LINE_LENGTH, Resume, ResumeLine
from jobs.resumes.rules.answers import OWN
from jobs.resumes.rules.lint import lint
from jobs.resumes.rules.variants import natural_position
from jobs.resumes.services.errors import LineChanged, LineRefused, TooManyLines

MOST_OWN = 15


@transaction.atomic
def edit_line(*, line: ResumeLine, actor: User, text: str, version: int) -> ResumeLine:
    """The seeker's own wording of a line. Raises LineRefused or LineChanged."""
    line = _locked(line)
    if line.version != version:
        raise LineChanged(str(line.public_id))
    _check(text)
    line.text = text
    line.text_is_edited = line.is_own or text != line.original
    line.is_wanted = True
    if not line.text_is_edited:
        line.offered = ""
    _save(line)
    _note("resume.line_edited", line, actor)
    return line


@transaction.atomic
def add_line(*, resume: Resume, actor: User, variant: str, text: str) -> ResumeLine:
    """A line from nothing, shown as the seeker's own. Raises LineRefused, TooManyLines."""
    Resume.objects.select_for_update().get(pk=resume.pk)
    _check(text)
    mine = resume.lines.filter(variant=variant, source_answer=OWN)
    if mine.count() >= MOST_OWN:
        raise TooManyLines(variant)
    last = resume.lines.filter(variant=variant).order_by("-position").first()
    line = ResumeLine(
        resume=resume,
        variant=variant,
        source_answer=OWN,
        position=max(natural_position(variant, OWN), last.position + 1 if last else 0),
        text=text,
        text_is_edited=True,
        is_wanted=True,
        language=resume.language,
    )
    _save(line)
    _note("resume.line_added", line, actor)
    return line


@transaction.atomic
def change_line(*, line: ResumeLine, actor: User, change: str) -> None:
    """One of CHANGES; what makes no sense for this line changes nothing."""
    line = _locked(line)
    CHANGES[change](line)
    _note("resume.line_changed", line, actor, change=change)


def _restore(line: ResumeLine) -> None:
    """Back to what the answer says today."""
    if line.is_own:
        return
    line.text = line.original = line.offered or line.original
    line.text_is_edited, line.offered = False, ""
    _save(line)


def _keep(line: ResumeLine) -> None:
    """The seeker's words stay; the newer wording becomes what restoring goes back to."""
    if line.offered:
        line.original, line.offered = line.offered, ""
        _save(line)


def _hide(line: ResumeLine) -> None:
    line.is_wanted = False
    _save(line)


def _show(line: ResumeLine) -> None:
    line.is_wanted = True
    _save(line)


def _remove(line: ResumeLine) -> None:
    """Only what would not come back: own lines, and those whose answer was taken back."""
    answers = line.resume.answers.filter(code=line.source_answer)
    if line.is_own or not answers.exists():
        line.delete()


def _up(line: ResumeLine) -> None:
    _move(line, -1)


def _down(line: ResumeLine) -> None:
    _move(line, 1)


def _move(line: ResumeLine, by: int) -> None:
    """Past the next line of the variant; the places themselves stay where they are."""
    rows = list(
        line.resume.lines.filter(variant=line.variant).order_by("position", "pk")
    )
    at = next(i for i, row in enumerate(rows) if row.pk == line.pk)
    other = at + by
    if not 0 <= other < len(rows):
        return
    rows[at], rows[other] = rows[other], rows[at]
    _renumber(rows)


def _renumber(rows: Sequence[ResumeLine]) -> None:
    places = sorted(row.position for row in rows)
    last = 0
    for row, place in zip(rows, places, strict=True):
        row.position = last = max(place, last + 1)
    ResumeLine.objects.bulk_update(rows, ["position"])


CHANGES: Mapping[str, Callable[[ResumeLine], None]] = {
    "restore": _restore,
    "keep": _keep,
    "hide": _hide,
    "show": _show,
    "remove": _remove,
    "up": _up,
    "down": _down,
}


def _check(text: str) -> None:
    if remarks := [remark for remark in lint(text[:LINE_LENGTH]) if remark.is_refused]:
        raise LineRefused(remarks)


def _save(line: ResumeLine) -> None:
    line.version += line.pk is not None
    line.full_clean(exclude=["resume"])
    line.save()


def _locked(line: ResumeLine) -> ResumeLine:
    """The résumé first: everything that changes lines takes it, so nobody waits crosswise."""
    Resume.objects.select_for_update().get(pk=line.resume_id)
    return ResumeLine.objects.select_related("resume__profile__user").get(pk=line.pk)


def _note(action: str, line: ResumeLine, actor: User, **detail: object) -> None:
    record_event(
        action=action,
        actor=actor,
        on=line.resume,
        about=line.resume.profile.user,
        detail={"variant": line.variant, "source": line.source_answer} | detail,
    )

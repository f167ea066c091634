"""Lines follow the answers. What people wrote themselves is never overwritten."""

from __future__ import annotations

from jobs.resumes.models import Resume, ResumeLine
from jobs.resumes.rules.answers import OWN
from jobs.resumes.rules.translate import Said, translate
from jobs.resumes.rules.variants import natural_position


def rebuild_lines(resume: Resume) -> None:
    """Call inside the transaction that changed the answers, with the résumé locked."""
    made = {
        (line.variant, line.source): line.text
        for line in translate(said_in(resume), language=resume.language)
    }
    rows = {
        (row.variant, row.source_answer): row
        for row in resume.lines.exclude(source_answer=OWN)
    }
    gone = [row.pk for key, row in rows.items() if key not in made]
    resume.lines.filter(pk__in=gone, text_is_edited=False).delete()
    changed = [
        row for key, row in rows.items() if key in made and _follows(row, made[key])
    ]
    for row in changed:
        row.language = resume.language
    ResumeLine.objects.bulk_update(
        changed, ["text", "original", "offered", "version", "language"]
    )
    ResumeLine.objects.bulk_create(
        ResumeLine(
            resume=resume,
            variant=variant,
            source_answer=source,
            position=natural_position(variant, source),
            text=text,
            original=text,
            language=resume.language,
        )
        for (variant, source), text in made.items()
        if (variant, source) not in rows
    )


def said_in(resume: Resume) -> list[Said]:
    return [Said(a.code, a.low, a.high, a.name) for a in resume.answers.all()]


def _follows(row: ResumeLine, text: str) -> bool:
    """Give the row its new text, or offer it beside edited words; False if all is as it was."""
    if row.text_is_edited:
        offered = "" if text in {row.original, row.text} else text
        if row.offered == offered:
            return False
        row.offered = offered
        return True
    if row.text == text:
        return False
    row.text = row.original = text
    row.version += 1
    return True

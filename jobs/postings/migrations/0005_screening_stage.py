from __future__ import annotations

from django.db import migrations, models

# What was said before there was a question about the stage: the offer is the latest one
# and asks least. A check that nobody ever explained may not be asked for at all.
FORWARD = """
UPDATE jobs_postings_posting SET screening_required = 'none'
WHERE screening_required <> 'none' AND screening_reason = ''
  AND state NOT IN ('draft', 'changes_requested', 'closed');
UPDATE jobs_postings_posting SET screening_stage = 'offered'
WHERE screening_required <> 'none';
"""


class Migration(migrations.Migration):
    """A check says why and when, or it is not part of an advert that people see."""

    dependencies = [("jobs_postings", "0004_open_is_not_blocked")]

    operations = [
        migrations.AddField(
            model_name="posting",
            name="screening_stage",
            field=models.CharField(
                blank=True,
                choices=[
                    ("interview", "At the interview"),
                    ("offered", "With the offer"),
                ],
                default="",
                max_length=12,
            ),
        ),
        migrations.RunSQL(FORWARD, migrations.RunSQL.noop),
        migrations.AddConstraint(
            model_name="posting",
            constraint=models.CheckConstraint(
                condition=models.Q(screening_required="none")
                | models.Q(state__in=["draft", "changes_requested", "closed"])
                | (~models.Q(screening_reason="") & ~models.Q(screening_stage="")),
                name="posting_check_says_why_and_when",
            ),
        ),
        migrations.AddConstraint(
            model_name="posting",
            constraint=models.CheckConstraint(
                condition=models.Q(screening_stage__in=["", "interview", "offered"]),
                name="posting_check_stage_known",
            ),
        ),
    ]

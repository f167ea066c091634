from __future__ import annotations

from django.db import migrations, models


class Migration(migrations.Migration):
    """How an employer may reach the seeker: by phone, by appointment, or in writing."""

    dependencies = [("accounts_seekers", "0001_initial")]

    operations = [
        migrations.AddField(
            model_name="seekerprofile",
            name="calls",
            field=models.CharField(
                choices=[
                    ("any", "You may call me"),
                    ("agreed", "Only at a time we agreed on"),
                    ("write", "Please only write"),
                ],
                default="any",
                max_length=8,
            ),
        ),
        migrations.AddConstraint(
            model_name="seekerprofile",
            constraint=models.CheckConstraint(
                condition=models.Q(calls__in=["any", "agreed", "write"]),
                name="seeker_calls_known",
            ),
        ),
    ]

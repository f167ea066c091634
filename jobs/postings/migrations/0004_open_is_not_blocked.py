from __future__ import annotations

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("jobs_postings", "0003_alter_posting_state")]

    operations = [
        migrations.AddConstraint(
            model_name="posting",
            constraint=models.CheckConstraint(
                condition=~models.Q(screening_decision="block", state="published"),
                name="posting_open_is_not_blocked",
            ),
        ),
    ]

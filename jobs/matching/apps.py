from __future__ import annotations

from django.apps import AppConfig


class MatchingConfig(AppConfig):
    name = "jobs.matching"
    label = "jobs_matching"

    def ready(self) -> None:
        from django.utils.translation import gettext_lazy as _

        from accounts.consent.descriptions import describe_holdings
        from accounts.consent.registry import register_eraser, register_exporter
        from accounts.identity.registry import describe_actions
        from jobs.matching.access.feedback import export_feedback
        from jobs.matching.holdings import SAID
        from jobs.matching.services.features import facts_for, write_features
        from jobs.matching.services.feedback import erase_feedback
        from jobs.postings.registry import follow_postings, read_postings

        read_postings("matching", facts_for)
        follow_postings(write_features)
        describe_holdings(SAID)
        register_exporter(self.name, export_feedback)
        register_eraser(self.name, erase_feedback)
        describe_actions(
            {
                "matching.feedback_given": _("You said a job is not for you"),
                "matching.feedback_taken_back": _("You took a “not for me” back"),
                "matching.feedback_cleared": _("You took every “not for me” back"),
                "matching.run_begun": _("The nightly lists were begun"),
                "matching.order_chosen": _("You chose the order of your list"),
            }
        )

from __future__ import annotations

from django.apps import AppConfig


class ApplicationsConfig(AppConfig):
    name = "jobs.applications"
    label = "jobs_applications"

    def ready(self) -> None:
        from accounts.cohorts.enums import Stage
        from accounts.cohorts.registry import add_offers, count_stage
        from accounts.consent.registry import register_eraser, register_exporter
        from accounts.identity.registry import describe_actions
        from accounts.seekers.registry import add_note
        from jobs.applications import access_pledges
        from jobs.applications.access import (
            applications_by_posting,
            applied_marks,
            saved_marks,
        )
        from jobs.applications.services import invitations, prepared, saved
        from jobs.applications.words import WORDS, viewers_note
        from jobs.matching.registry import count_interest
        from jobs.postings.registry import follow_postings
        from jobs.search.registry import mark_postings

        describe_actions(WORDS)
        add_note(viewers_note)
        follow_postings(invitations.follow_postings)
        register_exporter(f"{self.name}.invitations", invitations.export_invitations)
        register_eraser(f"{self.name}.invitations", invitations.forget_invitations)
        register_exporter(f"{self.name}.prepared", prepared.export_prepared)
        register_eraser(f"{self.name}.prepared", prepared.forget_prepared)
        add_offers(access_pledges.offers_to)
        count_stage(Stage.APPLIED, prepared.count_applied)
        count_stage(Stage.HIRED, prepared.count_hired)
        count_interest(applications_by_posting)
        mark_postings(applied_marks)
        mark_postings(saved_marks)
        register_exporter(f"{self.name}.saved", saved.export_saved)
        register_eraser(f"{self.name}.saved", saved.forget_saved)

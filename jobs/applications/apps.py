from __future__ import annotations

from django.apps import AppConfig


class ApplicationsConfig(AppConfig):
    name = "jobs.applications"
    label = "jobs_applications"

    def ready(self) -> None:
        from accounts.cohorts.enums import Stage
        from accounts.cohorts.registry import add_offers, count_stage
        from accounts.consent.descriptions import (
            describe_grant,
            describe_holdings,
            describe_looks,
            describe_remainders,
            register_leaver,
        )
        from accounts.consent.enums import Purpose
        from accounts.consent.registry import register_eraser, register_exporter
        from accounts.counselors.registry import add_tie_check
        from accounts.evidence.registry import register_keeper
        from accounts.identity.registry import describe_actions, look_before_sending
        from accounts.seekers.registry import add_note, know_companies
        from jobs.applications import access_pledges, holdings, holdings_after
        from jobs.applications.access import (
            applications_by_posting,
            applied_marks,
            has_tie_to,
            saved_marks,
        )
        from jobs.applications.companies import Known
        from jobs.applications.interview_words import ACTIONS
        from jobs.applications.services import (
            attachments,
            erasing,
            interview_leaving,
            invitations,
            offers,
            prepared,
            retention,
            saved,
        )
        from jobs.applications.services.appointment_clock import Courier
        from jobs.applications.words import WORDS, viewers_note
        from jobs.matching.registry import count_interest
        from jobs.postings.registry import follow_postings
        from jobs.search.registry import mark_postings

        describe_actions(WORDS)
        describe_actions(ACTIONS)
        register_keeper(self.name, attachments.stored_keys)
        register_exporter(f"{self.name}.files", attachments.export_files)
        register_eraser(f"{self.name}.files", attachments.forget_files)
        look_before_sending("applications/appointment_reminder", Courier())
        register_exporter(
            f"{self.name}.interviews", interview_leaving.export_interviews
        )
        register_eraser(f"{self.name}.interviews", interview_leaving.forget_interviews)
        add_note(viewers_note)
        add_tie_check(has_tie_to)
        know_companies(Known())
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
        register_exporter(f"{self.name}.offers", offers.export_offers)
        register_eraser(f"{self.name}.offers", offers.forget_offers)
        register_exporter(f"{self.name}.check_ins", retention.export_check_ins)
        register_eraser(f"{self.name}.check_ins", retention.forget_check_ins)
        # Above those before it: what runs is withdrawn before anything is forgotten.
        register_exporter(self.name, erasing.export_applications)
        register_eraser(self.name, erasing.forget_applications)
        describe_holdings(holdings.APPLICATIONS, holdings.INVITATIONS, holdings.SAVED)
        describe_holdings(*holdings_after.HOLDINGS)
        describe_remainders(*holdings.REMAINDERS, *holdings_after.REMAINDERS)
        describe_grant(Purpose.SEND_APPLICATION, holdings.SEND_APPLICATION)
        describe_looks(holdings.LOOKS)
        register_leaver(self.name, holdings.LEAVER)

from __future__ import annotations

from django.apps import AppConfig


class ResumesConfig(AppConfig):
    name = "jobs.resumes"
    label = "jobs_resumes"

    def ready(self) -> None:
        from django.utils.translation import gettext_lazy as _

        from accounts.consent.descriptions import describe_holdings
        from accounts.consent.registry import register_eraser, register_exporter
        from accounts.identity.registry import describe_actions
        from accounts.seekers.claims import register_claimer
        from jobs.resumes.access import claims_of, export_resume
        from jobs.resumes.holdings import RESUME
        from jobs.resumes.services.answers import erase_resume
        from jobs.resumes.texts import claim_label

        describe_holdings(RESUME)
        register_exporter(self.name, export_resume)
        register_eraser(self.name, erase_resume)
        register_claimer(claims_of, label=claim_label)
        describe_actions(
            {
                "resume.begun": _("You began your résumé"),
                "resume.answered": _("You said for your résumé what you did"),
                "resume.figures_saved": _("You gave figures for your résumé"),
                "resume.language_changed": _("You changed your résumé's language"),
                "resume.line_edited": _("You rewrote a line of your résumé"),
                "resume.line_added": _("You added a line to your résumé"),
                "resume.line_changed": _("You arranged the lines of your résumé"),
                "resume.about_saved": _("You wrote about yourself in your résumé"),
                "resume.station_saved": _("You put a job or school into your résumé"),
                "resume.station_removed": _(
                    "You took a job or school out of your résumé"
                ),
                "resume.shared": _("You made a link to your résumé"),
                "resume.share_revoked": _("You switched off a link to your résumé"),
                "resume.imported": _("You took a résumé file in"),
                "resume.erased": _("Your résumé was erased"),
            }
        )

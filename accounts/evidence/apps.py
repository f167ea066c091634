from __future__ import annotations

from django.apps import AppConfig


class EvidenceConfig(AppConfig):
    name = "accounts.evidence"
    label = "accounts_evidence"

    def ready(self) -> None:
        from accounts.consent.descriptions import describe_holdings
        from accounts.consent.registry import register_eraser, register_exporter
        from accounts.evidence.access import export_documents
        from accounts.evidence.holdings import PAPERS
        from accounts.evidence.services import forget_uploader
        from accounts.evidence.words import WORDS
        from accounts.identity.registry import describe_actions

        register_exporter(self.name, export_documents)
        register_eraser(self.name, forget_uploader)
        describe_holdings(PAPERS)
        describe_actions(WORDS)

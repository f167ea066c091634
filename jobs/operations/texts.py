"""Words of the console: tasks by name, actions of the trail."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

TASKS: dict[str, str | Promise] = {
    "accounts.identity.send_due_messages": _("Send messages that are due"),
    "accounts.care.send_visit_reminders": _("Remind people of appointments"),
    "accounts.identity.release_stuck_messages": _("Free messages that got stuck"),
    "accounts.identity.blank_old_messages": _("Forget the words of old messages"),
    "accounts.consent.make_export": _("Make one copy of somebody's data"),
    "accounts.consent.make_due_exports": _("Make copies of people's data"),
    "accounts.consent.erase_due_accounts": _("Erase accounts whose week is over"),
    "accounts.employers.expire_verifications": _("End employer checks that ran out"),
    "accounts.counselors.expire_credentials": _("End counselor checks that ran out"),
    "accounts.evidence.erase_old_documents": _("Erase papers that had their time"),
    "accounts.assisted.expire_assisted": _("Erase profiles that nobody took over"),
    "accounts.cohorts.count_cohorts": _("Take the figures of groups"),
    "jobs.postings.expire_postings": _("End postings past their last day"),
    "jobs.search.fold_words": _("Take in changed word counts"),
    "jobs.screening.lapse_sanctions": _("End measures that are over"),
    "jobs.screening.rescreen_postings": _("Read postings by new rules"),
    "jobs.screening.draw_sample_audit": _("Draw the month's samples"),
    "jobs.screening.count_transparency": _("Count the open figures"),
    "jobs.applications.chase_unanswered": _("Remind silent employers"),
    "jobs.applications.watch_offers": _("Watch offers that want an answer"),
    "jobs.applications.ask_retention": _("Ask how it is going"),
    "jobs.applications.expire_invitations": _("End old invitations"),
    "jobs.applications.expire_prepared": _("End old prepared applications"),
    "jobs.applications.erase_old_files": _("Erase files of old messages"),
    "jobs.applications.tend_appointments": _("Tend appointments"),
    "jobs.applications.count_responses": _("Count how employers answer"),
    "jobs.matching.refresh_interest": _("Count how many applied"),
    "jobs.matching.pack_matching": _("Pack postings for matching"),
    "jobs.matching.recompute_matches": _("Make the lists of job seekers"),
    "jobs.alerts.percolate": _("Hold new postings against saved searches"),
    "jobs.alerts.send_alerts": _("Write messages about new jobs"),
    "jobs.alerts.refresh_anchors": _("Choose keys of saved searches"),
    "jobs.alerts.forget_alerts": _("Forget what was found long ago"),
    "jobs.resumes.forget_shares": _("Forget old résumé links"),
    "jobs.editor.forget_typed": _("Forget what was typed and left"),
    "jobs.talent.expire_pool": _("End talent pool entries that ran out"),
    "jobs.talent.erase_old_team_records": _("Erase old notes and scorecards"),
    "jobs.feeds.prepare_runs": _("Turn sent files into drafts"),
    "jobs.feeds.read_feeds": _("Read employers' feeds"),
    "jobs.feeds.forget_bulk_rows": _("Forget rows of old files"),
    "jobs.webhooks.deliver_webhooks": _("Send notices to other programs"),
    "jobs.webhooks.forget_webhooks": _("Forget notices sent long ago"),
    "jobs.insights.count_hiring": _("Count who was hired and stayed"),
    "jobs.insights.forget_counts": _("Forget counts that nobody is shown"),
    "jobs.api.warn_expiring_keys": _("Tell of keys that run out"),
    "jobs.api.forget_api_answers": _("Forget kept answers of the API"),
    "jobs.operations.forget_task_runs": _("Forget old runs of tasks"),
    "accounts.care.release_expired_holds": _("Free times that were held too long"),
    "accounts.care.offer_free_times": _("Offer free times to who waits"),
}
ACTIONS: dict[str, str | Promise] = {
    "operations.trail_read": _("The operator looked up the trail"),
    "operations.switch_changed": _("A switch of the site was changed"),
    "operations.announcement_written": _("An announcement was written"),
    "operations.task_asked": _("A task was started by hand"),
    "operations.message_retried": _("A message is sent once more"),
    "operations.message_discarded": _("A message was dropped"),
    "operations.figures_fetched": _("Figures were fetched"),
    "operations.organization_read": _("An organisation was looked at"),
    "operations.admin_opened": _("A page of the database was opened"),
}


def title_of(task: str) -> str:
    return str(TASKS.get(task, task.rpartition(".")[2].replace("_", " ")))

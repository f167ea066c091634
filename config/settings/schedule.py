"""What the clock starts, and when; each is a management command too."""

from __future__ import annotations

from celery.schedules import crontab

CELERY_BEAT_SCHEDULE = {
    "every-10-seconds-note-that-a-worker-is-alive": {
        "task": "accounts.identity.note_heartbeat",
        "schedule": 10.0,
    },
    "every-15-seconds-send-due-messages": {
        "task": "accounts.identity.send_due_messages",
        "schedule": 15.0,
    },
    "every-minute-remind-of-visits": {
        "task": "accounts.care.send_visit_reminders",
        "schedule": 60.0,
    },
    "every-minute-release-stuck-messages": {
        "task": "accounts.identity.release_stuck_messages",
        "schedule": 60.0,
    },
    "every-night-forget-words-of-old-messages": {
        "task": "accounts.identity.blank_old_messages",
        "schedule": crontab(hour="1", minute="40"),
    },
    "every-minute-make-copies-of-peoples-data": {
        "task": "accounts.consent.make_due_exports",
        "schedule": 60.0,
    },
    "every-10-minutes-erase-accounts-whose-week-is-over": {
        "task": "accounts.consent.erase_due_accounts",
        "schedule": 600.0,
    },
    "every-hour-end-employer-checks-that-ran-out": {
        "task": "accounts.employers.expire_verifications",
        "schedule": 3600.0,
    },
    "every-hour-end-counselor-checks-that-ran-out": {
        "task": "accounts.counselors.expire_credentials",
        "schedule": 3600.0,
    },
    "every-hour-erase-papers-that-had-their-time": {
        "task": "accounts.evidence.erase_old_documents",
        "schedule": 3600.0,
    },
    "every-hour-end-what-counselors-began-and-nobody-took-over": {
        "task": "accounts.assisted.expire_assisted",
        "schedule": 3600.0,
    },
    "every-10-minutes-end-talks-and-forget-what-was-written": {
        "task": "accounts.care.forget_transcripts",
        "schedule": 600.0,
    },
    "every-hour-end-prepared-applications-that-had-their-time": {
        "task": "jobs.applications.expire_prepared",
        "schedule": 3600.0,
    },
    "every-night-delete-notes-of-talks-that-had-their-time": {
        "task": "accounts.care.purge_notes",
        "schedule": crontab(hour="2", minute="35"),
    },
    "every-hour-free-cases-that-nobody-took-on": {
        "task": "accounts.care.tidy_cases",
        "schedule": 3600.0,
    },
    "every-night-erase-old-cases": {
        "task": "accounts.care.forget_cases",
        # After their notes, which hold on to them.
        "schedule": crontab(hour="2", minute="50"),
    },
    # Takes a week's figures once; the later times catch up a missed Monday.
    "every-night-take-the-figures-of-cohorts": {
        "task": "accounts.cohorts.count_cohorts",
        "schedule": crontab(hour="4", minute="15"),
    },
    "every-10-minutes-expire-postings": {
        "task": "jobs.postings.expire_postings",
        "schedule": 600.0,
    },
    "every-minute-take-in-changed-word-frequencies": {
        "task": "jobs.search.fold_words",
        "schedule": 60.0,
    },
    "every-10-minutes-end-measures-that-are-over": {
        "task": "jobs.screening.lapse_sanctions",
        "schedule": 600.0,
    },
    "every-hour-chase-silent-employers": {
        "task": "jobs.applications.chase_unanswered",
        "schedule": 3600.0,
    },
    "every-hour-watch-offers": {
        "task": "jobs.applications.watch_offers",
        "schedule": 3600.0,
    },
    "every-morning-ask-how-it-is-going": {
        "task": "jobs.applications.ask_retention",
        "schedule": crontab(hour="9", minute="10"),
    },
    "every-hour-end-invitations-that-had-their-time": {
        "task": "jobs.applications.expire_invitations",
        "schedule": 3600.0,
    },
    # The later times take up what was cut off at the first.
    "every-night-read-postings-by-new-rules": {
        "task": "jobs.screening.rescreen_postings",
        "schedule": crontab(hour="3,4,5", minute="30"),
    },
    # Draws once a month: the days after the first catch up a missed one.
    "every-morning-draw-the-samples-of-a-new-month": {
        "task": "jobs.screening.draw_sample_audit",
        "schedule": crontab(hour="6", minute="10"),
    },
    "every-morning-count-open-figures": {
        "task": "jobs.screening.count_transparency",
        "schedule": crontab(hour="6", minute="40"),
    },
    "every-night-count-how-many-applied": {
        "task": "jobs.matching.refresh_interest",
        "schedule": crontab(hour="2", minute="20"),
    },
    "every-night-pack-postings-for-matching": {
        "task": "jobs.matching.pack_matching",
        "schedule": crontab(hour="2", minute="50"),
    },
    "every-night-make-the-lists-of-seekers": {
        "task": "jobs.matching.recompute_matches",
        "schedule": crontab(hour="3", minute="10"),
    },
    # Does nothing unless a run stands still: its worker died.
    "every-10-minutes-go-on-with-lists-that-stand-still": {
        "task": "jobs.matching.recompute_matches",
        "schedule": 600.0,
        "kwargs": {"only_stalled": True},
    },
    "every-minute-hold-new-postings-against-saved-searches": {
        "task": "jobs.alerts.percolate",
        "schedule": 60.0,
    },
    "every-2-minutes-write-messages-about-new-jobs": {
        "task": "jobs.alerts.send_alerts",
        "schedule": 120.0,
    },
    "every-night-choose-keys-of-saved-searches": {
        "task": "jobs.alerts.refresh_anchors",
        "schedule": crontab(hour="4", minute="10"),
    },
    "every-night-forget-what-was-found-long-ago": {
        "task": "jobs.alerts.forget_alerts",
        "schedule": crontab(hour="4", minute="40"),
    },
    "every-night-erase-files-of-old-messages": {
        "task": "jobs.applications.erase_old_files",
        "schedule": crontab(hour="4", minute="20"),
    },
    "every-hour-end-what-people-let-companies-keep-in-mind": {
        "task": "jobs.talent.expire_pool",
        "schedule": 3600.0,
    },
    "every-night-erase-what-teams-noted-long-ago": {
        "task": "jobs.talent.erase_old_team_records",
        "schedule": crontab(hour="4", minute="25"),
    },
    "every-10-minutes-tend-appointments": {
        "task": "jobs.applications.tend_appointments",
        "schedule": 600.0,
    },
    "every-night-forget-resume-links-that-ended-long-ago": {
        "task": "jobs.resumes.forget_shares",
        "schedule": crontab(hour="4", minute="50"),
    },
    "every-night-forget-old-runs-of-tasks": {
        "task": "jobs.operations.forget_task_runs",
        "schedule": crontab(hour="5", minute="10"),
    },
    "every-night-forget-what-was-typed-and-left": {
        "task": "jobs.editor.forget_typed",
        "schedule": crontab(hour="5", minute="0"),
    },
    "every-morning-tell-of-keys-that-run-out": {
        "task": "jobs.api.warn_expiring_keys",
        "schedule": crontab(hour="9", minute="30"),
    },
    "every-hour-forget-answers-of-programs": {
        "task": "jobs.api.forget_api_answers",
        "schedule": 3600.0,
    },
    "every-6-hours-count-how-employers-answer": {
        "task": "jobs.applications.count_responses",
        "schedule": 21600.0,
    },
    "every-6-hours-count-who-was-hired-and-stayed": {
        "task": "jobs.insights.count_hiring",
        "schedule": 21600.0,
    },
    "every-night-forget-counts-of-views-nobody-is-shown": {
        "task": "jobs.insights.forget_counts",
        "schedule": crontab(hour="4", minute="55"),
    },
    "every-10-seconds-tell-other-systems": {
        "task": "jobs.webhooks.deliver_webhooks",
        "schedule": 10.0,
    },
    "every-night-forget-what-other-systems-were-told": {
        "task": "jobs.webhooks.forget_webhooks",
        "schedule": crontab(hour="5", minute="15"),
    },
    "every-minute-turn-sent-files-into-drafts": {
        "task": "jobs.feeds.prepare_runs",
        "schedule": 60.0,
    },
    # Each feed once a day.
    "every-10-minutes-read-feeds-that-are-due": {
        "task": "jobs.feeds.read_feeds",
        "schedule": 600.0,
    },
    "every-morning-end-what-people-allowed-and-ran-out": {
        "task": "accounts.care.tend_grants",
        "schedule": crontab(hour="9", minute="50"),
    },
    "every-night-forget-who-looked-long-ago": {
        "task": "accounts.care.forget_looks",
        "schedule": crontab(hour="5", minute="25"),
    },
    # Does nothing until a quarter has been over for a week.
    "every-night-freeze-the-figures-of-a-quarter": {
        "task": "accounts.care.freeze_care_figures",
        "schedule": crontab(hour="5", minute="35"),
    },
    "every-night-delete-old-check-ins": {
        "task": "accounts.wellbeing.purge_check_ins",
        "schedule": crontab(hour="4", minute="35"),
    },
    "every-day-remind-who-asked-for-it": {
        "task": "accounts.wellbeing.remind_check_ins",
        "schedule": crontab(hour="10", minute="30"),
    },
    "every-night-forget-rows-of-old-files": {
        "task": "jobs.feeds.forget_bulk_rows",
        "schedule": crontab(hour="5", minute="20"),
    },
    "every-minute-free-times-that-were-held": {
        "task": "accounts.care.release_expired_holds",
        "schedule": 60.0,
    },
    # Each end of a role asks for it at once; this finds what was lost on the way.
    "every-10-minutes-call-off-talks-without-a-counselor": {
        "task": "accounts.care.call_off_talks",
        "schedule": 600.0,
    },
    "every-10-minutes-offer-free-times-to-who-waits": {
        "task": "accounts.care.offer_free_times",
        "schedule": 600.0,
    },
    "every-minute-page-safety-clocks-that-ran-out": {
        "task": "accounts.care.page_overdue_flags",
        "schedule": 60.0,
    },
    "every-night-forget-old-safety-flags": {
        "task": "accounts.care.forget_old_flags",
        "schedule": crontab(hour="5", minute="35"),
    },
}

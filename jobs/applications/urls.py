from __future__ import annotations

from django.urls import path

from jobs.applications.views import (
    attachments,
    covenant,
    employer,
    employer_contact,
    employer_interviews,
    interviews,
    invited,
    people,
    saved,
    seeker,
    seeker_contact,
)

app_name = "applications"
urlpatterns = [
    path("", seeker.mine, name="mine"),
    path("saved/", saved.saved, name="saved"),
    path("saved/<uuid:public_id>/", saved.save, name="save"),
    path("saved/<uuid:public_id>/remove/", saved.unsave, name="unsave"),
    path("to/<uuid:public_id>/", seeker.apply, name="apply"),
    path("inbox/", employer.inbox, name="inbox"),
    path("inbox/<uuid:public_id>/", employer.received, name="received"),
    path(
        "inbox/<uuid:public_id>/number/",
        employer_contact.show_number,
        name="show_number",
    ),
    path(
        "inbox/<uuid:public_id>/call/",
        employer_contact.note_outcome,
        name="note_outcome",
    ),
    path("inbox/<uuid:public_id>/write/", employer_contact.write, name="write"),
    path("inbox/<uuid:public_id>/check/", employer_contact.ask_check, name="ask_check"),
    path("inbox/<uuid:public_id>/times/", employer_interviews.propose, name="propose"),
    path(
        "inbox/<uuid:public_id>/off/",
        employer_interviews.call_off,
        name="call_off_received",
    ),
    path(
        "inbox/<uuid:public_id>/outcome/",
        employer_interviews.say,
        name="say_received",
    ),
    path("files/<uuid:public_id>/", attachments.file, name="file"),
    path(
        "files/<uuid:public_id>/remove/",
        attachments.take_file_back,
        name="take_file_back",
    ),
    path("appointments/", interviews.appointments, name="appointments"),
    path(
        "appointments/<uuid:public_id>/calendar/",
        interviews.calendar,
        name="calendar",
    ),
    path("record/<uuid:public_id>/", employer_contact.record, name="record"),
    path("inbox/<uuid:public_id>/<slug:event>/", employer.step, name="step"),
    path("people/<uuid:public_id>/", people.people, name="people"),
    path("people/<uuid:public_id>/<uuid:reference>/", people.person, name="person"),
    path(
        "people/<uuid:public_id>/<uuid:reference>/invite/",
        people.invite,
        name="invite",
    ),
    path("invited/<uuid:public_id>/", invited.invited, name="invited"),
    path("invited/<uuid:public_id>/pass/", invited.decline, name="decline_invitation"),
    path(
        "invited/<uuid:public_id>/never-again/",
        invited.never_again,
        name="never_again",
    ),
    path("paused/<uuid:public_id>/", covenant.paused, name="paused"),
    path("<uuid:public_id>/", seeker.detail, name="detail"),
    path("<uuid:public_id>/withdraw/", seeker.withdraw, name="withdraw"),
    path("<uuid:public_id>/accept/", seeker.accept, name="accept"),
    path("<uuid:public_id>/pick/", interviews.pick, name="pick"),
    path("<uuid:public_id>/other-times/", interviews.other_times, name="other_times"),
    path("<uuid:public_id>/off/", interviews.call_off, name="call_off"),
    path("<uuid:public_id>/outcome/", interviews.say, name="say"),
    path("<uuid:public_id>/reply/", seeker_contact.reply, name="reply"),
    path("<uuid:public_id>/stop/", seeker_contact.stop, name="stop"),
    path("<uuid:public_id>/calls/", seeker_contact.calls, name="calls"),
    path("<uuid:public_id>/check/", seeker_contact.answer_check, name="answer_check"),
]

from __future__ import annotations

from django.urls import path

from jobs.applications.views import (
    covenant,
    employer,
    employer_contact,
    invited,
    people,
    pledges,
    prepared,
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
    path("pledges/", pledges.pledges, name="pledges"),
    path(
        "pledges/<uuid:public_id>/withdraw/", pledges.withdraw, name="withdraw_pledge"
    ),
    path("prepare/<uuid:public_id>/", prepared.prepare, name="prepare"),
    path("prepared/<uuid:public_id>/", prepared.prepared, name="prepared"),
    path("prepared/<uuid:public_id>/no/", prepared.decline, name="decline_prepared"),
    path("paused/<uuid:public_id>/", covenant.paused, name="paused"),
    path("<uuid:public_id>/", seeker.detail, name="detail"),
    path("<uuid:public_id>/withdraw/", seeker.withdraw, name="withdraw"),
    path("<uuid:public_id>/accept/", seeker.accept, name="accept"),
    path("<uuid:public_id>/reply/", seeker_contact.reply, name="reply"),
    path("<uuid:public_id>/stop/", seeker_contact.stop, name="stop"),
    path("<uuid:public_id>/calls/", seeker_contact.calls, name="calls"),
    path("<uuid:public_id>/check/", seeker_contact.answer_check, name="answer_check"),
]

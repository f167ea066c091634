from __future__ import annotations

from django.urls import path

from jobs.talent.views import asked, cards, criteria, notes, pool

app_name = "talent"
urlpatterns = [
    path("applications/<uuid:public_id>/", notes.team, name="team"),
    path("applications/<uuid:public_id>/notes/", notes.write, name="write_note"),
    path("applications/<uuid:public_id>/card/", cards.card, name="card"),
    path("applications/<uuid:public_id>/card/look/", cards.waive, name="waive"),
    path("applications/<uuid:public_id>/keep/", pool.ask, name="ask"),
    path("notes/<uuid:public_id>/", notes.edit, name="edit_note"),
    path("notes/<uuid:public_id>/delete/", notes.delete, name="delete_note"),
    path("criteria/<uuid:public_id>/", criteria.criteria, name="criteria"),
    path("pool/", pool.pool, name="pool"),
    path("pool/<uuid:public_id>/<uuid:reference>/", pool.invite, name="invite"),
    path("asked/<uuid:public_id>/", asked.asked, name="asked"),
    path("asked/<uuid:public_id>/end/", asked.end, name="end"),
]

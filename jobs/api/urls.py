from __future__ import annotations

from django.urls import URLPattern, path

from jobs.api.views import connections, keys

app_name = "api"
urlpatterns: list[URLPattern] = [
    path("", connections.overview, name="connections"),
    path("keys/", keys.all_keys, name="keys"),
    path("keys/new/", keys.new, name="new_key"),
    path("keys/<uuid:public_id>/rotate/", keys.rotate, name="rotate_key"),
    path("keys/<uuid:public_id>/revoke/", keys.revoke, name="revoke_key"),
]

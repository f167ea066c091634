from __future__ import annotations

from django.urls import URLPattern, path

from accounts.evidence.views import review

app_name = "evidence"
urlpatterns: list[URLPattern] = [
    path("<uuid:public_id>/", review.open_file, name="open"),
    path("<uuid:public_id>/review/", review.review, name="review"),
    path("<uuid:public_id>/accept/", review.accept, name="accept"),
    path("<uuid:public_id>/refuse/", review.refuse, name="refuse"),
]

from __future__ import annotations

from django.urls import URLPattern, path

from jobs.feeds.views import imports, public, sitemap, sources

app_name = "feeds"
urlpatterns: list[URLPattern] = [
    path("robots.txt", sitemap.robots, name="robots"),
    path("sitemap.xml", sitemap.sitemap, name="sitemap"),
    path("sitemap-pages.xml", sitemap.sitemap_pages, name="sitemap_pages"),
    path("sitemap-jobs-<int:number>.xml", sitemap.sitemap_part, name="sitemap_part"),
    path("feeds/jobs.<str:kind>", public.newest, name="newest"),
    path("feeds/postings.<str:kind>", public.postings, name="postings"),
    path(
        "feeds/organizations/<uuid:public_id>/postings.<str:kind>",
        public.of_organization,
        name="of_organization",
    ),
]
urlpatterns += [
    path("connections/import/", imports.overview, name="import"),
    path("connections/import/sample.<str:kind>", imports.sample_file, name="sample"),
    path("connections/import/<uuid:public_id>/", imports.run, name="run"),
    path("connections/import/<uuid:public_id>/send/", imports.send, name="send"),
    path(
        "connections/import/<uuid:public_id>/<int:number>/", imports.mend, name="mend"
    ),
    path("connections/feeds/", sources.overview, name="sources"),
    path("connections/feeds/<uuid:public_id>/", sources.source, name="source"),
    path("connections/feeds/<uuid:public_id>/read/", sources.read, name="read"),
    path("connections/feeds/<uuid:public_id>/stop/", sources.stop, name="stop"),
]

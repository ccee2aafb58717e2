"""Addresses of the library."""

from django.urls import path, re_path
from wagtail.urls import serve_pattern

from library import serving, views

urlpatterns = [
    path("search/", views.Search.as_view(), name="library-search"),
    path("glossary/", views.glossary, name="library-glossary"),
    path("feedback/<slug:slug>/", views.PageFeedback.as_view(), name="library-feedback"),
    path("pictures/<int:image_id>/", serving.picture, name="library-picture"),
    re_path(serve_pattern, serving.serve, name="wagtail_serve"),
]

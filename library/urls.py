"""Addresses of the library."""

from django.urls import path, re_path
from wagtail.urls import serve_pattern

from library import serving

urlpatterns = [
    path("pictures/<int:image_id>/", serving.picture, name="library-picture"),
    re_path(serve_pattern, serving.serve, name="wagtail_serve"),
]

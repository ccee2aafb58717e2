"""Addresses of the offline contract."""

from django.urls import path

from recovery_site.offline import contract

app_name = "offline"
urlpatterns = [
    path("session/", contract.session, name="session"),
    path("sync/", contract.sync, name="sync"),
]

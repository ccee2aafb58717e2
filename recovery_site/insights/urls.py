"""Addresses of the insights."""

from django.urls import path

from recovery_site.insights import asking, pages

app_name = "insights"
urlpatterns = [
    path("", pages.insights, name="insights"),
    path("ask/", asking.ask, name="ask"),
    path("<slug:key>/table.csv", pages.table, name="table"),
]

"""Addresses of what a person reads."""

from django.urls import path

from reading import views

app_name = "reading"
urlpatterns = [
    path("", views.reading_list, name="reading-list"),
    path("<slug:slug>/questions/", views.Questions.as_view(), name="questions"),
    path("<slug:slug>/<slug:act>/", views.reading_act, name="act"),
]

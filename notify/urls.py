"""Addresses of reminders."""

from django.urls import path

from notify import views

app_name = "notify"
urlpatterns = [
    path("settings/reminders/", views.reminder_list, name="reminder-list"),
    path("settings/reminders/new/", views.ReminderEdit.as_view(), name="reminder-create"),
    path("settings/reminders/quiet/", views.quiet_hours, name="quiet-hours"),
    path("settings/reminders/push/", views.push_on, name="push-on"),
    path("settings/reminders/push/off/", views.push_off, name="push-off"),
    path("settings/reminders/<uuid:row_id>/edit/", views.ReminderEdit.as_view(), name="reminder-update"),
    path("settings/reminders/<uuid:row_id>/<slug:act>/", views.reminder_switch, name="reminder-switch"),
    path("reminders/<slug:act>/<str:token>/", views.reminder_act, name="reminder-act"),
]

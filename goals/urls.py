"""Addresses of goals. One goal's page joins apps and lives in the site."""

from django.urls import path

from goals import views

app_name = "goals"
urlpatterns = [
    path("", views.GoalList.as_view(), name="goal-list"),
    path("new/", views.GoalCreate.as_view(), name="goal-create"),
    path("<uuid:goal_id>/edit/", views.GoalUpdate.as_view(), name="goal-update"),
    path("<uuid:goal_id>/close/", views.goal_close, name="goal-close"),
    path("<uuid:goal_id>/remove/", views.goal_remove, name="goal-remove"),
    path("<uuid:goal_id>/removed/", views.goal_removed, name="goal-removed"),
    path("<uuid:goal_id>/restore/", views.goal_restore, name="goal-restore"),
    path("<uuid:goal_id>/steps/", views.step_add, name="step-add"),
    path("<uuid:goal_id>/look-back/", views.LookBackCreate.as_view(), name="look-back-create"),
    path("steps/<uuid:step_id>/<slug:act>/", views.step_act, name="step-act"),
]

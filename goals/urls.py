"""Addresses of goals. One goal's page joins apps and lives in the site."""

from django.urls import path

from goals.views import goal_list, goals, look_backs, steps

app_name = "goals"
urlpatterns = [
    path("", goal_list.GoalList.as_view(), name="goal-list"),
    path("new/", goals.GoalCreate.as_view(), name="goal-create"),
    path("<uuid:goal_id>/edit/", goals.GoalUpdate.as_view(), name="goal-update"),
    path("<uuid:goal_id>/keep/", goals.goal_keep, name="goal-keep"),
    path("<uuid:goal_id>/close/", goals.goal_close, name="goal-close"),
    path("<uuid:goal_id>/remove/", goals.goal_remove, name="goal-remove"),
    path("<uuid:goal_id>/restore/", goals.goal_restore, name="goal-restore"),
    path("<uuid:goal_id>/steps/", steps.step_add, name="step-add"),
    path("<uuid:goal_id>/look-back/", look_backs.LookBackCreate.as_view(), name="look-back-create"),
    path("steps/<uuid:step_id>/edit/", steps.StepUpdate.as_view(), name="step-update"),
    path("steps/<uuid:step_id>/<slug:act>/", steps.step_act, name="step-act"),
]

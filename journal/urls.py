"""Addresses of the journal."""

from django.urls import path

from journal.views import drafts, entries, history, lapses, logs, markers, plan, reflections, words, year

app_name = "journal"
urlpatterns = [
    path("log/check-in/", logs.CheckInCreate.as_view(), name="check-in-create"),
    path("log/check-in/<uuid:row_id>/edit/", logs.CheckInUpdate.as_view(), name="check-in-update"),
    path("log/craving/", logs.CravingCreate.as_view(), name="craving-create"),
    path("log/craving/<uuid:row_id>/edit/", logs.CravingUpdate.as_view(), name="craving-update"),
    path("log/use/", lapses.LapseCreate.as_view(), name="lapse-create"),
    path("log/use/safety/", lapses.lapse_safety, name="lapse-safety"),
    path("log/use/<uuid:row_id>/edit/", lapses.LapseUpdate.as_view(), name="lapse-update"),
    path("log/use/<uuid:row_id>/next/", lapses.lapse_choose, name="lapse-choose"),
    path("log/use/<uuid:row_id>/seen/", lapses.LapseSeen.as_view(), name="lapse-seen"),
    path("log/use/<uuid:row_id>/look-back/", lapses.LapseLookBack.as_view(), name="lapse-look-back"),
    path("log/<slug:kind>/<uuid:row_id>/remove/", history.row_remove, name="remove"),
    path("log/<slug:kind>/<uuid:row_id>/removed/", history.row_removed, name="removed"),
    path("log/<slug:kind>/<uuid:row_id>/restore/", history.row_restore, name="restore"),
    path("log/<slug:kind>/<uuid:row_id>/versions/<uuid:kept_id>/", history.versions, name="versions"),
    path("journal/", entries.EntryList.as_view(), name="entry-list"),
    path("journal/new/", entries.EntryCreate.as_view(), name="entry-create"),
    path("journal/search/", entries.EntrySearch.as_view(), name="entry-search"),
    path("journal/draft/<uuid:row_id>/", drafts.draft_keep, name="draft-keep"),
    path("journal/draft/<uuid:row_id>/discard/", drafts.draft_discard, name="draft-discard"),
    path("journal/<uuid:row_id>/", entries.EntryDetail.as_view(), name="entry-detail"),
    path("journal/<uuid:row_id>/edit/", entries.EntryUpdate.as_view(), name="entry-update"),
    path("history/", history.DayTimeline.as_view(), name="day-timeline"),
    path("insights/markers/", markers.marker_list, name="marker-list"),
    path("insights/markers/new/", markers.MarkerCreate.as_view(), name="marker-create"),
    path("insights/markers/<uuid:row_id>/edit/", markers.MarkerUpdate.as_view(), name="marker-update"),
    path("plan/", plan.plan, name="plan"),
    path("plan/wallet/", plan.wallet, name="plan-wallet"),
    path("plan/lines/<uuid:row_id>/edit/", plan.PlanLineUpdate.as_view(), name="plan-line-update"),
    path("plan/lines/<uuid:row_id>/<slug:act>/", plan.plan_line_move, name="plan-line-move"),
    path("plan/<slug:part>/", plan.PlanPart.as_view(), name="plan-part"),
    path("history/<int:year>/", year.year, name="year"),
    path("reflections/", reflections.reflection_list, name="reflection-list"),
    path("reflections/<slug:slug>/", reflections.reflection_start, name="reflection-start"),
    path("reflections/<slug:slug>/<uuid:row_id>/done/", reflections.reflection_done, name="reflection-done"),
    path("reflections/<slug:slug>/<uuid:row_id>/<int:number>/", reflections.ReflectionStep.as_view(), name="reflection-step"),
    path("words/<slug:kind>/", words.OwnWordList.as_view(), name="own-word-list"),
    path("words/<uuid:word_id>/rename/", words.own_word_rename, name="own-word-rename"),
    path("words/<uuid:word_id>/retire/", words.own_word_retire, name="own-word-retire"),
]

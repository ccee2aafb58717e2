"""Every address, by prefix."""

from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.urls import include, path

from accounts import views as accounts_views
from recovery_site import (
    after_save,
    bin,
    carrying,
    closing,
    exporting,
    front_door,
    gallery,
    goal_page,
    lapse_seen,
    learn_mine,
    letter,
    me,
    sos,
    today,
    vocabulary_pages,
)

urlpatterns = [
    path("", front_door.front_door, name="front-door"),
    path("health/", front_door.health, name="health"),
    path("exit/", front_door.leave, name="exit"),
    path("gallery/", gallery.gallery, name="gallery"),
    path("sos/", sos.sos, name="sos"),
    path("sos/mine/", sos.sos_mine, name="sos-mine"),
    path("", include("recovery_site.offline.urls")),
    path("today/", today.today, name="today"),
    path("saved/<slug:kind>/<uuid:row_id>/", after_save.after_save, name="after-save"),
    path("log/use/<uuid:row_id>/seen/", lapse_seen.LapseSeen.as_view(), name="lapse-seen"),
    path("suggestions/<uuid:suggestion_id>/", after_save.suggestion_answer, name="suggestion-answer"),
    path("triggers/<slug:key>/", vocabulary_pages.trigger_detail, name="trigger-detail"),
    path("coping/<slug:key>/", vocabulary_pages.strategy_detail, name="strategy-detail"),
    path("learn-mine/", learn_mine.learn_mine, name="learn-mine"),
    path("learn-mine/<slug:slug>/", learn_mine.page_mine, name="page-mine"),
    path("bin/", bin.bin_list, name="bin"),
    path("insights/letter/", letter.letter, name="letter"),
    path("insights/letter/<int:year>/<int:month>/", letter.letter, name="letter-of"),
    path("insights/", include("recovery_site.insights.urls")),
    path("goals/<uuid:goal_id>/", goal_page.goal_detail, name="goal-detail"),
    path("goals/", include("goals.urls")),
    path("reading/", include("reading.urls")),
    path("data/export/", exporting.export, name="export"),
    path("settings/close/", closing.close_account, name="close-account"),
    path("accounts/sign-in/", carrying.sign_in_keeping, name="sign-in-keeping"),
    path("accounts/recover/", accounts_views.recover, name="recover"),
    path("accounts/recovery-code/", accounts_views.recovery_code, name="recovery-code-new"),
    path("accounts/", include("allauth.urls")),
    path("me/", me.me, name="me"),
    path("", include("notify.urls")),
    path("", include("care.urls")),
    path("settings/", accounts_views.settings_page, name="settings"),
    path("settings/<slug:part>/", accounts_views.settings_part, name="settings-part"),
    path("welcome/<slug:step>/", accounts_views.onboarding, name="onboarding"),
    path("", include("journal.urls")),
    path("cms/", include("library.cms_urls")),
    path("admin/", admin.site.urls),
]
urlpatterns += i18n_patterns(path("learn/", include("library.urls")), prefix_default_language=False)

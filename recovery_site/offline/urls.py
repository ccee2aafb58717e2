"""Addresses of the offline contract."""

from django.urls import path

from recovery_site.offline import contract, looking, shell, this_phone, worker

app_name = "offline"
urlpatterns = [
    path("session/", contract.session, name="session"),
    path("sync/", contract.sync, name="sync"),
    path("sw.js", worker.worker, name="worker"),
    path("manifest.webmanifest", worker.manifest, name="manifest"),
    path("shell/<slug:kind>/", shell.shell, name="shell"),
    path("outbox/", shell.outbox, name="outbox"),
    path("settings/this-phone/", this_phone.this_phone, name="this-phone"),
    path("plan/for-phone/", this_phone.plan_for_phone, name="plan-for-phone"),
    path("exit/about/", this_phone.about_exit, name="about-exit"),
    path("outbox/look/", looking.look, name="outbox-look"),
]

"""What operators do: let an organisation begin, name its first admin, and close it. No consent, message or read is here."""

from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import Person
from accounts.people import person_of
from care.actions import memberships
from care.models import Membership, Organisation


@admin.register(Organisation)
class OrganisationAdmin(admin.ModelAdmin):
    """Organisations: made, changed and closed here, never deleted, so that people can still read who saw what."""

    list_display = ("name", "country", "is_part2", "closed_at")
    fields = ("name", "country", "reply_time", "is_part2", "closed_at")
    readonly_fields = ("closed_at",)
    search_fields = ("name",)
    actions = ("close_chosen",)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Never."""
        return False

    @admin.action(description=gettext_lazy("Close: nobody there can look at anything any more"), permissions=["change"])
    def close_chosen(self, request: HttpRequest, queryset: Any) -> None:
        """Close the chosen organisations; again is harmless."""
        for organisation in queryset:
            memberships.close(organisation, timezone.now())


class FirstMemberForm(forms.ModelForm):
    """An admin by user name: no list of names is shown to choose from."""

    username = forms.CharField(label=gettext_lazy("User name"), max_length=150)

    class Meta:
        model = Membership
        fields = ("organisation", "shown_name")

    def clean(self) -> dict[str, Any]:
        """Somebody who has an account, and is no admin there yet."""
        values = super().clean() or {}
        person = Person.objects.filter(username=values.get("username", "").strip().lower(), is_active=True).first()
        if person is None:
            raise ValidationError(_("There is no account with this name."))
        there = Membership.objects.filter(organisation=values.get("organisation"), person=person, left_at=None)
        if there.filter(role=Membership.Role.ADMIN).exists():
            raise ValidationError(_("This person is an admin there already."))
        return values | {"person": person}


@admin.register(Membership)
class MembershipAdmin(admin.ModelAdmin):
    """First admins only. Everybody else is let in, confirmed and let go by the organisation itself."""

    form = FirstMemberForm
    list_display = ("shown_name", "organisation", "role", "verified_at", "left_at")
    list_filter = ("role",)

    def get_queryset(self, request: HttpRequest) -> Any:
        """Admins, and nobody else."""
        return super().get_queryset(request).filter(role=Membership.Role.ADMIN)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Never."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Never."""
        return False

    def save_model(self, request: HttpRequest, obj: Membership, form: Any, change: bool) -> None:
        """An admin is at work at once: the operator knows them."""
        obj.person, obj.role = form.cleaned_data["person"], Membership.Role.ADMIN
        obj.verified_at, obj.verified_by = timezone.now(), person_of(request)
        super().save_model(request, obj, form, change)

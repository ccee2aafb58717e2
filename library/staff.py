"""Wagtail's user list, for staff alone."""

from django.contrib.auth import get_user_model
from django.db.models import Q
from wagtail.users.forms import UserEditForm
from wagtail.users.views.users import EditView, IndexView, UserViewSet


def staff_only(people):
    """Those with a place on the editors' side: staff, admins, members of a group."""
    return people.filter(Q(is_staff=True) | Q(is_superuser=True) | Q(groups__isnull=False)).distinct()


class StaffForm(UserEditForm):
    """Groups and rights; names and passwords are the person's own business."""

    password_required = False

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name in ("first_name", "last_name", "email", "password1", "password2"):
            self.fields.pop(name, None)


class StaffIndex(IndexView):
    """The list."""

    def get_base_queryset(self):
        """Staff only."""
        return staff_only(super().get_base_queryset())


class StaffEdit(EditView):
    """One of them."""

    def get_queryset(self):
        """Staff only: anybody else is absent."""
        return staff_only(get_user_model().objects.all())


class StaffViewSet(UserViewSet):
    """People make their own accounts; an admin gives them a group in the Django admin."""

    index_view_class = StaffIndex
    edit_view_class = StaffEdit
    add_view_enabled = False

    def get_form_class(self, for_update=False):
        """The narrowed form."""
        return StaffForm

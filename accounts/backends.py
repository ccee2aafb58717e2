"""How a session becomes a person."""

from allauth.account.auth_backends import AuthenticationBackend

from accounts.models import Person


class PersonBackend(AuthenticationBackend):
    """Loads the person together with their wrapped key: one query a request instead of two."""

    def get_user(self, user_id):
        """The active person with this id, or None."""
        person = Person.objects.select_related("data_key").filter(pk=user_id).first()
        return person if person and self.user_can_authenticate(person) else None

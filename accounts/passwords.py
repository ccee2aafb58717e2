"""Password rules, said plainly. Length first (NIST SP 800-63B-4): no composition rules, no forced changes."""

from django.contrib.auth import password_validation
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _


class PlainLength(password_validation.MinimumLengthValidator):
    """Long enough."""

    def get_error_message(self) -> str:
        """What to do."""
        return _("Use at least %(min)d characters. Three or four words together work well.") % {"min": self.min_length}

    def get_help_text(self) -> str:
        """Shown under the field."""
        return _("At least %(min)d characters. Three or four words together work well.") % {"min": self.min_length}


class PlainCommon(password_validation.CommonPasswordValidator):
    """Not on the list of common passwords."""

    def get_error_message(self) -> str:
        """What to do."""
        return _("Many people use this password, so it is easy to guess. Choose another one.")

    def get_help_text(self) -> str:
        """Nothing more to say under the field."""
        return ""


class PlainSimilarity(password_validation.UserAttributeSimilarityValidator):
    """Not like the user name."""

    def validate(self, password, user=None) -> None:
        """Raises ValidationError when the password holds the user name."""
        name = (getattr(user, "username", "") or "").lower()
        if len(name) > 2 and name in password.lower():
            raise ValidationError(_("Leave your user name out of your password."), code="password_too_similar")

    def get_help_text(self) -> str:
        """Nothing more to say under the field."""
        return ""

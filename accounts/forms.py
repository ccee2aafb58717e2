"""Forms about who you are and how your Daybook looks."""

from allauth.account import forms as allauth_forms
from django import forms
from django.contrib.auth.password_validation import validate_password
from django.utils.translation import gettext_lazy as _

from accounts import recovery
from accounts.days import is_zone, known_zones
from accounts.models import Person

REASONS = [
    ("cravings", _("Cravings")),
    ("sleep", _("Sleep")),
    ("mood", _("Mood")),
    ("goals", _("Goals")),
    ("people", _("People around me")),
    ("counselor", _("My counselor asked")),
]
COUNTRIES = [
    ("", _("Somewhere else")),
    ("US", _("United States")),
    ("CA", _("Canada")),
    ("GB", _("United Kingdom")),
    ("AU", _("Australia")),
]
DAY_STARTS = [(hour, f"{hour:02d}:00") for hour in (0, 2, 3, 4, 5, 6, 8, 10, 12)]
WRONG_CODE = _("This user name and code do not go together. Check both and try again.")


class LoginForm(allauth_forms.LoginForm):
    """Sign in."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["login"].label = _("User name")
        self.fields["password"].label = _("Password")
        for field in self.fields.values():
            field.widget.attrs.pop("placeholder", None)


class SignupForm(allauth_forms.SignupForm):
    """A user name and a password; nothing else is needed."""

    field_order = ["username", "password1"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["username"].label = _("User name")
        self.fields["username"].help_text = _("It need not be your real name. Only you see it.")
        self.fields["password1"].label = _("Password")
        self.fields["password1"].help_text = _("At least 10 characters. Three or four words together work well.")
        for field in self.fields.values():
            field.widget.attrs.pop("placeholder", None)


class RecoverForm(forms.Form):
    """A user name, the printed code and a new password."""

    username = forms.CharField(label=_("User name"), max_length=150, widget=forms.TextInput(attrs={"autocomplete": "username"}))
    code = forms.CharField(
        label=_("Recovery code"),
        max_length=60,
        help_text=_("The code you printed or wrote down. Spaces and dashes do not matter."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}),
    )
    password = forms.CharField(
        label=_("New password"),
        max_length=200,
        help_text=_("At least 10 characters. Three or four words together work well."),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}, render_value=True),
    )
    person: Person | None = None

    def clean(self):
        """Find whose code it is, then hold the password to the rules."""
        values = super().clean()
        if self.errors:
            return values
        self.person = recovery.owner_of(values["username"], values["code"])
        if self.person is None:
            raise forms.ValidationError(WRONG_CODE)
        try:
            validate_password(values["password"], self.person)
        except forms.ValidationError as error:
            self.add_error("password", error)
        return values


class TimeZoneField(forms.CharField):
    """An IANA time zone, from the browser or the list."""

    def __init__(self, **kwargs):
        widget = forms.Select(choices=[(zone, zone.replace("_", " ")) for zone in known_zones()])
        super().__init__(label=_("Time zone"), widget=widget, max_length=64, **kwargs)

    def validate(self, value) -> None:
        """Raises ValidationError for a name that is no time zone."""
        super().validate(value)
        if not is_zone(value):
            raise forms.ValidationError(_("Choose a time zone from the list."))


class ReasonsForm(forms.Form):
    """Why you are here."""

    reasons = forms.MultipleChoiceField(
        label=_("What would you like help with?"),
        choices=REASONS,
        required=False,
        help_text=_("Choose as many as you like, or none. Only you can read this."),
        widget=forms.CheckboxSelectMultiple(attrs={"data-look": "chips"}),
    )


class ClockForm(forms.ModelForm):
    """Where you are, and when your day begins."""

    tz = TimeZoneField()
    day_start = forms.TypedChoiceField(
        label=_("When does your day begin?"),
        choices=DAY_STARTS,
        coerce=int,
        help_text=_("What you write before this hour still counts to the day before."),
    )
    country = forms.ChoiceField(
        label=_("Country, for help lines"),
        choices=COUNTRIES,
        required=False,
        help_text=_("Shows the right numbers first."),
    )

    class Meta:
        model = Person
        fields = ["tz", "day_start", "country"]


class WordForm(forms.ModelForm):
    """The word for a lapse."""

    lapse_word = forms.ChoiceField(
        label=_("Which word should we use when someone uses again?"),
        choices=Person.LapseWord,
        help_text=_("There is no right word. You can change it at any time."),
        widget=forms.RadioSelect(attrs={"data-look": "stack"}),
    )

    class Meta:
        model = Person
        fields = ["lapse_word"]


class PhoneForm(forms.ModelForm):
    """Could somebody see your phone?"""

    quick_exit = forms.TypedChoiceField(
        label=_("Could someone see your phone, and would that cause trouble?"),
        choices=[("1", _("Yes, show me a quick exit button")), ("", _("No"))],
        coerce=bool,
        empty_value=False,  # type: ignore[arg-type]
        required=False,
        help_text=_("The button leaves this site at once. It cannot clear your browser's history."),
        widget=forms.RadioSelect(attrs={"data-look": "stack"}),
    )

    class Meta:
        model = Person
        fields = ["quick_exit"]


class LookForm(forms.ModelForm):
    """Light or dark."""

    theme = forms.ChoiceField(label=_("Colors"), choices=Person.Theme, widget=forms.RadioSelect(attrs={"data-look": "segment"}))

    class Meta:
        model = Person
        fields = ["theme"]


class ClosePage(forms.Form):
    """One tick before everything goes."""

    sure = forms.BooleanField(
        label=_("Yes, close my account and destroy everything in it"),
        error_messages={"required": _("Tick the box if you want to close your account.")},
    )

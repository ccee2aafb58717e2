"""What a topic page is made of."""

from django.core.exceptions import ValidationError
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.images.blocks import ImageChooserBlock
from wagtail.snippets.blocks import SnippetChooserBlock

from library.held import Held

FEATURES = ["bold", "italic", "ul", "ol", "link"]
LETTERS = [(letter, letter) for letter in ("A", "B", "C", "D", "X", "A/B", "B/C", "C/D", "A/C", "A/X", "B/D", "C/X")]
FIGURES = [
    ("cycle", _("The cycle and its exits")),
    ("wave", _("A craving as a wave")),
    ("tolerance", _("Tolerance falling after a break")),
    ("withdrawal", _("Withdrawal over days")),
]


class HeldChooserBlock(SnippetChooserBlock):
    """A chooser whose rows are held in the process, so that a page with fifty sources costs no query for them."""

    @cached_property
    def held(self) -> Held:
        """Every row of the model by its id."""
        return Held(lambda: self.model_class.objects.in_bulk())

    def bulk_to_python(self, values):
        """The rows, in order; None where one is gone."""
        rows = self.held()
        return [rows.get(value) for value in values]


class Claims(blocks.StructBlock):
    """A block that states facts: its sources and how certain they are."""

    sources = blocks.ListBlock(HeldChooserBlock("library.Source"), required=False, default=[])
    certainty = blocks.ChoiceBlock(choices=LETTERS, required=False)


class ParagraphBlock(Claims):
    """A heading and text."""

    heading = blocks.CharBlock(required=False, max_length=120)
    text = blocks.RichTextBlock(features=FEATURES)

    class Meta:
        template = "library/blocks/paragraph.html"
        icon = "pilcrow"


class KeyPointBlock(blocks.StructBlock):
    """One sentence to remember."""

    text = blocks.CharBlock(max_length=300)

    class Meta:
        template = "library/blocks/key_point.html"
        icon = "tick"


class TryThisBlock(Claims):
    """Something to do now."""

    heading = blocks.CharBlock(required=False, max_length=120)
    text = blocks.RichTextBlock(features=FEATURES)
    strategy = HeldChooserBlock("library.CopingStrategy", required=False)

    class Meta:
        template = "library/blocks/try_this.html"
        icon = "pick"


class SafetyBlock(Claims):
    """What keeps somebody safe."""

    heading = blocks.CharBlock(max_length=120)
    text = blocks.RichTextBlock(features=FEATURES)

    class Meta:
        template = "library/blocks/safety.html"
        icon = "warning"


class StepsBlock(Claims):
    """Steps in order."""

    heading = blocks.CharBlock(max_length=120)
    points = blocks.ListBlock(blocks.CharBlock(max_length=300))

    class Meta:
        template = "library/blocks/steps.html"
        icon = "list-ol"


class FigureBlock(blocks.StructBlock):
    """A drawing of ours or a picture, always with a text that says the same."""

    figure = blocks.ChoiceBlock(choices=FIGURES, required=False)
    image = ImageChooserBlock(required=False)
    alt = blocks.CharBlock(max_length=400, help_text=_("What a person who cannot see it should know"))
    caption = blocks.CharBlock(required=False, max_length=300)

    class Meta:
        template = "library/blocks/figure.html"
        icon = "image"


class UncertainBlock(Claims):
    """What nobody knows for sure."""

    text = blocks.RichTextBlock(features=FEATURES)

    class Meta:
        template = "library/blocks/uncertain.html"
        icon = "help"


class AnswerBlock(blocks.StructBlock):
    """One answer, with what there is to learn from it."""

    text = blocks.CharBlock(max_length=240)
    correct = blocks.BooleanBlock(required=False)
    why = blocks.CharBlock(max_length=400)


class QuestionBlock(blocks.StructBlock):
    """A question that teaches; nothing is scored."""

    text = blocks.CharBlock(max_length=300)
    answers = blocks.ListBlock(AnswerBlock(), min_num=2, max_num=5)

    class Meta:
        template = "library/blocks/question.html"
        icon = "help"


class BodyBlocks(blocks.StreamBlock):
    """A page's body."""

    paragraph = ParagraphBlock()
    key_point = KeyPointBlock()
    try_this = TryThisBlock()
    safety = SafetyBlock()
    steps = StepsBlock()
    figure = FigureBlock()
    uncertain = UncertainBlock()


class NeedBlock(blocks.StructBlock):
    """A reader's need in their own words, and the page that answers it."""

    words = blocks.CharBlock(max_length=80)
    page = blocks.PageChooserBlock(required=False, page_type="library.TopicPage")
    address = blocks.ChoiceBlock(choices=[("/sos/", _("SOS")), ("/sos/#lines", _("Help lines"))], required=False)

    def clean(self, value):
        """A page or one of our addresses; raises StructBlockValidationError."""
        cleaned = super().clean(value)
        if not cleaned["page"] and not cleaned["address"]:
            raise blocks.StructBlockValidationError({"page": ValidationError(_("Choose a page, or SOS."))})
        return cleaned


class ReflectionStepBlock(blocks.StructBlock):
    """One question of a guided reflection, with words to tap instead of writing."""

    kind = blocks.ChoiceBlock(choices=[("look", _("Look")), ("link", _("Link")), ("need", _("Need")), ("next", _("Next"))])
    question = blocks.CharBlock(max_length=240)
    hint = blocks.CharBlock(max_length=200, required=False)
    words = blocks.ListBlock(blocks.CharBlock(max_length=60), required=False, default=[])


class ChannelBlock(blocks.StructBlock):
    """One way to reach a help line."""

    kind = blocks.ChoiceBlock(choices=[("call", _("Call")), ("text", _("Text")), ("web", _("Web"))])
    value = blocks.CharBlock(max_length=120)
    say = blocks.CharBlock(max_length=60, required=False, help_text=_("A word to text, or a key to press"))

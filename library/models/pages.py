"""The library's page tree: one index, topic pages below it."""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalManyToManyField
from wagtail import blocks
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.admin.widgets import AdminAutoHeightTextInput
from wagtail.fields import StreamField
from wagtail.models import Page, PagePermissionTester
from wagtail.search import index

from library.approvals import TWICE, refuse_unapproved
from library.blocks import BodyBlocks, NeedBlock, QuestionBlock
from library.editing import TopicPageForm, refuse_bare_pictures, refuse_slurs
from library.models.vocabulary import CERTAINTY, PAGE_CODE, Cause, CopingStrategy, GoalTemplate, Trigger


def needs_two_approvals(page: Page) -> bool:
    """Whether a page is one of those; by its stored code too, so that a draft with another code is no way around."""
    stored = TopicPage.objects.filter(pk=page.pk).values_list("code", flat=True)
    return bool({*stored, page.specific.code} & TWICE)


class TopicPermissions(PagePermissionTester):
    """What a person may do with a page: one that needs two approvals nobody publishes at a press."""

    def can_publish(self):
        """Not for the pages a life may hang on."""
        return not needs_two_approvals(self.page) and super().can_publish()


class LearnIndex(Page):
    """The front of the library."""

    intro = models.CharField(max_length=300, blank=True)
    needs = StreamField([("need", NeedBlock())], blank=True, help_text=_("What brings a reader here, and where it leads"))
    starter_hash = models.CharField(max_length=130, blank=True, editable=False)

    template = "library/learn_index.html"
    max_count = 1
    private_page_options: list[str] = []
    parent_page_types = ["wagtailcore.Page"]
    subpage_types = ["library.TopicPage"]
    content_panels = [*Page.content_panels, FieldPanel("intro"), FieldPanel("needs")]


class TopicPage(Page):
    """One page that explains something and ends in something to do."""

    class Section(models.TextChoices):
        """Shelves of the library."""

        CYCLE = "cycle", _("How it works")
        CAUSES = "causes", _("What lies underneath")
        BODY = "body", _("Body and treatment")
        SKILLS = "skills", _("Skills and goals")
        SAFETY = "safety", _("Staying safe")
        PEOPLE = "people", _("People and places")

    code = models.CharField(max_length=3, unique=True, validators=[PAGE_CODE])
    section = models.CharField(max_length=6, choices=Section)
    promise = models.CharField(max_length=240, help_text=_("What a reader gets from it, in one sentence"))
    minutes = models.PositiveSmallIntegerField(default=3)
    summary = models.CharField(max_length=500, blank=True, help_text=_("The page in three sentences"))
    key_points = StreamField([("point", blocks.CharBlock(max_length=240))], blank=True)
    body = StreamField(BodyBlocks(), blank=True)
    questions = StreamField([("question", QuestionBlock())], blank=True)
    reflection = models.CharField(max_length=300, blank=True, help_text=_("A prompt that opens a new entry"))
    certainty = models.CharField(max_length=3, validators=[CERTAINTY], blank=True)
    checked_on = models.DateField(null=True, blank=True)
    review_by = models.DateField(null=True, blank=True)
    reviewer = models.CharField(max_length=120, blank=True, help_text=_("Empty until a real clinician signs"))
    is_starter = models.BooleanField(default=False, editable=False)
    starter_hash = models.CharField(max_length=130, blank=True, editable=False)
    triggers = ParentalManyToManyField(Trigger, blank=True, related_name="pages")
    causes = ParentalManyToManyField(Cause, blank=True, related_name="pages")
    strategies = ParentalManyToManyField(CopingStrategy, blank=True, related_name="pages")
    templates = ParentalManyToManyField(GoalTemplate, blank=True, related_name="pages")
    next_page = models.ForeignKey("self", models.SET_NULL, null=True, blank=True, related_name="+")

    base_form_class = TopicPageForm
    template = "library/topic_page.html"
    parent_page_types = ["library.LearnIndex"]
    subpage_types: list[str] = []
    private_page_options: list[str] = []
    search_fields = [
        *Page.search_fields,
        index.SearchField("promise"),
        index.SearchField("summary"),
        index.SearchField("body"),
        index.FilterField("section"),
    ]
    content_panels = [
        *Page.content_panels,
        FieldPanel("code"),
        FieldPanel("section"),
        FieldPanel("promise", widget=AdminAutoHeightTextInput),
        FieldPanel("minutes"),
        FieldPanel("summary", widget=AdminAutoHeightTextInput),
        FieldPanel("key_points"),
        FieldPanel("body"),
        FieldPanel("questions"),
        FieldPanel("reflection", widget=AdminAutoHeightTextInput),
        MultiFieldPanel([FieldPanel(name) for name in ("triggers", "causes", "strategies", "templates")], _("Links")),
        FieldPanel("next_page"),
        MultiFieldPanel([FieldPanel(name) for name in ("certainty", "checked_on", "review_by", "reviewer")], _("Checked")),
    ]

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(reviewer="") | models.Q(checked_on__isnull=False),
                name="library_topicpage_reviewed_is_checked",
            )
        ]

    def permissions_for_user(self, user):
        """Wagtail's rights, narrowed."""
        return TopicPermissions(user, self)

    def publish(self, revision, *args, **kwargs):
        """Put a revision live; raises NotApproved, Hurtful or Bare, whichever way it came here."""
        draft = revision.as_object()
        refuse_slurs(draft)
        refuse_bare_pictures(draft)
        if needs_two_approvals(self) or needs_two_approvals(draft):
            refuse_unapproved(revision)
        return super().publish(revision, *args, **kwargs)

    def sources(self) -> list:
        """The sources of every block, each once, in the order they appear."""
        found: dict[int, Any] = {}
        for block in self.body:
            if isinstance(block.value, blocks.StructValue):
                for source in block.value.get("sources") or []:
                    if source is not None:
                        found.setdefault(source.pk, source)
        return list(found.values())

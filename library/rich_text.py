"""The editors' text field: what is pasted into it past the editor (Word, a script) is cleaned as well, and loses no words."""

import re

from wagtail.admin.rich_text import DraftailRichTextArea
from wagtail.admin.rich_text.editors.draftail import DraftailRichTextAreaAdapter
from wagtail.admin.telepath import register

# Their content is no text.
NO_TEXT = re.compile(r"<(script|style|title|xml)\b.*?(?:</\1\s*>|\Z)|<!--.*?(?:-->|\Z)|<!\[.*?\]>", re.DOTALL | re.IGNORECASE)
NOT_FROM_THE_EDITOR = (ValueError, TypeError, KeyError, AttributeError)


class TextArea(DraftailRichTextArea):
    """Takes the editor's own JSON; anything else is read as HTML, of which only our few marks are kept."""

    def value_from_datadict(self, data, files, name):
        """The stored HTML."""
        try:
            return super().value_from_datadict(data, files, name)
        except NOT_FROM_THE_EDITOR:
            return self.cleaned(str(data.get(name, "")))

    def cleaned(self, pasted: str) -> str:
        """Any HTML as the editor would keep it."""
        text = NO_TEXT.sub("", pasted)
        return self.converter.to_database_format(self.converter.from_database_format(text)) if text.strip() else ""


register(DraftailRichTextAreaAdapter(), TextArea)

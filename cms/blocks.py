"""What an editor can put on a page. There is no block for raw HTML, and none that loads anything from elsewhere."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.images.blocks import ImageBlock

FEATURES = ["bold", "ol", "ul", "link", "document-link", "h3"]


class QuoteBlock(blocks.StructBlock):
    """A quotation with its source."""

    text = blocks.TextBlock(label=_("text"))
    source = blocks.CharBlock(label=_("source"), required=False)

    class Meta:
        icon = "openquote"
        label = _("quotation")
        template = "cms/blocks/quote.html"


class BodyBlock(blocks.StreamBlock):
    """The body of an article or policy."""

    heading = blocks.CharBlock(label=_("heading"), icon="title", max_length=120, template="cms/blocks/heading.html")
    paragraph = blocks.RichTextBlock(label=_("text"), features=FEATURES, icon="pilcrow")
    image = ImageBlock(label=_("image"), template="cms/blocks/image.html")
    quote = QuoteBlock()
    document = DocumentChooserBlock(label=_("document"), template="cms/blocks/document.html")

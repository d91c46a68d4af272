"""Public pages for tests. `site()` builds the site; pages are made below its columns and are live."""

from __future__ import annotations

from decimal import Decimal
from io import BytesIO
from typing import Any

from django.core.files.base import ContentFile
from PIL import Image as Picture
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import Page

from cms.actions.record_pages import show_call, show_notice
from cms.actions.site import build_site
from cms.models import ArticlePage, CallPage, ColumnPage, HomePage, NoticePage, PolicyPage
from cms.site_plan import NEWS, POLICIES
from projects.models import FundingItem, FundingList, PublicNotice
from tests.factories.directory import UserFactory
from tests.factories.projects import CallFactory, ProposalFactory, days
from workflows.actors import SYSTEM


def site() -> HomePage:
    """The whole site, without records."""
    return build_site(by=SYSTEM)


def below(page: Any, column: str) -> Any:
    """The page made live below the column of this slug."""
    parent = Page.objects.get(pk=ColumnPage.objects.get(slug=column).pk)
    page.locale = parent.locale
    parent.add_child(instance=page)
    page.save_revision().publish()
    return page


def article(title: str, *, column: str = NEWS, **fields: Any) -> ArticlePage:
    """A live article; `body` as a list of (block, value)."""
    page: ArticlePage = below(ArticlePage(title=title, **fields), column)
    return page


def policy(title: str, **fields: Any) -> PolicyPage:
    """A live policy document."""
    page: PolicyPage = below(PolicyPage(title=title, **fields), POLICIES)
    return page


def call_page(**fields: Any) -> CallPage:
    """The page of a published call."""
    fields = fields if {"closed", "concluded", "draft"} & fields.keys() else {"published": True} | fields
    return show_call(call=CallFactory.create(**fields), by=SYSTEM)


def notice(*, items: int = 1, open_days: int = 5, **fields: Any) -> PublicNotice:
    """A published notice with `items` funded items and one that is not funded; it closes in `open_days` days."""
    call = CallFactory.create(published=True)
    funding_list = FundingList.objects.create(call=call, drafted_by=UserFactory.create(), state="on_notice")
    for rank in range(1, items + 2):
        proposal = ProposalFactory.create(call=call, submitted=True)
        FundingItem.objects.create(
            funding_list=funding_list,
            proposal=proposal,
            rank=rank,
            score=Decimal(90),
            requested=Decimal(500000),
            amount=Decimal(480000) if rank <= items else Decimal(0),
            funded=rank <= items,
        )
    return PublicNotice.objects.create(
        funding_list=funding_list,
        **(
            {
                "title": "2027年度拟立项项目公示",
                "state": "published",
                "published_at": days(-1),
                "closes_at": days(open_days),
            }
            | fields
        ),
    )


def notice_page(**fields: Any) -> NoticePage:
    """The page of a published notice."""
    return show_notice(notice=notice(**fields), by=SYSTEM)


def png(colour: str = "red") -> ContentFile[bytes]:
    """A small picture of one colour."""
    content = BytesIO()
    Picture.new("RGB", (40, 30), colour).save(content, "PNG")
    return ContentFile(content.getvalue(), name=f"{colour}.png")


def image(title: str = "实验室外景", **fields: Any) -> Any:
    """An image of the admin."""
    return get_image_model().objects.create(title=title, file=png(), **fields)


def document(title: str = "申报指南", **fields: Any) -> Any:
    """A document of the admin."""
    return get_document_model().objects.create(title=title, file=ContentFile(b"guide", name="guide.txt"), **fields)


def with_files(*, images: tuple[Any, ...] = (), documents: tuple[Any, ...] = (), **fields: Any) -> ArticlePage:
    """A live article that shows these images and documents."""
    body = [{"type": "image", "value": {"image": one.pk, "decorative": False, "alt_text": "图"}} for one in images]
    return article("附件", body=[*body, *({"type": "document", "value": one.pk} for one in documents)], **fields)

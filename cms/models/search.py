"""The projection that the site searches."""

from __future__ import annotations

from django.db import models

from cms.enums import DocumentKind


class SearchDocument(models.Model):
    """What can be found: one row per public page and imported call. Written by projections only, rebuilt at any time.

    `tokens` is the text as `cms.search.tokens` cut it, parted by spaces, with a space at both ends.
    `audience` says who may find it: "public" is everybody.
    """

    kind = models.CharField(max_length=12, choices=DocumentKind.choices)
    ref = models.CharField(max_length=40, help_text="key of the page, or archive:CODE of an imported call")
    language = models.CharField(max_length=10, default="zh-hans")
    audience = models.CharField(max_length=40, default="public")
    published = models.DateTimeField()
    title = models.CharField(max_length=255)
    summary = models.TextField(blank=True)
    url = models.CharField(max_length=500)
    text = models.TextField(blank=True)
    title_tokens = models.TextField(blank=True)
    tokens = models.TextField(blank=True)

    class Meta:
        ordering = ["-published", "pk"]
        constraints = [models.UniqueConstraint(fields=["ref", "language"], name="search_document_once")]
        indexes = [models.Index(fields=["audience", "kind"], name="search_audience_kind")]

    def __str__(self) -> str:
        return self.title

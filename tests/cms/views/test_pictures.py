"""Pictures that pages show are served; what editors uploaded is not."""

from __future__ import annotations

from io import BytesIO

import pytest
from django.core.files.base import ContentFile
from django.test import Client
from PIL import Image as Pixels
from wagtail.images.models import Image

from cms.models import HomePage
from tests.factories import cms

pytestmark = pytest.mark.django_db


def image() -> Image:
    stream = BytesIO()
    Pixels.new("RGB", (1200, 300), "green").save(stream, "PNG")
    return Image.objects.create(title="草原", file=ContentFile(stream.getvalue(), name="steppe.png"))


def test_the_picture_of_an_article_is_shown_in_its_size(home: HomePage, client: Client) -> None:
    picture = image()
    page = cms.article("草原", slug="x", body=[("image", {"image": picture, "alt_text": "草原"})])
    address = picture.get_rendition("width-1000").url
    assert address in client.get(page.url).content.decode()

    answer = client.get(address)
    assert (answer.status_code, answer["Content-Type"]) == (200, "image/png")
    assert answer["Cache-Control"] == "public, max-age=86400"
    assert Pixels.open(BytesIO(answer.content)).size == (1000, 250)


def test_nothing_else_of_the_folder_is_served(home: HomePage, client: Client) -> None:
    image()
    original = "original_images/steppe.png"
    for path in (
        original,
        "images/",
        f"images/../{original}",
        f"images/%2e%2e/{original}",
        "images/%2e%2e",
        "images/a",
    ):
        assert client.get(f"/media/{path}").status_code == 404

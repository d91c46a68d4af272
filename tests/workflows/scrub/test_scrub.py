from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pikepdf
import pytest
from lxml import etree
from PIL import Image, ImageChops

from tests.workflows.scrub import canaries
from tests.workflows.scrub.canaries import bears_canary
from workflows.gate.check import check
from workflows.gate.verdict import BadFileError
from workflows.scrub.child import write_copy
from workflows.scrub.scrub import scrubbed

FILES = {
    "pdf": canaries.pdf(),
    "docx": canaries.office("docx"),
    "xlsx": canaries.office("xlsx"),
    "pptx": canaries.office("pptx"),
    "png": canaries.png(),
    "jpg": canaries.jpeg(),
    "turned.jpg": canaries.jpeg(orientation=6),
    "progressive.jpg": canaries.jpeg(progressive=True),
    "grey.jpg": canaries.jpeg(mode="L"),
    "four.jpg": canaries.jpeg(mode="CMYK"),
}


@pytest.mark.parametrize("name", FILES)
def test_a_copy_does_not_say_who_made_it(name: str) -> None:
    extension = name.rpartition(".")[2]
    assert bears_canary(FILES[name], extension)

    assert not bears_canary(scrubbed(FILES[name], extension), extension)


@pytest.mark.parametrize("name", FILES)
def test_a_copy_passes_the_gate_and_copying_it_again_changes_nothing(tmp_path: Path, name: str) -> None:
    extension = name.rpartition(".")[2]
    once = scrubbed(FILES[name], extension)
    path = tmp_path / f"copy.{extension}"
    path.write_bytes(once)

    check(path, extension)
    assert scrubbed(once, extension) == once


def test_the_text_stays_as_if_all_changes_were_accepted() -> None:
    with zipfile.ZipFile(io.BytesIO(scrubbed(FILES["docx"], "docx"))) as archive:
        root = etree.fromstring(archive.read("word/document.xml"))
        assert "".join(root.itertext()).split() == ["保留新增", "正文"]
        assert "docProps/thumbnail.jpeg" not in archive.namelist()
        assert b"thumbnail" not in archive.read("_rels/.rels")


@pytest.mark.parametrize("name", ["jpg", "progressive.jpg", "grey.jpg", "four.jpg", "png"])
def test_a_picture_keeps_every_pixel(name: str) -> None:
    extension = name.rpartition(".")[2]
    with (
        Image.open(io.BytesIO(FILES[name])) as before,
        Image.open(io.BytesIO(scrubbed(FILES[name], extension))) as after,
    ):
        assert after.mode == before.mode
        assert ImageChops.difference(before.convert("RGB"), after.convert("RGB")).getbbox() is None


def test_a_turned_photograph_stands_upright() -> None:
    with Image.open(io.BytesIO(scrubbed(FILES["turned.jpg"], "jpg"))) as picture:
        assert (picture.size, dict(picture.getexif())) == ((8, 16), {})


def test_a_pdf_keeps_its_pages_pictures_and_links() -> None:
    with pikepdf.open(io.BytesIO(scrubbed(FILES["pdf"], "pdf"))) as document:
        (page,) = document.pages
        assert page.Contents.read_bytes() == b"q 100 0 0 50 0 0 cm /Im0 Do Q"
        (picture,) = page.get_images().values()
        assert isinstance(picture, pikepdf.Stream)
        assert pikepdf.PdfImage(picture).as_pil_image().size == (16, 8)
        assert [str(one.Subtype) for one in page.Annots] == ["/Link"]
        assert document.trailer.get("/Info") is None


@pytest.mark.parametrize(
    ("extension", "data"),
    [
        ("pdf", b"%PDF-1.4 broken"),
        ("docx", b"PK\x03\x04 broken"),
        ("docx", canaries.office("docx", **{"word/document.xml": "<broken"})),
        ("jpg", b"\xff\xd8\xff"),
        ("jpg", b"\xff\xd8\xff\xe0\xff\xff"),
        ("txt", b"text"),
    ],
)
def test_what_cannot_be_read_is_refused(extension: str, data: bytes) -> None:
    with pytest.raises(BadFileError) as refused:
        scrubbed(data, extension)

    assert refused.value.code in {"unreadable", "extension"}


def test_the_copy_is_written_by_a_process_of_its_own(tmp_path: Path) -> None:
    source, target = tmp_path / "a", tmp_path / "b"
    source.write_bytes(FILES["docx"])

    assert write_copy(source, "docx", target) == ""
    assert target.read_bytes() == scrubbed(FILES["docx"], "docx")
    source.write_bytes(b"nothing")
    assert write_copy(source, "docx", target) == "unreadable"

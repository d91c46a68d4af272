from __future__ import annotations

import io
import zipfile
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tests.factories.directory import OrganisationFactory, officer
from tests.workflows.scrub import canaries
from tests.workflows.scrub.canaries import CANARY
from workflows.actions.file_texts import keep_text
from workflows.actions.files import receive_file
from workflows.extract.child import read_text
from workflows.extract.extract import extract
from workflows.gate.kinds import OFFICE_PARTS
from workflows.models import FileText

PARTS = {
    "word/document.xml": "<w:d xmlns:w='w'><w:p><w:r><w:t>温都</w:t></w:r><w:r><w:t>苏</w:t></w:r></w:p></w:d>",
    "word/header1.xml": "<w:hdr xmlns:w='w'><w:p><w:t>页眉</w:t></w:p></w:hdr>",
    "word/_rels/document.xml.rels": (
        "<Relationships><Relationship TargetMode='External' Target='mailto:a@b.cn'/></Relationships>"
    ),
    "xl/workbook.xml": "<workbook><sheets><sheet name='表名'/></sheets></workbook>",
    "xl/sharedStrings.xml": "<sst><si><r><t>单元</t></r><r><t>格</t></r></si></sst>",
    "xl/worksheets/sheet1.xml": "<worksheet><c><v>7</v></c><oddFooter>页脚</oddFooter></worksheet>",
    "ppt/notesSlides/notesSlide1.xml": "<p:notes xmlns:p='p' xmlns:a='a'><a:p><a:t>备注</a:t></a:p></p:notes>",
    "ppt/slides/slide1.xml": "<p:sld xmlns:p='p'><p:cNvPr name='图片一' descr='图说'/></p:sld>",
    "docProps/core.xml": f"<coreProperties><creator>{CANARY}</creator></coreProperties>",
    "word/comments.xml": f"<w:comments xmlns:w='w'><w:p><w:t>{CANARY}</w:t></w:p></w:comments>",
}


def office(extension: str) -> bytes:
    """A document with a word in each place where one may stand."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        declared = f'<Types><Override PartName="/x.xml" ContentType="{OFFICE_PARTS[extension]}"/></Types>'
        archive.writestr("[Content_Types].xml", declared)
        for name, content in PARTS.items():
            archive.writestr(name, content)
    return out.getvalue()


def pdf(text: str, link: str = "mailto:a@b.cn", bookmark: str = "书签", author: str = CANARY) -> bytes:
    """A PDF of one page with a text in a Chinese font, a link and a bookmark."""
    document = pikepdf.new()
    page = document.add_blank_page(page_size=(300, 200))
    kind: dict[str, Any] = {"Type": pikepdf.Name.Font}
    down = pikepdf.Dictionary(
        **kind,
        Subtype=pikepdf.Name.CIDFontType0,
        BaseFont=pikepdf.Name("/STSong-Light"),
        CIDSystemInfo=pikepdf.Dictionary(Registry="Adobe", Ordering="GB1", Supplement=4),
    )
    font = pikepdf.Dictionary(
        **kind,
        Subtype=pikepdf.Name.Type0,
        BaseFont=pikepdf.Name("/STSong-Light"),
        Encoding=pikepdf.Name("/UniGB-UCS2-H"),
        DescendantFonts=[document.make_indirect(down)],
    )
    page.obj["/Resources"] = pikepdf.Dictionary(Font=pikepdf.Dictionary(F1=document.make_indirect(font)))
    code = text.encode("utf-16-be").hex()
    page.obj["/Contents"] = document.make_stream(f"BT /F1 12 Tf 20 100 Td <{code}> Tj ET".encode())
    action = pikepdf.Dictionary(S=pikepdf.Name.URI, URI=link)
    page.obj["/Annots"] = [
        document.make_indirect(
            pikepdf.Dictionary(Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Link, Rect=[0, 0, 9, 9], A=action)
        )
    ]
    with document.open_outline() as outline:
        outline.root.append(pikepdf.OutlineItem(bookmark, 0))
    document.docinfo["/Author"] = author
    document.docinfo["/Title"] = author
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def read(data: bytes, extension: str, folder: Path) -> str:
    source = folder / "source"
    source.write_bytes(data)
    return extract(source, extension)


@pytest.mark.parametrize("extension", ["docx", "xlsx", "pptx"])
def test_every_place_of_a_document_is_read_but_no_metadata(tmp_path: Path, extension: str) -> None:
    text = read(office(extension), extension, tmp_path)
    wanted = ["温都苏", "页眉", "mailto:a@b.cn", "表名", "单元格", "页脚", "备注", "图片一", "图说"]
    assert [word for word in wanted if word not in text] == []
    assert CANARY not in text


def test_pages_links_and_bookmarks_of_a_pdf_are_read_but_no_metadata(tmp_path: Path) -> None:
    text = read(pdf("由⽂都苏完成"), "pdf", tmp_path)
    assert [word for word in ("由文都苏完成", "mailto:a@b.cn", "书签") if word not in text] == []
    assert CANARY not in text


def test_the_child_reads_pictures_as_nothing_and_says_what_it_cannot_read(tmp_path: Path) -> None:
    def given(data: bytes, extension: str) -> str | None:
        (tmp_path / "one").write_bytes(data)
        return read_text(tmp_path / "one", extension, tmp_path / "text")

    assert given(pdf("正文"), "pdf") is not None
    assert given(canaries.png(), "png") == ""
    assert (given(b"%PDF-1.7 broken", "pdf"), given(b"PK", "docx"), given(b"", "exe")) == (None, None, None)


@pytest.mark.django_db
def test_the_text_of_an_upload_is_kept_once_by_its_bytes() -> None:
    by, unit, data = officer(), OrganisationFactory.create(), pdf("可研报告")
    files = [
        receive_file(subject=unit, purpose="proof", upload=SimpleUploadedFile(name, data), by=by)
        for name in ("a.pdf", "b.pdf")
    ]
    found = [keep_text(file=file) for file in files]
    assert found[0] == found[1]
    assert [("可研报告" in one.text, one.readable) for one in FileText.objects.all()] == [(True, True)]

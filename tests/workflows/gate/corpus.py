"""Uploads, good and bad, built by the test that needs them."""

from __future__ import annotations

import io
import zipfile

import pikepdf
from PIL import Image

from workflows.gate.kinds import OFFICE_PARTS


def pdf(*, javascript: bool = False, launch: bool = False, attachment: bool = False, password: str = "") -> bytes:
    document = pikepdf.new()
    document.add_blank_page()
    if javascript:
        document.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="app.alert(1)")
    if launch:
        action = pikepdf.Dictionary(S=pikepdf.Name.Launch, F="calc.exe")
        document.pages[0].Annots = pikepdf.Array([pikepdf.Dictionary(Subtype=pikepdf.Name.Link, A=action)])
    if attachment:
        document.attachments["a.txt"] = b"hidden"
    out = io.BytesIO()
    document.save(out, encryption=pikepdf.Encryption(user=password, owner="o") if password else False)
    return out.getvalue()


def office(extension: str = "docx", *, types: str = "", **parts: bytes) -> bytes:
    """A document with further `parts`; in their names `__` stands for a slash and `_` for a dot."""
    main = types or f'<Override PartName="/main.xml" ContentType="{OFFICE_PARTS[extension]}"/>'
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", f"<Types>{main}</Types>")
        archive.writestr("_rels/.rels", "<Relationships/>")
        archive.writestr("main.xml", "<w:document>申请书</w:document>")
        for name, content in parts.items():
            archive.writestr(name.replace("__", "/").replace("_", "."), content)
    return out.getvalue()


def relation(kind: str) -> bytes:
    return f'<Relationships><Relationship Type="http://x/{kind}" TargetMode="External" Target="http://x/"/></Relationships>'.encode()


def image(kind: str, size: tuple[int, int] = (8, 8), mode: str = "RGB") -> bytes:
    out = io.BytesIO()
    Image.new(mode, size).save(out, kind)
    return out.getvalue()


GOOD: dict[str, bytes] = {
    "申请书.pdf": pdf(),
    "预算.docx": office(),
    "链接.docx": office(_rels__document_xml_rels=relation("hyperlink")),
    "表.xlsx": office("xlsx"),
    "图.png": image("PNG"),
    "照片.JPG": image("JPEG"),
}
BAD: dict[str, tuple[str, bytes, str]] = {
    "a zip bomb": ("a.docx", office(big_xml=b"0" * 30_000_000), "bomb"),
    "too many parts": ("a.docx", office("docx", types="", **{f"p{n}_xml": b"" for n in range(2001)}), "bomb"),
    "macros": ("a.docx", office(word__vbaProject_bin=b"x"), "macro"),
    "a macro document renamed": ("a.docx", office(types='<x ContentType="x.macroEnabled.main+xml"/>'), "macro"),
    "a macro document": ("a.docm", office(), "extension"),
    "a spreadsheet called document": ("a.docx", office("xlsx"), "type"),
    "a zip in a document": ("a.docx", office(word__data_bin=office()), "nested"),
    "a template from elsewhere": (
        "a.docx",
        office(word___rels__settings_rels=relation("attachedTemplate")),
        "external",
    ),
    "an XML with DOCTYPE": ("a.xlsx", office("xlsx", evil_xml=b'<!DOCTYPE x [<!ENTITY a "b">]>'), "doctype"),
    "something behind a document": ("a.docx", office() + b"MZ", "polyglot"),
    "something before a document": ("a.docx", b"GIF89a" + office(), "type"),
    "html called pdf": ("a.pdf", b"<html><script>alert(1)</script></html>", "type"),
    "html before a pdf": ("a.pdf", b"<html>" + pdf(), "type"),
    "html behind a pdf": ("a.pdf", pdf() + b"<script>alert(1)</script>" * 9, "polyglot"),
    "a pdf that is a zip too": ("a.pdf", pdf() + office()[-60:], "polyglot"),
    "a pdf with javascript": ("a.pdf", pdf(javascript=True), "script"),
    "a pdf that launches": ("a.pdf", pdf(launch=True), "script"),
    "a pdf with an attachment": ("a.pdf", pdf(attachment=True), "nested"),
    "an encrypted pdf": ("a.pdf", pdf(password="secret"), "encrypted"),
    "a broken pdf": ("a.pdf", b"%PDF-1.7\nnothing\n%%EOF", "unreadable"),
    "an exe renamed": ("a.pdf", b"MZ\x90\x00" + b"\0" * 99, "type"),
    "an exe": ("a.exe", b"MZ", "extension"),
    "an svg": ("a.svg", b"<svg onload='alert(1)'/>", "extension"),
    "a direction override": ("abc\u202efdp.exe", pdf(), "extension"),
    "too many pixels": ("a.png", image("PNG", (7000, 6000), "1"), "pixels"),
    "half an image": ("a.jpg", image("JPEG", (99, 99))[:-200], "unreadable"),
    "a png called jpg": ("a.jpg", image("PNG"), "type"),
    "nothing": ("a.pdf", b"", "empty"),
    "no extension": ("pdf", pdf(), "extension"),
}

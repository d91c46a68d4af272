"""Documents that bear one canary in every place where programs write down who made them."""

from __future__ import annotations

import io
import zipfile
from typing import Any

import pikepdf
from PIL import Image, PngImagePlugin

from workflows.gate.kinds import OFFICE_PARTS

CANARY = "Canary-7f3a苏日娜"
W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
DOCUMENT = f"""<w:document {W}><!-- {CANARY} --><w:body>
<w:p w:rsidR="00AA"><w:pPr><w:rPr><w:ins w:author="{CANARY}"/></w:rPr></w:pPr>
<w:r><w:t>保留</w:t></w:r><w:ins w:id="1" w:author="{CANARY}"><w:r><w:t>新增</w:t></w:r></w:ins>
<w:del w:id="2" w:author="{CANARY}"><w:r><w:delText>{CANARY}</w:delText></w:r></w:del>
<w:commentRangeStart w:id="0"/><w:r><w:t>正文</w:t></w:r><w:commentRangeEnd w:id="0"/>
<w:r><w:commentReference w:id="0"/></w:r></w:p></w:body></w:document>"""
COMMENT = f'<w:comment w:id="0" w:author="{CANARY}" w:initials="C"><w:p>{CANARY}</w:p></w:comment>'
COMMENTS = f"<w:comments {W}>{COMMENT}</w:comments>"
PROPERTIES = f"<Properties><Company>{CANARY}</Company><Manager>{CANARY}</Manager></Properties>"
CORE = f"<coreProperties><creator>{CANARY}</creator><lastModifiedBy>{CANARY}</lastModifiedBy></coreProperties>"
VARIABLES = f'<w:docVars><w:docVar w:val="{CANARY}"/></w:docVars>'
SETTINGS = f'<w:settings {W}><w:rsids><w:rsid w:val="00AA"/></w:rsids>{VARIABLES}</w:settings>'
WORKBOOK = f'<workbook><fileSharing userName="{CANARY}"/><absPath url="C:\\Users\\{CANARY}"/><sheets/></workbook>'
RELATIONS = (
    '<Relationships><Relationship Type="http://x/metadata/thumbnail" Target="docProps/thumbnail.jpeg"/></Relationships>'
)


def jpeg(*, orientation: int = 1, mode: str = "RGB", progressive: bool = False) -> bytes:
    """A photograph 16 by 8 with EXIF, XMP, a comment and a tail."""
    picture = Image.effect_noise((16, 8), 80).convert(mode)
    exif = Image.Exif()
    exif[0x013B] = exif[0x010F] = CANARY
    exif[0x0112] = orientation
    out = io.BytesIO()
    xmp = f"<x:xmpmeta>{CANARY}</x:xmpmeta>".encode()
    picture.save(out, "JPEG", exif=exif, comment=CANARY.encode(), xmp=xmp, progressive=progressive)
    return out.getvalue() + CANARY.encode()


def png() -> bytes:
    """A picture with text chunks and EXIF."""
    notes = PngImagePlugin.PngInfo()
    notes.add_text("Author", CANARY)
    notes.add_itxt("XML:com.adobe.xmp", f"<x:xmpmeta>{CANARY}</x:xmpmeta>", zip=True)
    exif = Image.Exif()
    exif[0x013B] = CANARY
    out = io.BytesIO()
    Image.effect_noise((16, 8), 80).save(out, "PNG", pnginfo=notes, exif=exif)
    return out.getvalue()


def office(extension: str, **more: Any) -> bytes:
    """A document with properties, comments, people, tracked changes and a photograph."""
    parts: dict[str, Any] = {
        "[Content_Types].xml": f'<Types><Override PartName="/x.xml" ContentType="{OFFICE_PARTS[extension]}"/></Types>',
        "_rels/.rels": RELATIONS,
        "docProps/core.xml": CORE,
        "docProps/app.xml": PROPERTIES,
        "docProps/custom.xml": PROPERTIES,
        "docProps/thumbnail.jpeg": jpeg(),
        "customXml/item1.xml": f"<cover><author>{CANARY}</author></cover>",
        "word/document.xml": DOCUMENT,
        "word/comments.xml": COMMENTS,
        "word/commentsExtended.xml": COMMENTS,
        "word/people.xml": f'<w:people {W}><w:person w:author="{CANARY}"/></w:people>',
        "word/settings.xml": SETTINGS,
        "word/media/image1.jpeg": jpeg(orientation=6),
        "word/media/image2.png": png(),
        "xl/workbook.xml": WORKBOOK,
        "xl/comments1.xml": f"<comments><authors><author>{CANARY}</author></authors></comments>",
        "xl/persons/person.xml": f'<personList><person displayName="{CANARY}"/></personList>',
        "xl/threadedComments/threadedComment1.xml": f"<ThreadedComments><text>{CANARY}</text></ThreadedComments>",
        "ppt/commentAuthors.xml": f'<cmAuthorLst><cmAuthor name="{CANARY}"/></cmAuthorLst>',
        "ppt/comments/comment1.xml": f"<cmLst><cm><text>{CANARY}</text></cm></cmLst>",
        **more,
    }
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.comment = b""
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()


def pdf() -> bytes:
    """A PDF with Info, XMP, a comment, a signature, private data, a photograph, and an earlier revision."""
    document = pikepdf.new()
    page = document.add_blank_page(page_size=(200, 200))
    with document.open_metadata() as xmp:
        xmp["dc:creator"] = [CANARY]
    document.docinfo["/Author"] = CANARY
    document.docinfo["/Company"] = CANARY
    document.Root["/PieceInfo"] = pikepdf.Dictionary(Word=pikepdf.Dictionary(Private=pikepdf.String(CANARY)))
    note = pikepdf.Dictionary(Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Text, Contents=CANARY, T=CANARY)
    link = pikepdf.Dictionary(Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Link, NM=CANARY, Rect=[0, 0, 9, 9])
    signature = document.make_indirect(
        pikepdf.Dictionary(
            Type=pikepdf.Name.Annot,
            Subtype=pikepdf.Name.Widget,
            FT=pikepdf.Name.Sig,
            V=pikepdf.Dictionary(Type=pikepdf.Name.Sig, Name=pikepdf.String(CANARY)),
        )
    )
    page.obj["/Annots"] = pikepdf.Array([document.make_indirect(note), document.make_indirect(link), signature])
    document.Root["/AcroForm"] = pikepdf.Dictionary(Fields=pikepdf.Array([signature]), SigFlags=3)
    photograph = pikepdf.Stream(document, b"")
    photograph.write(jpeg(), filter=pikepdf.Name.DCTDecode)
    photograph["/Type"], photograph["/Subtype"] = pikepdf.Name.XObject, pikepdf.Name.Image
    photograph["/Width"], photograph["/Height"] = 16, 8
    photograph["/ColorSpace"], photograph["/BitsPerComponent"] = pikepdf.Name.DeviceRGB, 8
    photograph["/Metadata"] = document.make_stream(CANARY.encode())
    page.obj["/Resources"] = pikepdf.Dictionary(XObject=pikepdf.Dictionary(Im0=photograph))
    page.obj["/Contents"] = document.make_stream(b"q 100 0 0 50 0 0 cm /Im0 Do Q")
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def everything_in(data: bytes, extension: str) -> bytes:
    """The bytes of a file with every compressed part laid open: where a canary would be found."""
    if data.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return data + b"".join(
                one.filename.encode() + everything_in(archive.read(one), one.filename.rpartition(".")[2])
                for one in archive.infolist()
            )
    if extension == "pdf":
        with pikepdf.open(io.BytesIO(data)) as document:
            out = io.BytesIO()
            document.save(out, compress_streams=False, stream_decode_level=pikepdf.StreamDecodeLevel.all)
            streams = [one.read_raw_bytes() for one in document.objects if isinstance(one, pikepdf.Stream)]
            return data + out.getvalue() + b"".join(streams)
    if extension == "png":
        with Image.open(io.BytesIO(data)) as picture:
            return data + repr(picture.info).encode() + repr(dict(picture.getexif())).encode()
    return data


def bears_canary(data: bytes, extension: str) -> bool:
    """Whether the canary stands anywhere in the file, in any of the spellings that the formats use."""
    found = everything_in(data, extension)
    spellings = [CANARY.encode(one) for one in ("utf-8", "utf-16-be", "utf-16-le")] + [b"Canary-7f3a"]
    return any(one in found for one in spellings)

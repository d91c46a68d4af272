"""PDF: the pages, without properties, comments, signatures, private data of programs and earlier revisions."""

from __future__ import annotations

import io

import pikepdf
from pikepdf import Array, Dictionary, Name, Object, Stream

from workflows.gate.verdict import BadFileError
from workflows.scrub.jpeg import without_segments

OF_THE_DOCUMENT = ("/Metadata", "/PieceInfo", "/Perms", "/AF", "/Collection", "/DSS", "/Extensions", "/Legal")
OF_ANY_OBJECT = ("/Metadata", "/PieceInfo", "/LastModified", "/AF")
# What stays of a page's annotations: links, and the filled fields of a form.
KEPT_ANNOTATIONS = ("/Link", "/Widget")
OF_AN_ANNOTATION = ("/T", "/TU", "/M", "/NM", "/CreationDate", "/RC", "/Subj")


def scrub_pdf(data: bytes) -> bytes:
    """`data` (a PDF that passed the gate) as a new file of its pages. Raises BadFileError."""
    try:
        with pikepdf.open(io.BytesIO(data)) as pdf:
            _of_the_file(pdf)
            for page in pdf.pages:
                _annotations(page.obj)
            for one in list(pdf.objects):
                _of_an_object(one)
            out = io.BytesIO()
            pdf.save(out, deterministic_id=True)
            return out.getvalue()
    except (pikepdf.PdfError, ValueError, TypeError, KeyError) as error:
        raise BadFileError("unreadable") from error


def _of_the_file(pdf: pikepdf.Pdf) -> None:
    for key in ("/Info", "/ID"):
        if key in pdf.trailer:
            del pdf.trailer[key]
    _drop(pdf.Root, OF_THE_DOCUMENT)
    if "/Names" in pdf.Root:
        _drop(pdf.Root["/Names"], ("/EmbeddedFiles",))
    form = pdf.Root.get("/AcroForm")
    if form is not None:
        _drop(form, ("/SigFlags", "/XFA"))
        form["/Fields"] = Array([one for one in form.get("/Fields", []) if one.get("/FT") != Name("/Sig")])


def _annotations(page: Dictionary) -> None:
    kept = [one for one in page.get("/Annots", []) if _stays(one)]
    for one in kept:
        if one.get("/Subtype") != Name("/Widget"):
            _drop(one, OF_AN_ANNOTATION)
    if kept:
        page["/Annots"] = Array(kept)
    else:
        _drop(page, ("/Annots",))


def _stays(annotation: Object) -> bool:
    return annotation.get("/Subtype") in KEPT_ANNOTATIONS and annotation.get("/FT") != Name("/Sig")


def _of_an_object(one: Object) -> None:
    if not isinstance(one, Dictionary | Stream):
        return
    _drop(one, OF_ANY_OBJECT)
    if isinstance(one, Stream) and one.get("/Filter") in (Name("/DCTDecode"), Array([Name("/DCTDecode")])):
        parameters = one.get("/DecodeParms")
        one.write(without_segments(one.read_raw_bytes()), filter=Name("/DCTDecode"))
        if parameters is not None:
            one["/DecodeParms"] = parameters


def _drop(holder: Object, keys: tuple[str, ...]) -> None:
    for key in keys:
        if key in holder:
            del holder[key]

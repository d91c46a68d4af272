"""Office Open XML: the document, without properties, comments, tracked changes and traces of its editors."""

from __future__ import annotations

import io
import re
import zipfile

from lxml import etree

from workflows.gate.verdict import BadFileError
from workflows.scrub.images import scrub_image

# Parts that hold nothing but properties, comments and people: their root stays, so that the document opens.
EMPTIED = re.compile(
    r"^(docProps/.*\.xml|customXml/item\d+\.xml|word/(comments\w*|people)\.xml"
    r"|xl/(comments\w*|persons/\w+|threadedComments/\w+|comments/\w+)\.xml"
    r"|ppt/(commentAuthors|authors|comments/\w+)\.xml)$"
)
THUMBNAIL = re.compile(r"^docProps/thumbnail\.\w+$")
PICTURE = re.compile(r"\.(png|jpe?g)$", re.IGNORECASE)
# Tracked changes: an insertion becomes text, a deletion goes, so does what the look was before.
UNWRAPPED = {"ins", "moveTo"}
REMOVED = {
    *("del", "moveFrom", "rPrChange", "pPrChange", "sectPrChange", "tblPrChange", "tblPrExChange", "tcPrChange"),
    *("trPrChange", "tblGridChange", "numberingChange", "cellIns", "cellDel", "cellMerge"),
    *("moveFromRangeStart", "moveFromRangeEnd", "moveToRangeStart", "moveToRangeEnd"),
    *("commentRangeStart", "commentRangeEnd", "commentReference", "rsids", "absPath", "fileSharing", "docVars"),
}
TRACES = re.compile(r"^(rsid\w*|author|initials|userId|userName|lastModifiedBy|paraId|textId)$")
NO_ENTITIES = {"resolve_entities": False, "no_network": True, "huge_tree": False}
FIRST_DAY = (1980, 1, 1, 0, 0, 0)


def scrub_office(data: bytes) -> bytes:
    """`data` (a document that passed the gate) with the same parts, each without traces. Raises BadFileError."""
    out = io.BytesIO()
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
            for entry in source.infolist():
                if not THUMBNAIL.match(entry.filename):
                    content = _part(entry.filename, source.read(entry))
                    target.writestr(zipfile.ZipInfo(entry.filename, FIRST_DAY), content, zipfile.ZIP_DEFLATED)
    except (zipfile.BadZipFile, etree.XMLSyntaxError, OSError, RuntimeError) as error:
        raise BadFileError("unreadable") from error
    return out.getvalue()


def _part(name: str, content: bytes) -> bytes:
    picture = PICTURE.search(name)
    if picture:
        return scrub_image(content, picture.group(1).lower())
    if not name.endswith((".xml", ".rels", ".vml")):
        return content
    root = etree.fromstring(content, etree.XMLParser(**NO_ENTITIES))
    if EMPTIED.match(name):
        for child in list(root):
            root.remove(child)
        root.text = None
    else:
        _traces(root)
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True))


def _traces(root: etree._Element) -> None:
    for one in list(root.iter()):
        if not isinstance(one.tag, str):  # a comment or an instruction of a program
            _remove(one)
            continue
        for key in [key for key in one.attrib if TRACES.match(etree.QName(key).localname)]:
            del one.attrib[key]
        name = etree.QName(one).localname
        if name in UNWRAPPED:
            _unwrap(one)
        elif name in REMOVED or (name == "Relationship" and one.get("Type", "").endswith("/thumbnail")):
            _remove(one)


def _unwrap(one: etree._Element) -> None:
    parent = one.getparent()
    if parent is None:
        return
    at = parent.index(one)
    for child in reversed(list(one)):
        parent.insert(at, child)
    _remove(one)


def _remove(one: etree._Element) -> None:
    parent = one.getparent()
    if parent is None:
        return
    if one.tail:
        before = one.getprevious()
        if before is None:
            parent.text = (parent.text or "") + one.tail
        else:
            before.tail = (before.tail or "") + one.tail
    parent.remove(one)

"""Office Open XML: the text of all parts but properties and comments, paragraph by paragraph."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator

from lxml import etree

from workflows.gate.verdict import BadFileError
from workflows.scrub.office import EMPTIED, NO_ENTITIES

# Elements that end a line, and elements whose own text is text of the document (`f` and `v`: cells of a sheet).
LINES = {"p", "si", "is", "c", "br", "cr", "tr", "tab"}
TEXTS = {"t", "v", "f", "instrText", "definedName", "pt"}
HEADS = {"oddHeader", "oddFooter", "evenHeader", "evenFooter", "firstHeader", "firstFooter"}
# Attributes that people write and pages, tooltips or tabs show.
SPOKEN = {"descr", "title", "tooltip", "alt"}
NAMED = {"sheet", "docPr", "cNvPr", "cSld", "table", "bookmarkStart"}


def office_text(data: bytes) -> str:
    """The text of `data` (a document that passed the gate). Raises BadFileError."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = [name for name in archive.namelist() if name.endswith((".xml", ".rels", ".vml"))]
            return "\n".join(_part(archive.read(name)) for name in names if not EMPTIED.match(name))
    except (zipfile.BadZipFile, etree.XMLSyntaxError, OSError, RuntimeError) as error:
        raise BadFileError("unreadable") from error


def _part(content: bytes) -> str:
    return "".join(_pieces(etree.fromstring(content, etree.XMLParser(**NO_ENTITIES))))


def _pieces(root: etree._Element) -> Iterator[str]:
    for event, one in etree.iterwalk(root, events=("start", "end")):
        name = etree.QName(one).localname if isinstance(one.tag, str) else ""
        if event == "end":
            yield "\n" if name in LINES else ""
            continue
        if name in TEXTS or name in HEADS:
            yield (one.text or "") + ("\n" if name in HEADS else "")
        yield from (f"\n{value}\n" for key, value in one.attrib.items() if _spoken(one, name, str(key)))


def _spoken(one: etree._Element, name: str, key: str) -> bool:
    attribute = etree.QName(key).localname
    if name == "Relationship":
        return attribute == "Target" and bool(one.get("TargetMode") == "External")
    return attribute in SPOKEN or (attribute == "name" and name in NAMED)

"""The kinds of files that the gate understands. Which of them may be uploaded is configuration."""

from __future__ import annotations

_OPEN_XML = "application/vnd.openxmlformats-officedocument"
CONTENT_TYPES: dict[str, str] = {
    "pdf": "application/pdf",
    "docx": f"{_OPEN_XML}.wordprocessingml.document",
    "xlsx": f"{_OPEN_XML}.spreadsheetml.sheet",
    "pptx": f"{_OPEN_XML}.presentationml.presentation",
    "png": "image/png",
    "jpg": "image/jpeg",
    "jpeg": "image/jpeg",
}
# What this system makes itself and never takes in.
MADE_TYPES: dict[str, str] = {**CONTENT_TYPES, "zip": "application/zip"}
# The main part that [Content_Types].xml must declare.
OFFICE_PARTS: dict[str, str] = {ext: f"{CONTENT_TYPES[ext]}.main+xml" for ext in ("docx", "xlsx", "pptx")}
IMAGE_FORMATS: dict[str, str] = {"png": "PNG", "jpg": "JPEG", "jpeg": "JPEG"}

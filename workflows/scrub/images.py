"""Pictures: the pixels as they are seen, and the colour profile; nothing of camera, place and program."""

from __future__ import annotations

import io

from PIL import Image, ImageOps

from workflows.gate.verdict import BadFileError
from workflows.scrub.jpeg import without_segments

ORIENTATION = 0x0112


def scrub_image(data: bytes, extension: str) -> bytes:
    """`data` (a PNG or JPEG that passed the gate) without metadata. A turned JPEG is turned for good.

    Raises BadFileError.
    """
    try:
        return _scrubbed(data, extension)
    except (OSError, SyntaxError) as error:  # what Pillow raises for a broken file
        raise BadFileError("unreadable") from error


def _scrubbed(data: bytes, extension: str) -> bytes:
    with Image.open(io.BytesIO(data)) as image:
        turned = image.getexif().get(ORIENTATION, 1) != 1
        if extension != "png" and not turned:
            return without_segments(data)
        profile = image.info.get("icc_profile")
        upright = ImageOps.exif_transpose(image)
    out = io.BytesIO()
    for key in ("comment", "exif", "xmp", "XML:com.adobe.xmp"):
        upright.info.pop(key, None)
    upright.save(out, "PNG" if extension == "png" else "JPEG", quality=95, icc_profile=profile)
    return out.getvalue()

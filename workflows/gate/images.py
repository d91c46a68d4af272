"""Images: of the format that the name says, readable to the end, and not too large to open."""

from __future__ import annotations

import warnings
import zipfile
from pathlib import Path

from PIL import Image

from workflows.gate.kinds import IMAGE_FORMATS
from workflows.gate.verdict import BadFileError

MOST_PIXELS = 40_000_000


def check_image(path: Path, extension: str) -> None:
    """Raise BadFileError unless the file is a whole image of `extension`."""
    Image.MAX_IMAGE_PIXELS = MOST_PIXELS
    if zipfile.is_zipfile(path):
        raise BadFileError("polyglot")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(path, formats=[IMAGE_FORMATS[extension]]) as image:
                image.load()
    except (Image.DecompressionBombWarning, Image.DecompressionBombError) as error:
        raise BadFileError("pixels") from error
    except (OSError, SyntaxError, ValueError) as error:
        raise BadFileError("unreadable") from error

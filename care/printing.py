"""Whether this machine can make PDFs: WeasyPrint draws with Pango, which is no Python package."""

from ctypes.util import find_library
from functools import cache

PANGO = ("pango-1.0", "pangoft2-1.0")
# Imported by the worker alone, when it makes a PDF: the import takes a second and 60 MB, and fails without Pango.
MAKER = "care.pdf"


@cache
def is_offered() -> bool:
    """Whether Pango is there."""
    return all(find_library(name) for name in PANGO)

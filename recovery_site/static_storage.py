"""Static files: hashed names and gzip copies."""

from whitenoise.compress import Compressor
from whitenoise.storage import CompressedManifestStaticFilesStorage

_EVERYBODYS, _IMPORTS = CompressedManifestStaticFilesStorage._js_module_import_aggregation_patterns


class GzipManifestStorage(CompressedManifestStaticFilesStorage):
    """Gzip only: compressing the editors' scripts with brotli takes most of a minute and saves little.

    Imports between our own modules get hashed names as well, so that a phone never mixes two versions. (Django's switch for it
    would read every package's scripts, and some of those name files that are not there.)
    """

    patterns = (*CompressedManifestStaticFilesStorage.patterns, ("js/*.js", _IMPORTS))

    def create_compressor(self, **options) -> Compressor:
        """A compressor without brotli."""
        return Compressor(use_brotli=False, **options)

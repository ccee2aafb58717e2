"""Static files: hashed names and gzip copies."""

from whitenoise.compress import Compressor
from whitenoise.storage import CompressedManifestStaticFilesStorage


class GzipManifestStorage(CompressedManifestStaticFilesStorage):
    """Gzip only: compressing the editors' scripts with brotli takes most of a minute and saves little."""

    def create_compressor(self, **options) -> Compressor:
        """A compressor without brotli."""
        return Compressor(use_brotli=False, **options)

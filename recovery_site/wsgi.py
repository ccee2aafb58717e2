"""The door that gunicorn knocks on."""

import gc
import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "recovery_site.settings")
application = get_wsgi_application()

# A page about 300 people makes more objects than Python's collector expects of a whole program: it would walk through everything
# that is loaded, once a page. Most objects are let go without it anyway.
gc.set_threshold(50_000, 20, 20)

"""WSGI entry point."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings.demo")

_django = get_wsgi_application()

from workflows.relay_thread import with_relay  # noqa: E402 - Django must stand first

application = with_relay(_django)

"""The roof: settings, addresses, the look, dashboards. Importing it configures Celery."""

from portal.celery import app as celery_app

__all__ = ["celery_app"]

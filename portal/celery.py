"""The Celery application. Without a broker the relay runs the same tasks in the server's process."""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings.demo")

app = Celery("tala")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()


def fill_beat() -> None:
    """Offer the registered jobs to Celery beat, and a sweep of the outbox: what the bell missed is found."""
    from workflows.schedule import beat_entries

    app.conf.beat_schedule = {"relay": {"task": "relay.sweep", "schedule": 60.0}, **beat_entries()}

"""The Celery application. Without a broker the relay runs the same tasks in the server's process."""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings.demo")

app = Celery("tala")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()


SWEEP_SECONDS = 5.0


def fill_beat() -> None:
    """Offer the registered jobs to Celery beat, and the sweep of the outbox; sweeps that come late are dropped."""
    from workflows.schedule import beat_entries

    sweep = {"task": "relay.sweep", "schedule": SWEEP_SECONDS, "options": {"expires": SWEEP_SECONDS}}
    app.conf.beat_schedule = {"relay": sweep, **beat_entries()}

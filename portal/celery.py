"""The Celery application. Without a broker the relay runs the same tasks in the server's process."""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings.demo")

app = Celery("tala")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()


# How often beat has the outbox and the schedule looked through, in seconds.
SWEEPS = {"relay": 5.0, "schedule": 30.0}


def fill_beat() -> None:
    """Tell Celery beat what to ask the workers for; what comes too late is dropped, for the next is on its way.

    The jobs' own turns stand in the database, so beat may be restarted and forget at any time.
    """
    app.conf.beat_schedule = {
        name: {"task": f"{name}.sweep", "schedule": seconds, "options": {"expires": seconds}}
        for name, seconds in SWEEPS.items()
    }

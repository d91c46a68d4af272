"""The Celery application. Without a broker the relay runs the same tasks in the server's process."""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings.demo")

app = Celery("tala")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()

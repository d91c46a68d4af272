"""Addresses of the machinery, whole: this room is included at the root."""

from __future__ import annotations

from django.urls import path

from workflows.views import calendar, dead_letters, files, integrity, messages
from workflows.views.transition import transition

urlpatterns = [
    path("integrity/checkpoints/<str:name>", integrity.checkpoint, name="checkpoint"),
    path("dates/<str:token>.ics", calendar.feed, name="dates_feed"),
    path("bench/dates/", calendar.dates, name="dates"),
    path("bench/dates/address/", calendar.feed_open, name="dates_open"),
    path("bench/dates/address/end/", calendar.feed_close, name="dates_close"),
    path("bench/messages/", messages.message_list, name="messages"),
    path("bench/messages/<int:pk>/", messages.message_open, name="message_open"),
    path("bench/undelivered/", dead_letters.dead_letters, name="dead_letters"),
    path("bench/undelivered/<int:pk>/retry/", dead_letters.dead_letter_retry, name="dead_letter_retry"),
    path("bench/undelivered/<int:pk>/drop/", dead_letters.dead_letter_drop, name="dead_letter_drop"),
    path("files/<uuid:uid>/", files.file, name="file"),
    path("bench/do/<str:label>/<uuid:uid>/<str:name>/", transition, name="transition"),
]

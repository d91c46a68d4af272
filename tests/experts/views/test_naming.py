from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from experts.actions.naming import look_for_names
from experts.models import NameFinding
from tests.experts.actions.test_naming import dossier
from tests.factories.directory import officer
from tests.factories.experts import running

pytestmark = pytest.mark.django_db


def test_the_pages_list_what_waits_and_keep_what_was_typed() -> None:
    boss = officer()
    one = dossier(boss)
    review_round = running(boss, one)
    look_for_names(dossier=one)
    client = Client()
    client.force_login(boss)
    address = reverse("round_names", args=[review_round.uid])
    assert "<b>内大</b>" in client.get(address).content.decode()
    assert "发现了可能透露身份的名称" in client.get(reverse("inbox")).content.decode()

    finding = one.name_findings.get(words="内大")
    answer = client.post(reverse("name_rule", args=[finding.pk]), {"verdict": "left", "reason": " "})
    assert (answer.status_code, one.name_findings.filter(verdict="open").count()) == (422, 2)
    assert "保留须说明理由" in answer.content.decode()

    answer = client.post(reverse("name_rule", args=[finding.pk]), {"verdict": "left", "reason": "是河名"})
    assert (answer.status_code, answer["Location"]) == (302, address)
    assert "<b>内大</b>" not in client.get(address).content.decode()
    assert "是河名" in client.get(f"{address}?show=all").content.decode()


def test_the_list_asks_as_many_questions_for_one_find_as_for_many() -> None:
    boss = officer()
    one = dossier(boss)
    review_round = running(boss, one)
    client = Client()
    client.force_login(boss)
    counts = []
    for number in range(1, 4):
        NameFinding.objects.create(dossier=one, place="section:0", words=f"名{number}", kind="person")
        with CaptureQueriesContext(connection) as found:
            client.get(reverse("round_names", args=[review_round.uid]))
        counts.append(len(found))
    assert counts[0] == counts[2]

from __future__ import annotations

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from directory.models import User
from experts.actions.dossier import HandIn, copy_attachments, frozen_digest, hand_in_dossier
from experts.actions.naming import look_for_names, rule_on_name
from experts.actions.round import cancel_round
from experts.enums import NameVerdict
from experts.models import Dossier, NameFinding
from experts.queries.attachments import Attachment, attachments
from experts.queries.naming import as_data
from experts.queries.reading import sections
from tests.factories.directory import auditor, expert, officer
from tests.factories.experts import handed_in, running
from tests.workflows.extract.test_extract import pdf
from workflows.actions.files import receive_file
from workflows.errors import NotAllowed, Refused
from workflows.models import JournalEntry, OutboxMessage, StoredFile
from workflows.naming.finding import organisation, person
from workflows.relay import run_once

pytestmark = pytest.mark.django_db
NAMES = tuple(as_data([*person("高原"), *organisation("内蒙古大学")]))
TEXTS = ("青藏高原的高原牧场，由高原负责采样。", "在内大完成，范围内大量数据。")


def dossier(by: User, *, files: tuple[dict[str, Any], ...] = (), **more: Any) -> Dossier:
    parts = tuple({"title": f"第{number}部分", "text": text} for number, text in enumerate(TEXTS, 1))
    return handed_in(1, by, sections=parts, files=files, names=NAMES, **more)


def upload(text: str, link: str = "https://example.org/") -> StoredFile:
    owner = expert()
    given = SimpleUploadedFile("方案.pdf", pdf(text, link=link, bookmark="正文"))
    return receive_file(subject=owner, purpose="proof", upload=given, by=owner)


def shown(one: Dossier) -> list[str]:
    return [part.text for section in sections(one) for part in section.parts]


def test_title_and_keywords_are_kept_without_the_names() -> None:
    one = handed_in(1, officer(), title="由高原主持的草原监测", keywords=("内蒙古大学样地", "草原"), names=NAMES)
    assert (one.title, one.keywords) == ("由▇▇主持的草原监测", ["草原"])


def test_words_that_may_be_names_are_struck_out_until_an_officer_leaves_them() -> None:
    boss = officer()
    one = dossier(boss)
    assert shown(one) == ["青藏高原的高原牧场，由▇▇负责采样。", "在▇▇完成，范围内大量数据。"]

    look_for_names(dossier=one)
    look_for_names(dossier=one)
    found = list(NameFinding.objects.filter(dossier=one))
    assert [(row.place, row.words, row.where, row.verdict) for row in found] == [
        ("section:0", "高原", "第1部分", "open"),
        ("section:1", "内大", "第2部分", "open"),
    ]

    rule_on_name(finding=found[0], verdict=NameVerdict.LEFT, reason="指的是高原站", by=boss)
    rule_on_name(finding=found[1], verdict=NameVerdict.CUT, by=boss)

    assert shown(one) == [TEXTS[0], "在▇▇完成，范围内大量数据。"]
    assert frozen_digest(one) == one.sha256
    entries = JournalEntry.objects.filter(action="experts.dossier.name").order_by("link__seq")
    assert [entry.data["verdict"] for entry in entries] == ["left", "cut"]


def test_a_file_with_names_is_copied_only_after_all_of_them_were_left() -> None:
    boss, file = officer(), upload("本方案依托内大平台，由高原教授提出，先做小试，再做中试。")
    one = dossier(boss, files=({"uid": str(file.uid), "name": "附件1.pdf", "copy": True},))
    run_once()
    found = list(NameFinding.objects.filter(dossier=one, place=f"file:{file.uid}"))
    assert sorted(row.words for row in found) == ["内大", "高原"]
    assert attachments(one) == [Attachment("附件1.pdf", None, held=True)]

    for row in found:
        rule_on_name(finding=row, verdict=NameVerdict.LEFT, reason="公开平台", by=boss)
    assert OutboxMessage.objects.filter(kind="experts.dossier.copy").count() == 2
    run_once()

    assert [(row.held, row.uid is not None) for row in attachments(one)] == [(False, True)]
    with pytest.raises(Refused) as refused:
        rule_on_name(finding=found[0], verdict=NameVerdict.CUT, by=boss)
    assert [reason.code for reason in refused.value.reasons] == ["copy_handed_out"]


def test_a_scan_is_held_back_until_somebody_looked_at_it() -> None:
    boss, file = officer(), upload("。", link="x")
    one = dossier(boss, files=({"uid": str(file.uid), "name": "附件1.pdf", "copy": True},))
    NameFinding.objects.all().delete()
    look_for_names(dossier=one)
    copy_attachments(dossier=one)
    found = NameFinding.objects.filter(place__startswith="file:")
    assert [(row.words, row.where, row.kind_label) for row in found] == [("", "附件1.pdf", "")]
    assert attachments(one) == [Attachment("附件1.pdf", None, held=True)]


def test_rulings_need_an_officer_a_reason_and_a_review_that_is_not_over() -> None:
    boss = officer()
    one = dossier(boss)
    look_for_names(dossier=one)
    finding = one.name_findings.first()
    assert finding
    with pytest.raises(NotAllowed):
        rule_on_name(finding=finding, verdict=NameVerdict.LEFT, reason="试试", by=auditor())
    with pytest.raises(Refused) as refused:
        rule_on_name(finding=finding, verdict=NameVerdict.LEFT, reason=" ", by=boss)
    assert [reason.code for reason in refused.value.reasons] == ["field:reason"]
    cancel_round(review_round=running(boss, one), by=boss, note="不办了")
    with pytest.raises(Refused) as refused:
        rule_on_name(finding=finding, verdict=NameVerdict.CUT, by=boss)
    assert [reason.code for reason in refused.value.reasons] == ["round_over"]


def test_a_newer_copy_of_a_waiting_dossier_is_searched_afresh() -> None:
    boss = officer()
    one = dossier(boss)
    look_for_names(dossier=one)
    newer = HandIn(one.subject_type, one.subject_id, "新题目", sections=({"title": "一", "text": "无名"},), names=NAMES)
    hand_in_dossier(dossier=newer, by=boss)
    run_once()
    assert NameFinding.objects.count() == 0

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from directory.actions.organisations import edit_organisation
from projects.actions.files import attach_file
from projects.actions.section import save_section
from projects.definitions.form import FieldKind, FormField
from projects.models import Proposal
from projects.queries.problems import problems
from tests.factories.projects import CallFactory
from tests.projects.writing import filled, user_of
from tests.workflows.extract.test_extract import pdf
from tests.workflows.scrub import canaries
from workflows.actions.file_texts import keep_text
from workflows.models import OutboxMessage

pytestmark = pytest.mark.django_db
PLAN = FormField(
    id="plan_file", kind=FieldKind.FILES, label="技术方案", extensions=("pdf", "png"), required=False, most_files=2
)


def told(proposal: Proposal) -> list[tuple[str, str, str]]:
    return [(one.section, one.code, str(one.reason.text)) for one in problems(proposal)]


def words(proposal: Proposal) -> list[tuple[str, str]]:
    """The sections with the words named in each."""
    return [(section, text.partition("“")[2].partition("”")[0]) for section, _code, text in told(proposal)]


def test_short_names_people_and_numbers_are_found_in_texts_tables_and_keywords() -> None:
    proposal, user = filled()
    unit = proposal.organisation
    unit.name = "内蒙古农业大学"
    unit.save()
    edit_organisation(
        organisation=unit, facts={"other_names": "蒙农；IMAU"}, by=user_of("管理员", unit, "organisation_admin")
    )
    proposal.participants.create(name="温都苏", email="wds@example.org")
    rows = [{"name": "论文", "value": "在蒙农发表", "check": "温都苏"}, {"name": "规程", "value": "2", "check": "文本"}]
    save_section(proposal=proposal, section="content", data={"targets": rows}, expected_version=1, by=user)
    text = "依托内农大平台，联系 wds@example.org。" + "开展研究" * 40
    save_section(proposal=proposal, section="route", data={"methods": text}, expected_version=1, by=user)
    proposal.refresh_from_db()

    assert [one for one in words(proposal) if one[0] != "team"] == [
        ("content", "蒙农"),
        ("content", "温都苏"),
        ("route", "内农大"),
        ("route", "wds@example.org"),
    ]


def test_files_that_experts_get_are_read_away_from_the_request_and_named() -> None:
    call = CallFactory.create(published=True)
    call.form["sections"][0]["fields"].append(PLAN.model_dump(mode="json"))
    call.save()
    proposal, user = filled(call)
    name = proposal.applicant.name
    files = [
        attach_file(proposal=proposal, field=PLAN, upload=upload, by=user)
        for upload in (
            SimpleUploadedFile("方案.pdf", pdf(f"本方案由{name}提出，先做小试，再做中试。")),
            SimpleUploadedFile("图.png", canaries.png()),
        )
    ]
    assert told(proposal) == []
    wanted = OutboxMessage.objects.filter(kind="files.read").values_list("payload__file", flat=True)
    assert sorted(wanted) == sorted(str(one.uid) for one in files)

    for one in files:
        keep_text(file=one)

    assert [code for _section, code, _text in told(proposal)] == [*["file_names_applicant"] * 2, "file_not_searched"]
    assert words(proposal) == [("basic", "方案.pdf"), ("basic", "方案.pdf"), ("basic", "图.png")]
    assert [
        word
        for word, (_section, _code, text) in zip((name, "a@b.cn"), told(proposal), strict=False)
        if word not in text
    ] == []

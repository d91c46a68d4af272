from __future__ import annotations

import json

import pytest

from projects.queries.dossier import dossier_content, dossier_title, kept_away_organisations, kept_away_people
from tests.factories import directory, way

pytestmark = pytest.mark.django_db


def test_a_blind_dossier_holds_no_name_of_people_or_organisations() -> None:
    cast = way.Cast()
    row = way.proposal(cast, way.call(), title=f"{cast.host.name}草原研究")
    text = json.dumps(dossier_content(row), ensure_ascii=False) + dossier_title(row)
    assert "围绕退化草原开展研究" in text
    assert [name for name in (row.applicant.name, cast.host.name, "团队前期", "总体设计") if name in text] == []
    assert "由▇▇牵头，▇▇承担。" in text


def test_an_open_dossier_keeps_team_and_record() -> None:
    cast = way.Cast()
    row = way.proposal(cast, way.with_plan(way.call(), blind=False))
    titles = [one["title"] for one in dossier_content(row)["sections"]]
    assert titles[-2:] == ["经费预算（万元）", "项目组成员"]
    assert row.applicant.name in json.dumps(dossier_content(row), ensure_ascii=False)


def test_applicant_team_host_and_partners_are_kept_away() -> None:
    cast = way.Cast()
    row = way.proposal(cast, way.call())
    partner, member = directory.OrganisationFactory.create(), directory.PersonFactory.create()
    row.participants.create(name="成员", person=member, organisation=partner)
    row.participants.create(name="学生")
    assert kept_away_people(row) == sorted([row.applicant_id, member.pk])
    assert kept_away_organisations(row) == sorted([cast.host.pk, partner.pk])


def test_a_blind_dossier_hands_over_files_as_copies_under_names_that_say_nothing() -> None:
    cast = way.Cast()
    row = way.proposal(cast, way.call())
    version = row.current_version
    assert version is not None
    row.call.form["sections"][0]["fields"].append({"id": "plan_file", "kind": "files", "label": "技术方案"})
    version.content["files"] = [
        {"field": "plan_file", "uid": "a", "name": f"{row.applicant.name}方案.docx", "sha256": "0", "size": 1},
        {"field": "promise", "uid": "b", "name": "承诺书.pdf", "sha256": "1", "size": 1},
    ]

    assert dossier_content(row)["files"] == [{"uid": "a", "name": "附件1.docx", "sha256": "0", "copy": True}]

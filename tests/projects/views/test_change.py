"""The pages of changes of projects: what one may begin, the form of each kind, the record, the decision, the paper."""

from __future__ import annotations

import io
import uuid
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from PIL import Image

from projects.models import Project, ProjectChange, Supplement
from tests.factories import directory, way
from tests.projects.budgets import running_project
from tests.projects.changes import GOALS, REASON, all_hands, approve, asked
from workflows.inbox import waiting_for
from workflows.models import StoredFile

pytestmark = pytest.mark.django_db
STONES = {f"milestone_{number}": "完成一个旗县的示范" for number in (1, 2)}


@pytest.fixture(autouse=True)
def _one_factor(settings: Any) -> None:
    settings.MFA_REQUIRED_FOR_STAFF = False


@pytest.fixture
def cast() -> way.Cast:
    return way.Cast()


@pytest.fixture
def project(cast: way.Cast) -> Project:
    return running_project(cast)


def signed_in(user: Any) -> Client:
    client = Client()
    client.force_login(user)
    return client


def typed(**fields: Any) -> dict[str, Any]:
    return {"reason": REASON, "key": str(uuid.uuid4()), **fields}


def ask(project: Project, kind: str) -> str:
    return reverse("change-ask", args=[project.uid, kind])


def test_one_begins_on_the_projects_page_and_is_told_who_decides(cast: way.Cast, project: Project) -> None:
    url = reverse("change-kinds", args=[project.uid])
    client = signed_in(cast.applicant)
    assert url in client.get(project.get_absolute_url()).content.decode()
    page = client.get(url).content.decode()
    assert (ask(project, "extension") in page, ask(project, "investigator") in page) == (True, False)
    assert "至少在结束前90天提出" in page
    for user in (cast.officer, cast.stranger):
        assert signed_in(user).get(url).status_code == 404
        assert url not in signed_in(cast.officer).get(project.get_absolute_url()).content.decode()
    assert client.get(ask(project, "investigator")).status_code == 404
    assert client.get(ask(project, "nothing")).status_code == 404


@pytest.mark.parametrize(
    ("kind", "fields", "state"),
    [
        ("participants", {"join": "乌云，某大学，取样\n\n巴图, 某所, 分析"}, "recorded"),
        ("method", {"method": "改为原位观测"}, "recorded"),
        ("title", {"title": "新题"}, "with_organisation"),
        ("goals", {"goals": "新目标", "targets": "论文 | 3篇 | 检索证明", **STONES}, "with_organisation"),
        ("extension", {"ends_on": "2029-06-30", "work": "补充观测"}, "with_organisation"),
        ("suspension", {}, "with_organisation"),
        ("termination", {"why": "force_majeure", "spent": "0", "returned": "0"}, "with_organisation"),
    ],
)
def test_each_form_asks_for_its_change(
    cast: way.Cast, project: Project, kind: str, fields: dict[str, str], state: str
) -> None:
    client = signed_in(cast.applicant)
    assert client.get(ask(project, kind)).status_code == 200
    answer = client.post(ask(project, kind), typed(**fields))
    made = ProjectChange.objects.get()
    assert (answer.status_code, answer["Location"]) == (302, made.get_absolute_url())
    assert (made.kind, made.state) == (kind, state)
    again = client.get(ask(project, kind)).content.decode()
    assert (" disabled>" in again) == made.is_open  # one that waits has to be withdrawn first
    record = client.get(made.get_absolute_url()).content.decode()
    assert REASON in record


def test_the_other_forms_name_a_person_and_organisations(cast: way.Cast, project: Project) -> None:
    person = directory.applicant(cast.host).person
    new = directory.OrganisationFactory.create()
    assert person is not None
    administrator, applicant = signed_in(cast.admin), signed_in(cast.applicant)
    unknown = applicant.post(ask(project, "organisation"), typed(organisation="没有这个单位"))
    assert (unknown.status_code, "没有这个单位" in unknown.content.decode()) == (200, True)
    assert applicant.post(ask(project, "organisation"), typed(organisation=new.name)).status_code == 302
    outsider = administrator.post(ask(project, "investigator"), typed(person=cast.stranger.person.pk))
    assert outsider.status_code == 200
    assert administrator.post(ask(project, "investigator"), typed(person=person.pk)).status_code == 302
    assert (
        signed_in(cast.integrity).post(ask(project, "revocation"), typed(basis="处理决定3号", returned="0")).status_code
        == 302
    )
    assert sorted(ProjectChange.objects.values_list("kind", flat=True)) == [
        "investigator",
        "organisation",
        "revocation",
    ]


def test_bad_input_is_named_and_keeps_what_was_typed(cast: way.Cast, project: Project) -> None:
    client = signed_in(cast.applicant)
    bad = client.post(ask(project, "goals"), typed(goals="<b>目标</b>", targets="好 | 1 | 看\n只有一段"))
    page = bad.content.decode()
    assert page.count('aria-invalid="true"') == 1 + len(STONES)
    assert (bad.status_code, "第2行" in page, "&lt;b&gt;目标" in page, REASON in page) == (200, True, True, True)
    late = client.post(ask(project, "extension"), typed(ends_on="2031-01-01", work="补充观测"))
    page = late.content.decode()
    assert (late.status_code, "且不晚于2029年12月31日" in page, "补充观测" in page) == (409, True, True)
    assert ProjectChange.objects.count() == 0


def test_a_paper_goes_with_it_and_only_those_who_see_the_project_read_it(cast: way.Cast, project: Project) -> None:
    paper = SimpleUploadedFile("说明.png", _png(), content_type="image/png")
    answer = signed_in(cast.applicant).post(ask(project, "title"), typed(title="新题", paper=paper))
    assert answer.status_code == 302
    url = reverse("file", args=[StoredFile.objects.get().uid])
    assert b"".join(signed_in(cast.admin).get(url).streaming_content) == _png()  # type: ignore[attr-defined]
    assert signed_in(cast.other_admin).get(url).status_code == 404
    refused = SimpleUploadedFile("x.exe", b"MZ")
    bad = signed_in(cast.applicant).post(ask(project, "method"), typed(method="新路线", paper=refused))
    assert (bad.status_code, ProjectChange.objects.count()) == (409, 1)


def _png() -> bytes:
    target = io.BytesIO()
    Image.new("RGB", (8, 8)).save(target, "PNG")
    return target.getvalue()


def test_it_waits_in_the_inbox_of_each_hand_and_is_decided_on_its_page(cast: way.Cast, project: Project) -> None:
    made = asked(project, cast.applicant, "goals", **GOALS)
    for user in all_hands(cast):
        assert made.get_absolute_url() in [one.url for one in waiting_for(user)]
        client = signed_in(user)
        assert reverse("change-decision", args=[made.uid]) in client.get(made.get_absolute_url()).content.decode()
        assert client.post(reverse("change-decision", args=[made.uid])).status_code == 302
    supplement = Supplement.objects.get()
    for user in (cast.applicant, *all_hands(cast)):
        client = signed_in(user)
        assert supplement.get_absolute_url() in [one.url for one in waiting_for(client_user(user))]
        page = client.get(supplement.get_absolute_url()).content.decode()
        assert (supplement.text.sha256[:32] in page, "形成修复技术两套" in page) == (True, True)
        client.post(reverse("supplement-sign", args=[supplement.uid]), {"sha256": supplement.text.sha256})
    supplement.refresh_from_db()
    assert supplement.state == "signed"
    address = reverse("contract-pdf", args=[project.contract.uid, supplement.text.number])
    assert signed_in(cast.applicant).get(address).content[:5] == b"%PDF-"


def client_user(user: Any) -> Any:
    return type(user).objects.get(pk=user.pk)


def test_a_rejection_needs_a_reason_and_keeps_the_page(cast: way.Cast, project: Project) -> None:
    made = asked(project, cast.applicant, "title", title="新题")
    client, url = signed_in(cast.admin), reverse("change-decision", args=[made.uid])
    assert client.post(url, {"reject": "1"}).status_code == 409
    assert client.post(url, {"reject": "1", "note": "理由不充分"}).status_code == 302
    assert "理由不充分" in client.get(made.get_absolute_url()).content.decode()
    assert signed_in(cast.stranger).get(made.get_absolute_url()).status_code == 404


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_and_the_project_ask_the_database_as_often_for_one_as_for_three(
    cast: way.Cast, project: Project, count: int
) -> None:
    for title in ("一", "二", "三")[:count]:
        approve(asked(project, cast.applicant, "title", title=title), *all_hands(cast))
    client = signed_in(cast.decision_maker)
    for url, most in ((reverse("changes"), 14), (project.get_absolute_url(), 26)):
        client.get(url)
        with CaptureQueriesContext(connection) as queries:
            assert client.get(url).status_code == 200
        assert len(queries) <= most, [one["sql"][:90] for one in queries.captured_queries]


def test_the_contract_names_its_supplements_and_prints_its_own_text(cast: way.Cast, project: Project) -> None:
    approve(asked(project, cast.applicant, "goals", **GOALS), *all_hands(cast))
    page = signed_in(cast.applicant).get(project.contract.get_absolute_url()).content.decode()
    assert Supplement.objects.get().get_absolute_url() in page
    assert reverse("contract-pdf", args=[project.contract.uid, 1]) in page
    assert reverse("contract-pdf", args=[project.contract.uid, 2]) not in page

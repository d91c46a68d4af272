"""Versions of a contract's text: kept as they arise, compared, written as a PDF that is always the same."""

from __future__ import annotations

import pypdfium2
import pytest
from django.test import Client
from django.urls import reverse

from projects.actions.contract import edit_contract, return_contract, sign_contract, start_signing
from projects.exports.contract_pdf import contract_pdf
from projects.lump_sum import negative_list
from projects.models import Contract, ContractVersion
from projects.queries.contract_draft import draft_content
from projects.queries.contract_versions import compare_texts, signatures_of
from tests.factories import way
from tests.projects.contracts import drafted
from workflows.errors import Refused

pytestmark = pytest.mark.django_db
MILESTONES = [{"year": 2027, "text": "完成野外调查"}, {"year": 2028, "text": "完成示范推广与验收"}]


@pytest.fixture
def cast() -> way.Cast:
    return way.Cast()


@pytest.fixture
def contract(cast: way.Cast) -> Contract:
    return drafted(cast)


def pages_of(version: ContractVersion) -> list[str]:
    document = pypdfium2.PdfDocument(contract_pdf(version))
    return [page.get_textpage().get_text_bounded() for page in document]


def test_every_text_that_goes_out_is_a_version_and_the_same_text_is_none(cast: way.Cast, contract: Contract) -> None:
    start_signing(contract=contract, by=cast.applicant)
    assert list(contract.versions.values_list("number", "kind")) == [(1, "generated")]
    return_contract(contract=contract, by=cast.applicant, note="补充里程碑")
    edit_contract(contract=contract, goals="新目标", milestones=MILESTONES, by=cast.applicant)
    start_signing(contract=contract, by=cast.applicant)
    last = contract.versions.last()
    assert last is not None
    assert (last.number, last.kind, last.sha256) == (2, "signature", contract.sha256)


def test_two_versions_stand_side_by_side(cast: way.Cast, contract: Contract) -> None:
    edit_contract(contract=contract, goals="新目标", milestones=MILESTONES, by=cast.applicant)
    start_signing(contract=contract, by=cast.applicant)
    old, new = contract.versions.all()
    changed = {
        pair.label: (pair.old, pair.new) for one in compare_texts(old, new) for pair in one.pairs if pair.changed
    }
    assert changed == {
        "目标": ("形成可推广的修复技术一套。", "新目标"),
        "2028": ("完成示范推广", "完成示范推广与验收"),
    }


def test_the_pdf_is_always_the_same_and_says_which_text_it_is(cast: way.Cast, contract: Contract) -> None:
    start_signing(contract=contract, by=cast.applicant)
    version = contract.versions.get()
    first = contract_pdf(version)
    assert contract_pdf(version) == first
    page = "\n".join(pages_of(version))
    for said in (contract.project.number, version.sha256[:32], "形成可推广的修复技术一套", "共", cast.host.name):
        assert said in page
    assert "草稿" in page
    sign_contract(contract=contract, by=cast.applicant, sha256=contract.sha256)
    signed = ContractVersion.objects.get()
    assert contract_pdf(signed) != first
    assert [bool(one.at) for one in signatures_of(signed)] == [True, False, False, False]


def test_what_is_typed_is_text_in_the_pdf_and_long_texts_go_on(cast: way.Cast, contract: Contract) -> None:
    goals = "<b>目标</b> & <para>" + "修复退化草原。" * 800
    edit_contract(contract=contract, goals=goals, milestones=MILESTONES, by=cast.applicant)
    start_signing(contract=contract, by=cast.applicant)
    pages = pages_of(contract.versions.latest("number"))
    assert "<b>目标</b> & <para>" in pages[0]
    assert [f"第{number}页" in page.replace(" ", "") for number, page in enumerate(pages, start=1)] == [True] * len(
        pages
    )
    assert len(pages) > 2


def test_strangers_get_neither_versions_nor_pdf(cast: way.Cast, contract: Contract) -> None:
    addresses = [
        reverse("contract-versions", args=[contract.uid]),
        reverse("contract-pdf", args=[contract.uid, 1]),
        reverse("contract-pdf", args=[contract.uid, 9]),
    ]
    for user, expected in ((cast.applicant, [200, 200, 404]), (cast.other_admin, [404, 404, 404])):
        client = Client()
        client.force_login(user)
        assert [client.get(url).status_code for url in addresses] == expected


def test_a_list_of_equipment_is_cut_to_the_grant_before_it_is_signed(
    client: Client, cast: way.Cast, contract: Contract
) -> None:
    project = contract.project
    version = project.proposal.current_version
    assert version is not None
    piece = {
        "name": "液相色谱仪",
        "model": "LC-20",
        "price": "150000.00",
        "quantity": 2,
        "use": "检测",
        "sharing": "开放",
    }
    version.content["answers"]["budget"] = {"equipment": [piece]}
    version.content["commitment"] = {"text": "本人承诺", **negative_list(project.starts_on)}
    version.save(update_fields=["content"])
    contract.content = draft_content(project)
    contract.save(update_fields=["content"])
    with pytest.raises(Refused) as refused:
        start_signing(contract=contract, by=cast.applicant)
    assert [one.code for one in refused.value.reasons] == ["equipment_above_line"]
    client.force_login(cast.applicant)
    address = reverse("contract-edit", args=[contract.uid])
    sent = {
        "goals": "新目标",
        "year_2027": "一",
        "year_2028": "二",
        "equipment": "液相色谱仪；LC-20；十；1；检测；开放",
    }
    kept = client.post(address, sent)
    assert "“十”不是数字" in kept.content.decode()
    assert "液相色谱仪；LC-20；十；1；检测；开放" in kept.content.decode()
    assert client.post(address, {**sent, "equipment": "液相色谱仪；LC-20；10；1；检测；开放"}).status_code == 302
    contract.refresh_from_db()
    assert contract.content["equipment"] == [{**piece, "price": "100000.00", "quantity": 1}]
    start_signing(contract=contract, by=cast.applicant)
    shown = client.get(contract.get_absolute_url()).content.decode()
    assert "购置设备清单" in shown
    assert "截留、挪用、侵占经费" in shown
    new = contract.versions.last()
    assert new is not None
    text = "".join(pages_of(new))
    assert "液相色谱仪" in text
    assert "截留、挪用、侵占经费" in text

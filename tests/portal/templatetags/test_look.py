"""The tags that templates are written with."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django import forms
from django.core.paginator import Paginator
from django.template import Context, Template
from django.test import RequestFactory
from django.utils import translation


class Sample(forms.Form):
    title = forms.CharField(label="Title", max_length=60, help_text="Without names.")
    kind = forms.ChoiceField(choices=[("a", "A"), ("b", "B")], widget=forms.RadioSelect)
    agree = forms.BooleanField(label="Agree")
    until = forms.DateField(required=False)
    code = forms.CharField(max_length=8, required=False)


def render(source: str, path: str = "/", **context: Any) -> str:
    with translation.override("en"):
        return Template(source).render(Context({"request": RequestFactory().get(path), **context})).strip()


def attributes(html: str, name: str) -> str:
    found = re.search(rf'<(?:input|select|textarea)[^>]*name="{name}"[^>]*>', html)
    assert found is not None
    return found[0]


def test_a_badge_carries_its_tone_and_escapes_its_text() -> None:
    assert render("{% badge text 'warn' %}", text="<b>") == '<span class="badge warn">&lt;b&gt;</span>'


def test_a_field_is_described_by_its_hint_and_its_counter() -> None:
    html = render("{% field form.title %}", form=Sample(initial={"title": "四个汉字"}))
    assert 'aria-describedby="id_title_hint id_title_count"' in attributes(html, "title")
    assert '<div class="hint" id="id_title_hint">Without names.</div>' in html
    assert ">4 / 60</span>" in html


def test_a_faulty_field_is_marked_invalid_and_described_by_its_fault() -> None:
    html = render("{% field form.title %}", form=Sample({"title": ""}))
    assert 'aria-invalid="true"' in attributes(html, "title")
    assert 'aria-describedby="id_title_hint id_title_error id_title_count"' in attributes(html, "title")
    assert '<div class="error" id="id_title_error">This field is required.</div>' in html


def test_choices_are_a_group_with_a_legend_that_carries_the_description() -> None:
    html = render("{% field form.kind %}", form=Sample({"kind": "z"}))
    assert '<fieldset id="id_kind_group" aria-describedby="id_kind_error"><legend>Kind</legend>' in html


def test_a_checkbox_stands_before_its_label() -> None:
    html = render("{% field form.agree %}", form=Sample())
    assert html.index("<input") < html.index('<label for="id_agree">Agree</label>')


def test_a_date_is_asked_for_with_the_browser_s_own_calendar() -> None:
    html = render("{% field form.until %}", form=Sample(initial={"until": "2026-12-02"}))
    assert 'type="date"' in attributes(html, "until")
    assert 'value="2026-12-02"' in attributes(html, "until")


def test_short_codes_have_no_counter() -> None:
    assert "data-count-of" not in render("{% field form.code %}", form=Sample())


def test_the_summary_leads_to_each_faulty_field() -> None:
    form = Sample({"kind": "a", "title": ""})
    html = render("{% error_summary form %}", form=form)
    assert re.findall(r'href="#(\w+)"', html) == ["id_title", "id_agree"]
    assert "2 things have to be put right" in html


def test_a_form_without_faults_has_no_summary() -> None:
    assert render("{% error_summary form %}", form=Sample({"title": "x", "kind": "a", "agree": "on"})) == ""


def test_a_query_keeps_what_it_does_not_change() -> None:
    assert render("{% query page=3 state=None %}", "/?state=draft&q=稀土&page=2") == "?q=%E7%A8%80%E5%9C%9F&amp;page=3"


def test_a_pager_keeps_the_filter_and_marks_the_present_page() -> None:
    html = render("{% pager page %}", "/?q=x", page=Paginator(range(200), 20).page(2))
    assert 'href="?q=x&amp;page=3"' in html
    assert '<span aria-current="page">2</span>' in html


def test_one_page_needs_no_pager() -> None:
    assert render("{% pager page %}", page=Paginator(range(3), 20).page(1)) == ""


def test_bars_are_drawn_to_scale_and_said_in_a_table() -> None:
    html = render("{% bars values labels 'By month' %}", values=[1, 4, 2], labels=["a", "b", "c"])
    assert re.findall(r'height="(\d+)"><title>', html) == ["16", "64", "32"]
    assert '<th scope="row">b</th><td>4</td>' in html


@pytest.mark.parametrize(("value", "width"), [(64, "64"), (0, "0"), (130, "100")])
def test_a_meter_stays_within_its_track(value: int, width: str) -> None:
    assert f'class="fill" width="{width}"' in render("{% meter value 100 'Used' %}", value=value)


def test_nothing_to_show_says_what_to_do() -> None:
    html = render("{% empty 'Nothing here' 'Begin.' '/new' 'New' %}")
    assert html == '<div class="empty"><b>Nothing here</b><p>Begin.</p><a class="button" href="/new">New</a></div>'

"""Template tags of the look: badges, money, dates, fields, the parts of a record page."""

from __future__ import annotations

from typing import Any

from django import template
from django.conf import settings
from django.core.paginator import Page
from django.forms import BoundField
from django.template.loader import get_template
from django.utils import translation
from django.utils.html import format_html
from django.utils.safestring import SafeString

from directory.queries.standing import standing
from portal import agents, charts, fields, formatting, records
from workflows.machine import machine_of
from workflows.panels import Filled

register = template.Library()

register.filter("wan", formatting.wan)
register.filter("wan_unit", formatting.wan_unit)
register.filter("thin", formatting.thin)
register.filter("moment", formatting.moment)
register.filter("until", formatting.until)
register.filter("until_short", formatting.until_short)
register.filter("day", formatting.day)
register.filter("short", formatting.short)
register.filter("weekday", formatting.weekday)
register.filter("due", formatting.due)
register.filter("is_late", formatting.is_late)
register.filter("device", agents.device)


@register.simple_tag
def html_lang() -> str:
    """The language of the page as HTML names it: zh-Hans, en."""
    return translation.to_locale(translation.get_language() or "en").replace("_", "-")


@register.simple_tag
def badge(text: Any, tone: str = "") -> SafeString:
    """A badge; tone is "" (idle), go (under way), ok (done), warn (look) or no (refused)."""
    return format_html('<span class="badge {}">{}</span>', tone, text)


@register.simple_tag
def state_badge(obj: Any) -> SafeString:
    """The state of `obj` as staff name it."""
    state = machine_of(obj).state(obj.state)
    return badge(state.label, state.tone)


@register.simple_tag
def public_state_badge(obj: Any) -> SafeString:
    """The state of `obj` as those outside name it; states that share a name share their colour."""
    state = records.public_state(machine_of(obj), obj.state)
    return badge(state.public, state.tone)


@register.inclusion_tag("look/field.html")
def field(bound: BoundField, label: str = "", hint: str = "") -> dict[str, Any]:
    """One form field with its label, hint, faults and counter, wired for assistive technology."""
    return fields.shown(bound, label=label, hint=hint)


@register.inclusion_tag("look/error_summary.html", takes_context=True)
def error_summary(context: template.Context, form: Any, *more: Any) -> dict[str, Any]:
    """What is wrong with a form (and formsets beside it), each line leading to its field.

    On the answer to a sent form it takes the focus.
    """
    found = [fault for each in (form, *more) if each is not None for fault in fields.faults(each)]
    return {"faults": found, "sent": context["request"].method == "POST"}


@register.inclusion_tag("look/where.html", takes_context=True)
def where_it_stands(context: template.Context, record: Any) -> dict[str, Any]:
    """The way of a record with its dates, the present step marked."""
    return {"steps": records.steps(record, inside=records.is_inside(context["request"].user))}


@register.inclusion_tag("look/now.html", takes_context=True)
def now_you_can(context: template.Context, record: Any, title: Any = "") -> dict[str, Any]:
    """What the asker can do with a record now, and what hinders it; else who acts next.

    title -- its heading, where a page shows more than one of these.
    """
    user = context["request"].user
    return {"title": title, "offers": records.offers(record, user), "state": records.shown_state(record, user)}


@register.inclusion_tag("look/history.html", takes_context=True)
def what_happened(context: template.Context, record: Any) -> dict[str, Any]:
    """The changes of a record, newest first, with actor, note and place in the journal; who made it stands last."""
    inside = records.is_inside(context["request"].user)
    return {"events": records.events(record, inside=inside), "record": record, "made": records.maker(record)}


@register.inclusion_tag("look/empty.html")
def empty(title: Any, text: Any = "", url: str = "", action: Any = "") -> dict[str, Any]:
    """What stands where a list has nothing: what is missing, what to do, perhaps a button."""
    return {"title": title, "text": text, "url": url, "action": action}


@register.simple_tag(takes_context=True)
def query(context: template.Context, **changes: Any) -> str:
    """The present query string with `changes`; None or "" drops a key."""
    present = context["request"].GET.copy()
    for key, value in changes.items():
        present.pop(key, None)
        if value not in (None, ""):
            present[key] = str(value)
    return f"?{present.urlencode()}"


@register.inclusion_tag("look/pager.html", takes_context=True)
def pager(context: template.Context, page: Page[Any]) -> dict[str, Any]:
    """Links to the other pages of a list, keeping the query string."""
    numbers = page.paginator.get_elided_page_range(page.number, on_each_side=2, on_ends=1)
    return {"page": page, "numbers": list(numbers), "request": context["request"]}


@register.simple_tag(takes_context=True)
def panel(context: template.Context, filled: Filled) -> SafeString:
    """A panel of the home page: its template with what it was filled with, beside the page's own context."""
    with context.push(**filled.context):
        return get_template(filled.panel.template).template.render(context)  # type: ignore[attr-defined,no-any-return]


@register.simple_tag(takes_context=True)
def must_have_second_factor(context: template.Context) -> bool:
    """Whether the asker's roles demand a second factor here."""
    return settings.MFA_REQUIRED_FOR_STAFF and standing(context["request"].user).is_staff_role


@register.inclusion_tag("look/bars.html")
def bars(values: Any, labels: Any, title: Any) -> dict[str, Any]:
    """A small bar chart with its figures as a table for those who cannot see it; the last bar stands out."""
    return {"title": title, "chart": charts.bars(list(values), list(labels))}


@register.inclusion_tag("look/meter.html")
def meter(value: float, most: float, title: Any) -> dict[str, Any]:
    """How much of `most` is used, as a bar."""
    return {"title": title, "value": value, "most": most, "width": charts.share(value, most)}

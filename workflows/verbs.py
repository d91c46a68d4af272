"""Verbs: which action performs a transition, so that one page can offer and confirm any of them.

A room registers each transition of its machines once: with an `action` that needs no more than a note, or
with the `page` of its own where more must be filled in.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db import models
from django.urls import reverse

from workflows.actors import Actor


@dataclass(frozen=True)
class Verb:
    """How a transition is done: `action(**{subject: obj}, by=…, note=…)`, or at the address `page(obj)`.

    back(obj, user) -- where the common page leads when it is done or left, if not to the object's own page.
    says(obj) -- what it means for this object, shown on the common page before it is done.
    """

    action: Callable[..., Any] | None = None
    subject: str = ""
    page: Callable[[Any], str] | None = None
    back: Callable[[Any, Any], str] | None = None
    says: Callable[[Any], str] | None = None

    def back_url(self, obj: Any, user: Any) -> str:
        """Where `user` goes from the common page."""
        url: str = self.back(obj, user) if self.back else obj.get_absolute_url()
        return url

    def run(self, obj: models.Model, *, by: Actor, note: str, **more: Any) -> Any:
        """Call the action, with `more` that it takes. Raises what the action raises: Refused, NotAllowed."""
        if self.action is None:
            raise LookupError("this transition has a page of its own")
        return self.action(**{self.subject: obj}, by=by, note=note, **more)


VERBS: dict[tuple[type[models.Model], str], Verb] = {}


def register(
    model: type[models.Model],
    name: str,
    *,
    action: Callable[..., Any] | None = None,
    subject: str = "",
    page: Callable[[Any], str] | None = None,
    back: Callable[[Any, Any], str] | None = None,
    says: Callable[[Any], str] | None = None,
) -> None:
    """Register how `name` is done on `model`; exactly one of `action` and `page`."""
    if (action is None) == (page is None):
        raise ValueError(f"{model.__name__}.{name}: give an action or a page")
    VERBS[model, name] = Verb(action, subject or model.__name__.lower(), page, back, says)


def verb_url(obj: models.Model, name: str) -> str:
    """Where the transition `name` of `obj` is done: its own page, or the common one."""
    verb = VERBS[type(obj), name]
    if verb.page is not None:
        return verb.page(obj)
    return reverse("transition", args=[obj._meta.label_lower, obj.uid, name])  # type: ignore[attr-defined]

"""What is live compared with what was sealed in the journal."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from wagtail.models import Page

from cms.models import SiteProfile
from cms.sealing import PROFILE_SEAL, SEAL, UNSEAL, digest_of, digests_of
from workflows.models import JournalEntry


def sealed_pages() -> dict[int, str]:
    """The digest of every page that is sealed now, by the page's number."""
    entries = JournalEntry.objects.filter(subject_type="wagtailcore.page", action__in=(SEAL, UNSEAL))
    last: dict[int, dict[str, Any]] = {}
    for subject, data in entries.order_by("link__seq").values_list("subject_id", "data"):
        last[int(subject)] = data
    return {pk: data["digest"] for pk, data in last.items() if "digest" in data}


def never_sealed() -> list[Page]:
    """The live pages of which the journal says nothing at all, neither sealed nor taken down; by number."""
    entries = JournalEntry.objects.filter(subject_type="wagtailcore.page", action__in=(SEAL, UNSEAL))
    spoken_of = {int(pk) for pk in entries.values_list("subject_id", flat=True)}
    return [page for page in Page.objects.live().filter(depth__gt=1).order_by("pk") if page.pk not in spoken_of]


def sealed_digests(profile: SiteProfile) -> dict[str, str]:
    """The digest of each name and number as it was sealed last; empty when they never were."""
    entries = JournalEntry.objects.filter(
        subject_type=profile._meta.label_lower, subject_id=str(profile.pk), action=PROFILE_SEAL
    )
    last = entries.order_by("link__seq").last()
    return last.data["digests"] if last else {}


def profiles_never_sealed() -> list[SiteProfile]:
    """The names and numbers of sites of which the journal says nothing."""
    return [profile for profile in SiteProfile.objects.order_by("pk") if not sealed_digests(profile)]


def changed_facts(profile: SiteProfile) -> list[str]:
    """The names of the fields that are not what was sealed; all of them when nothing was."""
    sealed = sealed_digests(profile)
    return [name for name, present in digests_of(profile).items() if sealed.get(name) != present]


def profile_faults() -> Iterator[str]:
    """One line for the names and numbers of each site that are not live as they were sealed."""
    profiles = {str(profile.pk): profile for profile in SiteProfile.objects.order_by("pk")}
    sealed = JournalEntry.objects.filter(action=PROFILE_SEAL).values_list("subject_id", flat=True)
    for pk in sorted(set(sealed) - profiles.keys()):
        yield f"names and numbers {pk}: were removed past the site"
    for pk, profile in profiles.items():
        changed = changed_facts(profile)
        if changed and pk not in sealed:
            yield f"names and numbers {pk}: are live but were never sealed"
        elif changed:
            yield f"names and numbers {pk}: {', '.join(changed)} are not what was put live"


def site_faults() -> Iterator[str]:
    """One line for each page, and the names and numbers, that are not live as sealed: changed, never sealed, gone."""
    yield from profile_faults()
    yield from page_faults()


def page_faults() -> Iterator[str]:
    """One line for each page that is not live as it was sealed: changed, moved, never sealed, or gone."""
    sealed = sealed_pages()
    by_path = {page.path: page for page in Page.objects.filter(depth__gt=1).specific().iterator()}
    root = {page.path: page for page in Page.objects.filter(depth=1)}
    live = {page.pk: page for page in by_path.values() if page.live}
    for pk in sorted(sealed.keys() - live.keys()):
        yield f"page {pk}: was taken down or removed past the site"
    for pk, page in sorted(live.items()):
        parent = (by_path | root).get(page.path[: -Page.steplen])
        fault = "has no parent" if parent is None else _fault(page, parent, sealed.get(pk))
        if fault:
            yield f"page {pk} {page.url_path}: {fault}"


def _fault(page: Page, parent: Page, sealed: str | None) -> str:
    if sealed is None:
        return "is live but was never sealed"
    if digest_of(page, parent_id=parent.pk) != sealed:
        return "is not what was put live"
    if parent.depth > 1 and page.url_path != f"{parent.url_path}{page.slug}/":
        return "stands at another address"
    return ""

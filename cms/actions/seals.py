"""Sealing: the journal says of every live page what was put live, and of every page taken down that it was."""

from __future__ import annotations

from django.utils.translation import gettext as _
from wagtail.models import Page

from cms.models import SiteProfile
from cms.queries.seals import never_sealed, profiles_never_sealed
from cms.sealing import PROFILE_SEAL, SEAL, UNSEAL, digest_of, digests_of
from directory.enums import Role
from directory.models import User
from directory.queries.standing import standing
from workflows.actions import journal
from workflows.actions.unit import unit
from workflows.actors import SYSTEM, Actor
from workflows.errors import NotAllowed, Reason


def seal_page(*, page_id: int, by: Actor = SYSTEM) -> str:
    """Journal the digest of the page as it is live now, read anew from the database. The digest."""
    page = Page.objects.get(pk=page_id).specific
    sealed = digest_of(page, parent_id=page.get_parent().pk)
    with unit():
        journal.append(
            action=SEAL,
            subject=Page(pk=page_id),
            by=by,
            data={"digest": sealed, "revision": page.live_revision_id},
        )
    return sealed


def seal_profile(*, profile_id: int, by: Actor) -> None:
    """Journal the digests of the site's names and numbers as they are live now, read anew from the database."""
    profile = SiteProfile.objects.get(pk=profile_id)
    with unit():
        journal.append(action=PROFILE_SEAL, subject=profile, by=by, data={"digests": digests_of(profile)})


def seal_site(*, by: User) -> list[Page | SiteProfile]:
    """Seal every live page that the journal never spoke of, in the name of the approver who answers for them.

    The names and numbers of the site too. What was sealed and differs, or was taken down and is live again, stays a
    fault. Raises NotAllowed.
    """
    if not standing(by).has(Role.APPROVER):
        raise NotAllowed(Reason("not_approver", _("Only an approver answers for what is live.")))
    with unit():
        profiles, pages = profiles_never_sealed(), never_sealed()
        for profile in profiles:
            seal_profile(profile_id=profile.pk, by=by)
        for page in pages:
            seal_page(page_id=page.pk, by=by)
    return [*profiles, *pages]


def unseal_page(*, page_id: int) -> None:
    """Journal that the page is no longer live."""
    with unit():
        journal.append(action=UNSEAL, subject=Page(pk=page_id), by=SYSTEM)

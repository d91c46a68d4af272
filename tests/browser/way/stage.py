"""The people of the way, each signed in with address and password at a page of their own, and what they see."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Callable
from dataclasses import dataclass, field

import pikepdf
from allauth.account.models import EmailAddress
from django.utils import timezone
from playwright.sync_api import FilePayload, Locator, Page, expect

from directory.enums import RegionLevel
from directory.models import Person, User
from tests.browser.conftest import Desk
from tests.factories import cms, directory
from tests.factories.directory import PASSWORD, FocusAreaFactory, RegionFactory
from tests.factories.experts import ExpertProfileFactory
from tests.factories.way import Cast
from workflows.relay import run_once

TITLE = "2027年度自治区草原生态修复科技专项申报指南"
CODE = "2027-CY"
NAMES = {
    "officer": "乌兰",
    "second_officer": "哈斯",
    "applicant": "苏日娜",
    "rival": "其其格",
    "admin": "高娃",
    "recommender": "呼和",
    "decision_maker": "巴特尔",
    "integrity": "敖登",
    "expert_one": "方志远",
    "expert_two": "李静",
}


def nothing(_page: Page, _what: str = "") -> None:
    """Look at no page more closely."""


@dataclass
class Stage:
    """Who takes part. `look` is called with pages that are worth a closer look."""

    desk: Desk
    look: Callable[..., None] = nothing
    people: dict[str, User] = field(default_factory=dict)
    pages: dict[str, Page] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """The site, the department, a host under its authority, and two experts."""
        cms.site()
        FocusAreaFactory.create(code="ecology", name="生态修复")
        RegionFactory.create(code="150000", name="内蒙古自治区", level=RegionLevel.PROVINCE)
        cast = Cast()
        named = {"second_officer": directory.officer(), "rival": directory.applicant(cast.host)}
        experts = {"expert_one": directory.expert(), "expert_two": directory.expert()}
        for user in experts.values():
            ExpertProfileFactory.create(person=user.person, keywords=["草原", "修复"])
        everybody = {**vars(cast), **named, **experts}
        self.people = {part: everybody[part] for part in NAMES}
        for part, name in NAMES.items():
            user = self.people[part]
            Person.objects.filter(user=user).update(name=name)
            EmailAddress.objects.create(user=user, email=user.email, primary=True, verified=True)

    def at(self, part: str) -> Page:
        """The page of this person, who signs in when they were not here yet."""
        if part not in self.pages:
            self.pages[part] = self.desk.page()
            self.pages[part].goto("/accounts/login/")
            sign_in(self.pages[part], self.people[part])
        return self.pages[part]

    def public(self) -> Page:
        """The page of somebody who is not signed in."""
        return self.pages.setdefault("", self.desk.page())

    def leave(self) -> None:
        """Everybody closes the browser."""
        for page in self.pages.values():
            page.context.close()
        self.pages.clear()


def sign_in(page: Page, user: User) -> None:
    """Give address and password at the page of signing in."""
    page.get_by_label("邮箱").fill(user.email)
    page.get_by_label("密码").fill(PASSWORD)
    page.get_by_role("main").get_by_role("button", name="登录", exact=True).click()
    expect(page.get_by_role("button", name="退出登录")).to_be_visible()


def relay() -> None:
    """Deliver all that waits in the outbox."""
    while run_once():
        pass


def waiting(page: Page, title: str) -> Locator:
    """The lines of the inbox about `title`."""
    page.goto("/bench/inbox/")
    return page.locator(".due", has_text=title)


def take(page: Page, title: str, why: str) -> None:
    """Open what the inbox says waits, for the reason it gives."""
    line = waiting(page, title).filter(has_text=why)
    expect(line).to_have_count(1)
    line.get_by_role("link").click()


def nothing_waits(page: Page, title: str, why: str = "") -> None:
    """The inbox has no line about it (for that reason)."""
    lines = waiting(page, title)
    expect(lines.filter(has_text=why) if why else lines).to_have_count(0)


def stands(page: Page, state: str) -> None:
    """The head of the page says the state."""
    expect(page.locator("main .row .badge").first).to_have_text(state)


def turn(page: Page, target: Locator) -> None:
    """Click what leads to another page, and wait until that page stands."""
    with page.expect_navigation():
        target.click()


def press(page: Page, name: str) -> None:
    """Press the button or link of this name in the body of the page."""
    main = page.get_by_role("main")
    target = main.get_by_role("button", name=name, exact=True).or_(main.get_by_role("link", name=name, exact=True))
    turn(page, target.first)


def told(page: Page, text: str) -> None:
    """A message at the head of the page says so."""
    expect(page.locator("main .note", has_text=text).first).to_be_visible()


def step(page: Page, name: str, note: str = "", look: Callable[..., None] = nothing) -> None:
    """Take an offered transition by its page of confirmation."""
    turn(page, page.locator(".now").get_by_role("link", name=name).first)
    look(page)
    if note:
        page.locator("#id_note").fill(note)
    press(page, name)
    told(page, name)


def pdf(name: str) -> FilePayload:
    """A real file of one empty page."""
    stream = io.BytesIO()
    with pikepdf.new() as document:
        document.add_blank_page()
        document.save(stream)
    return {"name": name, "mimeType": "application/pdf", "buffer": stream.getvalue()}


def beijing(days: float) -> str:
    """The instant `days` from now as officers type it."""
    return f"{timezone.localtime(timezone.now() + dt.timedelta(days=days)):%Y-%m-%d %H:%M}"

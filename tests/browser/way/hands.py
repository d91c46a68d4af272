"""Two ways to use a page: `Mouse`, and `Keys`, which has nothing but the keyboard."""

from __future__ import annotations

from playwright.sync_api import FilePayload, Locator, Page

LONGEST_WAY = 150
"""So many times Tab is pressed at most: more would mean that the keyboard does not come there."""


class Mouse:
    """Points at things."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def write(self, where: Locator, text: str) -> None:
        """Write `text` into a field in place of what stands there."""
        where.fill(text)

    def press(self, where: Locator) -> None:
        """Press a link or a button."""
        where.first.click()

    def tick(self, where: Locator) -> None:
        """Tick a box."""
        where.check()

    def pick(self, where: Locator) -> None:
        """Pick one of several answers: `where` is the label around its round button."""
        where.click()

    def choose(self, where: Locator, label: str) -> None:
        """Choose the option whose words begin with `label`."""
        value = where.locator("option", has_text=label).first.get_attribute("value")
        where.select_option(value if value is not None else label)

    def attach(self, where: Locator, file: FilePayload) -> None:
        """Choose a file."""
        where.set_input_files(file)


class Keys(Mouse):
    """Tab, Enter, Space, arrows and typing."""

    def __init__(self, page: Page) -> None:
        super().__init__(page)
        # Whoever listens from the start keeps the browser from opening a dialog of its own.
        page.on("filechooser", lambda _chooser: None)

    def reach(self, where: Locator) -> None:
        """Press Tab until the element has the focus, and it can be seen there."""
        where = where.first
        where.wait_for(state="attached")
        for _press in range(LONGEST_WAY):
            if where.evaluate("one => one === document.activeElement"):
                assert where.evaluate("one => one.matches(':focus-visible')")
                return
            self.page.keyboard.press("Tab")
        raise AssertionError(f"the keyboard does not reach {where}")

    def write(self, where: Locator, text: str) -> None:
        """Characters come as an input method gives them."""
        self.reach(where)
        self.page.keyboard.press("Control+A")
        self.page.keyboard.insert_text(text)

    def press(self, where: Locator) -> None:
        """Enter follows links and presses buttons."""
        self.reach(where)
        self.page.keyboard.press("Enter")

    def tick(self, where: Locator) -> None:
        """Space ticks."""
        self.reach(where)
        self.page.keyboard.press("Space")

    def pick(self, where: Locator) -> None:
        """Tab leads to the first of the answers, Space picks it, the arrow goes on to the next."""
        wanted = where.locator("input")
        name = wanted.get_attribute("name")
        self.tick(self.page.locator(f"input[name='{name}']"))
        for _press in range(LONGEST_WAY):
            if wanted.is_checked():
                return
            self.page.keyboard.press("ArrowRight")
        raise AssertionError(f"the arrows do not reach {where}")

    def choose(self, where: Locator, label: str) -> None:
        """The arrow goes down to the option."""
        self.reach(where)
        options = where.locator("option").all_inner_texts()
        target = next(number for number, text in enumerate(options) if text.strip().startswith(label))
        for _press in range(target):
            self.page.keyboard.press("ArrowDown")

    def attach(self, where: Locator, file: FilePayload) -> None:
        """Space on the field opens the system's own dialog, which chooses the file."""
        self.reach(where)
        with self.page.expect_file_chooser() as opened:
            self.page.keyboard.press("Space")
        opened.value.set_files(file)

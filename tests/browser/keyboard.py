"""Somebody without a mouse: what Tab does not lead to, they do not reach."""

from dataclasses import dataclass

from playwright.sync_api import Locator, Page

#: Presses of a key before somebody gives up.
STEPS_MAX = 200
HAS_FOCUS = "one => one === document.activeElement"
#: Arrows lead through the rest of a group of radio buttons.
IN_ITS_GROUP = """one => {
  const here = document.activeElement;
  return here.type === one.type && here.name === one.name && here.form === one.form;
}"""
#: Compared with itself without the focus: fields have a shadow always.
IS_SEEN = """one => {
  const look = () => {
    const style = getComputedStyle(one);
    return [style.outlineStyle, style.boxShadow, style.borderColor, style.backgroundColor].join();
  };
  const seen = look();
  one.blur();
  const unseen = look();
  one.focus();
  return seen !== unseen;
}"""


@dataclass(frozen=True)
class Keyboard:
    """Everything by keys alone, on one page after another."""

    page: Page

    def reaches(self, wanted: Locator, where: str = HAS_FOCUS) -> None:
        """Go on by Tab until it has the focus, and is seen to have it."""
        wanted.wait_for()
        # Found once: to look for a name among all of a page takes longer than a step.
        found = wanted.element_handle()
        for _ in range(STEPS_MAX):
            if found.evaluate(where):
                here = self.page.locator(":focus")
                assert here.evaluate(IS_SEEN), f"nobody sees where they are: {wanted}"
                return
            self.page.keyboard.press("Tab")
        raise AssertionError(f"no key leads to it: {wanted}")

    def presses(self, wanted: Locator) -> None:
        """A link, a button, or what unfolds."""
        self.reaches(wanted)
        self.page.keyboard.press("Enter")

    def types(self, field: Locator, words: str) -> None:
        """In place of what it holds."""
        self.reaches(field)
        self.page.keyboard.press("Control+a")
        self.page.keyboard.insert_text(words)

    def ticks(self, box: Locator) -> None:
        self.reaches(box)
        self.page.keyboard.press("Space")

    def chooses(self, radio: Locator) -> None:
        """One of a group of radio buttons."""
        self.reaches(radio, IN_ITS_GROUP)
        self.page.keyboard.press("Space")
        for _ in range(STEPS_MAX):
            if radio.is_checked():
                return
            self.page.keyboard.press("ArrowDown")
        raise AssertionError(f"no arrow leads to it: {radio}")

    def selects(self, options: Locator, value: str) -> None:
        """One of a list that drops down."""
        self.reaches(options)
        for _ in range(STEPS_MAX):
            if options.input_value() == value:
                return
            self.page.keyboard.press("ArrowDown")
        raise AssertionError(f"no arrow leads to {value}: {options}")

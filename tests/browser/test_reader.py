"""Reading in a real browser: at the page, with the words marked, by mouse, by keyboard and on a phone."""

from __future__ import annotations

import re

from playwright.sync_api import Browser, Route, expect

from tests.browser.opened import FOUND, HERE, MEDIATORS, in_view, place, read, ready, words_are_marked
from tests.browser.reading_library import LEAVES
from tests.browser.waiting import asks, becomes, comes_true, within


def test_it_opens_at_the_page_with_the_words_marked(browser: Browser, reading_address: str) -> None:
    with read(browser, reading_address) as page:
        expect(page.locator(HERE).first).to_be_visible()
        expect(place(page)).to_have_text(f"1 of {FOUND}")
        expect(page.locator("#page")).to_have_value("2")
        expect(page.locator("#page-of")).to_have_text(f"4 of {LEAVES}")
        words_are_marked(page, 4, 2)  # the one broken at the end of a line too, on both lines
        expect(page.locator('.page[data-page-number="4"] .marks i[data-place="1"]')).to_have_count(2)
        in_view(page, HERE)
        expect(page).to_have_title("Night watch – Practice Library")
        page.wait_for_function(  # the mark lies under the word, and the word can still be selected
            """() => { const box = document.querySelector(".marks i.here")?.getBoundingClientRect();
              const under = box ? document.elementsFromPoint(box.left + box.width / 2, box.top + box.height / 2) : [];
              const over = under.find((one) => one.closest(".textLayer") && one.tagName === "SPAN");
              return over?.textContent.includes("Mediators"); }"""
        )


def test_steps_from_place_to_place_and_the_address_follows(browser: Browser, reading_address: str) -> None:
    with read(browser, reading_address) as page:
        expect(page.locator(HERE).first).to_be_visible()
        length = page.evaluate("history.length")
        for at, label in ((2, "2"), (3, "5"), (4, "5"), (5, "9"), (6, "9"), (1, "2")):
            page.get_by_role("button", name="Next place found").click()
            expect(place(page)).to_have_text(f"{at} of {FOUND}")
            expect(page.locator("#page")).to_have_value(label)
            expect(page.locator(HERE).first).to_be_in_viewport()
            expect(page.locator("#said")).to_have_text(f"Place {at} of {FOUND}, p. {label}")
        page.get_by_role("button", name="Previous place found").click()
        expect(place(page)).to_have_text(f"{FOUND} of {FOUND}")
        expect(page).to_have_url(re.compile(r"[?&]page=11\b"))
        assert page.evaluate("history.length") == length, "no step is added to the browser's history"
        expect(page.get_by_role("link", name="Français")).to_have_attribute("href", re.compile(r"page=11&q=mediators"))

        page.locator("a.hit").first.click()
        expect(place(page)).to_have_text(f"1 of {FOUND}")
        expect(page.locator("a.hit").first).to_have_attribute("aria-current", "true")
        page.locator("#page").fill("10")
        page.locator("#page").press("Enter")
        expect(page.locator("#page-of")).to_have_text(f"12 of {LEAVES}")
        page.get_by_role("button", name="Next place found").click()
        expect(place(page)).to_have_text(f"1 of {FOUND}")  # from where the reader is, round to the beginning
        page.locator("#page").fill("ii")
        page.locator("#page").press("Enter")
        expect(page.locator("#page-of")).to_have_text(f"2 of {LEAVES}")
        page.locator("#page").fill("nowhere")
        page.locator("#page").press("Enter")
        expect(page.locator("#page")).to_have_value("ii")
        expect(page).to_have_url(re.compile(r"[?&]page=2\b"))  # it follows a moment later
        shared = page.url
    with read(browser, reading_address, shared.removeprefix(reading_address)) as page:
        expect(page.locator("#page")).to_have_value("ii")


def test_other_words_are_found_while_one_types(browser: Browser, reading_address: str) -> None:
    with read(browser, reading_address) as page:
        expect(page.locator(HERE).first).to_be_visible()
        box = page.get_by_role("searchbox")
        box.fill("residents")
        expect(page.locator("#hit-count")).to_have_text("Found 3 times, on 3 pages")
        expect(page.locator("#said")).to_have_text("Found 3 times, on 3 pages")
        expect(page.locator("a.hit mark").first).to_have_text("residents")
        expect(place(page)).to_have_text("– of 3")
        words_are_marked(page, 4, 1)
        box.press("Enter")
        expect(place(page)).to_have_text("1 of 3")
        expect(page).to_have_url(re.compile("q=residents"))
        box.fill("zebra")
        expect(page.locator("#hit-count")).to_have_text("The words you look for are not in this text.")
        expect(page.locator("#hit-steps")).to_be_hidden()
        expect(page.locator(".marks i")).to_have_count(0)
        box.fill("<img src=x onerror=alert(1)>")
        expect(page.locator("#hit-count")).to_have_text("The words you look for are not in this text.")
        box.fill("")
        expect(page.locator("#hit-count")).to_have_text("Type words above to find them in this document.")
        expect(page).not_to_have_url(re.compile("q="))


def test_an_answer_that_comes_late_changes_nothing(browser: Browser, reading_address: str) -> None:
    with read(browser, reading_address) as page:
        expect(page.locator(HERE).first).to_be_visible()
        late: list[Route] = []
        page.route("**/occurrences?**", lambda route: late.append(route), times=1)
        box = page.get_by_role("searchbox")
        with page.expect_request("**/occurrences?**"):
            box.fill("n")
        becomes(page, lambda: len(late), 1)
        box.fill("mediators")  # as before: nothing is asked
        page.get_by_role("tab", name="Contents").click()
        page.locator("#hit-count").evaluate(
            """count => { window.counts = [];
              const keep = () => window.counts.push(count.textContent);
              new MutationObserver(keep).observe(count, { childList: true }); }"""
        )
        with page.expect_event("requestfinished"):
            late[0].continue_()
        page.evaluate("new Promise(requestAnimationFrame)")
        expect(page.get_by_role("tab", name="Contents")).to_have_attribute("aria-selected", "true")
        box.fill("residents")
        expect(page.locator("#hit-count")).to_have_text("Found 3 times, on 3 pages")
        assert page.evaluate("window.counts") == ["Found 3 times, on 3 pages"]


def test_contents_thumbnails_and_zoom(browser: Browser, reading_address: str) -> None:
    with read(browser, reading_address) as page:
        expect(page.locator(HERE).first).to_be_visible()
        page.get_by_role("tab", name="Contents").click()
        page.get_by_role("link", name="Chapter 7").click()
        expect(page.locator("#page")).to_have_value("7")
        expect(page.get_by_role("link", name="Chapter 7")).to_have_attribute("aria-current", "true")

        page.get_by_role("tab", name="Pages").click()
        leaf = page.locator("#thumb-list a").nth(8)
        expect(leaf).to_have_attribute("aria-current", "page")
        expect(leaf).to_have_attribute("data-drawn", "true")
        page.locator("#thumb-list a").nth(3).click()
        expect(page.locator("#page")).to_have_value("2")
        expect(page.locator("#thumb-list .has-hits")).to_have_count(3)

        leaf = page.locator(".page").nth(3)
        width = leaf.evaluate("one => one.clientWidth")
        page.get_by_role("button", name="Larger").click()
        expect(page.locator("#scale")).to_have_value("custom")
        page.locator("#scale").select_option(label="200 %")
        comes_true(leaf, f"one => one.clientWidth > {width}")
        page.get_by_role("button", name="Next place found").click()
        expect(page.locator(HERE).first).to_be_in_viewport()
        page.locator("#scale").select_option(label="Whole page")
        stage = page.locator("#stage").evaluate("one => one.clientHeight")
        comes_true(leaf, f"one => one.offsetHeight <= {stage}")


def test_everything_by_keyboard(browser: Browser, reading_address: str) -> None:
    with read(browser, reading_address) as page:
        expect(page.locator(HERE).first).to_be_visible()
        for key, at, label in (("n", 2, "2"), ("F3", 3, "5"), ("p", 2, "2"), ("Shift+F3", 1, "2")):
            page.keyboard.press(key)
            expect(place(page)).to_have_text(f"{at} of {FOUND}")
            expect(page.locator("#page")).to_have_value(label)  # the document has come there
        for key, label in (("j", "3"), ("PageDown", "4"), ("k", "3"), ("PageUp", "2")):
            page.keyboard.press(key)
            expect(page.locator("#page")).to_have_value(label)
        page.keyboard.press("+")
        expect(page.locator("#scale")).to_have_value("custom")
        page.keyboard.press("0")
        expect(page.locator("#scale")).to_have_value("page-width")
        page.keyboard.press("/")
        expect(page.get_by_role("searchbox")).to_be_focused()
        page.keyboard.type("n")  # a letter in the box is a letter
        expect(page.get_by_role("searchbox")).to_have_value("n")
        expect(page.locator("#hit-count")).to_have_text("The words you look for are not in this text.")
        page.keyboard.press("Escape")
        expect(page.locator("#stage")).to_be_focused()
        page.keyboard.press("?")
        expect(page.get_by_role("dialog", name="Keys")).to_be_visible()
        page.keyboard.press("Escape")
        expect(page.get_by_role("dialog", name="Keys")).to_be_hidden()
        page.keyboard.press("b")
        expect(page.locator("#panel")).to_be_hidden()
        page.keyboard.press("b")
        page.get_by_role("tab", name="Found").focus()
        page.keyboard.press("ArrowRight")
        expect(page.get_by_role("tab", name="Contents")).to_be_focused()
        expect(page.locator(".contents")).to_be_visible()

        page.get_by_role("searchbox").fill("mediators")
        expect(place(page)).to_have_text(f"– of {FOUND}")
        expect(page.locator("#hit-steps")).to_be_visible()
        page.evaluate("document.activeElement.blur()")
        names = []
        for _ in range(80):
            page.keyboard.press("Tab")
            names.append(page.evaluate("document.activeElement.id || document.activeElement.className || ''"))
        wanted = {
            "back",
            "panel-button",
            "page-before",
            "page",
            "hit-after",
            "scale",
            "download",
            "print",
            "keys-button",
        }
        assert wanted | {"search", "stage", "record-link"} <= set(names)


def test_a_phone_has_the_panel_as_a_sheet_and_nothing_runs_off_its_edge(browser: Browser, reading_address: str) -> None:
    with read(browser, reading_address, width=390) as page:
        expect(page.locator(HERE).first).to_be_in_viewport()
        within(page, 390)
        within(page, 390, "#stage")  # the page is as wide as the screen
        expect(page.locator("#panel")).to_be_hidden()
        page.get_by_role("button", name="Show or hide the side panel").tap()
        expect(page.locator("#panel")).to_be_visible()
        page.locator("a.hit").nth(1).tap()
        expect(page.locator("#panel")).to_be_hidden()
        expect(page.locator(HERE).first).to_be_in_viewport()
        for button in page.locator(".bar .tool:visible").all():
            box = button.bounding_box()
            assert box is not None
            assert min(box["width"], box["height"]) >= 24
            assert box["x"] >= 0
            assert box["x"] + box["width"] <= 390


def test_another_language_opens_at_the_same_page(browser: Browser, reading_address: str) -> None:
    with read(browser, reading_address, language="fr-FR") as page:
        assert page.evaluate("document.documentElement.lang") == "fr"
        page.get_by_role("link", name="Français").click()
        expect(page.locator("h1")).to_have_attribute("lang", "fr")
        ready(page)
        expect(page.locator("#page-of")).to_have_text(f"4 sur {LEAVES}")
        asks(page, {"id": ["night-watch"], "language": ["fr"], "page": ["4"], "q": ["mediators"]})
        page.get_by_role("searchbox").fill("mediateur")
        expect(page.locator("#hit-count")).to_have_text(f"Trouvé {FOUND} fois, sur 3 pages")
        words_are_marked(page, 4, 2)  # without its accent the word is found, and marked with it


def test_back_leads_to_the_search_one_came_from(browser: Browser, reading_address: str) -> None:
    with read(browser, reading_address) as page:
        page.goto(f"{reading_address}?q=mediators")
        page.wait_for_selector(".card")
        page.evaluate("path => { location.href = path }", MEDIATORS)
        ready(page)
        page.get_by_role("link", name="Back to the search").click()
        expect(page).to_have_url(f"{reading_address}?q=mediators")
        page.wait_for_selector(".card")
        assert page.evaluate("history.length") <= 4
    with read(browser, reading_address) as page:
        page.get_by_role("link", name="Back to the search").click()
        expect(page).to_have_url(f"{reading_address}?q=mediators")
        page.wait_for_selector(".card")


def test_back_leads_to_the_search_after_another_language_too(browser: Browser, reading_address: str) -> None:
    search = f"{reading_address}?q=mediators&kind=guide&sort=newest"
    with read(browser, reading_address) as page:
        page.goto(search)
        page.wait_for_selector(".masthead, .nothing, .card")
        page.evaluate("path => { location.href = path }", MEDIATORS)
        ready(page)
        for language in ("Français", "English"):
            page.get_by_role("link", name=language).click()
            page.wait_for_selector(f'h1[lang="{language[:2].lower()}"]')
            ready(page)
        page.get_by_role("link", name="Back to the search").click()
        expect(page).to_have_url(search)

        page.goto(reading_address + MEDIATORS)  # typed: not from that search
        ready(page)
        expect(page.get_by_role("link", name="Back to the search")).to_have_attribute("href", "./?q=mediators")


def test_keys_of_one_letter_can_be_switched_off(browser: Browser, reading_address: str) -> None:
    with read(browser, reading_address) as page:
        expect(page.locator(HERE).first).to_be_visible()
        after = page.get_by_role("button", name="Next place found")
        expect(after).to_have_attribute("title", "Next place found (n)")
        page.keyboard.press("?")
        letters = page.get_by_role("checkbox", name="Keys of one letter")
        expect(letters).to_be_checked()
        letters.focus()
        page.keyboard.press("Space")
        page.keyboard.press("Escape")
        becomes(page, lambda: page.evaluate("localStorage.getItem('library-keys')"), "off")

        page.reload()
        ready(page)
        expect(place(page)).to_have_text(f"1 of {FOUND}")
        expect(after).to_have_attribute("title", "Next place found")
        assert after.get_attribute("aria-keyshortcuts") is None
        scale = page.locator("#scale").input_value()
        for key in "npjkb0+-=/?NB":
            page.keyboard.press(key)
        expect(page.get_by_role("dialog", name="Keys")).to_be_hidden()
        expect(page.locator("#panel")).to_be_visible()
        expect(page.locator("#scale")).to_have_value(scale)
        expect(page.locator("#page")).to_have_value("2")
        expect(place(page)).to_have_text(f"1 of {FOUND}")
        assert page.evaluate("document.activeElement.id") != "search"
        page.keyboard.press("F3")
        expect(place(page)).to_have_text(f"2 of {FOUND}")
        page.keyboard.press("Control+f")
        expect(page.get_by_role("searchbox")).to_be_focused()
        page.keyboard.press("Escape")
        page.keyboard.press("PageDown")
        expect(page.locator("#page")).to_have_value("3")

        page.get_by_role("button", name="Keys", exact=True).click()
        expect(letters).not_to_be_checked()
        letters.check()
        page.keyboard.press("Escape")
        becomes(page, lambda: page.evaluate("localStorage.getItem('library-keys')"), None)
        page.keyboard.press("n")
        expect(place(page)).to_have_text(f"3 of {FOUND}")
        expect(after).to_have_attribute("aria-keyshortcuts", "n")

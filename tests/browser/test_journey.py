"""What a member does, in a real browser: search, filter, open a page, go back, pass the address on."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Browser, BrowserContext, Page, expect

from library.ui.facet_rows import AT_ONCE
from tests.browser.waiting import asked, asks, becomes, comes_true, settle, within
from tests.browser.watching import Watch
from tests.web.small_library import COUNTRIES

COUNTRIES_AND_TOWNS = 2 * (len(COUNTRIES) + 1)
"""Places of the small library: each country with one town, and one more of each."""


@contextmanager
def visit(browser: Browser, address: str, path: str = "", width: int = 1280, language: str = "en-GB") -> Iterator[Page]:
    """A page in a fresh session, which must not complain and must not talk to anybody else."""
    context: BrowserContext = browser.new_context(viewport={"width": width, "height": 900}, locale=language)
    page = context.new_page()
    watch = Watch(page, address)
    try:
        page.goto(address + path)
        settle(page)
        yield page
        assert watch.complaints == []
        assert watch.foreign == []
    finally:
        context.close()


def titles(page: Page) -> list[str]:
    """The titles of the works shown."""
    return page.locator(".card-title").all_inner_texts()


def search(page: Page, words: str) -> None:
    """Type words and press Enter."""
    box = page.locator("#search-box")
    box.fill(words)
    box.press("Enter")


def test_search_filter_read_go_back_and_pass_on(browser: Browser, address: str) -> None:
    with visit(browser, address) as page:
        expect(page.locator(".answer-count")).to_have_text("Newest works")
        search(page, "night")
        expect(page.locator(".answer-count")).to_have_text("13 works found")
        expect(page.locator("mark").first).to_be_visible()
        asks(page, {"q": ["night"]})

        page.get_by_role("checkbox", name="Publication 1").check()
        expect(page.locator(".answer-count")).to_have_text("1 work found")
        expect(page.get_by_role("checkbox", name="Publication 1")).to_be_focused()
        asks(page, {"q": ["night"], "kind": ["publication"]})
        filtered, shared = titles(page), page.url

        page.locator("a.passage").first.click()
        page.wait_for_url("**/read?**")
        assert asked(page)["id"] == ["night-watch"]
        assert asked(page)["q"] == ["night"]
        page.go_back()
        settle(page)
        expect(page.locator(".answer-count")).to_have_text("1 work found")

        page.locator("a.chip").click()
        expect(page.locator(".answer-count")).to_have_text("13 works found")
        asks(page, {"q": ["night"]})
        page.go_back()
        expect(page.locator(".answer-count")).to_have_text("1 work found")
        expect(page.get_by_role("checkbox", name="Publication 1")).to_be_checked()
        page.go_back()
        expect(page.locator(".answer-count")).to_have_text("13 works found")
        expect(page.get_by_role("checkbox", name="Publication 1")).not_to_be_checked()
        page.go_back()
        expect(page.locator(".answer-count")).to_have_text("Newest works")
        expect(page.locator("#search-box")).to_have_value("")
        page.go_forward()
        expect(page.locator("#search-box")).to_have_value("night")

    with visit(browser, address, shared.removeprefix(address)) as page:
        becomes(page, lambda: titles(page), filtered)


def test_what_the_thesaurus_adds_is_seen_and_can_be_taken_away(browser: Browser, address: str) -> None:
    with visit(browser, address, width=360) as page:
        search(page, "nightlife")
        chip = page.locator(".wider a.chip")
        expect(chip).to_contain_text("“nightlife” also as:")
        expect(chip).to_contain_text("Vie nocturne")
        within(page, 360)
        comes_true(chip, "chip => chip.getBoundingClientRect().right <= 360")

        chip.click()
        expect(chip).to_contain_text("Only the words as typed")
        expect(chip).not_to_contain_text("Vie nocturne")
        asks(page, {"q": ["nightlife"], "narrow": ["nightlife"]})
        page.go_back()
        expect(chip).to_contain_text("Vie nocturne")
        asks(page, {"q": ["nightlife"]})
        page.go_forward()
        expect(chip).to_contain_text("Only the words as typed")
        chip.click()
        expect(chip).to_contain_text("Vie nocturne")
        asks(page, {"q": ["nightlife"]})


def test_works_are_found_while_one_types_in_one_step_of_the_history(browser: Browser, address: str) -> None:
    with visit(browser, address, "?kind=guide") as page:
        box = page.locator("#search-box")
        box.press_sequentially("lamps ", delay=30)
        expect(page.locator("mark").first).to_have_text("Lamps")
        asks(page, {"q": ["lamps"], "kind": ["guide"]})
        expect(box).to_have_value("lamps ")
        box.press_sequentially(" zebra", delay=30)
        expect(page.locator(".notice")).to_contain_text("No work has all these words.")
        expect(box).to_be_focused()
        expect(box).to_have_value("lamps  zebra")
        page.go_back()
        expect(page.locator(".answer-count")).to_have_text("11 works found")
        expect(box).to_have_value("")
        page.go_forward()
        expect(box).to_have_value("lamps zebra")
        page.get_by_role("button", name="Clear the search").click()
        expect(page.locator(".answer-count")).to_have_text("11 works found")
        expect(box).to_be_focused()


def test_suggestions_are_chosen_by_keyboard_and_by_mouse_and_enter_keeps_the_words(
    browser: Browser, address: str
) -> None:
    with visit(browser, address) as page:
        box = page.locator("#search-box")
        box.press_sequentially("nightl", delay=30)
        option = page.get_by_role("option", name="Nightlife")
        expect(option).to_be_visible()
        expect(option).to_contain_text("Theme")
        expect(box).to_have_attribute("aria-expanded", "true")
        box.press("ArrowDown")
        expect(option).to_have_attribute("aria-selected", "true")
        expect(box).to_have_attribute("aria-activedescendant", option.get_attribute("id") or "none")
        box.press("Enter")
        expect(page.locator("a.chip")).to_contain_text("Nightlife")
        asks(page, {"topic": ["nightlife"]})
        expect(box).to_have_value("")

        box.fill("night w")
        page.get_by_role("option", name="Night watch").hover()
        box.press("Escape")
        expect(page.get_by_role("listbox", name="Suggestions")).to_be_hidden()
        box.press("Enter")
        expect(page.locator(".answer-count")).to_contain_text("found")
        becomes(page, lambda: asked(page)["q"], ["night w"])
        before = page.evaluate("history.length")
        box.fill("rott")
        page.get_by_role("option", name="Rotterdam").click()
        expect(page.locator(".answer-count")).to_have_text("1 work found, in 2 editions")
        becomes(page, lambda: page.evaluate("history.length"), before + 1)  # what was half typed is no step of its own
        expect(page.locator(".answer-count")).to_have_text("1 work found, in 2 editions")
        asks(page, {"place": ["NL/Rotterdam"]})


def test_words_left_without_enter_count_when_a_box_is_ticked(browser: Browser, address: str) -> None:
    with visit(browser, address) as page:
        page.locator("#search-box").fill("lamps ")
        page.get_by_role("checkbox", name="Publication 1").check()
        expect(page.locator(".answer-count")).to_have_text("1 work found")
        asks(page, {"q": ["lamps"], "kind": ["publication"]})


def test_two_boxes_ticked_in_one_breath_both_count(browser: Browser, address: str) -> None:
    with visit(browser, address) as page:
        page.evaluate(
            """() => ["kind-guide", "kind-publication"].forEach((id) => document.getElementById(id).click())"""
        )
        expect(page.locator(".answer-count")).to_have_text("12 works found, in 13 editions")
        asks(page, {"kind": ["guide", "publication"]})


def test_years_are_chosen_by_bar_and_by_keyboard(browser: Browser, address: str) -> None:
    with visit(browser, address, "?q=night") as page:
        page.get_by_role("link", name="2019: 11 works").click()
        expect(page.locator(".answer-count")).to_have_text("11 works found")
        asks(page, {"q": ["night"], "year": ["2019"]})
        expect(page.get_by_label("From", exact=True)).to_have_value("2019")
        page.get_by_role("link", name="2022: 2 works").focus()
        page.keyboard.press("Enter")
        expect(page.locator(".answer-count")).to_have_text("13 works found")
        asks(page, {"q": ["night"], "year": ["2019", "2022"]})
        expect(page.get_by_role("link", name="2022: 2 works")).to_be_focused()

        page.get_by_label("From", exact=True).fill("2020")
        page.keyboard.press("Enter")
        expect(page.locator(".answer-count")).to_have_text("2 works found")
        asks(page, {"q": ["night"], "year": ["2020.."]})
        page.go_back()
        expect(page.locator(".answer-count")).to_have_text("13 works found")


def test_a_long_list_is_narrowed_while_one_types(browser: Browser, address: str) -> None:
    with visit(browser, address) as page:
        more = page.locator(".facet-place details")
        more.locator("summary").click()
        city = more.get_by_role("checkbox", name="Łódź 1", exact=True)
        expect(city).to_be_visible()
        expect(more.get_by_role("checkbox")).to_have_count(COUNTRIES_AND_TOWNS - AT_ONCE)
        field = more.get_by_role("searchbox", name="Filter this list")
        field.press_sequentially("LODZ")
        expect(more.get_by_role("checkbox")).to_have_count(2)
        expect(city).to_be_visible()
        expect(more.get_by_role("checkbox", name="Poland 1", exact=True)).to_be_visible()
        expect(more.get_by_text("Germany")).to_be_hidden()
        assert asked(page) == {}, "nothing is asked of the server"

        field.fill("germany")
        expect(more.get_by_role("checkbox")).to_have_count(1)
        expect(more.get_by_role("checkbox", name="Town 5 1", exact=True)).to_be_visible()
        field.fill("zebra")
        expect(more.get_by_role("status")).to_have_text("Nothing else here is called so.")
        expect(more.get_by_role("checkbox")).to_have_count(0)

        field.fill("łódź")
        more.get_by_text("Łódź").click()
        expect(page.locator(".answer-count")).to_have_text("1 work found")
        asks(page, {"place": ["PL/Łódź"]})
        expect(page.get_by_role("checkbox", name="Łódź 1", exact=True)).to_be_checked()
        expect(more).to_have_attribute("open", "")
        expect(field).to_have_value("łódź")


def test_topics_are_wanted_together_by_a_switch(browser: Browser, address: str) -> None:
    with visit(browser, address, "?topic=public-spaces&topic=nightlife&topic=sport") as page:
        expect(page.locator(".answer-count")).to_have_text("2 works found, in 3 editions")
        page.get_by_role("switch", name="All of these together").check()
        expect(page.locator(".answer-count")).to_have_text("Nothing found")
        page.get_by_role("link", name="Remove filter: Theme Sport").first.click()
        expect(page.locator(".answer-count")).to_have_text("1 work found, in 2 editions")
        asks(page, {"topic": ["public-spaces", "nightlife"], "all": ["topic"]})


def test_links_within_the_page_do_not_load_it_again(browser: Browser, address: str) -> None:
    with visit(browser, address, "?q=night") as page:
        page.evaluate("window.kept = true")
        page.get_by_role("link", name="Next").click()
        expect(page.locator(".paging [aria-current]")).to_contain_text("2")
        asks(page, {"q": ["night"], "page": ["2"]})
        page.locator(".language-menu summary").click()
        page.locator(".language-menu").get_by_role("link", name="Français").click()
        expect(page.locator(".answer-count")).to_contain_text("13 ouvrages")
        asks(page, {"q": ["night"], "page": ["2"], "ui": ["fr"]})
        expect(page.locator("html")).to_have_attribute("lang", "fr")
        page.get_by_role("link", name="Titre").click()
        expect(page.locator(".paging [aria-current]")).to_contain_text("1")
        assert page.evaluate("window.kept") is True
        page.go_back()
        expect(page.locator(".paging [aria-current]")).to_contain_text("2")


def test_counts_are_announced_and_boxes_called_what_they_show(browser: Browser, address: str) -> None:
    with visit(browser, address, "?topic=public-spaces", language="fr-FR") as page:
        expect(page.locator("html")).to_have_attribute("lang", "fr")
        expect(page.locator("#announcer")).to_contain_text("1 ouvrage trouvé, en 2 éditions")
        expect(page.get_by_role("checkbox", name="Vie nocturne 1", exact=True)).to_be_visible()


def test_a_phone_has_the_filters_behind_a_button_and_nothing_runs_off_its_edge(browser: Browser, address: str) -> None:
    with visit(browser, address, "?q=night&kind=publication", width=360) as page:
        within(page, 360)
        inside = "card => { const box = card.getBoundingClientRect(); return box.left >= 0 && box.right <= 360; }"
        comes_true(page.locator(".card").first, inside)
        expect(page.get_by_role("checkbox", name="Publication 1")).to_be_hidden()
        page.get_by_role("button", name="Filters 1").click()
        expect(page.get_by_role("checkbox", name="Publication 1")).to_be_checked()
        page.get_by_role("checkbox", name="Guide 11").check()
        page.get_by_role("button", name="Show 12 works").click()
        expect(page.get_by_role("checkbox", name="Publication 1")).to_be_hidden()
        expect(page.get_by_role("button", name="Filters 2")).to_be_focused()


def test_the_list_can_be_shown_closely_and_stays_so(browser: Browser, address: str) -> None:
    with visit(browser, address, "?q=night") as page:
        expect(page.locator(".passages").first).to_be_visible()
        page.get_by_role("button", name="Compact").click()
        expect(page.locator(".passages").first).to_be_hidden()
        page.get_by_role("link", name="Next").click()
        expect(page.locator(".paging [aria-current]")).to_contain_text("2")
        expect(page.locator(".passages").first).to_be_hidden()
        expect(page.get_by_role("button", name="Compact")).to_have_attribute("aria-pressed", "true")
        page.reload()
        settle(page)
        expect(page.locator(".passages").first).to_be_hidden()
        page.get_by_role("button", name="Detailed").click()
        expect(page.locator(".passages").first).to_be_visible()


def test_a_hostile_record_runs_nothing(browser: Browser, address: str) -> None:
    with visit(browser, address, "?kind=practice-sheet") as page:
        becomes(page, lambda: titles(page), ["<img src=x onerror=alert(1)> & “quoted”"])


def test_hidden_works_are_not_there(browser: Browser, address: str) -> None:
    with visit(browser, address, "?q=hidden+plan") as page:
        expect(page.locator(".answer")).to_be_visible()
        assert "Hidden plan" not in titles(page)
        answer = page.request.get(f"{address}files/hidden-plan/en.pdf")
        assert (answer.status, answer.text()) == (404, "Not found.")

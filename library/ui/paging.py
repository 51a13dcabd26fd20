"""The pages of an answer as links: first, last, and those around the one that is shown."""

from __future__ import annotations

from html import escape

from library.locales import Texts
from library.request import SearchRequest
from library.ui.links import search_link

AROUND = 1
"""Pages shown on either side of the current one."""


def last_page(total: int, per_page: int) -> int:
    """The number of the last page; an empty answer has one too."""
    return max(-(-total // per_page), 1)


def page_numbers(current: int, last: int) -> tuple[int, ...]:
    """The pages to link, in order; 0 stands for those left out between two of them."""
    near = {1, last, *range(current - AROUND, current + AROUND + 1)}
    # A gap of one page is no shorter than the page itself.
    near |= {n for n in range(2, last) if n - 1 in near and n + 1 in near}
    numbers: list[int] = []
    for number in sorted(n for n in near if 1 <= n <= last):
        if numbers and number - numbers[-1] > 1:
            numbers.append(0)
        numbers.append(number)
    return tuple(numbers)


def paging(request: SearchRequest, total: int, t: Texts) -> str:
    """Links to the pages of an answer; nothing when it has only one."""
    last = last_page(total, request.per_page)
    if last == 1:
        return ""
    current = min(request.page, last)
    items = [_step(request, current - 1, t("paging.previous"), "prev")] if current > 1 else []
    items += [_number(request, number, current, t) for number in page_numbers(current, last)]
    items += [_step(request, current + 1, t("paging.next"), "next")] if current < last else []
    return f'<nav class="paging" aria-label="{escape(t("paging.label"))}"><ul>{"".join(items)}</ul></nav>'


def _step(request: SearchRequest, page: int, words: str, rel: str) -> str:
    link = escape(search_link(request.with_page(page)))
    return f'<li class="paging-step"><a href="{link}" rel="{rel}">{escape(words)}</a></li>'


def _number(request: SearchRequest, page: int, current: int, t: Texts) -> str:
    if page == 0:
        return '<li class="paging-gap" aria-hidden="true">…</li>'
    shown = ' aria-current="page"' if page == current else ""
    link = escape(search_link(request.with_page(page)))
    return f'<li><a href="{link}"{shown}><span class="unseen">{escape(t("paging.page"))} </span>{page}</a></li>'

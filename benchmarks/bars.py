"""A bar chart as SVG: one group of bars for each kind of question, one bar for each engine."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from html import escape
from math import log10

COLOURS = ("#1b6ca8", "#d9822b", "#7a8b99", "#5a9e6f", "#9b5fa5")
WIDTH, LEFT, RIGHT, BAR, GAP, TOP = 860, 200, 70, 14, 14, 64
STYLE = "text{font:13px sans-serif;fill:#222}.figure{font-size:11px}"


def bar_chart(title: str, groups: Sequence[str], bars: Mapping[str, Mapping[str, float]], unit: str) -> str:
    """The chart; lengths are logarithmic, and each bar bears its figure. What has no figure has no bar."""
    values = [value for series in bars.values() for value in series.values() if value > 0]
    least, most = log10(min(values)) - 0.3, log10(max(values))
    scale = (WIDTH - LEFT - RIGHT) / max(most - least, 0.1)
    height = TOP + len(groups) * (len(bars) * BAR + GAP)
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{height}" viewBox="0 0 {WIDTH} {height}"'
        f' role="img" aria-label="{escape(title)}">',
        f'<style>{STYLE}</style><rect width="100%" height="100%" fill="#fff"/>',
        f'<text x="16" y="22" font-weight="bold">{escape(title)}</text>',
        *_legend(list(bars)),
    ]
    for row, group in enumerate(groups):
        y = TOP + row * (len(bars) * BAR + GAP)
        middle = y + len(bars) * BAR / 2 + 4
        lines.append(f'<text x="{LEFT - 10}" y="{middle:g}" text-anchor="end">{escape(group)}</text>')
        for place, (series, colour) in enumerate(zip(bars.values(), COLOURS, strict=False)):
            if group in series:
                length = max((log10(max(series[group], 10**least)) - least) * scale, 1)
                top = y + place * BAR
                lines.append(f'<rect x="{LEFT}" y="{top}" width="{length:.1f}" height="{BAR - 2}" fill="{colour}"/>')
                figure = f"{series[group]:.2f} {unit}"
                lines.append(f'<text class="figure" x="{LEFT + length + 5:.1f}" y="{top + 10}">{figure}</text>')
    return "\n".join([*lines, "</svg>"]) + "\n"


def _legend(names: Sequence[str]) -> Iterator[str]:
    x = 16
    for name, colour in zip(names, COLOURS, strict=False):
        yield f'<rect x="{x}" y="34" width="12" height="12" fill="{colour}"/>'
        yield f'<text x="{x + 18}" y="45">{escape(name)}</text>'
        x += 40 + 8 * len(name)

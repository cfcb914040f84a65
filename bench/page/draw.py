"""Draw points over time: ``python draw.py OUT.svg`` with the lines as JSON on standard input.

Runs in an environment of its own with Matplotlib. The same lines give the same bytes. Colours are
such that they can be read on white and on black.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import matplotlib as mpl
from matplotlib import pyplot as plt
from matplotlib.ticker import FuncFormatter, LogLocator, NullFormatter, NullLocator

COLOURS = ("#d1495b", "#8d8741", "#2a9d8f", "#4a7fc1", "#a26bbf", "#c9822b")
GREY = "#808890"
LINE = 13.0
"""Points (of type) from one name to the next."""

POINTS_A_PIXEL = 72 / 100
SECONDS = (0.5, 1, 3, 10, 30, 60)


def main() -> None:
    """Draw what standard input says."""
    asked = json.load(sys.stdin)
    mpl.use("svg")
    mpl.rcParams.update(
        {
            "svg.hashsalt": "careweave",
            "svg.fonttype": "none",
            "font.family": "sans-serif",
            "font.size": 10,
            "figure.dpi": 100,
            **dict.fromkeys(("text.color", "axes.labelcolor", "axes.edgecolor"), GREY),
            **dict.fromkeys(("xtick.color", "ytick.color"), GREY),
        }
    )
    figure, axes = plt.subplots(figsize=(8, 4.5))
    for line in asked["lines"]:
        told = [point for point in line["curve"] if point["points"] is not None]
        x, y = [max(p["seconds"], SECONDS[0]) for p in told], [p["points"] for p in told]
        colour = COLOURS[line["number"] % len(COLOURS)]
        axes.step([*x, SECONDS[-1]], [*y, y[-1]], where="post", color=colour, linewidth=1.8)
    if asked["bound"]:
        axes.axhline(asked["bound"], color=GREY, linestyle="--", linewidth=1)
    _dress(axes)
    _label(axes, asked)
    figure.savefig(
        Path(sys.argv[1]), transparent=True, bbox_inches="tight", metadata={"Date": None}
    )


def _label(axes: plt.Axes, asked: dict[str, Any]) -> None:
    """Names beside the ends of their lines, apart from each other."""
    labels = [
        (line["curve"][-1]["points"], line["title"], COLOURS[line["number"] % len(COLOURS)])
        for line in asked["lines"]
    ]
    if asked["bound"]:
        labels.append((asked["bound"], "proven: nobody has fewer", GREY))
    above = -LINE
    for points, title, colour in sorted(labels):
        height = axes.transData.transform((SECONDS[-1], points))[1] * POINTS_A_PIXEL
        shift = max(above + LINE - height, 0.0)
        above = height + shift
        axes.annotate(
            title, (SECONDS[-1], points), (6, shift), textcoords="offset points",
            color=colour, va="center",
        )  # fmt: skip


def _dress(axes: plt.Axes) -> None:
    axes.set_xscale("log")
    axes.set_yscale("log")
    axes.set_xlim(SECONDS[0], SECONDS[-1])
    axes.set_xticks(SECONDS, [f"{second:g}" for second in SECONDS])
    axes.xaxis.set_minor_formatter(NullFormatter())
    axes.yaxis.set_major_locator(LogLocator(subs=(1, 1.2, 1.5, 2, 2.5, 3, 4, 5, 6, 8)))
    axes.yaxis.set_minor_locator(NullLocator())
    axes.yaxis.set_major_formatter(FuncFormatter(lambda points, _: f"{points / 1000:,.0f}"))
    axes.set_xlabel("seconds since the facts were read")
    axes.set_ylabel("points, thousands (fewer are better)")
    axes.grid(visible=True, which="both", color=GREY, alpha=0.25, linewidth=0.5)
    axes.spines[["top", "right"]].set_visible(False)


if __name__ == "__main__":
    main()

"""The few shapes that every chart is made of. Lengths are in the units of the picture's own box."""

from collections.abc import Iterable, Sequence
from datetime import date

from django.utils.dateformat import format as format_date
from django.utils.html import format_html
from django.utils.safestring import SafeData

WIDTH = 300
LONGEST_NAME = 38


class Data(str):
    """Numbers and SVG path data made by this package: digits, letters and signs that need no escaping.

    A page has thousands of them; looking for characters to escape in each would cost more than drawing them.
    """

    __slots__ = ()

    def __html__(self) -> "Data":
        return self


def num(value: float) -> Data:
    """A length with at most one decimal."""
    return Data(_n(value))


def _n(value: float) -> str:
    return ("%.1f" % value).removesuffix(".0")  # noqa: UP031 - twice as fast as format(), and a page has thousands


def drawing(height: float, label: str, shapes: Iterable[SafeData]) -> SafeData:
    """The whole picture; `label` is the id of the sentence that says the same."""
    drawn, box = list(shapes), Data(f"0 0 {WIDTH} {num(height)}")
    return format_html(
        f'<svg class="chart" viewBox="{{}}" role="img" aria-labelledby="{{}}">{"{}" * len(drawn)}</svg>', box, label, *drawn
    )


def path(kind: str, points: str) -> SafeData:
    """Lines, areas and dots, by SVG path data."""
    return format_html('<path class="{}" d="{}"/>', Data(kind), Data(points))


def text(x: float, y: float, words: object, kind: str = "c-s", anchor: str = "") -> SafeData:
    """Words that begin at x, or end or centre there."""
    place = f'class="{kind}" x="{num(x)}" y="{num(y)}"' + (f' text-anchor="{anchor}"' if anchor else "")
    return format_html("<text {}>{}</text>", Data(place), words)


def rect(kind: str, x: float, y: float, width: float, height: float) -> SafeData:
    """A box."""
    place = f'class="{kind}" x="{num(x)}" y="{num(y)}" width="{num(width)}" height="{num(height)}"'
    return format_html("<rect {}/>", Data(place))


def circle(kind: str, x: float, y: float, radius: float) -> SafeData:
    """A disc."""
    return format_html("<circle {}/>", Data(f'class="{kind}" cx="{num(x)}" cy="{num(y)}" r="{num(radius)}"'))


def dots(points: Iterable[tuple[float, float]]) -> str:
    """Path data that a round line cap turns into dots: a whole cloud in one shape. Doubles are drawn once."""
    return "".join(dict.fromkeys(f"M{_n(x)} {_n(y)}h0" for x, y in points))


def line(points: Iterable[tuple[float, float] | None]) -> str:
    """Path data of a line; None lifts the pen."""
    parts, pen = [], "M"
    for point in points:
        if point is None:
            pen = "M"
        else:
            parts.append(f"{pen}{_n(point[0])} {_n(point[1])}")
            pen = "L"
    return "".join(parts)


def area(upper: Sequence[tuple[float, float]], lower: Sequence[tuple[float, float]]) -> str:
    """Path data of the area between two lines."""
    return line([*upper, *reversed(lower)]) + "Z"


def boxes(corners: Iterable[tuple[float, float]], width: float, height: float) -> str:
    """Path data of many boxes of one size."""
    side, down = num(width), num(height)
    return "".join(f"M{_n(x)} {_n(y)}h{side}v{down}h-{side}z" for x, y in corners)


def short(name: str) -> str:
    """A name that fits a line of the picture; the table has it whole."""
    return name if len(name) <= LONGEST_NAME else name[: LONGEST_NAME - 1].rstrip() + "…"


def day_name(day: date, span: int) -> str:
    """A day on an axis of so many days."""
    return format_date(day, "j M" if span <= 300 else "M Y" if span <= 1500 else "Y")

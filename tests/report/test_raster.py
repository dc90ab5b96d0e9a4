"""Pictures of figures: each mark where the SVG has it, in its colour."""

import io

import matplotlib.image
import numpy as np
import pytest

from dapipeline.report.figure import drawn, svg
from dapipeline.report.raster import SCALE, WIDTH, png

HEAD = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 200 100" font-size="12">'
RED, WHITE = [255, 0, 0], [255, 255, 255]


def painted(marks: str, head: str = HEAD) -> np.ndarray:
    return (matplotlib.image.imread(io.BytesIO(png(f"{head}{marks}</svg>")))[..., :3] * 255).round().astype(int)


def at(picture: np.ndarray, x: float, y: float) -> list[int]:
    return picture[int(y * SCALE), int(x * SCALE)].tolist()


@pytest.mark.parametrize(
    ("mark", "inside", "outside"),
    [
        ('<rect x="50%" y="20" width="10" height="40" fill="#ff0000"/>', [(101, 21), (109, 59)], [(99, 30), (112, 30)]),
        # Moved by half its width: round x, and slanted about its middle.
        ('<rect x="50%" y="20" width="10" height="40" fill="#ff0000" transform="translate(-5)"/>',
         [(96, 30), (104, 30)], [(94, 30), (106, 30)]),
        ('<rect x="100" y="20" width="10" height="40" fill="#ff0000" transform="translate(15) skewX(-26.57)"/>',
         [(100, 40), (109, 22), (91, 58)], [(97, 22), (103, 58)]),
        ('<circle cx="50%" cy="50" r="20" fill="#ff0000"/>', [(100, 31), (119, 50)], [(115, 35.5), (121, 50)]),
        ('<path d="M20 50l20 -20l20 20l-20 20z" fill="#ff0000"/>', [(40, 32), (22, 50)], [(22, 35), (58, 65)]),
        ('<path d="M20 20h40l0 30h-40z" fill="#ff0000"/>', [(21, 21), (59, 49)], [(61, 30)]),
        ('<g stroke="#ff0000" stroke-width="4"><line x1="25%" x2="75%" y1="50" y2="50"/></g>',
         [(51, 50), (149, 51)], [(49, 50), (100, 53)]),
        ('<line x2="100%" y1="50" y2="50" stroke="#ff0000" stroke-width="4" stroke-dasharray="20 20"/>',
         [(10, 50), (50, 50)], [(30, 50)]),
    ],
)  # fmt: skip
def test_a_mark_stands_where_the_svg_has_it(mark, inside, outside):
    picture = painted(mark)
    assert [at(picture, *place) for place in inside] == [RED] * len(inside)
    assert [at(picture, *place) for place in outside] == [WHITE] * len(outside)


def test_a_fill_that_lets_through_is_lighter_and_its_edge_is_not():
    picture = painted('<rect x="20" y="20" width="60" height="60" fill="#ff0000" stroke="#ff0000" stroke-width="4" '
                      'fill-opacity="0.2"/>')  # fmt: skip
    assert at(picture, 50, 50) == pytest.approx([255, 204, 204], abs=2)
    assert at(picture, 20, 50) == RED


def extent(picture: np.ndarray) -> tuple[float, float, float, float]:
    rows, columns = np.nonzero((picture < 200).any(axis=2))
    return columns.min() / SCALE, columns.max() / SCALE, rows.min() / SCALE, rows.max() / SCALE


def test_text_begins_ends_or_is_in_the_middle_where_it_should():
    start, middle, end = (
        extent(painted(f'<text x="100" y="50" text-anchor="{where}">Hill</text>'))
        for where in ("start", "middle", "end")
    )
    assert start[0] == pytest.approx(100, abs=2) and end[1] == pytest.approx(100, abs=2)
    assert (middle[0] + middle[1]) / 2 == pytest.approx(100, abs=2)
    assert start[3] == pytest.approx(50, abs=1)  # stands on its line
    upright = extent(painted('<text x="50" y="50" text-anchor="middle" transform="rotate(-90 50 50)">Hill</text>'))
    assert (upright[2] + upright[3]) / 2 == pytest.approx(50, abs=2) and upright[1] == pytest.approx(50, abs=1)


def test_spans_follow_on_the_line_or_begin_one_below():
    one = extent(painted('<text y="30">ab<tspan>cd</tspan></text>'))
    two = extent(painted('<text y="30">ab<tspan x="0" dy="20">cd</tspan></text>'))
    assert two[1] < one[1] and two[3] == pytest.approx(one[3] + 20, abs=1)


def test_a_figure_as_wide_as_the_page_is_wide():
    picture = painted('<line x2="100%" y1="9" y2="9" stroke="#ff0000"/>', '<svg width="100%" height="40">')
    assert picture.shape == (40 * SCALE, WIDTH * SCALE, 3)


def test_a_figure_of_matplotlib_is_painted_from_itself():
    with drawn(4, 2) as figure:
        figure.add_axes((0, 0, 1, 1)).axis("off")
        figure.axes[0].fill([0, 1, 1, 0], [0, 0, 1, 1], color="#ff0000")
        figure.axes[0].set(xlim=(0, 2), ylim=(0, 1))
        drawing = svg(figure, "name", "what it shows")
    assert drawing.startswith("<svg")
    picture = (matplotlib.image.imread(io.BytesIO(drawing.png()))[..., :3] * 255).round().astype(int)
    assert picture.shape == (400, 800, 3)
    assert picture[200, 100].tolist() == RED and picture[200, 700].tolist() == WHITE
    assert drawing.png() == drawing.png()

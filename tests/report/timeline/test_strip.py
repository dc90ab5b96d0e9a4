import math
import re
from itertools import pairwise
from xml.etree import ElementTree

import pytest

from dapipeline.report.timeline.incidents import Person
from dapipeline.report.timeline.strip import ACROSS, ASIDE, ROWS, strip_figure

from .made import CHILD, EX, NOBODY, PARTNER, STRANGER, incident, no_crime, theft

SVG = "{http://www.w3.org/2000/svg}"


def drawn(record):
    return ElementTree.fromstring(strip_figure(record, "A record"))


def marks(figure):
    """The marks with how they are painted: shape, hollow or full, where across, where down."""
    return [
        (mark.tag.removeprefix(SVG), group.get("class"), float(mark.get("cx", mark.get("x")).rstrip("%")),
         float(mark.get("cy", mark.get("y"))))
        for group in figure.iter(f"{SVG}g")
        if group.get("class") in ("full", "hollow")
        for mark in group
    ]  # fmt: skip


def words(figure):
    return ["".join(text.itertext()) for text in figure.iter(f"{SVG}text")]


def test_every_incident_has_a_mark_in_its_lane():
    figure = drawn([incident(2012, 1), theft(2012, 5), theft(2012, 6), incident(2013, 2, suspect=False)])
    assert len(marks(figure)) == 4
    assert {"Domestic abuse: 1", "Other: 2", "As victim: 1"} <= set(words(figure))
    assert figure.get("aria-label") == (
        "A record, by month from 2012 to 2013: 1 incident of domestic abuse, 2 other, 1 as victim. The list below has "
        "every one."
    )


def test_empty_lanes_are_there_and_say_so():
    assert {"Other: none", "As victim: none"} <= set(words(drawn([incident(2012, 1)])))


def test_victims_have_rows_and_an_incident_with_several_a_mark_in_each_that_a_line_joins():
    figure = drawn([incident(2012, 1, people=[EX, CHILD]), incident(2012, 7, people=[CHILD])])
    assert [word for word in words(figure) if re.match(r"V\d", word)] == ["V1 ex-partner", "V2 child"]
    found = marks(figure)
    assert sorted(shape for shape, *_ in found) == ["circle", "rect", "rect"]
    heights = {shape: y for shape, _, _, y in found}
    assert heights["circle"] < heights["rect"]
    ties = [line for line in figure.iter(f"{SVG}line") if line.get("x1") and line.get("x1") == line.get("x2")]
    assert len([line for line in ties if line.get("y1")]) == 1


def test_partners_family_and_others_differ_in_shape_and_no_crime_is_hollow():
    (circle,) = marks(drawn([no_crime(2012, 1)]))
    (square,) = marks(drawn([incident(2012, 1, people=[CHILD])]))
    assert [circle[:2], square[:2]] == [("circle", "hollow"), ("rect", "full")]
    widths = [
        next(drawn([incident(2012, 1, people=[person])]).iter(f"{SVG}rect")).get("width")
        for person in (CHILD, Person("V1", "", "", "stranger", "neither"))
    ]
    assert float(widths[0]) > float(widths[1])


def test_severity_shows_in_size_and_grades_in_letters():
    figure = drawn([incident(2012, 1, severity=0.0), incident(2014, 1, severity=3000.0, grade="high")])
    small, large = (float(circle.get("r")) for circle in figure.iter(f"{SVG}circle"))
    assert large > 1.5 * small
    assert words(figure).count("H") == 1
    assert "M" in words(drawn([no_crime(2012, 1, grade="medium")]))


def test_years_apart_are_joined_by_a_line():
    late = incident(2003, 3, reported=12 * 2018 + 5)
    figure = drawn([late])
    assert {"2003", "2018"} <= set(words(figure))
    spans = [line for line in figure.iter(f"{SVG}line") if line.get("x1") and line.get("x1") != line.get("x2")]
    assert len(spans) == 1
    start, end = (float(spans[0].get(name).rstrip("%")) for name in ("x1", "x2"))
    assert end - start == pytest.approx(ACROSS * (15 + 3 / 12) / 16, abs=0.2)


def test_marks_that_would_touch_stand_on_different_levels():
    record = [theft(2012 + at // 12, 1 + at % 12) for at in range(60) for _ in range(3)]
    figure = drawn([incident(2011, 1), *record])
    rows = {}
    for shape, _, x, y in marks(figure):
        if shape == "rect":
            rows.setdefault(y, []).append(x)
    assert sum(len(row) for row in rows.values()) == 180
    for row in rows.values():
        assert all(right - left >= ASIDE.near - 0.05 for left, right in pairwise(row))


def test_many_people_share_the_last_row_and_those_without_an_id_have_one():
    people = [Person(f"V{n}", "", "", "partner", "intimate") for n in range(1, ROWS + 4)]
    record = [incident(2012, 1 + at % 12, people=[person]) for at, person in enumerate(people)]
    figure = drawn([*record, incident(2014, 1, people=[NOBODY]), incident(2014, 2, suspect=False, people=[STRANGER])])
    named = [word for word in words(figure) if re.match(r"V\d", word)]
    assert len(named) == ROWS
    assert named[-1] == f"V{ROWS}+"
    assert {"– not identified", "S1 stranger"} <= set(words(figure))
    assert len(marks(figure)) == len(record) + 2


def test_a_strip_of_two_hundred_incidents_stays_small():
    record = [incident(2011, 1), *(theft(2011 + at % 10, 1 + at % 12) for at in range(200))]
    assert len(strip_figure(sorted(record, key=lambda i: i.month), "A record")) < 25_000


def test_a_row_says_what_a_victim_was_first_and_then():
    record = [incident(2012, 1, people=[PARTNER]), incident(2014, 1, people=[EX])]
    found = [text for text in drawn(record).iter(f"{SVG}text") if "V1" in "".join(text.itertext())]
    (first, then) = found[0]
    assert (found[0].text, first.text, then.text) == ("V1", " partner,", "then ex-partner")
    assert (then.get("x"), float(then.get("dy"))) == ("0", 13)  # on a line of its own
    three = [*record, incident(2015, 1, people=[Person("V1", "", "", "acquaintance", "neither")])]
    assert "V1 partner,then ex-partner …" in words(drawn(three))


def test_other_records_are_slanted_and_nothing_else_is():
    figure = drawn([incident(2012, 1, people=[CHILD]), incident(2012, 2, people=[STRANGER]), theft(2013, 5)])
    slanted = [mark for mark in figure.iter(f"{SVG}rect") if "skewX" in mark.get("transform")]
    assert [float(mark.get("x").rstrip("%")) for mark in slanted] == [max(x for _, _, x, _ in marks(figure))]
    (mark,) = slanted
    moved, angle = (float(n) for n in re.findall(r"-?[\d.]+", mark.get("transform")))
    middle = float(mark.get("y")) + float(mark.get("height")) / 2
    off = math.tan(math.radians(angle)) * middle + moved + float(mark.get("width")) / 2
    assert off == pytest.approx(0, abs=0.1)  # its middle stays at the month


def test_letters_are_large_enough_to_read_and_fit_their_marks():
    figure = drawn(
        [incident(2012, 1, people=[person], grade="medium", severity=0.0) for person in (EX, CHILD, STRANGER)]
    )
    assert float(figure.get("font-size")) >= 12
    letters = [group for group in figure.iter(f"{SVG}g") if group.get("class") == "on"]
    assert [float(group.get("font-size")) >= 10 for group in letters] == [True]
    assert all(float(mark.get("width")) >= 9 for mark in figure.iter(f"{SVG}rect"))
    assert all(float(mark.get("r")) >= 6 for mark in figure.iter(f"{SVG}circle"))

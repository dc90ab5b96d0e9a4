import html
import re

import pytest

from dapipeline.report.printable import printable
from dapipeline.report.reported import reported_typologies
from dapipeline.report.template import template
from dapipeline.report.timeline.key import INVENTED, timeline_key
from dapipeline.report.timeline.records import histories_in_words
from dapipeline.report.timeline.whole import timelines_of, typical_in_words
from dapipeline.report.timeline.years import years_of

from .made import incident, no_crime, theft


@pytest.fixture
def laid(make, may):
    return timelines_of(make(), may)


def shown(timeline):
    return template("one_timeline.html").module.timeline_view(timeline)


def test_every_cluster_has_a_timeline_and_the_example_stands_beside_its_medoid(laid):
    timelines, strips = laid
    assert list(timelines) == [1, 2, 3, 4]
    assert timelines[1].example.title == "One person’s timeline: an example with a homicide"
    assert all(timelines[cluster].example is None for cluster in (2, 3, 4))
    assert sorted(strips) == ["example_01", "medoid_01", "medoid_02", "medoid_03", "medoid_04"]


def test_a_summary_says_how_long_the_record_is(laid):
    assert laid[0][3].summary == "cluster 3; 2012 to 2015: 1 DA, 34 other, 2 as victim"
    assert laid[0][3].title == "One person’s timeline: the most central of 12 people"
    assert laid[0][1].summary == "cluster 1; 2012: 1 DA"


def test_no_incident_of_a_record_is_lost(make, laid):
    contents = make()
    histories = histories_in_words(contents.medoids, contents.timeline_records, contents.timeline_others)
    for cluster, timeline in laid[0].items():
        told = [
            i for year in timeline.years for i in (*year.abuse, *(j for rest in year.gathered for j in rest.incidents))
        ]
        assert sorted(told, key=repr) == sorted(histories[cluster, "medoid"], key=repr)
    text = html.unescape(str(shown(laid[0][3])))
    assert text.count("<li>") + text.count('<li class="v') + text.count('<li class="nc') > 37
    assert text.count("Theft from a shop; retail") == 34


def test_other_incidents_are_one_line_a_year():
    record = [theft(2012, 1), theft(2012, 2), incident(2012, 3), theft(2012, 4, suspect=False), incident(2016, 1)]
    first, second = years_of(record)
    assert [rest.line for rest in first.gathered] == [
        "2 other: 2 × theft from a shop", "Victim of 1 other: theft from a shop",
    ]  # fmt: skip
    assert (first.year, first.gap, second.year, second.gap) == (2012, "", 2016, "3 years without a record")
    assert [i.offence for i in first.abuse] == ["Common assault"]


def test_a_hundred_incidents_make_few_lines_each_of_which_opens():
    record = [theft(2011 + at // 12, 1 + at % 12) for at in range(90)] + [no_crime(2019, 1 + at) for at in range(10)]
    text = str(template("one_timeline.html").module.years_view(years_of(record)))
    assert text.count("<summary>") == 8 + 10  # a line for each of eight years of theft, and ten incidents
    assert text.count("<details") == text.count("<summary>")
    assert "open" not in re.findall(r"<details[^>]*>", text)


def test_timelines_are_closed_and_carry_no_heading_or_id(laid):
    text = str(shown(laid[0][1]))
    assert text.count('<details class="timeline">') == 2  # the medoid's and the example's
    assert not re.search(r"<h\d|\bid=|<details[^>]*\bopen", text)


def test_how_typical_a_medoid_is_is_said_of_enough_people_alone(make):
    about = {"members": 60, "measures": 37, "in_middle": 30, "members_in_middle": 24.4}
    assert typical_in_words(about, hidden=False) == (
        "Very typical: in 30 of the 37 measures that form the clusters, this person is in the middle half of the "
        "cluster’s 60 people; the average member is in 24."
    )
    assert "30" not in typical_in_words(about, hidden=True)
    # A tenth of 37 measures is 3.7; the average member is in 24.
    verdicts = [typical_in_words(about | {"in_middle": n}, hidden=False).split(":")[0] for n in (20, 21, 27, 28)]
    assert verdicts == ["Not very typical", "Fairly typical", "Fairly typical", "Very typical"]
    assert typical_in_words(about | {"members": 1}, hidden=True) == "Nobody else is in this cluster."


def test_small_clusters_say_nothing_of_how_typical(make, strict):
    timelines, _ = timelines_of(make(), strict)
    hidden = strict.means.clusters
    assert 4 in hidden
    for cluster, timeline in timelines.items():
        assert timeline.typical.startswith(("Very typical", "Fairly typical", "Not very typical")) == (
            cluster not in hidden
        )


def test_the_people_of_other_incidents_alone_are_counted(make, may):
    others = make().timeline_others
    more = others.iloc[[-1]].assign(incident_number=1, person="V2")
    contents = make(timeline_others=others._append(more, ignore_index=True))
    assert timelines_of(contents, printable(contents, reported_typologies(contents)))[0][4].further == 1


def test_the_key_lists_the_outcomes_that_occur_and_reads_an_invented_record(make):
    key = timeline_key(make().medoids)
    assert [row[0] for row in key["outcomes"].rows] == ["16"]
    assert key["outcomes"].rows[0][1].startswith("Evidential difficulties")
    assert [person.label for person in key["people"]] == ["V1", "V2"]
    assert len(INVENTED) == 5


def test_each_timeline_has_a_short_key_that_leads_to_the_long_one(laid):
    text = str(shown(laid[0][2]))
    assert text.count('<a href="#timelines">') == 1
    assert "letter: standard, or not graded" in text
    assert text.index("letter: standard") < text.index("<svg")


def test_where_the_name_does_not_fit_the_timeline_says_so_first(laid):
    line = laid[0][1].with_misfits(["The name promises <much>."])
    text = str(shown(line))
    assert text.count('<p class="otherwise"><b>Name and figures:</b> The name promises &lt;much&gt;.</p>') == 2
    assert text.index("otherwise") < text.index("told")
    assert "otherwise" not in str(shown(laid[0][1]))


def test_a_grade_stays_on_the_line_of_the_words_before_it():
    people, nobody = incident(2012, 1, grade="high"), incident(2012, 2, people=[], grade="medium")
    text = str(template("one_timeline.html").module.years_view(years_of([people, nobody, incident(2012, 3)])))
    assert '<span class="nb"><i class="intimate">V1 ex-partner</i>&nbsp;<i class="grade">H</i></span>' in text
    assert 'Common assault</b>&nbsp;<i class="grade">M</i></summary>' in text
    assert text.count("<span class") == text.count("&nbsp;") - 1 == 1


def test_examples_count_medoids_and_those_chosen(laid):
    def counted(*clusters):
        text = str(template("one_timeline.html").module.examples([laid[0][n] for n in clusters]))
        return re.search("Examples: [^<]*", text)[0]

    assert counted(1, 2) == "Examples: the records of 3 people: 2 medoids and 1 chosen by the definitions"
    assert counted(2, 3) == "Examples: the records of 2 people, the medoids of its clusters"

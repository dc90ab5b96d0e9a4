"""Files of people, events and roles, and one of roles, become one extract: the same whatever their order."""

from __future__ import annotations

import errno
import stat

import duckdb
import pandas as pd
import pytest

from dapipeline.artefacts import formats
from dapipeline.config import load_config
from dapipeline.errors import ConfigError, ExtractError, RunError
from dapipeline.extract.draft import draft_extracts
from dapipeline.extract.intake import take_in
from dapipeline.reference.vocabulary import role_words

from ...layouts import LAYOUTS, LINKED, Linked
from ...layouts.layout import File

each = pytest.mark.parametrize("linked", LINKED, ids=lambda linked: linked.name)
THREE = next(linked for linked in LINKED if len(linked.files) == 3)
LONG = next(linked for linked in LINKED if len(linked.files) == 1)


def made(linked, tables, folder, name="c.yaml", **how):
    folder.mkdir(exist_ok=True)
    paths = linked.write(tables, folder)
    return draft_extracts(how.get("order", lambda paths: paths)(paths), folder / name)


def pairs(linked: Linked, path) -> list[tuple[str, str, str]]:
    rows = pd.read_csv(path, dtype=str, keep_default_na=False)
    return sorted(
        rows[[linked.event, f"SUSPECT_{linked.person}", f"VICTIM_{linked.person}"]].itertuples(index=False, name=None)
    )


def truth(linked: Linked, seed: int) -> list[tuple[str, str, str]]:
    return sorted(linked.joined(seed).itertuples(index=False, name=None))


@pytest.fixture(
    scope="module", params=[(one, seed) for one in LINKED for seed in range(4)], ids=lambda p: f"{p[0].name}-{p[1]}"
)
def done(request, tmp_path_factory):
    """A layout, a seed, its tables, the folder, and what was made of it."""
    linked, seed = request.param
    tables, folder = linked.tables(seed), tmp_path_factory.mktemp("links")
    return linked, seed, tables, folder, *made(linked, tables, folder)


def test_the_rows_are_those_of_the_truth(done):
    linked, seed, _, folder, _, joined = done
    assert joined.files == {"sql": folder / "c.sql", "extract": folder / "c_joined.csv"}
    assert pairs(linked, joined.files["extract"]) == truth(linked, seed)
    for path in joined.files.values():
        assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_each_row_says_of_event_and_people_what_the_files_say(done):
    linked, _, tables, _, _, joined = done
    rows = pd.read_csv(joined.files["extract"], dtype=str, keep_default_na=False)
    for name, expected in linked.expected.items():
        table = tables[name]
        for canonical, source in expected.items():
            if canonical.endswith("_id"):
                continue
            role = {"offender": "SUSPECT_", "victim": "VICTIM_"}.get(canonical.split("_")[0], "")
            key = linked.person if role else linked.event
            known = table.drop_duplicates(key).set_index(key)[source]
            said = rows[rows[f"{role}{key}"] != ""]
            assert said[f"{role}{source}"].tolist() == known.loc[said[f"{role}{key}"]].tolist()


def test_the_config_maps_the_columns_and_needs_no_edit(done):
    linked, seed, _, folder, draft, joined = done
    found = {finding.column: finding.source for finding in draft.findings}
    expected = {
        canonical: {"offender": "SUSPECT_", "victim": "VICTIM_"}.get(canonical.split("_")[0], "") + source
        for columns in linked.expected.values()
        for canonical, source in columns.items()
    }
    right = [name for name, source in expected.items() if found.get(name) == source]
    assert len(right) >= 0.9 * len(expected), set(expected) - set(right)
    assert not draft.undecided
    (folder / "c.yaml").write_text(draft.text, encoding="utf-8")
    taken = take_in(joined.files["extract"], load_config(folder / "c.yaml"))
    assert taken.refusal is None
    kept = taken.extracted.counts.groupby("effect")["rows"].sum()
    assert kept["kept"] == len(linked.joined(seed))
    assert draft.text.startswith("# Joined by c.sql from ")


@each
def test_rows_and_files_in_any_order_give_the_same_bytes(linked, tmp_path):
    tables = linked.tables(2)
    mixed = {name: table.sample(frac=1, random_state=9) for name, table in reversed(tables.items())}
    first = made(linked, tables, tmp_path / "one")
    second = made(linked, mixed, tmp_path / "two", order=lambda paths: paths[::-1])
    assert first[0].text == second[0].text
    for name in ("sql", "extract"):
        assert first[1].files[name].read_bytes() == second[1].files[name].read_bytes()
    assert first[1].left_out == second[1].left_out


def test_the_sql_gives_the_same_by_hand(done):
    linked, _, _, folder, _, joined = done
    con = duckdb.connect()
    for name in linked.files:
        source = f"read_csv('{folder / name}', all_varchar=true)"
        con.execute(f"CREATE VIEW {name.removesuffix('.csv')} AS SELECT * FROM {source}")
    rows = con.execute(joined.files["sql"].read_text(encoding="utf-8")).df().fillna("")
    pd.testing.assert_frame_equal(
        rows, pd.read_csv(joined.files["extract"], dtype=str, keep_default_na=False), check_dtype=False
    )


def test_no_id_and_no_cell_of_a_person_is_said(done):
    linked, _, tables, _, draft, joined = done
    text = "\n".join([draft.text, joined.sql, *joined.parts, *joined.left_out, *joined.doubts])
    for table in tables.values():
        for name in linked.people & set(table.columns):
            assert not [cell for cell in set(table[name]) if len(cell) > 4 and cell in text]


def test_unknown_roles_are_counted_and_named(tmp_path):
    tables = THREE.tables(1)
    rows = tables["roles.csv"]
    suspects = rows.index[rows["role"] == "Suspect"]
    rows.loc[suspects[:25], "role"] = "Type 7"
    rows.loc[suspects[25:28], "role"] = "Sole one"
    draft, joined = made(THREE, tables, tmp_path)
    assert "28 rows with role codes that nobody knows" in joined.left_out
    assert any("neither suspect nor victim: TYPE 7 (25), rarer ones (3)." in doubt for doubt in draft.doubts)
    assert "# CHECK: role codes that are neither suspect nor victim: TYPE 7 (25)" in draft.text
    assert "Sole" not in draft.text + joined.sql
    assert not any("TYPE" in line.upper() for line in joined.sql.splitlines() if not line.startswith("--"))


def test_what_is_left_out_is_counted(tmp_path):
    tables = THREE.tables(1)
    rows = tables["roles.csv"]
    known = {"Suspect", "Charged", "Victim", "Aggrieved"}
    side = rows["role"].map({"Suspect": "s", "Charged": "s", "Victim": "v", "Aggrieved": "v"})
    before = int(rows.assign(side=side)[rows["role"].isin(known)].duplicated(["event_id", "nominal_id", "side"]).sum())
    again = rows[rows["role"] == "Victim"].head(7)
    nobody = rows[rows["role"] == "Suspect"].head(5).assign(nominal_id="")
    unknown = rows[rows["role"] == "Victim"].head(2).assign(nominal_id="Unknown")
    nameless = rows.head(3).assign(role="")
    silent = tables["events.csv"].head(4).assign(event_id=[f"X{n}" for n in range(4)])
    tables["roles.csv"] = pd.concat([rows, again, nobody, unknown, nameless])
    tables["events.csv"] = pd.concat([tables["events.csv"], silent])
    _, joined = made(THREE, tables, tmp_path)
    assert pairs(THREE, joined.files["extract"]) == truth(THREE, 1)
    assert f"{before + 7} rows that say again who was suspect or victim in an event" in joined.left_out
    assert "7 rows of suspects and victims without event_id or nominal_id" in joined.left_out
    assert "3 rows without a role" in joined.left_out
    assert "4 events with neither suspect nor victim" in joined.left_out


def test_people_who_stand_twice_make_no_more_rows_and_lost_ones_no_fewer(tmp_path):
    tables = THREE.tables(1)
    people = tables["people.csv"]
    tables["people.csv"] = pd.concat([people.iloc[5:], people.tail(6).assign(family_name="Again")])
    draft, joined = made(THREE, tables, tmp_path)
    assert pairs(THREE, joined.files["extract"]) == truth(THREE, 1)
    assert any(doubt.startswith("6 rows of people.csv with an id that stands there already") for doubt in draft.doubts)
    assert any(" of roles.csv not in people.csv" in doubt for doubt in draft.doubts)


def test_offences_of_an_event_are_each_joined_to_its_people(tmp_path):
    """Four files, as in docs/sql/extract.sql; which offence a link means is for the analyst to add."""
    tables = THREE.tables(1)
    events = tables["events.csv"]
    more = events[events.index % 4 == 0]
    offences = pd.concat([events, more])[["event_id", "offence"]].reset_index(drop=True)
    offences.insert(0, "offence_id", [f"C{n:05d}" for n in range(len(offences))])
    first = offences.drop_duplicates("event_id").set_index("event_id")["offence_id"]
    tables["roles.csv"]["offence_id"] = tables["roles.csv"]["event_id"].map(first)
    tables["events.csv"] = events.drop(columns="offence")
    paths = THREE.write(tables, tmp_path)
    paths.append(File("offences.csv").write(offences, tmp_path))
    draft, joined = draft_extracts(paths, tmp_path / "c.yaml")
    sizes = offences.groupby("event_id").size()
    assert pairs(THREE, joined.files["extract"]) == sorted(
        row for row in truth(THREE, 1) for _ in range(int(sizes[row[0]]))
    )
    assert any("id that stands there already; each is joined" in doubt for doubt in draft.doubts)
    assert any(doubt.startswith("offence_id of roles.csv may say which") for doubt in draft.doubts)
    assert {finding.column: finding.source for finding in draft.findings}["offence_id"] == "offence_id"


def test_names_that_sql_keeps_for_itself_padded_ids_and_other_encodings(tmp_path):
    tables = THREE.tables(1)
    tables["events.csv"] = tables["events.csv"].rename(columns={"started": "START", "ended": "date to"})
    tables["roles.csv"]["event_id"] += "  "
    tables["people.csv"]["family_name"] = "Béatrice; " + tables["people.csv"]["family_name"]
    (tmp_path / "in").mkdir()
    paths = [
        File("people.csv", encoding="cp1252", delimiter="|").write(tables["people.csv"], tmp_path / "in"),
        File("2 events.csv", delimiter=";").write(tables["events.csv"], tmp_path / "in"),
        File("pairs.csv", titles=("A report", "")).write(tables["roles.csv"], tmp_path / "in"),
    ]
    _, joined = draft_extracts(paths, tmp_path / "configs/c.yaml")
    assert pairs(THREE, joined.files["extract"]) == truth(THREE, 1)
    assert joined.files["sql"] == tmp_path / "configs/c.sql"
    assert joined.files["extract"] == tmp_path / "in/c_joined.csv"
    assert "Béatrice" in joined.files["extract"].read_text(encoding="utf-8")
    for text in ('e1."START"', 'e1."date to"', "TRIM(r.event_id)", "FROM pairs_2 r", "LEFT JOIN t_2_events e1"):
        assert text in joined.sql


@pytest.mark.parametrize("missing", ["people.csv", "events.csv"])
def test_two_files_are_enough_where_the_roles_say_the_rest(missing, tmp_path):
    tables = THREE.tables(1)
    gone = tables.pop(missing)
    key = "nominal_id" if missing == "people.csv" else "event_id"
    tables["roles.csv"] = tables["roles.csv"].merge(gone, on=key)
    _, joined = made(THREE, tables, tmp_path)
    assert pairs(THREE, joined.files["extract"]) == truth(THREE, 1)
    rows = pd.read_csv(joined.files["extract"], dtype=str)
    assert {"started", "place", "SUSPECT_date_of_birth", "VICTIM_gender"} <= set(rows.columns)


def test_bare_numbers_from_one_on_are_told_apart_by_names(tmp_path):
    """Where each file numbers its rows from 1, the ids of every file occur in every other."""
    tables = THREE.tables(1)
    people = {one: str(n) for n, one in enumerate(tables["people.csv"]["nominal_id"], start=1)}
    events = {one: str(n) for n, one in enumerate(tables["events.csv"]["event_id"], start=1)}
    tables["people.csv"] = tables["people.csv"].assign(nominal_id=lambda t: t["nominal_id"].map(people))
    tables["events.csv"] = tables["events.csv"].assign(event_id=lambda t: t["event_id"].map(events))
    tables["people.csv"] = tables["people.csv"].rename(columns={"nominal_id": "ID"})
    tables["events.csv"] = tables["events.csv"].rename(columns={"event_id": "ID"})
    roles = tables["roles.csv"]
    tables["roles.csv"] = pd.DataFrame(
        {
            "id": [str(n) for n in range(1, len(roles) + 1)],
            "person_id": roles["nominal_id"].map(people),
            "event_id": roles["event_id"].map(events),
            "role": roles["role"],
        }
    )
    _, joined = made(THREE, tables, tmp_path)
    rows = pd.read_csv(joined.files["extract"], dtype=str, keep_default_na=False)
    found = rows[["event_id", "SUSPECT_person_id", "VICTIM_person_id"]].itertuples(index=False, name=None)
    events[""] = people[""] = ""
    assert sorted(found) == sorted((events[e], people[s], people[v]) for e, s, v in truth(THREE, 1))


def test_one_file_without_names_is_known_by_what_ids_fix(tmp_path):
    table = LONG.tables(1)["roles_long.csv"]
    back = {f"A{at}": name for at, name in enumerate(table.columns, start=1)}
    path = LONG.files["roles_long.csv"].write(table.set_axis(list(back), axis="columns"), tmp_path)
    _, joined = draft_extracts([path], tmp_path / "c.yaml")
    rows = pd.read_csv(joined.files["extract"], dtype=str, keep_default_na=False)
    event, person = (next(a for a, name in back.items() if name == of) for of in (LONG.event, LONG.person))
    found = rows[[event, f"SUSPECT_{person}", f"VICTIM_{person}"]].itertuples(index=False, name=None)
    assert sorted(found) == truth(LONG, 1)
    assert f"{event} of roles_long.csv was taken for the id of the event by what it holds" in " ".join(joined.doubts)


def test_three_files_without_names_are_known_by_what_meets_and_by_days(tmp_path):
    paths = []
    for letter, table in zip("ABC", THREE.tables(1).values(), strict=True):
        names = [f"{letter}{at}" for at in range(1, len(table.columns) + 1)]
        paths.append(File(f"{letter}.csv").write(table.set_axis(names, axis="columns"), tmp_path))
    _, joined = draft_extracts(paths, tmp_path / "c.yaml")
    rows = pd.read_csv(joined.files["extract"], dtype=str, keep_default_na=False)
    found = rows[["C1", "SUSPECT_C2", "VICTIM_C2"]].itertuples(index=False, name=None)
    assert sorted(found) == truth(THREE, 1)
    assert {"B2", "SUSPECT_A3", "VICTIM_A3"} <= set(rows.columns)


def test_what_is_said_of_a_person_in_an_event_goes_with_that_side(tmp_path):
    tables = THREE.tables(1)
    roles = tables["roles.csv"]
    victims = roles["role"].isin(["Victim", "Aggrieved"])
    roles["relationship"] = [["Partner", "Stranger"][n % 2] if is_one else "" for n, is_one in enumerate(victims)]
    draft, joined = made(THREE, tables, tmp_path)
    assert {finding.column: finding.source for finding in draft.findings}["relationship"] == "VICTIM_relationship"
    rows = pd.read_csv(joined.files["extract"], dtype=str, keep_default_na=False)
    assert set(rows["SUSPECT_relationship"]) == {""}
    assert (rows["VICTIM_relationship"] == "").equals(rows["VICTIM_nominal_id"] == "")


def test_files_that_do_not_meet_are_refused(tmp_path):
    tables = THREE.tables(1)
    tables["people.csv"]["nominal_id"] = [f"Z{n}" for n in range(len(tables["people.csv"]))]
    with pytest.raises(ConfigError, match=r"C027: The files do not meet: role of roles.csv"):
        made(THREE, tables, tmp_path)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["events.csv", "people.csv", "roles.csv"]


def test_files_without_roles_or_with_codes_that_nobody_knows_are_refused(tmp_path):
    tables = THREE.tables(1)
    with pytest.raises(ExtractError, match=r"E119: .*none in events.csv, people.csv has words for roles"):
        made(THREE, {name: tables[name] for name in ("people.csv", "events.csv")}, tmp_path / "one")
    tables["roles.csv"]["role"] = tables["roles.csv"]["role"].map(lambda role: f"R{len(role)}")
    with pytest.raises(ExtractError, match=r"E119: .*no code of role in roles.csv is known to mean suspect and victim"):
        made(THREE, tables, tmp_path / "two")


def test_parts_of_one_layout_are_no_roles(tmp_path):
    table = LONG.tables(1)["roles_long.csv"]
    paths = [File(f"{n}.csv").write(table.iloc[n::2], tmp_path) for n in range(2)]
    with pytest.raises(ConfigError, match=r"C028: .*"):
        draft_extracts(paths, tmp_path / "c.yaml")
    _, joined = draft_extracts([tmp_path / "?.csv"], tmp_path / "c.yaml")
    assert pairs(LONG, joined.files["extract"]) == truth(LONG, 1)


@pytest.mark.parametrize("there", ["c.sql", "c_joined.csv"])
def test_what_is_there_is_refused_before_anything_is_read(there, tmp_path):
    (tmp_path / there).write_text("mine")
    with pytest.raises(ConfigError, match="C026"):
        draft_extracts([tmp_path / "none.csv", tmp_path / "neither.csv"], tmp_path / "c.yaml")
    with pytest.raises(ConfigError, match="C026"):
        made(LONG, LONG.tables(1), tmp_path)
    assert (tmp_path / there).read_text() == "mine"


def test_a_folder_that_cannot_be_written_leaves_nothing(tmp_path, monkeypatch):
    (tmp_path / "in").mkdir()
    paths = THREE.write(THREE.tables(1), tmp_path / "in")
    (tmp_path / "file").write_text("")
    with pytest.raises(RunError, match="O101"):
        draft_extracts(paths, tmp_path / "file/c.yaml")

    def refuse(path, content):
        if path.suffix == ".csv":
            raise OSError(errno.EROFS, "no", str(path))
        write(path, content)

    write = formats.write
    monkeypatch.setattr(formats, "write", refuse)
    with pytest.raises(RunError, match="O101"):
        draft_extracts(paths, tmp_path / "c.yaml")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["file", "in"]
    assert len(list((tmp_path / "in").iterdir())) == len(paths)


@pytest.mark.parametrize("layout", LAYOUTS, ids=lambda layout: layout.name)
def test_an_extract_with_suspects_and_victims_beside_each_other_is_left_alone(layout, tmp_path):
    path = layout.write(layout.table(1), tmp_path)
    assert draft_extracts([path], tmp_path / "c.yaml")[1] is None
    assert [one.name for one in tmp_path.iterdir()] == [path.name]


def test_role_words_are_lower_case_and_of_three_kinds():
    words = role_words()
    assert set(words.values()) == {"suspect", "victim", "other"}
    assert all(word == " ".join(word.lower().split()).removesuffix(".") for word in words)

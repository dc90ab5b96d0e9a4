"""Whatever an extract holds, every row is accounted for, and neither its order nor the engine's threads matter."""

from __future__ import annotations

import csv
import io
import random
import tempfile
from collections import Counter
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dapipeline.config import Config
from dapipeline.errors import DapipelineError
from dapipeline.extract.intake import take_in

from ..running import run_in

NEEDED = ("incident_id", "offender_id", "occurred_from", "da_flag", "is_crime")
TRUE = ("true", "Y", "1", "T", "yes", " TRUE ")
FALSE = ("false", "N", "0", "F", "no", "n")
JUNK = (
    "",
    "NULL",
    "n/a",
    " ",
    "?",
    "-1",
    "999999",
    "31/02/2015",
    "0001-01-01",
    "=1+1",
    "'",
    'a "b',
    "two\nlines",
    "£5",
    "1e400",
)
MOMENTS = tuple(f"{year}-{month:02}-11 2{month}:15:00" for year in (2014, 2015, 2017) for month in (1, 2, 3))
FLAGS = ("arrested", "alcohol", "drugs", "honour_based", "forced_marriage", "fgm")
SENSIBLE = {
    "incident_id": tuple(f"I{at}" for at in range(30)),
    "offender_id": tuple("ABCDEFGH"),
    "victim_id": tuple("ABVWXYZ"),
    "occurred_from": MOMENTS,
    "occurred_to": MOMENTS,
    "reported_at": MOMENTS,
    "da_flag": TRUE + FALSE,
    "is_crime": TRUE + FALSE,
    "offence_id": tuple(f"F{at}" for at in range(9)),
    "offence_code": ("10501", "00806", "8/67", "04600", "149/00", "99999"),
    "offence": ("Common assault", "Criminal damage", "Something else"),
    "offence_family": ("violence", "drugs", "breach"),
    "severity": ("0", "10", "1,000.5", "365"),
    "risk_grade": ("standard", "medium", "HIGH"),
    "outcome_code": ("1", "05", "1A", "22"),
    "relationship": ("partner", "ex_partner", "parent", "none"),
    "offender_dob": ("1980-01-31", "1992-02-29"),
    "offender_age": ("30", "41"),
    "victim_dob": ("1985-06-01", "2009-01-01"),
    "victim_age": ("30", "12"),
    "offender_sex": ("F", "M", "u"),
    "victim_sex": ("F", "M"),
    "offender_ethnicity": ("White", "Asian"),
    "location_type": ("residential", "public"),
    "lsoa": ("E01000001", "E01000002"),
    "imd_decile": ("1", "10"),
    "borough": ("North", "South"),
    **dict.fromkeys(FLAGS, TRUE + FALSE),
}
SLOW = {"deadline": None, "suppress_health_check": list(HealthCheck), "derandomize": True, "database": None}


@st.composite
def extracts(draw, junk: float, most_rows: int = 40) -> tuple[list[str], list[list[str]]]:
    """A header and records; some records are copies, some the header again, some too short or too long."""
    optional = draw(st.sets(st.sampled_from([name for name in SENSIBLE if name not in NEEDED]), max_size=12))
    rng = random.Random(draw(st.integers(0, 2**32)))
    header = [*NEEDED, *sorted(optional), "note"]
    rng.shuffle(header)
    records = []
    for _ in range(draw(st.integers(1, most_rows))):
        record = [rng.choice(JUNK if rng.random() < junk else SENSIBLE.get(name, ("seen", "heard"))) for name in header]
        records.append(record)
        odd = rng.random()
        if odd < junk:
            records.append(list(rng.choice(records)))
        elif odd < junk * 1.3:
            records.append(record[:-2])
        elif odd < junk * 1.6:
            records.append([*record, "too much"])
        elif odd < junk * 1.7:
            records.append(list(header))
    rng.shuffle(records)
    return header, records


def as_csv(header: list[str], records: list[list[str]]) -> str:
    stream = io.StringIO()
    csv.writer(stream).writerows([header, *records])
    return stream.getvalue()


def count_by_hand(text: str) -> dict[str, int]:
    """Count what can be told from a file without knowing a rule: the csv module and a dict."""
    header, *records = [record for record in csv.reader(io.StringIO(text)) if record]
    whole = [tuple(record) for record in records if len(record) == len(header)]
    distinct = set(whole)
    repeats = {record for record in distinct if [cell.strip().lower() for cell in record] == header}
    return {
        "rows_read": len(records),
        "malformed_row": len(records) - len(whole),
        "exact_duplicate": len(whole) - len(distinct),
        "repeated_header": len(repeats),
        "judged": len(distinct - repeats),
    }


def config_of(**sections) -> Config:
    base = {"name": "dirty", "extract": {"path": "extract.csv"}, "typology": {"definitions": "none"}}
    return Config.model_validate(base | sections)


def taken_in(path: Path, text: str, **sections):
    """Read an extract; where a record of a wrong length holds a line break, its quote may look stray: then as told."""
    try:
        return take_in(path, config_of(**sections)).extracted
    except DapipelineError as refused:
        header, *records = [record for record in csv.reader(io.StringIO(text)) if record]
        doubtful = any("\n" in cell for record in records if len(record) != len(header) for cell in record)
        if refused.code != "E112" or not doubtful:
            raise
        assert "set extract.quoting: none if the export quotes nothing, or standard" in refused.remedy
    return take_in(path, config_of(**sections, extract={"path": "extract.csv", "quoting": "standard"})).extracted


@settings(max_examples=15, **SLOW)
@given(extracts(junk=0.15), st.booleans())
def test_every_row_is_read_once_and_kept_or_accounted_for_once(extract, narrow):
    text = as_csv(*extract)
    by_hand = count_by_hand(text)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "extract.csv"
        path.write_text(text, encoding="utf-8", newline="")
        try:
            taken = taken_in(path, text, window={"from": "2015-01-01"} if narrow else {})
        except DapipelineError as refused:
            # The first record decides whether the header is given twice, or there is anything at all.
            assert refused.code in {"E103", "E105"}
            return
        counts = taken.counts
        of_rule = counts.groupby("rule")["rows"].sum()
        for rule in ("rows_read", "malformed_row", "exact_duplicate", "repeated_header"):
            assert of_rule[rule] == by_hand[rule]
        effect = counts.groupby("effect")["rows"].sum()
        judged = effect["kept"] + effect["quarantined"] - by_hand["malformed_row"] - by_hand["repeated_header"]
        assert judged + effect.get("out of scope", 0) == by_hand["judged"]
        kept, aside, blanked = (t.to_pandas() for t in (taken.rows, taken.quarantined, taken.blanked))
        assert len(kept) == effect["kept"]
        assert len(aside) == effect["quarantined"] + effect["duplicate"]
        assert len(blanked) == effect.get("blanked", 0)
        assert Counter(aside["rule"]) == {
            line.rule: n
            for line in counts[counts["effect"].isin(["quarantined", "duplicate"])].drop_duplicates("rule").itertuples()
            if (n := of_rule_of(counts, line.rule))
        }
        # A row is kept or set aside, never both, and no number is given twice.
        places = [*kept["source_row"], *aside["source_row"].dropna()]
        assert len(places) == len(set(places))
        # And a kept row is the record that stands at its number.
        records = [record for record in csv.reader(io.StringIO(text)) if record]
        at = records[0].index("incident_id")
        for row in kept.itertuples():
            assert records[row.source_row - 1][at].strip() == row.incident_id


def of_rule_of(counts, rule: str) -> int:
    """Rows that a rule set aside, over all its columns."""
    chosen = counts[(counts["rule"] == rule) & counts["effect"].isin(["quarantined", "duplicate"])]
    return int(chosen["rows"].sum())


def outputs(folder: Path, text: str, threads: int | None) -> dict[str, bytes] | str:
    """Run the whole pipeline; give the tables as bytes, or the code with which it was refused."""
    (folder / "extract.csv").write_text(text, encoding="utf-8", newline="")
    config = config_of(clustering={"k": 2}, engine={"threads": threads}, features={"missing": "median"})
    out = folder / "out"
    try:
        run_in(folder, config, out)
    except DapipelineError as refused:
        assert not out.exists()
        return refused.code
    wanted = [*sorted((out / "tables").iterdir()), out / "quality" / "reconciliation.csv"]
    return {path.name: path.read_bytes() for path in wanted}


def assert_balanced(reconciliation: bytes, text: str) -> None:
    effects = Counter()
    for line in csv.DictReader(io.StringIO(reconciliation.decode())):
        effects[line["effect"]] += int(line["rows"])
    assert effects["read"] == count_by_hand(text)["rows_read"]
    assert effects["read"] == sum(effects[effect] for effect in ("used", "out of scope", "quarantined", "duplicate"))


@settings(max_examples=4, **SLOW)
@given(extracts(junk=0.02, most_rows=60), st.randoms(use_true_random=False))
def test_neither_the_order_of_rows_nor_threads_change_a_byte(extract, rng):
    header, records = extract
    first = as_csv(header, records)
    rng.shuffle(records)
    shuffled = as_csv(header, records)
    with tempfile.TemporaryDirectory() as one, tempfile.TemporaryDirectory() as two:
        found = outputs(Path(one), first, 1)
        assert outputs(Path(two), shuffled, 2) == found
    if isinstance(found, dict):
        assert_balanced(found["reconciliation.csv"], first)
        assert len(found) > 8

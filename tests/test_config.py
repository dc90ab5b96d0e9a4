"""The configuration: what it is without a word, what it refuses, and how it says so."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import jsonschema
import pytest
from pydantic import ValidationError

from dapipeline.config import Config, Extract, load_config
from dapipeline.errors import ConfigError

CONFIGS = Path(__file__).parents[1] / "configs"
MINIMAL = {"name": "force", "extract": {"path": "extract.csv"}}
DEFAULTS = {
    "name": "force",
    "extract": {
        "path": "extract.csv", "delimiter": ",", "encoding": "utf-8", "datetime_format": None, "date_format": None,
        "missing_values": [], "missing_values_only": None, "sheet": None, "skip_rows": 0,
        "quoting": None, "decimal": ".", "timezone": "Europe/London", "tolerance": 0.05, "columns": {}, "values": {},
        "derive": {}, "rules": {},
    },
    "window": {"from": None, "to": None},
    "domestic_abuse": {"include": [], "minimum_age": 16},
    "reference": {"severity": None, "imd": None},
    "engine": {
        "kind": "duckdb", "threads": None, "memory_limit": None, "temp_directory": None, "master": None, "options": {},
    },
    "features": {"preset": "west_midlands_2022", "add": [], "drop": [], "transform": "sqrt", "missing": "exclude"},
    "clustering": {
        "k": "auto", "variance": 0.9, "components": None, "weight": "root_incidents", "metric": "sqeuclidean",
        "solver": "fasterpam_streamed", "candidates": 20_000,
        "seed": 2022,
    },
    "typology": {"definitions": "west_midlands_2022", "overrides": {}},
    "report": {"edition": "internal"},
}  # fmt: skip


@pytest.fixture
def load(tmp_path):
    def run(text: str) -> Config:
        path = tmp_path / "config.yaml"
        path.write_text(text, encoding="utf-8")
        return load_config(path)

    return run


def leaves(tree, path=()):
    if isinstance(tree, dict) and tree:
        for key, value in tree.items():
            yield from leaves(value, (*path, key))
    else:
        yield path, tree


def test_every_default(load):
    found = dict(leaves(load("name: force\nextract: {path: extract.csv}\n").model_dump(mode="json", by_alias=True)))
    # A setting that is added later is not a different default of one that is here.
    assert {path: found.get(path) for path, _ in leaves(DEFAULTS)} == dict(leaves(DEFAULTS))


def test_settings_are_read(load):
    config = load(
        "name: force\n"
        "extract:\n  path: parts/*.csv\n  delimiter: '|'\n  encoding: Windows-1252\n"
        "  values: {da_flag: {true: [yes, Y, 1], false: [no]}, risk_grade: {high: [HIGH]}}\n"
        "window: {from: 2011-01-01, to: 2020-12-31}\n"
        "clustering: {k: 8, components: 5}\n"
        "typology: {definitions: none, overrides: {3: Mine}}\n"
    )
    assert config.extract.encoding == "cp1252"
    # YAML reads yes and no as truths; here they are words of the force.
    assert config.extract.values == {
        "da_flag": {"true": ("yes", "Y", "1"), "false": ("no",)}, "risk_grade": {"high": ("HIGH",)},
    }  # fmt: skip
    assert (config.window.first.isoformat(), config.window.last.isoformat()) == ("2011-01-01", "2020-12-31")
    assert (config.clustering.k, config.clustering.components) == (8, 5)
    assert config.typology.overrides == {3: "Mine"}


def test_a_nought_in_front_changes_no_number(load):
    config = load(
        "name: force\nextract: {path: extract.csv}\nclustering: {k: 020}\ndomestic_abuse: {minimum_age: 016}\n"
    )
    assert (config.clustering.k, config.domestic_abuse.minimum_age) == (20, 16)
    assert load("name: force\nextract: {path: extract.csv}\nclustering: {k: 1003, seed: 0}\n").clustering.k == 1003


BASE, EXTRACT = "name: f\nextract: {path: x}\n", "name: f\nextract: {path: x, "
WRONG = {
    "extract: {path: x}": "name: Field required",
    "name: ''\nextract: {path: x}": "name: String should have at least 1 character",
    "name: force": "extract: Field required",
    "name: force\nextract: {}": "extract.path: Field required",
    "name: force\nextract: x.csv": "extract: Input should be a valid dictionary",
    "name: 5\nextract: {path: x}": "name: Input should be a valid string",
    BASE + "clustering: {k: 1:30}": "clustering.k: ",
    BASE + "colour: red": "colour: not a setting",
    EXTRACT + "delimeter: ';'}": "extract.delimeter: not a setting (did you mean 'delimiter'?)",
    EXTRACT + "delimiter: ';;'}": "extract.delimiter: String should have at most 1 character",
    EXTRACT + "delimiter: '¬'}": "extract.delimiter: the delimiter is one ASCII character",
    EXTRACT + "delimiter: '\"'}": "extract.delimiter: the delimiter is one ASCII character",
    EXTRACT + 'delimiter: "\\n"}': "extract.delimiter: the delimiter is one ASCII character",
    EXTRACT + "encoding: cp99}": "extract.encoding: 'cp99' is not an encoding Python knows",
    EXTRACT + "encoding: base64}": "extract.encoding: 'base64' is not an encoding Python knows",
    EXTRACT + "date_format: dd/mm/yyyy}": "extract.date_format: 'dd/mm/yyyy' is not a format such as %d/%m/%Y",
    EXTRACT + "datetime_format: '%d/%m/%Q'}": "extract.datetime_format: '%d/%m/%Q' is not a format",
    EXTRACT + "values: {da_flag: {true: yes}}}": "extract.values.da_flag.true: the program's word stands first",
    EXTRACT + "values: {da_flag: {true: Yes indeed}}}": "extract.values.da_flag.true: the program's word stands first",
    EXTRACT + "values: {da_flag: Y}}": "extract.values.da_flag: Input should be a valid dictionary",
    EXTRACT + "values: Y}": "extract.values: Input should be a valid dictionary",
    EXTRACT + "rules: {no_people: ignore}}": "extract.rules.no_people: Input should be 'quarantine', 'bl",
    BASE + "window: {from: 2020-01-02, to: 2020-01-01}": "window: 'from' is later than 'to'",
    BASE + "window: {from: yesterday}": "window.from: Input should be a valid date",
    **{
        BASE + f"domestic_abuse: {{minimum_age: {wrong}}}": "domestic_abuse.minimum_age: a whole number from 0 to 18"
        for wrong in ("19", "-1", "16.5", "yes", "sixteen", "[]", "[16]", "[{age: 16}]", "{from: 2013-03-31, age: 16}",
                      "[{from: 2013-03-31, age: 19}]", "[{from: spring, age: 16}]", "[{from: 2013-03-31, age: yes}]",
                      "[{from: 2013-03-31, age: 16, until: 2014-01-01}]")
    },
    BASE + "domestic_abuse: {minimum_age: [{from: 2013-03-31, age: 16}, {from: 2013-03-31, age: 18}]}":
        "domestic_abuse.minimum_age: two ages begin on the same day",
    BASE + "domestic_abuse: {include: [stalking]}": "domestic_abuse.include.0: Input should be",
    BASE + "engine: {kind: polars}": "engine.kind: Input should be 'duckdb' or 'spark'",
    BASE + "engine: {threads: 0}": "engine.threads: Input should be greater than or equal to 1",
    BASE + "clustering: {k: many}": "clustering.k: should be a whole number from 1, or auto",
    BASE + "clustering: {variance: 1.5}": "clustering.variance: Input should be less than or equal to 1",
    BASE + "clustering: {variance: 0.9, components: 5}": "clustering: give either variance or components",
    BASE + "clustering: {weight: severity}": "clustering.weight: Input should be 'none',",
    BASE + "report: {edition: public}": "report.edition: Input should be",
}  # fmt: skip


@pytest.mark.parametrize("text", WRONG)
def test_a_wrong_setting_is_named(load, text):
    with pytest.raises(ConfigError) as refused:
        load(text)
    assert refused.value.code == "C003"
    assert refused.value.exit_status == 2
    assert f" has 1 wrong setting: {WRONG[text]}" in refused.value.fact
    assert refused.value.remedy == "The settings and their meaning are listed by: dapipeline schema config."


def test_every_wrong_setting_is_named_at_once(load):
    with pytest.raises(ConfigError, match=r"has 3 wrong settings: name: .*; extract: .*; clustering.k: "):
        load("clustering: {k: 0}")


@pytest.mark.parametrize("text", ["name: [", "name: force\n  extract: x: y", "\tname: x", "a: &b *c"])
def test_what_is_not_yaml_is_refused(load, text):
    with pytest.raises(ConfigError, match=r"C002: The config .*config.yaml is not valid YAML \(line \d\)"):
        load(text)


def test_yaml_runs_nothing(load):
    with pytest.raises(ConfigError, match="C002"):
        load("name: !!python/object/apply:os.system ['true']")


@pytest.mark.parametrize("text", ["", "- a\n- b", "just words", "5"])
def test_a_file_without_settings_is_refused(load, text):
    with pytest.raises(ConfigError, match=r"C003: The config .*config.yaml holds no settings"):
        load(text)


def test_a_file_that_cannot_be_read_is_refused(tmp_path):
    (tmp_path / "latin.yaml").write_bytes("name: Dún".encode("cp1252"))
    for name, reason in [
        ("gone.yaml", "No such file or directory"),
        ("", "Is a directory"),
        ("latin.yaml", "it is not UTF-8 text"),
    ]:
        with pytest.raises(ConfigError, match=f"C001: The config .* cannot be read: {reason}"):
            load_config(tmp_path / name)


@pytest.mark.parametrize("spelling", ["utf8", "UTF-8", "U8"])
def test_an_encoding_has_one_name_however_it_is_spelt(spelling):
    assert Extract(path="x", encoding=spelling).encoding == "utf-8"


def test_a_config_cannot_be_changed_afterwards():
    config = Config.model_validate(MINIMAL)
    with pytest.raises(ValueError, match="frozen"):
        config.clustering.k = 3


def test_the_schema_is_one_and_fits_what_is_shipped():
    schema = Config.model_json_schema(by_alias=True)
    jsonschema.Draft202012Validator.check_schema(schema)
    validator = jsonschema.Draft202012Validator(schema)
    assert validator.is_valid(MINIMAL)
    assert validator.is_valid(DEFAULTS)
    assert not validator.is_valid({**MINIMAL, "colour": "red"})
    assert not validator.is_valid({"name": "force"})


def test_every_setting_says_what_it_means():
    schema = Config.model_json_schema(by_alias=True)
    for name, section in schema["$defs"].items():
        assert section["description"], name
        for setting, about in section["properties"].items():
            assert about["description"].endswith((".", ":")), f"{name}.{setting}"


@pytest.mark.parametrize("path", sorted(CONFIGS.glob("*.yaml")), ids=lambda path: path.stem)
def test_the_configs_that_are_shipped_can_be_read(path):
    assert load_config(path).name


AS_WRITTEN = {
    "NO": "NO", "no": "no", "ON": "ON", "010": "010", "1.0": "1.0", "1e3": "1e3", "2015-01-01": "2015-01-01", "~": "~",
    "null": "null", "0x1F": "0x1F", "12:30": "12:30", "'5'": "5",
}  # fmt: skip


@pytest.mark.parametrize("word", AS_WRITTEN)
def test_words_of_the_source_are_read_as_they_are_written(load, word):
    config = load(
        f"name: f\nextract:\n  path: x\n  missing_values: [{word}]\n  columns: {{borough: {word}}}\n"
        f"  values: {{relationship: {{none: [{word}]}}}}\n"
    )
    wanted = AS_WRITTEN[word]
    assert config.extract.missing_values == (wanted,)
    assert config.extract.columns == {"borough": wanted}
    assert config.extract.values == {"relationship": {"none": (wanted,)}}


def test_a_setting_that_is_null_is_not_set(load):
    assert load(EXTRACT + "missing_values_only: null, quoting: ~}").extract.missing_values_only is None


def test_keys_for_true_and_false_may_be_other_words_for_them(load):
    config = load(EXTRACT + "values: {da_flag: {yes: [DV], no: [ND]}, arrested: {True: [A], off: [N]}}}")
    assert config.extract.values == {
        "da_flag": {"true": ("DV",), "false": ("ND",)}, "arrested": {"true": ("A",), "false": ("N",)},
    }  # fmt: skip


# Ten lines that stand for a million items.
LAUGHS = "a: &a [x, x]\n" + "".join(f"{n}: &{n} [*{m}, *{m}, *{m}, *{m}]\n" for m, n in pairwise("abcdefghijk"))
REFUSED = {
    "name: a\nname: b\nextract: {path: x}": ("C025", "has the key 'name' twice in one section, on the lines 1 and 2"),
    EXTRACT + "columns: {victim_id: A, victim_id: B}}": ("C025", "has the key 'victim_id' twice"),
    "name: f\nextract: {path: x}\ntypology: {overrides: {1: a, '1': b}}": ("C025", "has the key '1' twice"),
    EXTRACT + "values: {relationship: {partner: [KNOWN], acquaintance: [known]}}}": (
        "C003", "relationship has the word 'known' under partner and under acquaintance",
    ),
    "name: f\nextract: {path: x}\nwindow: {from: 2015-02-30}": ("C003", "window.from: "),
    "name: f\nextract: {path: x}\nclustering: {seed: 4294967296}": ("C003", "clustering.seed: "),
    EXTRACT + "timezone: Europe/Leeds}": ("C003", "'Europe/Leeds' is not a time zone"),
    EXTRACT + "delimiter: \"\\0\"}": ("C003", "no quote, line break or control character"),
    "name: f\na: " + "[" * 3000: ("C002", "is not valid YAML"),
    "name: f\na: " + "{a: " * 2000: ("C002", "is not valid YAML"),
    "a: &x [1]\nb: &x [2]": ("C002", "is not valid YAML"),
    "a: &a [*a]": ("C002", "is not valid YAML"),
    LAUGHS: ("C002", "is not valid YAML"),
    **{f"a: !!{tag} x": ("C002", "is not valid YAML") for tag in ("int", "float", "bool", "set", "map")},
    "a: !!python/object:os.system x": ("C002", "is not valid YAML"),
    "a: " + "9" * 5000: ("C002", "is not valid YAML"),
    'name: "\\ud800"': ("C002", "is not valid YAML"),
}  # fmt: skip


@pytest.mark.parametrize("text", REFUSED, ids=range(len(REFUSED)))
def test_a_config_that_is_none_is_one_error(load, text):
    code, said = REFUSED[text]
    with pytest.raises(ConfigError) as refused:
        load(text)
    assert refused.value.code == code
    assert said in refused.value.fact


def test_a_config_as_large_as_an_extract_is_refused(tmp_path):
    (tmp_path / "config.yaml").write_text("name: f\n" + "# x\n" * 300_000)
    with pytest.raises(ConfigError, match=r"C001: .* is larger than any config"):
        load_config(tmp_path / "config.yaml")


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("0", 0), ("17", 17), ("18", 18), ("null", None),
        ("[{from: 2013-03-31, age: 16}, {from: 2011-01-01, age: 18}]", [("2011-01-01", 18), ("2013-03-31", 16)]),
    ],
)  # fmt: skip
def test_the_age_of_domestic_abuse_is_a_number_nothing_or_ages_by_date(tmp_path, written, read):
    path = tmp_path / "config.yaml"
    path.write_text(BASE + f"domestic_abuse: {{minimum_age: {written}}}")
    age = load_config(path).domestic_abuse.minimum_age
    assert ([(str(since.first), since.age) for since in age] if isinstance(age, tuple) else age) == read


@pytest.mark.parametrize(
    ("bands", "key"),
    [({"gravity": [1, float("inf")]}, "gravity"), ({"recency": [float("nan")]}, "recency"),
     ({"frequency": [1, 2.5]}, "frequency"), ({"victims": [3, 2]}, "victims"), ({"gravity": []}, "gravity"),
     ({"recency": [0, 5]}, "recency"), ({"fewest": 1}, "fewest")],
)  # fmt: skip
def test_bands_of_harm_are_numbers_that_rise(bands, key):
    with pytest.raises(ValidationError, match=f"harm.{key}"):
        Config.model_validate({"name": "x", "extract": {"path": "x.csv"}, "harm": bands})

"""Small extracts that go wrong: each a clean file in other clothes, or with a fault of its own.

Every row is invented. A case is written as `extract.csv` (or its like) and `config.yaml` into a folder.
"""

from __future__ import annotations

import csv
import gzip
import io
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import openpyxl

HERE = Path(__file__).parent
SETTINGS = "clustering: {k: 6}\ntypology: {definitions: none}\n"
MOMENTS, BIRTHS, PEOPLE = (
    ("occurred_from", "occurred_to", "reported_at"),
    ("offender_dob", "victim_dob"),
    ("offender_id", "victim_id"),
)
Row = dict[str, str]
CASES: dict[str, Callable[[Path], None]] = {}


def clean() -> list[Row]:
    """The clean file: 516 rows, 132 offenders."""
    with (HERE / "base_incidents.csv").open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def text_of(rows: list[Row], **dialect) -> str:
    stream = io.StringIO()
    writer = csv.DictWriter(stream, list(rows[0]), **{"lineterminator": "\n", **dialect})
    writer.writeheader()
    writer.writerows(rows)
    return stream.getvalue()


def write(folder: Path, text: str | bytes, extract: str = "", name: str = "extract.csv", rest: str = SETTINGS) -> None:
    """Write an extract and the config a user would write for it; `extract` is lines of its section."""
    (folder / name).parent.mkdir(parents=True, exist_ok=True)
    (folder / name).write_bytes(text if isinstance(text, bytes) else text.encode())
    lines = "".join(f"  {line}\n" for line in extract.splitlines())
    (folder / "config.yaml").write_text(f"name: case\nextract:\n  path: {name}\n{lines}{rest}")


def changed(change: Callable[[int, Row], Row]) -> str:
    return text_of([row | change(at, row) for at, row in enumerate(clean())])


def case(make: Callable[[Path], None]) -> Callable[[Path], None]:
    CASES[make.__name__] = make
    return make


def simple(name: str, change: Callable[[int, Row], Row], extract: str = "", **more: str) -> None:
    """Declare a case that changes cells of the clean file."""
    CASES[name] = lambda folder: write(folder, changed(change), extract, **more)


def each(columns: tuple[str, ...], change: Callable[[str], str]) -> Callable[[int, Row], Row]:
    return lambda at, row: {name: change(row[name]) if row[name] else "" for name in columns}


def numbers(text: str) -> str:
    return text.removeprefix("N").lstrip("0")


def serial(text: str) -> str:
    return f"{(datetime.fromisoformat(text) - datetime(1899, 12, 30)) / timedelta(days=1):.5f}"


def british(text: str) -> str:
    return datetime.fromisoformat(text).strftime("%d/%m/%Y %H:%M")


def half_swapped(text: str) -> str:
    moment = datetime.fromisoformat(text)
    return british(text) if moment.day > 12 else moment.strftime("%Y-%d-%m %H:%M:%S")


def summer(moment: datetime) -> bool:
    """Whether British clocks stand an hour ahead: from the last Sunday of March to that of October."""
    first, last = (max(day for day in (datetime(moment.year, month, d, 1) for d in range(25, 32)) if day.weekday() == 6)
                   for month in (3, 10))  # fmt: skip
    return first < moment < last + timedelta(hours=1)


def in_utc(text: str) -> str:
    moment = datetime.fromisoformat(text)
    return (moment - timedelta(hours=summer(moment))).strftime("%Y-%m-%dT%H:%M:%SZ")


def with_offset(text: str) -> str:
    moment = datetime.fromisoformat(text)
    return moment.strftime("%d/%m/%Y %H:%M:%S") + (" +0100" if summer(moment) else " +0000")


def nobody(word: str) -> Callable[[int, Row], Row]:
    return lambda at, row: {name: row[name] or word for name in PEOPLE}


simple("date_typo_future", lambda at, row: {"occurred_from": "2051" + row["occurred_from"][4:]} if at % 60 == 0 else {})
simple("ethnicity_na", lambda at, row: {"offender_ethnicity": ("White", "NA", "None", "Asian")[at % 4]})
simple("excel_half_swapped", each(MOMENTS, half_swapped), 'datetime_format: "%d/%m/%Y %H:%M"')
simple("excel_serial", each(MOMENTS, serial))
simple("float_booleans", each(("da_flag", "is_crime", "alcohol", "drugs"), {"True": "1.0", "False": "0.0"}.__getitem__))
simple("float_ids", lambda at, row: {
    "offender_id": row["offender_id"] and numbers(row["offender_id"]) + ".0", "victim_id": numbers(row["victim_id"]),
})  # fmt: skip
simple("format_with_z", each(MOMENTS, with_offset), 'datetime_format: "%d/%m/%Y %H:%M:%S %z"')
simple("iso_z", each(MOMENTS, in_utc))
simple("leading_zeros_one_column", lambda at, row: {
    "offender_id": row["offender_id"].removeprefix("N"), "victim_id": numbers(row["victim_id"]),
})  # fmt: skip
simple("missing_values_replaces", lambda at, row: nobody(("NA", "NULL")[at % 2])(at, row), 'missing_values: ["NA"]')
simple("nbsp_ids", lambda at, row: {
    "offender_id": row["offender_id"] + "\u00a0" * (at % 4 == 0),
    "victim_id": "\u00a0" * (at % 5 == 0) + row["victim_id"],
    "alcohol": row["alcohol"] + "\u00a0" * (at % 3 == 0),
})  # fmt: skip
simple("nul_bytes", lambda at, row: {"offender_id": row["offender_id"] and row["offender_id"] + "\0\0" * (at % 4 == 0)})
simple("person_conflict", lambda at, row: {"offender_dob": row["offender_id"] and f"19{50 + at % 50}-01-01"})
simple("placeholder_1900", lambda at, row: {name: "1900-01-01" if at % 4 == 0 else row[name] for name in BIRTHS})
simple("placeholder_backslash_n", nobody("\\N"))
simple("placeholder_unknown", nobody("UNKNOWN"))
simple("r_na", lambda at, row: {name: value or "NA" for name, value in row.items()})
simple("scientific_ids_spread", each(PEOPLE, lambda text: f"{int(numbers(text)) * 4.51e8:.2E}"))
simple(
    "titles_na", lambda at, row: {"offence": "NA", "offence_code": ""} if row["is_crime"] == "True" and at % 2 else {}
)
simple("two_digit_years", each(BIRTHS, lambda text: f"{text[8:]}/{text[5:7]}/{text[2:4]}"), 'date_format: "%d/%m/%y"')
simple("override_na", lambda at, row: {},
       rest="clustering: {k: 6}\ntypology: {definitions: none, overrides: {1: 'NA', 2: 'None'}}\n")  # fmt: skip
simple("values_word_twice", lambda at, row: {"relationship": row["relationship"].replace("acquaintance", "KNOWN")},
       "values:\n  relationship: {partner: [KNOWN], acquaintance: [KNOWN]}")  # fmt: skip
simple("window_bad_day", lambda at, row: {}, rest=SETTINGS + "window: {from: 2015-02-30}\n")
simple("yaml_duplicate_key", lambda at, row: {},
       "columns:\n  offender_id: offender_id\n  victim_id: victim_id\n  offender_id: victim_id")  # fmt: skip
NORWAY = {"none": "NO", "acquaintance": "ON", "stranger": "OFF"}
simple("yaml_norway", lambda at, row: {
    "relationship": NORWAY.get(row["relationship"], row["relationship"]),
}, "values:\n  relationship: {none: [NO], partner: [YES, partner], ex_partner: [ex_partner], acquaintance: [ON], "
    "stranger: [OFF]}")  # fmt: skip


def other_columns(change: Callable[[int, Row], Row], *dropped: str) -> str:
    """Change cells, add columns and drop some."""
    rows = [row | change(at, row) for at, row in enumerate(clean())]
    return text_of([{name: value for name, value in row.items() if name not in dropped} for row in rows])


@case
def age_zero_unknown(folder):
    ages = ("34", "99", "0", "999")
    victims = ("31", "99", "0", "28")
    write(folder, other_columns(lambda at, row: {
        "offender_age": ages[at % 4] if row["offender_id"] else "",
        "victim_age": victims[at % 4] if row["victim_id"] else "",
    }, *BIRTHS))  # fmt: skip


@case
def decimal_comma(folder):
    rows = [
        row | {"severity": f"{at % 90 + 1},{at % 4 * 25:02d}" if row["is_crime"] == "True" else ""}
        for at, row in enumerate(clean())
    ]
    write(folder, text_of(rows, delimiter=";"), 'delimiter: ";"')


@case
def glob_parent(folder):
    rows = clean()
    for year, part in (("2019", rows[:250]), ("2020", rows[250:])):
        write(folder, text_of(part), name=f"{year}/part.csv")
    (folder / "config.yaml").write_text(f'name: case\nextract: {{path: "*/part.csv"}}\n{SETTINGS}')


@case
def incident_no_per_day(folder):
    seen: dict[str, int] = {}
    rows = clean()
    for row in rows:
        day = row["reported_at"][:10]
        seen[day] = seen.get(day, 0) + 1
        row["incident_id"] = str(seen[day])
    write(folder, text_of(rows))


@case
def km_all_identical(folder):
    write(folder, "incident_id,offender_id,occurred_from,da_flag,is_crime\n"
          + "".join(f"I{at},N{at:04d},2015-01-10 12:00:00,Y,Y\n" for at in range(40)),
          rest="clustering: {k: 3}\ntypology: {definitions: none}\n")  # fmt: skip


@case
def km_single_offender(folder):
    write(folder, "incident_id,offender_id,occurred_from,da_flag,is_crime\n"
          + "".join(f"I{at},N0000,2015-{at + 1:02d}-10 12:00:00,Y,Y\n" for at in range(5)),
          rest="clustering: {k: 1}\ntypology: {definitions: none}\n")  # fmt: skip


@case
def layout_nypd_codes(folder):
    kinds = (("101.0", "ASSAULT 3"), ("638.0", "HARASSMENT,SUBD 3,4,5"), ("254.0", "MISCHIEF, CRIMINAL 4, OF MOTOR"),
             ("109.0", "ASSAULT 2,1,UNCLASSIFIED"))  # fmt: skip
    add = lambda at, row: dict(zip(("PD_CD", "PD_DESC"), kinds[at % 4], strict=True))  # noqa: E731
    write(folder, other_columns(add, "is_crime", "offence_code", "offence", "offence_family"),
          "columns: {offence_code: PD_CD, offence: PD_DESC}")  # fmt: skip


ROLES = """columns: {incident_id: EVENT, occurred_from: START, da_flag: DV, is_crime: CRIME, offence: TITLE}
derive:
  offender_id: "case when ROLE = 'SUSPECT' then PERSON end"
  victim_id: "case when ROLE = 'VICTIM' then PERSON end"
  offender_dob: "case when ROLE = 'SUSPECT' then DOB end"
  victim_dob: "case when ROLE = 'VICTIM' then DOB end\""""
ABOUT = {"EVENT": "incident_id", "START": "occurred_from", "DV": "da_flag", "CRIME": "is_crime", "TITLE": "offence"}


@case
def layout_role_rows(folder):
    roles = []
    for row in clean():
        about = {name: row[column] for name, column in ABOUT.items()}
        for who, role in (("offender", "SUSPECT"), ("victim", "VICTIM")):
            if row[f"{who}_id"]:
                roles.append(about | {"PERSON": row[f"{who}_id"], "ROLE": role, "DOB": row[f"{who}_dob"]})
    write(folder, text_of(roles), ROLES)


@case
def metadata_lines(folder):
    write(folder, "Report: incidents\nRun by: system\n\n" + text_of(clean()))


@case
def offence_codes_as_dates(folder):
    def code(row):
        number = row["offence_code"]
        return {"00806": "08-Jun", "00826": "Aug-26", "00831": "Aug-31"}.get(
            number, f"{int(number[:3])}/{number[3:]}" if number else ""
        )

    write(folder, other_columns(lambda at, row: {"HO": code(row)}, "is_crime", "offence_code"),
          'columns: {offence_code: HO}\nderive:\n  is_crime: "offence_code is not null"')  # fmt: skip


@case
def offence_codes_default_is_crime(folder):
    codes = ("13A", "13B", "13C", "520")
    change = lambda at, row: {"offence_code": row["offence_code"] and codes[at % 4]}  # noqa: E731
    write(folder, other_columns(change, "is_crime"))


@case
def one_bad_byte_utf8(folder):
    text = other_columns(lambda at, row: {"note": "ok"})
    write(folder, text.encode().replace(b",ok\n", b",it\x92s\n", 1))


def noted(notes: dict[int, str]) -> str:
    rows = [row | {"note": notes.get(at, "B0")} for at, row in enumerate(clean(), start=2)]
    return "\n".join("\t".join(row.values()) for row in [dict.fromkeys(rows[0], ""), *rows]).replace(
        "\t" * (len(rows[0]) - 1), "\t".join(rows[0]), 1
    ) + "\n"  # fmt: skip


@case
def open_quote_pair(folder):
    write(folder, noted({102: '"Spike', 142: 'Jones"'}), 'delimiter: "\\t"', name="extract.txt")


@case
def open_quote_tsv(folder):
    write(folder, noted({102: '"on going" dispute', 152: '"no complaint', 292: 'said "enough', 302: '"second open'}),
          'delimiter: "\\t"', name="extract.txt")  # fmt: skip


@case
def own_names_source_file(folder):
    write(folder, other_columns(lambda at, row: {"source_file": "part1.csv", "source_row": str(at)}))


@case
def pandas_index(folder):
    header, *lines = text_of(clean()).splitlines()
    write(folder, "\n".join([f",{header}", *(f"{at},{line}" for at, line in enumerate(lines))]) + "\n")


@case
def reference_decimal_comma(folder):
    codes = sorted({row["offence_code"] for row in clean() if row["offence_code"]})
    (folder / "weights.csv").write_text("code,severity\n" + "".join(f'{code},"12,5"\n' for code in codes))
    write(folder, text_of(clean()), rest=SETTINGS + "reference: {severity: weights.csv}\n")


@case
def sep_line(folder):
    write(folder, "sep=;\n" + text_of(clean(), delimiter=";"), 'delimiter: ";"')


@case
def trailing_delimiter_all(folder):
    lines = text_of(clean(), delimiter="|").splitlines()
    write(folder, "".join(f"{line}|\n" for line in lines), 'delimiter: "|"', name="extract.txt")


@case
def u999_no_titles(folder):
    write(folder, other_columns(lambda at, row: {}, "offence"))


@case
def utf8_bom_as_cp1252(folder):
    write(folder, text_of(clean()).encode("utf-8-sig"), "encoding: cp1252")


@case
def wide_1500(folder):
    wide = other_columns(lambda at, row: {f"c{number}": str(at % 7) if number < 3 else "" for number in range(1500)})
    write(folder, gzip.compress(wide.encode()), name="extract.csv.gz")


@case
def xls_is_html(folder):
    cells = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row.values())}</tr>" for row in clean())
    write(folder, f"<html><body><table>{cells}</table></body></html>", name="extract.xls")


def workbook(folder: Path, sheets: dict[str, list[list]], hidden: str = "") -> None:
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
        if name == hidden:
            sheet.sheet_state = "hidden"
    stream = io.BytesIO()
    book.save(stream)
    write(folder, stream.getvalue(), name="extract.xlsx")


def cells(rows: list[Row]) -> list[list]:
    """Rows as Excel holds them: dates as dates, truths as truths."""

    def cell(name: str, text: str):
        if name in MOMENTS and text[:1] == "2":
            return datetime.fromisoformat(text)
        return {"": None, "True": True, "False": False}.get(text, text)

    return [list(rows[0]), *([cell(name, text) for name, text in row.items()] for row in rows)]


@case
def xlsx_errors(folder):
    rows = clean()
    for row in rows[::60]:
        row.update(dict.fromkeys(PEOPLE, "#N/A"))
    for row in rows[::4]:
        row["risk_grade"] = "#REF!"
    workbook(folder, {"Sheet": cells(rows)})


@case
def xlsx_formulas(folder):
    rows = [row | {"da_flag": f'=IF({at}=0,"Y","N")'} for at, row in enumerate(clean())]
    workbook(folder, {"Sheet": cells(rows)})


@case
def xlsx_hidden_first(folder):
    workbook(folder, {"old": cells(clean()[:120]), "Data": cells(clean())}, hidden="old")


@case
def xlsx_password(folder):
    write(
        folder,
        b"\xd0\xcf\x11\xe0" + b"\0" * 512 + "EncryptedPackage".encode("utf-16-le") + b"\0" * 512,
        name="extract.xlsx",
    )


@case
def xlsx_row_numbers(folder):
    rows = clean()
    rows[50]["occurred_from"] = "not a date"
    workbook(folder, {"Sheet": [[], [], [], *([None, *row] for row in cells(rows))]})


@case
def xlsx_two_sheets(folder):
    workbook(folder, {"Page 1": cells(clean()[:300]), "Page 2": cells(clean()[300:])})

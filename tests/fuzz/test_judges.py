"""Each judge is shown what is sound, and then one planted fault that it must catch."""

from __future__ import annotations

import hashlib
import json

import pytest
from fuzz.case import Case
from fuzz.processes import Ended

from fuzz import judges

ERROR = "E103: extract.csv is empty. Export it again.\n"


def ended(status=0, out="done\n", err=""):
    return Ended(status, out, err, 1.0)


@pytest.fixture
def folder(tmp_path):
    """The folder of a run that went well."""
    (tmp_path / "temporary").mkdir()
    out = tmp_path / "out"
    out.mkdir(mode=0o700)
    (out / "quality").mkdir(mode=0o700)
    book = "stage,rule,column,effect,rows\ne,read,,read,5\ne,x,a,quarantined,1\ne,d,,duplicate,1\no,used,,used,3\n"
    (out / "quality/reconciliation.csv").write_text(book)
    files = {"quality/reconciliation.csv": hashlib.sha256(book.encode()).hexdigest()}
    (out / "run.json").write_text(json.dumps({"files": files}))
    for path in out.rglob("*.*"):
        path.chmod(0o600)
    return tmp_path


def verdict(folder, how=None, rows=(5, 5), secrets=("N1234567",)):
    return judges.judge(Case(1, "run", [], list(rows), list(secrets)), folder, how or ended())


def test_a_sound_run_has_no_complaints(folder):
    assert verdict(folder) == []


@pytest.mark.parametrize(
    "error", [ERROR, "C003: The config has 1 wrong setting: a: b. See: dapipeline schema config.\n"]
)
def test_a_sound_error_has_no_complaints(error):
    assert judges.ending(ended(2 if error[0] == "C" else 1, err=error)) == []


@pytest.mark.parametrize(
    ("how", "word"),
    [
        (ended(None), "did not end"),
        (ended(-11), "exit status -11"),
        (ended(130), "exit status 130"),
        (ended(err="warning\n"), "stderr is not empty"),
        (ended(1), "not one line"),
        (ended(1, err=ERROR + "more\n"), "not one line"),
        (ended(1, err="Something went wrong.\n"), "not one line"),
        (ended(1, err=ERROR.strip()), "not one line"),
        (ended(2, err=ERROR), "exit status 2 for E103"),
        (
            ended(1, err="U999: The program failed where it should not (KeyError at a.py:7); sorry.\n"),
            "KeyError at a.py:7",
        ),
        (ended(0, out="Traceback (most recent call last):\n"), "Traceback"),
        (ended(0, err="Exception ignored in: <function>\n"), "Exception ignored"),
    ],
)
def test_a_wrong_ending_is_caught(how, word):
    assert any(word in complaint for complaint in judges.ending(how))


@pytest.mark.parametrize("shown", ["N1234567", "row 3: N1234567 is", "N123\n4567"])
def test_a_cell_about_a_person_on_the_terminal_is_caught(folder, shown):
    assert "cells about people" in verdict(folder, ended(out=shown))[0]


def test_what_is_left_in_the_temporary_folder_is_caught(folder):
    (folder / "temporary" / "tmpabcd1234").mkdir()
    assert verdict(folder) == ["temporary: 1 left behind, such as tmp…"]


@pytest.mark.parametrize("name", ["quality", "quality/reconciliation.csv", "run.json", "."])
def test_what_others_can_read_is_caught(folder, name):
    (folder / "out" / name).chmod(0o744)
    assert "others can read" in verdict(folder)[0]


def test_outputs_of_a_failed_command_are_caught(folder):
    assert verdict(folder, ended(1, err=ERROR)) == ["outputs: there are some though the command failed"]


def test_a_config_with_a_key_twice_that_is_accepted_is_caught(folder):
    case = Case(1, "run", ["double_keys"], None, [])
    assert judges.judge(case, folder, ended()) == ["config: one key twice, and accepted"]


def changed(folder):
    (folder / "out/quality/reconciliation.csv").write_text("stage,rule,column,effect,rows\n")


def removed(folder):
    (folder / "out/quality/reconciliation.csv").unlink()


def added(folder):
    (folder / "out/half").touch(mode=0o600)


@pytest.mark.parametrize(
    ("fault", "word"),
    [(changed, "not what run.json says"), (removed, "is missing"), (added, "half is not in run.json")],
)
def test_outputs_that_are_not_whole_are_caught(folder, fault, word):
    fault(folder)
    assert any(word in complaint for complaint in judges.whole(folder / "out", "run"))


def test_a_check_without_one_of_its_files_is_caught(folder):
    assert "quality/blanked.csv" in judges.whole(folder / "out", "check")[0]


def test_books_that_do_not_balance_are_caught(folder):
    book = folder / "out/quality/reconciliation.csv"
    book.write_text(book.read_text().replace("used,,used,3", "used,,used,2"))
    assert judges.balance(folder / "out", "run", None, "") == ["books: 5 rows read, 4 accounted for"]


def test_rows_that_vanish_before_they_are_counted_are_caught(folder):
    assert verdict(folder, rows=(6, 7)) == ["books: 5 rows read of 6 to 7 in the file"]
    assert verdict(folder, ended(out="A quote opens in row 3 and closes in row 5.\n"), rows=(6, 7)) == []

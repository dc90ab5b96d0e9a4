"""Expressions for canonical columns that no source column holds as it stands."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from dapipeline.extract.columns import BY_NAME
from dapipeline.extract.copies import quoted, text_of
from dapipeline.extract.draft import codes
from dapipeline.extract.draft.contents import GOOD, MOST, Look
from dapipeline.extract.draft.finding import COMMON
from dapipeline.extract.draft.matching import Matching
from dapipeline.extract.draft.names import plain_words
from dapipeline.reference.codes import FAMILY, INTIMATE
from dapipeline.reference.vocabulary import code_words

DOMESTIC = r"(?:^|[^a-z])(?:domestic|dom\.? ?violence|family violence|intimate partner|dv|dva|da|dvi)(?:[^a-z]|$)"
SEPARATORS = r"\s*[;,|/]\s*"
FEW = 0.005  # share of the rows that have a word, at least
MOST_TITLES, MOST_STATES = 2000, 60  # different texts at most in a column of titles, and of states of a case
ARREST = "arrest"
BAND = r"(under|over|<|>)?\s*[0-9]{1,3}\s*(-|–|to|\+|and over|and under)?\s*([0-9]{1,3})?"
MOST_BANDS = 30
UNDECIDED = (
    "no column says which incidents are domestic abuse: name one under columns (da_flag: YOUR_COLUMN), or say under "
    "derive how to tell"
)


@dataclass
class Derived:
    """Expressions for columns that are not there.

    Attributes
    ----------
    derive : dict of str to str
        Canonical column to the expression that it is worked out by.
    reasons, doubts : dict of str to str
        Canonical column to why, and to what the analyst has to look at.
    undecided : dict of str to str
        Canonical column to what only the analyst can decide.
    used : set of str
        Source columns that the expressions read.
    """

    derive: dict[str, str] = field(default_factory=dict)
    reasons: dict[str, str] = field(default_factory=dict)
    doubts: dict[str, str] = field(default_factory=dict)
    undecided: dict[str, str] = field(default_factory=dict)
    used: set[str] = field(default_factory=set)

    def add(self, canonical: str, expression: str, source: str, reason: str, doubt: str = "") -> None:
        """Work a canonical column out from a source column.

        Parameters
        ----------
        canonical, expression, source : str
            The canonical column, SQL for it, and the source column that the SQL reads.
        reason, doubt : str
            Why, and what the analyst has to look at.
        """
        self.derive[canonical], self.reasons[canonical] = expression, reason
        self.used.add(source)
        if doubt:
            self.doubts[canonical] = doubt


def derive_the_rest(looks: Mapping[str, Look], matching: Matching) -> Derived:
    """Work out columns that no source column holds: what is DA, what is a crime, ages, and markers in a list of words.

    Parameters
    ----------
    looks : mapping of str to Look
        By source column.
    matching : Matching
        The columns that were found already.

    Returns
    -------
    Derived
    """
    found, derived = matching.findings, Derived()
    _flags_of_one_word(derived, matching, looks)
    _codes_in_two(derived, matching, looks)
    _keywords(derived, matching, looks)
    if "da_flag" not in found and "da_flag" not in derived.derive:
        _domestic(derived, matching, looks)
    if "is_crime" not in found:
        _crime(derived, matching, looks)
    if "arrested" not in found:
        _arrest(derived, matching, looks)
    for role in ("suspect", "victim"):
        _birth_year(derived, matching, role)
    for role in ("offender", "victim"):
        _band(derived, matching, looks, role)
    return derived


def _flags_of_one_word(derived: Derived, matching: Matching, looks: Mapping[str, Look]) -> None:
    """Read blanks as no in a flag that only ever says yes."""
    for name, finding in matching.findings.items():
        column = looks[finding.source].column
        if BY_NAME[name].kind != "boolean" or column.filled == column.rows:
            continue
        words = {**code_words()["boolean"], **code_words().get(name, {})}
        said = {words.get(word) for word in column.words}
        if said == {"true"} or (column.distinct == 1 and said == {None}):
            listed = ", ".join(text_of(text) for text in sorted(set(column.texts)))
            rows = f"{finding.source} says so in {column.filled:,} rows and is empty in {column.rows - column.filled:,}"
            derived.add(
                name, f"coalesce(lower({quoted(finding.source)}) in ({listed}), false)", finding.source,
                f"{finding.confidence}: {', '.join(finding.reasons)}", f"{rows}: is empty a no?",
            )  # fmt: skip


def _codes_in_two(derived: Derived, matching: Matching, looks: Mapping[str, Look]) -> None:
    first, second = matching.named("<offence class>"), matching.named("<offence subclass>")
    if "offence_code" in matching.findings or not first or not second:
        return
    numbered = all(codes.numbers(looks[name].column)[1] >= MOST for name in (first[0], second[0]))
    if numbered:
        derived.add(
            "offence_code", f"lpad({quoted(first[0])}, 3, '0') || lpad({quoted(second[0])}, 2, '0')", first[0],
            f"likely: the code stands in two columns, {first[0]} and {second[0]}",
        )  # fmt: skip
        derived.used.add(second[0])


def _keywords(derived: Derived, matching: Matching, looks: Mapping[str, Look]) -> None:
    """Read flags from a list of words in one cell."""
    for source in matching.named("<keywords>"):
        column = looks[source].column
        if source in {finding.source for finding in matching.findings.values()}:
            continue
        tokens = column.texts.str.split(SEPARATORS, regex=True)
        weights = tokens.explode().to_frame("token").join(
            column.values.reset_index(drop=True).rename("rows"), how="left"
        ).groupby("token")["rows"].sum()  # fmt: skip
        common = [str(token) for token, rows in weights.items() if rows >= COMMON and re.search("[a-z]", str(token))]
        wanted = {
            "da_flag": [t for t in common if re.search(DOMESTIC, t)],
            "alcohol": [t for t in common if re.fullmatch(r"alcohol.*|drunk.*|intox.*|alc", t)],
            "drugs": [t for t in common if re.fullmatch(r"drugs?( .*)?|substance.*", t)],
            "honour_based": [t for t in common if re.fullmatch(r"honou?r.*|hbv|hba", t)],
            "forced_marriage": [t for t in common if re.fullmatch(r"forced marriage", t)],
            "fgm": [t for t in common if re.fullmatch(r"fgm", t)],
        }
        for canonical, words in wanted.items():
            if words and canonical not in matching.findings and canonical not in derived.derive:
                derived.add(canonical, _any_of(source, words), source, f"likely: words in the list of {source}")


def _any_of(source: str, words: list[str]) -> str:
    return " or ".join(f"contains(lower(coalesce({quoted(source)}, '')), {text_of(word)})" for word in sorted(words))


def _domestic(derived: Derived, matching: Matching, looks: Mapping[str, Look]) -> None:
    """Look for domestic abuse in the titles of offences, else in the relationship; else leave it to the analyst."""
    free = [name for name, look in looks.items() if not look.moments and name not in _ids(matching)]
    for source in sorted(free, key=lambda name: name != _source(matching, "offence")):
        column = looks[source].column
        said = column.texts.str.contains(DOMESTIC, regex=True)
        if column.distinct <= MOST_TITLES and FEW <= column.share(said) <= MOST:
            cell = f"lower(coalesce({quoted(source)}, ''))"
            plain = bool(column.texts[said].str.contains("domestic").all())
            test = f"contains({cell}, 'domestic')" if plain else f"regexp_matches({cell}, {text_of(DOMESTIC)})"
            derived.add(
                "da_flag", test, source,
                f"guess: {column.share(said):.0%} of {source} speak of domestic abuse",
                "is every incident of domestic abuse told by these words?",
            )  # fmt: skip
            return
    if "relationship" in matching.findings:
        source = matching.findings["relationship"].source
        listed = ", ".join(f"'{value}'" for value in (*INTIMATE, *FAMILY))
        derived.add(
            "da_flag", f"coalesce(relationship in ({listed}), false)", source,
            "guess: no column says so, and the relationship stands for it",
            "is an offence between family or partners always domestic abuse in this file?",
        )  # fmt: skip
        return
    derived.undecided["da_flag"] = UNDECIDED


def _crime(derived: Derived, matching: Matching, looks: Mapping[str, Look]) -> None:
    code, title = _source(matching, "offence_code"), _titled_no_crime(matching, looks)
    gaps = bool(code) and looks[code].column.filled < looks[code].column.rows
    if title and not gaps:
        said = text_of(codes.NO_CRIME.pattern)
        derived.add(
            "is_crime", f"not regexp_matches(lower(coalesce({quoted(title)}, '')), {said})", title,
            f"likely: some of {title} say that they are no crime",
        )  # fmt: skip
    elif code or "offence_code" in derived.derive:
        name = quoted(code) if code else "offence_code"
        derived.add("is_crime", f"{name} is not null", code or "", "likely: what has a code is a crime")
        column = looks[code].column if code else None
        if column is not None and column.filled == column.rows:
            derived.doubts["is_crime"] = "every row has a code: are there non-crime incidents in this file?"
    elif flag := _flagged(matching, looks):
        yes = ", ".join(text_of(word) for word, value in sorted(code_words()["boolean"].items()) if value == "true")
        derived.add(
            "is_crime", f"lower({quoted(flag)}) in ({yes})", flag, f"likely: {flag} says yes or no",
            f"does {flag} say whether a row is a crime?",
        )  # fmt: skip
    else:
        derived.add(
            "is_crime", "true", "", "guess: nothing in the file speaks of incidents that are no crime",
            "is every row of this file a crime?",
        )  # fmt: skip


def _flagged(matching: Matching, looks: Mapping[str, Look]) -> str:
    """Return an unmapped yes-or-no column whose name is about crimes; empty where there is none."""
    taken = {finding.source for finding in matching.findings.values()}
    for source, look in looks.items():
        about = any({"crime", "notifiable"} & words for words in plain_words(source))
        share, said = codes.share_boolean(look.column)
        if source not in taken and about and share >= MOST and len(said) > 1:
            return source
    return ""


def _titled_no_crime(matching: Matching, looks: Mapping[str, Look]) -> str:
    """Return the column whose words say that some rows are no crime, offence titles first; empty where none does."""
    first = _source(matching, "offence")
    for source in sorted(looks, key=lambda name: name != first):
        column = looks[source].column
        if looks[source].moments or source in _ids(matching) or column.distinct > MOST_TITLES:
            continue
        if FEW < column.share(column.texts.str.contains(codes.NO_CRIME.pattern, regex=True)) < MOST:
            return source
    return ""


def _arrest(derived: Derived, matching: Matching, looks: Mapping[str, Look]) -> None:
    """Look for a word that means arrested in a column that is something else."""
    words = [word for word, value in code_words()["arrested"].items() if value == "true" and ARREST in word]
    for source, look in looks.items():
        column = look.column
        if look.moments or not 2 <= column.distinct <= MOST_STATES or _ids(matching) & {source}:
            continue
        said = [text for text, word in zip(column.texts, column.words, strict=True) if word in words]
        if FEW < column.share(column.texts.isin(said)) < MOST:
            listed = ", ".join(text_of(text) for text in sorted(said))
            derived.add(
                "arrested", f"coalesce(lower({quoted(source)}) in ({listed}), false)", source,
                f"likely: what {source} says of an arrest", "do these words mean that the suspect was arrested?",
            )  # fmt: skip
            return


def _birth_year(derived: Derived, matching: Matching, role: str) -> None:
    own = "offender" if role == "suspect" else role
    if {f"{own}_dob", f"{own}_age"} & set(matching.findings):
        return
    years = [
        *matching.named(f"<{role} birth year>"),
        *(matching.named("<person birth year>") if own == "offender" else []),
    ]
    if years:
        derived.add(
            f"{own}_age", f"year(occurred_from) - try_cast({quoted(years[0])} as double)", years[0],
            "likely: a year is no birth date, so the age may be a year too high",
        )  # fmt: skip


def _band(derived: Derived, matching: Matching, looks: Mapping[str, Look], role: str) -> None:
    """Read a band of ages, such as 25-34 or over 65, as its middle or its one end."""
    canonical = f"{role}_age"
    if {f"{role}_dob", canonical} & {*matching.findings, *derived.derive}:
        return
    band = f"<{'suspect' if role == 'offender' else role} age band>"
    for source in [*matching.named(band), *matching.named(canonical)]:
        column = looks[source].column
        if column.distinct <= MOST_BANDS and column.share(column.texts.str.fullmatch(BAND)) >= GOOD:
            low, high = (_number_in(source, "([0-9]+)[^0-9]+([0-9]+)", group) for group in (1, 2))
            one = _number_in(source, "([0-9]+)", 1)
            derived.add(
                canonical, f"coalesce(({low} + {high}) / 2, {one})", source, f"guess: {source} tells bands of ages",
                "the middle of a band stands for the age",
            )  # fmt: skip
            return


def _number_in(source: str, pattern: str, group: int) -> str:
    return f"try_cast(regexp_extract({quoted(source)}, '{pattern}', {group}) as double)"


def _source(matching: Matching, canonical: str) -> str:
    return matching.findings[canonical].source if canonical in matching.findings else ""


def _ids(matching: Matching) -> set[str]:
    return {f.source for name, f in matching.findings.items() if name.endswith("_id")}

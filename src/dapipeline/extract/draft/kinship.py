"""Whose relationship a column describes: what the victim is to the suspect, or the other way round."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from dapipeline.extract.copies import quoted, text_of
from dapipeline.extract.draft.codes import known_words
from dapipeline.extract.draft.contents import Look
from dapipeline.extract.draft.finding import Finding
from dapipeline.extract.draft.moments import reading_of
from dapipeline.extract.draft.names import whose
from dapipeline.extract.draft.profile import Profile

TURNED = {"parent": "child", "child": "parent"}
FEWEST, CLEAR = 50, 0.8  # rows with a parent or child and both ages, at least; share of them that agree


@dataclass(frozen=True)
class Kinship:
    """The direction of a relationship.

    Attributes
    ----------
    turned : bool
        Whether the words say what the suspect is to the victim, so that parent and child have to be exchanged.
    finding : Finding
        The relationship's, with what is known of its direction.
    """

    turned: bool
    finding: Finding


def kinship(profile: Profile, looks: Mapping[str, Look], findings: Mapping[str, Finding]) -> Kinship | None:
    """Find whose relationship a column describes: by the ages of both people, else by its name.

    Parameters
    ----------
    profile : Profile
    looks : mapping of str to Look
        By source column.
    findings : mapping of str to Finding
        By canonical column.

    Returns
    -------
    Kinship or None
        None where no column is the relationship.
    """
    if "relationship" not in findings:
        return None
    finding = findings["relationship"]
    words = known_words(looks[finding.source].column, "relationship")
    if not set(TURNED) & set(words.values()):
        return Kinship(False, finding)
    agreeing = _older_parents(profile, looks, findings, words)
    named = whose(finding.source)
    if agreeing is not None and 1 - CLEAR < agreeing < CLEAR:
        doubt = f"{1 - agreeing:.0%} of the parents in it are younger than their children: is it this column?"
        likely = "likely" if finding.confidence == "certain" else finding.confidence
        turned = named == "suspect"
        return Kinship(turned, replace(finding, confidence=likely, doubt=finding.doubt or doubt))
    if agreeing is not None:
        turned, reason = agreeing <= 1 - CLEAR, "by the ages of parents and children"
    elif named:
        turned, reason = named == "suspect", "by its name"
    else:
        doubt = "is it what the victim is to the suspect? If not, parent and child change places"
        confidence = "likely" if finding.confidence == "certain" else finding.confidence
        return Kinship(False, replace(finding, confidence=confidence, doubt=finding.doubt or doubt))
    told = "suspect is to the victim: parent and child are turned round" if turned else "victim is to the suspect"
    return Kinship(turned, replace(finding, reasons=(*finding.reasons, f"{reason}, what the {told}")))


def _older_parents(
    profile: Profile, looks: Mapping[str, Look], findings: Mapping[str, Finding], words: Mapping[str, str]
) -> float | None:
    """Return the share of parents who are older than the suspect, and of children who are younger."""
    older = _victim_is_older(looks, findings)
    if not older:
        return None
    cell = f"lower({quoted(findings['relationship'].source)})"
    listed = {
        kind: ", ".join(text_of(word) for word, value in sorted(words.items()) if value == kind) for kind in TURNED
    }
    parent = f"{cell} IN ({listed['parent']})" if listed["parent"] else "false"
    child = f"{cell} IN ({listed['child']})" if listed["child"] else "false"
    share, rows = profile.ask(
        f"SELECT avg((older = parent)::int), count(older) FROM (SELECT {older} AS older, {parent} AS parent, "  # noqa: S608
        f"{child} AS child FROM cells) WHERE (parent OR child) AND older IS NOT NULL"
    )[0]
    return float(share) if rows >= FEWEST else None


def _victim_is_older(looks: Mapping[str, Look], findings: Mapping[str, Finding]) -> str:
    """Return SQL for whether the victim is older than the suspect; empty where the file has no ages."""
    if {"offender_dob", "victim_dob"} <= set(findings):
        sources = findings["offender_dob"].source, findings["victim_dob"].source
        days = [moments for source in sources if (moments := looks[source].moments)]
        if len(days) == len(sources) and not any("%y" in moments.format for moments in days):
            suspect, victim = (
                reading_of(moments.format, quoted(source)) for moments, source in zip(days, sources, strict=True)
            )
            return f"({victim} < {suspect})"
    if {"offender_age", "victim_age"} <= set(findings):
        suspect, victim = (
            f"try_cast({quoted(findings[name].source)} AS double)" for name in ("offender_age", "victim_age")
        )
        return f"(CASE WHEN {suspect} > 0 AND {victim} > 0 THEN {victim} > {suspect} END)"
    return ""

"""What a run knows of itself, in words that may be printed: every record is filled in from these."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from dapipeline.report.breakdown import ALL, Breakdown
from dapipeline.report.cards.firmness import VERDICTS, firmness
from dapipeline.report.compared import compared
from dapipeline.report.disclosure import gate, gate_part
from dapipeline.report.labels import label
from dapipeline.report.material import Material
from dapipeline.report.records.record import Points
from dapipeline.report.reported import gathered
from dapipeline.report.sections.equality import differing_table, gaps_in_words, stand_ins_in_words, tallies
from dapipeline.report.sections.method import WEIGHTS
from dapipeline.report.sections.quality import fates
from dapipeline.report.stability import stability_sentence
from dapipeline.report.table import Part, Table, table
from dapipeline.report.words import count, day, exact, listed, plain, several

PEOPLE = "People"
UNNAMED = "In clusters without a name"
NOTHING_AUDITED = "Nothing could be audited: the extract records no characteristic, or those of too few people."


PSEUDONYMS = (
    "Ids of suspects, victims and incidents are keyed pseudonyms (HMAC-SHA256) in every output of this run; whoever "
    "has the key can tell who is who."
)
OWN_IDS = (
    "Ids stand as the extract has them; with privacy.pseudonymise in the config they would be keyed pseudonyms in "
    "every output."
)
INSIDE = "The report is for readers inside the force: it shows records of individual people, without ids or days."
SHARING = {
    "internal": INSIDE,
    "shareable": f"{INSIDE} A second edition beside it, in the folder shareable/, holds rounded numbers of many "
    "people, withholds what would tell of a few, and has no record and no row of anybody: it may be shared.",
}


@dataclass(frozen=True)
class Facts:
    """The facts of a run.

    Attributes
    ----------
    name, marking, contact : str
        Of the config; marking and contact may be empty.
    made : str
        The day.
    version, versions : str
        Of dapipeline; of everything that results depend on.
    window : str
        Which incidents count.
    limit : int
        Counts of people below it are withheld.
    review : str
        When the outputs are to be looked at again.
    ids : str
        Whether ids are pseudonyms.
    sharing : str
        Who may read the report.
    rows, blanked, cohort, victims, severity : str
        What became of rows; what was left blank; who is in the cohort; how many are named as victims; the scale.
    clusters, weight, features, off, training : str
        How many clusters and names there are, and the method.
    described : tuple of str
        Labels of the clustered features.
    typologies : Table
        People by typology, as far as it may be printed, and how firm each is.
    stability : str
    firm : str
        How many typologies are how firm.
    equality, gaps, stand_ins : Points
        What the equality audit found.
    differing : Table or None
        Where parts differ from the rest of the cohort.
    warnings : Points
        What is likely wrong with the extract.
    files : Table
        The files that went in, with their SHA-256.
    settings_sha256 : str
    columns : str
        The canonical columns of the extract.
    people_columns : tuple of str
        Those that say something of a person that is sensitive.
    definitions : str
        Where the names come from; empty without.
    shown : str
        Of how many people the page shows the record.
    """

    name: str
    marking: str
    contact: str
    made: str
    version: str
    versions: str
    window: str
    limit: int
    review: str
    ids: str
    sharing: str
    rows: str
    blanked: str
    cohort: str
    victims: str
    severity: str
    clusters: str
    weight: str
    features: str
    off: str
    training: str
    described: tuple[str, ...]
    typologies: Table
    stability: str
    firm: str
    equality: Points
    gaps: Points
    stand_ins: Points
    differing: Table | None
    warnings: Points
    files: Table
    settings_sha256: str
    columns: str
    people_columns: tuple[str, ...]
    definitions: str
    shown: str


SENSITIVE = {
    "offender_sex": "sex of suspects", "victim_sex": "sex of victims", "offender_ethnicity": "ethnic group of suspects",
    "victim_ethnicity": "ethnic group of victims", "offender_dob": "dates of birth of suspects",
    "offender_age": "ages of suspects", "victim_dob": "dates of birth of victims", "victim_age": "ages of victims",
    "relationship": "how victims are related to suspects", "honour_based": "honour-based abuse",
    "forced_marriage": "forced marriage", "fgm": "female genital mutilation", "alcohol": "alcohol", "drugs": "drugs",
    "lsoa": "small areas of incidents", "imd_decile": "deprivation of these areas", "managed_by": "who manages a "
          "suspect",
    "risk_grade": "risk grades", "outcome_code": "outcomes of offences", "arrested": "arrests",
}  # fmt: skip


def facts_of(material: Material) -> Facts:
    """Gather the facts of a run.

    Parameters
    ----------
    material : Material

    Returns
    -------
    Facts
    """
    contents, may = material.contents, material.may
    config, found = contents.config, compared(may)
    return Facts(
        name=config.name, marking=config.report.marking, contact=config.report.contact,
        made=day(contents.made_on), version=contents.versions["dapipeline"],
        versions=", ".join(f"{name} {version}" for name, version in sorted(contents.versions.items())),
        window=_window(config.window), limit=may.limit, review=_review(config.privacy.review_after_days),
        ids=PSEUDONYMS if config.privacy.pseudonymise else OWN_IDS, sharing=SHARING[config.report.edition],
        rows=_rows(contents.reconciliation), blanked=_blanked(contents.reconciliation), cohort=_cohort(material),
        victims=_victims(material), severity=contents.scale if contents.has_severity else "none: no offence has one",
        clusters=_clusters(material), weight=WEIGHTS[config.clustering.weight], **_features(contents.feature_catalogue),
        training=_training(contents.model, config), typologies=_typologies(material),
        stability=stability_sentence(contents), firm=_firm(material), equality=_audited(tallies(found)),
        gaps=Points(tuple(gaps_in_words(contents, may))), stand_ins=_audited(stand_ins_in_words(contents, may)),
        differing=differing_table(found), warnings=Points(tuple(contents.warnings["text"])),
        files=table("Files that went in", ["File", "SHA-256"], sorted(contents.inputs.items())),
        settings_sha256=contents.settings_sha256, columns=listed(contents.columns),
        people_columns=(
            *(words for name, words in SENSITIVE.items() if name in contents.columns),
            *(f"the force's marker “{plain(name)}”" for name in config.markers),
        ),
        definitions=f"{contents.definitions.name} ({contents.definitions.source})" if contents.definitions else "",
        shown=f"The page shows the records of {several(len(contents.timeline_people), 'person', 'people')}",
    )  # fmt: skip


def _audited(said: list[str]) -> Points:
    return Points(tuple(said) or (NOTHING_AUDITED,))


def _window(window: Any) -> str:
    start = f" from {day(window.first)}" if window.first else ""
    end = f" until {day(window.last)}" if window.last else ""
    return f"incidents that became known{start}{end}" if start or end else "all incidents of the extract"


def _review(days: int) -> str:
    return f"The config sets a review of the outputs {several(days, 'day')} after the extract was read."


def _rows(reconciliation: pd.DataFrame) -> str:
    counts = fates(reconciliation)
    parts = [f"{count(rows)} {'exact duplicates' if fate == 'duplicate' else fate}" for fate, rows in counts.items()]
    return f"{count(counts.sum())} rows read: {listed(parts)}"


def _blanked(reconciliation: pd.DataFrame) -> str:
    values = int(reconciliation.loc[reconciliation["effect"] == "blanked", "rows"].sum())
    return f"{several(values, 'value')} that broke a rule {'was' if values == 1 else 'were'} left blank"


def _cohort(material: Material) -> str:
    contents = material.contents
    missing = contents.missing_features.query("feature == 'any' and treatment == 'excluded'")["offenders"]
    people, excluded = len(contents.people), int(missing.sum())
    words = f"{several(people, 'person', 'people')} recorded as suspects of domestic abuse are sorted into clusters"
    if not excluded:
        return words
    left_out = gate_part(excluded, people + excluded, material.may.limit)
    number = count(left_out.number) if isinstance(left_out, Part) else "some"
    return f"{words}; {number} more could not be, because a feature of theirs is not known"


def _victims(material: Material) -> str:
    harm = material.contents.harm
    named = harm.gini.loc[harm.gini["unit"] == "victims", "number"] if harm is not None else pd.Series(dtype=float)
    told = gate_part(int(named.iloc[0]), int(named.iloc[0]), material.may.limit) if len(named) else None
    if isinstance(told, Part):
        return f"{several(told.number, 'person is', 'people are')} named as victims of their domestic abuse"
    return "how many people are named as victims of it was not counted in this run, or is too few to be told"


def _clusters(material: Material) -> str:
    named = sum(typology.named for typology in material.typologies)
    names = f"{several(named, 'typology', 'typologies')} found among them" if named else "none of them has a name"
    return f"{several(len(material.contents.clusters), 'cluster')}; {names}"


def _features(catalogue: pd.DataFrame) -> dict[str, Any]:
    uses = catalogue.groupby("use")["feature"].apply(list).to_dict()
    clustered, off = uses.get("clustered", []), uses.get("off", [])
    lacking = sorted({c for cell in catalogue.loc[catalogue["use"] == "off", "missing_columns"].dropna()
                      for c in cell.split("; ") if c})  # fmt: skip
    described = len(uses.get("described", []))
    without = f": the extract lacks {listed(lacking)}" if lacking else ""
    return {
        "described": tuple(label(name) for name in clustered),
        "features": f"{several(len(clustered), 'feature')} of each person's record formed the clusters; {described} "
              "more describe them only",
        "off": f"{several(len(off), 'feature was', 'features were')} switched off{without}" if off else
        "No feature was switched off",
    }  # fmt: skip


def _training(model: dict[str, Any], config: Any) -> str:
    clustering, distance = config.clustering, "squared distances" if "sq" in config.clustering.metric else "distances"
    return (
        "Counts, severities and durations by their "
        f"{'square root' if config.features.transform == 'sqrt' else 'logarithm'}; every feature with mean 0 and "
        f"variance 1; {model['components']} principal "
        f"components{f', which keep {exact(clustering.variance)} of the variance' if clustering.variance else ''}; "
        f"k-medoids (solver {clustering.solver}) with k = {model['k']}, the least total of {distance}, seed "
        f"{clustering.seed}."
    )  # fmt: skip


def _typologies(material: Material) -> Table:
    """Lay out people by typology; names of few people stand together, as the gate decides."""
    contents, limit = material.contents, material.may.limit
    rows = gathered(material.typologies)
    titles = [row.title if row.named else UNNAMED if row.key == "unnamed" else row.title for row in rows]
    people = np.array([row.people for row in rows], dtype=np.int64)
    whole = int(people.sum())
    gated = gate(
        Breakdown((PEOPLE,), np.array([whole]), tuple(titles), people[None, :], np.full((1, len(rows)), whole)), limit
    )
    firm = {t: firmness(contents, row).verdict for t, row in zip(titles, rows, strict=True) if row.named}
    lines = [(name, cell, firm.get(name, "–")) for name, cell in gated.cells(ALL).items()]
    note = "Names of few people stand together." if len(lines) < len(rows) else ""
    return table("People by typology", ["Typology", "People", "How firm"], lines, [1], note)


def _firm(material: Material) -> str:
    verdicts = [firmness(material.contents, typology).verdict for typology in material.typologies if typology.named]
    if not verdicts:
        return "No cluster has a name."
    parts = [f"{verdicts.count(verdict)} {verdict.lower()}" for verdict in reversed(VERDICTS)]
    return (
        f"Of {several(len(verdicts), 'typology', 'typologies')}: {listed(parts)}. Firm means that much the same "
        "people come together again when part of them are left out; of the others, who is in them is open."
    )

"""Words that the invented British exports share."""

from __future__ import annotations

import pandas as pd

# kind: class, sub-class, title
OFFENCES = {
    "injury": ("8", "06", "Assault occasioning actual bodily harm"),
    "assault": ("105", "01", "Common assault and battery"),
    "threats": ("3", "01", "Threats to kill"),
    "harassment": ("195", "12", "Harassment without violence"),
    "stalking": ("8", "66", "Stalking involving serious alarm or distress"),
    "coercion": ("8", "67", "Controlling or coercive behaviour"),
    "rape": ("19", "08", "Rape of a female aged 16 and over"),
    "damage": ("58", "02", "Criminal damage to a dwelling"),
    "theft": ("46", "00", "Theft from a shop"),
    "burglary": ("28", "03", "Burglary in a dwelling"),
    "robbery": ("34", "01", "Robbery of personal property"),
    "drugs": ("92", "40", "Possession of a class B drug"),
    "weapons": ("8", "13", "Possession of a bladed article in a public place"),
    "public_order": ("125", "09", "Causing harassment, alarm or distress"),
    "breach": ("66", "20", "Breach of a non-molestation order"),
}
RELATIONS = {
    "partner": ["Spouse", "Partner", "Girlfriend/Boyfriend", "Civil Partner"],
    "ex_partner": ["Ex Partner", "Ex Spouse", "Ex Girlfriend/Boyfriend"],
    "parent": ["Mother", "Father"],
    "child": ["Son", "Daughter"],
    "sibling": ["Brother", "Sister"],
    "other_family": ["Other Family Member", "Grandparent", "In-Law"],
    "acquaintance": ["Acquaintance", "Neighbour", "Colleague"],
    "stranger": ["Stranger"],
    "none": ["Not Recorded", "N/A"],
}
PREMISES = {
    "residential": ["Dwelling - House", "Dwelling - Flat", "HMO/Bedsit"],
    "public": ["Street/Highway", "Public Open Space", "Car Park"],
    "licensed": ["Public House", "Nightclub"],
    "retail": ["Shop", "Supermarket"],
    "custody": ["Police Custody", "Prison"],
    "other": ["Hospital", "School", "Other Building"],
}
BEATS = ("Alverthorpe", "Brackenholme", "Coldharbour Wood", "Dunscombe", "Easterly Cross", "Fenwick Sands")


def offence(rows: pd.DataFrame, part: int) -> pd.Series:
    """Give the class, 0, the sub-class, 1, or the title, 2, of each row; empty where there was no crime."""
    return rows["kind"].map({kind: parts[part] for kind, parts in OFFENCES.items()}).fillna("")

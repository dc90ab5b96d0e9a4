"""What every record says in the same words, whatever the run."""

from __future__ import annotations

WHAT_IT_IS = (
    "dapipeline reads a police extract of domestic abuse (DA) incidents, describes each person named as a suspect by "
    "features of their recorded history, sorts the histories into clusters of similar ones (principal components, "
    "k-medoids) and, where the run has definitions, gives clusters the names of typologies that their figures fit. A "
    "report describes each group."
)
WHAT_IT_IS_NOT = (
    "It describes a cohort. It is no risk score, predicts nothing about a person, and must not be used to decide "
    "about one: not for an arrest, a charge, a grading, a service or a check."
)
SUSPECTS = (
    "A suspect is not a convicted person. Everybody counted was named as a suspect, whether or not anything was ever "
    "proved or charged, and suspects of one incident can be victims in another."
)
POLICE_DATA = (
    "Police data shows what was reported and recorded, and where police look. Abuse that nobody reported is not in "
    "it, and a group that police watch more closely has longer records."
)
NOT_CLUSTERED = (
    "The offender's sex and ethnicity are never clustering variables and never criteria for a name. They are audited "
    "afterwards, with age and deprivation, as far as the extract records them."
)
LOCAL = "It runs on the force's own machine, opens no network connection and sends nothing anywhere."
NO_MODEL_OF_A_PERSON = "Nothing was trained to predict an outcome: there is no target, and so no accuracy to report."
GATE = (
    "Counts of people by a characteristic are withheld below the limit of {limit}, with as many others as it takes "
    "for no withheld count to be worked out; means and sums need as many people, of whom no one or two hold 90%. This "
    "record is held to the same."
)
EQUALITY_CAVEAT = (
    "Counts are those of the report's equality audit that may be printed; small ones are withheld, so that fewer of "
    "those who are under-represented are seen. A difference may come from who offends, who is reported, or where "
    "police look; the audit cannot tell which. “As expected” means that no difference can be shown, not that there is "
    "none."
)

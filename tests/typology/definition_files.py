"""Definitions written by hand, as a file would hold them."""

from dapipeline.typology.definitions import Definitions


def typology(*criteria, **changes):
    texts = {key: f"{key} in words" for key in ("title", "description", "is_not", "source")}
    return {**texts, "group": "A", "response": "safeguarding", "criteria": list(criteria), **changes}


def settings(enough=0.75, compared=(), **typologies):
    return {
        "name": "By hand",
        "source": "a test",
        "enough": enough,
        "compared": list(compared),
        "response": {"safeguarding": "Safeguarding"},
        "typologies": typologies,
    }


def definitions(enough=0.75, compared=(), **typologies):
    return Definitions.model_validate(settings(enough, compared, **typologies))


def criterion(feature="da_incidents", statistic="mean", **comparison):
    return {"feature": feature, "statistic": statistic, **comparison}

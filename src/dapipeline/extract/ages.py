"""Age in whole years, one more on each birthday."""

from __future__ import annotations

from typing import Any


def age_at(moment: Any, born: Any) -> Any:
    """Compute the age in whole years at a moment.

    Parameters
    ----------
    moment : ibis timestamp expression
        When the incident started.
    born : ibis date expression
        The birth date; missing gives missing.

    Returns
    -------
    ibis integer expression
        Negative where the moment is before the birth.
    """
    before_birthday = (moment.month() * 100 + moment.day()) < (born.month() * 100 + born.day())
    return (moment.year() - born.year() - before_birthday.cast("int32")).cast("int32")

"""When incidents happen, how long each lasts, and over what time they spread."""

from __future__ import annotations

from dapipeline.offenders.feature import Feature
from dapipeline.offenders.measures import count, days_between, greatest, mean, share

HOUR, DAY = 3600, 86_400  # seconds

FEATURES = (
    Feature(
        "da_span_days", "time", "duration", "days",
        "Days from the start of the first to the start of the last DA incident.",
        "incidents", lambda t: days_between(t.occurred_from.min(where=t.is_da), t.occurred_from.max(where=t.is_da)),
    ),
    Feature(
        "offending_span_days", "time", "duration", "days",
        "Days from the start of the first to the start of the last incident of any kind.",
        "incidents", lambda t: days_between(t.occurred_from.min(), t.occurred_from.max()),
    ),
    Feature(
        "days_to_first_da", "time", "duration", "days",
        "Days from the start of the first incident of any kind to the start of the first DA incident.",
        "incidents", lambda t: days_between(t.occurred_from.min(), t.occurred_from.min(where=t.is_da)),
    ),
    Feature(
        "non_da_before_first_da", "time", "count", "incidents",
        "Non-DA incidents that start before the first DA incident.",
        "incidents", lambda t: count(~t.is_da & t.before_first_da),
    ),
    Feature(
        "da_duration_mean_hours", "time", "duration", "hours",
        "Mean time from start to end of the DA incidents with a recorded end; 0 where none has one.",
        "incidents", lambda t: mean(t.duration_seconds, t.is_da & t.duration_seconds.notnull(), per=HOUR),
        needs=("occurred_to",),
    ),
    Feature(
        "da_duration_max_hours", "time", "duration", "hours",
        "Longest time from start to end of a DA incident; 0 where none has a recorded end.",
        "incidents", lambda t: greatest(t.duration_seconds, t.is_da & t.duration_seconds.notnull(), per=HOUR),
        needs=("occurred_to",),
    ),
    Feature(
        "non_da_duration_mean_hours", "time", "duration", "hours",
        "Mean time from start to end of the non-DA incidents with a recorded end; 0 where none has one.",
        "incidents", lambda t: mean(t.duration_seconds, ~t.is_da & t.duration_seconds.notnull(), per=HOUR),
        needs=("occurred_to",),
    ),
    Feature(
        "da_over_a_year_share", "time", "share", "share of incidents",
        "Of the DA incidents with a recorded end, the share that lasted 365 days or more.",
        "incidents", lambda t: share(t.duration_seconds >= 365 * 24 * HOUR, t.is_da & t.duration_seconds.notnull()),
        needs=("occurred_to",),
    ),
    Feature(
        "da_night_share", "time", "share", "share of incidents",
        "Share of DA incidents that start from 22:00 to 05:59.",
        "incidents", lambda t: share(t.night, t.is_da),
    ),
    Feature(
        "da_weekend_share", "time", "share", "share of incidents",
        "Share of DA incidents that start on a Saturday or Sunday.",
        "incidents", lambda t: share(t.weekend, t.is_da),
    ),
    Feature(
        "non_da_night_share", "time", "share", "share of incidents",
        "Share of non-DA incidents that start from 22:00 to 05:59.",
        "incidents", lambda t: share(t.night, ~t.is_da),
    ),
    Feature(
        "da_reporting_delay_mean_days", "time", "duration", "days",
        "Mean time from the start to the report of the DA incidents with a recorded report; 0 where none has one.",
        "incidents", lambda t: mean(t.delay_seconds, t.is_da & t.delay_seconds.notnull(), per=DAY),
        needs=("reported_at",),
    ),
    Feature(
        "da_night_incidents", "time", "count", "incidents",
        "DA incidents that start from 22:00 to 05:59.",
        "incidents", lambda t: count(t.night & t.is_da),
    ),
    Feature(
        "da_over_a_year_incidents", "time", "count", "incidents",
        "DA incidents with a recorded end that lasted 365 days or more.",
        "incidents", lambda t: count((t.duration_seconds >= 365 * 24 * HOUR) & t.is_da),
        needs=("occurred_to",),
    ),
)

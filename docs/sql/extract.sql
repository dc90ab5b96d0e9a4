-- One row for each suspect and victim in one recorded offence or non-crime incident, from a system that keeps
-- people and events apart and joins them in a link table with a role. Rename tables and columns to yours.
-- Tested on DuckDB and written in plain SQL that SQL Server, Oracle 12c+ and PostgreSQL take as well.
WITH suspects AS (
    SELECT event_id, offence_id, person_id FROM person_event_link WHERE role_code = 'SUSPECT'
),
victims AS (
    SELECT event_id, offence_id, person_id, relationship_code FROM person_event_link WHERE role_code = 'VICTIM'
)
SELECT
    e.event_id            AS incident_id,
    o.offence_id          AS offence_id,
    s.person_id           AS offender_id,
    v.person_id           AS victim_id,
    e.started_at          AS occurred_from,
    e.ended_at            AS occurred_to,
    e.reported_at         AS reported_at,
    e.da_marker           AS da_flag,
    CASE WHEN o.home_office_code IS NULL THEN 'false' ELSE 'true' END AS is_crime,
    o.home_office_code    AS offence_code,
    o.offence_title       AS offence,
    o.outcome_code        AS outcome_code,
    e.risk_grade          AS risk_grade,
    v.relationship_code   AS relationship,
    sp.birth_date         AS offender_dob,
    vp.birth_date         AS victim_dob,
    sp.sex                AS offender_sex,
    vp.sex                AS victim_sex,
    sp.ethnicity          AS offender_ethnicity,
    e.location_type       AS location_type,
    e.lsoa_code           AS lsoa,
    e.alcohol_marker      AS alcohol,
    e.drugs_marker        AS drugs
FROM event e
LEFT JOIN offence  o  ON o.event_id = e.event_id
LEFT JOIN suspects s  ON s.event_id = e.event_id AND (s.offence_id = o.offence_id OR s.offence_id IS NULL)
-- A victim with no suspect must stay: being a victim is part of an offender's history too.
LEFT JOIN victims  v  ON v.event_id = e.event_id AND (v.offence_id = o.offence_id OR v.offence_id IS NULL)
LEFT JOIN person   sp ON sp.person_id = s.person_id
LEFT JOIN person   vp ON vp.person_id = v.person_id
WHERE s.person_id IS NOT NULL OR v.person_id IS NOT NULL
ORDER BY e.event_id, o.offence_id, s.person_id, v.person_id;

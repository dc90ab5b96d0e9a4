-- One row for each suspect and victim of one event, from one table with a row for each person in a role in an event,
-- the event said again on each of its rows. Where people and events have tables of their own, see extract.sql.
-- `dapipeline init` writes SQL of this kind for your own files. Rename table, columns and role codes to yours.
-- Tested on DuckDB and written in plain SQL that SQL Server 2017, Oracle 12c and PostgreSQL take as well. They differ in:
--   moments     SQL Server: CONVERT(varchar(19), started_at, 120); Oracle, PostgreSQL: TO_CHAR(started_at,
--               'YYYY-MM-DD HH24:MI:SS'), so that the export says the day and the time whatever its settings are.
--   flags       SQL Server has no MIN of bit: MIN(CAST(da_marker AS int)).
--   codes       SQL Server compares text whatever its case under most collations; UPPER does no harm there.
--   names       Oracle makes names without double quotes upper case, and before 12.2 has names of 30 characters.
--   files       DuckDB reads a CSV as the table: CREATE VIEW role_rows AS
--               SELECT * FROM read_csv('roles.csv', all_varchar = true);
WITH suspects AS (
    -- Once a person, however often an event names them: as suspect, as arrested, as charged.
    SELECT event_id, person_id, MIN(birth_date) AS birth_date, MIN(sex) AS sex
    FROM role_rows
    WHERE UPPER(TRIM(role_code)) IN ('SUS', 'ARR', 'CHARGED') AND person_id IS NOT NULL
    GROUP BY event_id, person_id
),
victims AS (
    SELECT event_id, person_id, MIN(birth_date) AS birth_date, MIN(sex) AS sex
    FROM role_rows
    WHERE UPPER(TRIM(role_code)) IN ('VIC', 'IP', 'AGG') AND person_id IS NOT NULL
    GROUP BY event_id, person_id
),
-- The full outer join keeps a victim without a suspect, and a suspect without a victim.
pairs AS (
    SELECT COALESCE(s.event_id, v.event_id) AS event_id,
           s.person_id AS offender_id, s.birth_date AS offender_dob, s.sex AS offender_sex,
           v.person_id AS victim_id, v.birth_date AS victim_dob, v.sex AS victim_sex
    FROM suspects s
    FULL OUTER JOIN victims v ON v.event_id = s.event_id
),
events AS (
    SELECT event_id, MIN(started_at) AS started_at, MIN(reported_at) AS reported_at, MIN(da_marker) AS da_marker,
           MIN(home_office_code) AS home_office_code, MIN(offence_title) AS offence_title
    FROM role_rows
    GROUP BY event_id
)
SELECT
    p.event_id            AS incident_id,
    p.offender_id         AS offender_id,
    p.victim_id           AS victim_id,
    e.started_at          AS occurred_from,
    e.reported_at         AS reported_at,
    e.da_marker           AS da_flag,
    CASE WHEN e.home_office_code IS NULL THEN 'false' ELSE 'true' END AS is_crime,
    e.home_office_code    AS offence_code,
    e.offence_title       AS offence,
    p.offender_dob        AS offender_dob,
    p.victim_dob          AS victim_dob,
    p.offender_sex        AS offender_sex,
    p.victim_sex          AS victim_sex
FROM pairs p
JOIN events e ON e.event_id = p.event_id
ORDER BY p.event_id, p.offender_id, p.victim_id;

"""SQL that inserts the stage changes of a user's applications, up to the current stage of each."""

HISTORIES = """
WITH steps (rank, stage) AS (
  VALUES (0, 'saved'), (1, 'applied'), (2, 'screening'), (3, 'interviewing'), (4, 'offer')),
walked AS (
  SELECT a.*, f.rank AS furthest_rank, f.rank + (a.stage = 'closed')::int AS number
  FROM application a JOIN steps f ON f.stage = a.furthest WHERE a.user_id = %(user)s),
moves AS (
  SELECT w.*, s.rank AS n, before.stage AS "from", s.stage AS "to", NULL AS ended FROM walked w
  JOIN steps s ON s.rank BETWEEN 1 AND w.furthest_rank JOIN steps before ON before.rank = s.rank - 1
  UNION ALL SELECT w.*, w.number, w.furthest, 'closed', w.outcome FROM walked w WHERE w.stage = 'closed')
INSERT INTO event (user_id, application_id, kind, at, batch, particulars)
SELECT user_id, id, 'stage.changed', created_at + (touched_at - created_at) * n / number, gen_random_uuid(),
  jsonb_build_object('from', "from", 'to', "to", 'outcome', ended, 'from_since', created_at, 'from_furthest', "from",
    'from_outcome', NULL)
FROM moves
"""
REACHED = """
UPDATE application a SET applied_at = e.applied, screening_at = e.screening, interviewing_at = e.interviewing,
  offer_at = e.offered
FROM (SELECT application_id,
    min(at) FILTER (WHERE particulars->>'to' = 'applied') AS applied,
    min(at) FILTER (WHERE particulars->>'to' = 'screening') AS screening,
    min(at) FILTER (WHERE particulars->>'to' = 'interviewing') AS interviewing,
    min(at) FILTER (WHERE particulars->>'to' = 'offer') AS offered
  FROM event WHERE user_id = %(user)s AND kind = 'stage.changed' GROUP BY application_id) e
WHERE a.user_id = %(user)s AND a.id = e.application_id
"""

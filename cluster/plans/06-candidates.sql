-- The pairs of articles whose features are worth a comparison. A feature that more than MAX_ARTICLES have pairs each with
-- the first and with the one before it, and MIN_FREQUENT_POINTS of such must come together.
WITH
  rare AS (
    SELECT pair, sum(points) AS points
    FROM (SELECT points, unnest(pairs(members)) AS pair FROM lists WHERE n <= {MAX_ARTICLES})
    GROUP BY pair
  ),
  frequent AS (
    SELECT pair
    FROM (SELECT points, unnest(chained_pairs(members)) AS pair FROM lists WHERE n > {MAX_ARTICLES})
    GROUP BY pair HAVING sum(points) >= {MIN_FREQUENT_POINTS}
  ),
  pointed AS (
    SELECT pair, sum(points) AS points
    FROM (SELECT pair, points FROM rare UNION ALL SELECT pair, {MIN_POINTS} AS points FROM frequent)
    GROUP BY pair
  ),
  featured AS (
    SELECT number, count(*) AS n
    FROM (SELECT arrow_cast(unnest(members), 'UInt32') AS number FROM lists WHERE n <= {MAX_ARTICLES})
    GROUP BY number
  ),
  both AS (
    SELECT arrow_cast(pair >> arrow_cast(32, 'UInt64'), 'UInt32') AS a, arrow_cast(pair & arrow_cast(4294967295, 'UInt64'), 'UInt32') AS b, points FROM pointed
  )
SELECT p.a, p.b
FROM both p LEFT JOIN featured a ON p.a = a.number LEFT JOIN featured b ON p.b = b.number
WHERE p.points >= CASE WHEN least(coalesce(a.n, 0), coalesce(b.n, 0)) <= {FEW_FEATURES} THEN {RUN_POINTS} ELSE {MIN_POINTS} END

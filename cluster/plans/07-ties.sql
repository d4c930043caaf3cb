-- What ties two articles. Copies share all; what two texts share is what all their copies share, of more than
-- MAX_EXPANDED_PAIRS pairs of which the first ones stand for them.
WITH
  compared AS (
    SELECT c.a, c.b, shared(a.told, b.told, a.counts, b.counts, {N_ARTICLES}) AS shared
    FROM candidates c
    JOIN counted_articles a ON c.a = a.number
    JOIN counted_articles b ON c.b = b.number
  ),
  sharing AS (
    SELECT x.number AS a, y.number AS b, whole(x.n_words) AS shared
    FROM copies x JOIN copies y ON x.first = y.first AND x.number < y.number
    WHERE x.number = x.first OR x.n * x.n <= {MAX_EXPANDED_PAIRS}
    UNION ALL
    SELECT least(x.number, y.number) AS a, greatest(x.number, y.number) AS b,
      CASE WHEN x.number < y.number THEN s.shared ELSE turned(s.shared) END AS shared
    FROM compared s JOIN copies x ON s.a = x.first JOIN copies y ON s.b = y.first
    WHERE s.shared IS NOT NULL
      AND (x.n * y.n <= {MAX_EXPANDED_PAIRS} OR (x.number = x.first AND y.number = y.first))
  ),
  related AS (
    SELECT s.a, s.b, s.shared, tie(a.told, b.told, a.counts, b.counts, {N_ARTICLES}, s.shared) AS tie
    FROM sharing s
    JOIN counted_articles a ON s.a = a.number
    JOIN counted_articles b ON s.b = b.number
    WHERE s.shared IS NOT NULL
  )
SELECT a, b, shared, tie FROM related WHERE tie IS NOT NULL

-- Of each article the paragraphs that its site repeats: MIN_REPEATING_ARTICLES of it have them, and not counted are those
-- that have more than MAX_REPEATED_SHARE of their words from such paragraphs.
WITH
  prints AS (
    SELECT number, site(told) AS site, unnest(paragraphs(told)) AS hash, unnest(paragraph_words(told)) AS n_words
    FROM alone
    WHERE site(told) IS NOT NULL
  ),
  first AS (
    SELECT site, hash FROM (SELECT DISTINCT site, hash, number FROM prints)
    GROUP BY site, hash HAVING count(*) >= {MIN_REPEATING_ARTICLES}
  ),
  own AS (
    SELECT p.number
    FROM prints p LEFT JOIN first f ON p.site = f.site AND p.hash = f.hash
    GROUP BY p.number
    HAVING sum(CASE WHEN f.hash IS NULL THEN 0 ELSE p.n_words END) <= {MAX_REPEATED_SHARE} * sum(p.n_words)
  ),
  repeated AS (
    SELECT site, hash
    FROM (SELECT DISTINCT p.site, p.hash, p.number FROM prints p JOIN own o ON p.number = o.number)
    GROUP BY site, hash HAVING count(*) >= {MIN_REPEATING_ARTICLES}
  )
SELECT p.number, array_agg(DISTINCT p.hash) AS hashes
FROM prints p JOIN repeated r ON p.site = r.site AND p.hash = r.hash
GROUP BY p.number

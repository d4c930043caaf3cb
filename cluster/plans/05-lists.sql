-- The articles that have a feature, where they are more than one; of copies the first is looked at.
WITH
  firsts AS (SELECT k.number, k.told, k.counts FROM counted_articles k JOIN copies c ON k.number = c.number AND c.number = c.first),
  features AS (
    SELECT {RUN_POINTS} AS points, number, unnest(runs(told)) AS hash FROM firsts
    UNION ALL
    SELECT {PAIR_POINTS} AS points, number, unnest(rare_pairs(told, counts, {N_ARTICLES})) AS hash FROM firsts
  )
SELECT points, array_agg(number) AS members, count(*) AS n
FROM features
GROUP BY points, hash HAVING count(*) > 1

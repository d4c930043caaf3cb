-- The links, in the order of their articles, with the passages behind each.
WITH
  linked AS (SELECT unnest(links) AS link FROM gathered),
  placed AS (
    SELECT link, arrow_cast(link_pair(link) >> arrow_cast(32, 'UInt64'), 'UInt32') AS a, arrow_cast(link_pair(link) & arrow_cast(4294967295, 'UInt64'), 'UInt32') AS b
    FROM linked
  )
SELECT p.a, p.b, p.link, passages(a.told, b.told, a.counts, b.counts, {N_ARTICLES}, t.shared) AS passages
FROM placed p
JOIN ties t ON p.a = t.a AND p.b = t.b
JOIN counted_articles a ON p.a = a.number
JOIN counted_articles b ON p.b = b.number
ORDER BY a, b

-- The same with the numbers of articles that have their words.
SELECT k.number, k.told, c.counts
FROM known k LEFT JOIN counted c ON k.number = c.number

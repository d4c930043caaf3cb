-- Of each article the first one with the same words in the same order, and how many have them.
WITH worded AS (SELECT number, wording(told) AS wording, n_words(told) AS n_words FROM known)
SELECT w.number, g.first, g.n, w.n_words
FROM worded w
JOIN (SELECT wording, min(number) AS first, count(*) AS n FROM worded GROUP BY wording) g ON w.wording = g.wording

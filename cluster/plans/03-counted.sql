-- Of each article the words that others have too, with the number of articles that have them.
WITH
  had AS (SELECT number, unnest(words(told)) AS word FROM known),
  counts AS (SELECT word, count(*) AS n FROM had GROUP BY word HAVING count(*) > 1)
SELECT h.number, array_agg(named_struct('word', h.word, 'n', c.n)) AS counts
FROM had h JOIN counts c ON h.word = c.word
GROUP BY h.number

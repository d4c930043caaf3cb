-- What the articles of each group make that anything ties together: origins, and the links that tell where each belongs.
WITH
  members AS (
    SELECT g.first, array_agg(named_struct('number', k.number, 'bare', bare(k.told), 'n_words', c.n_words)) AS members
    FROM known k JOIN groups g ON k.number = g.number JOIN copies c ON k.number = c.number
    GROUP BY g.first
  ),
  tied AS (
    SELECT g.first, array_agg(named_struct('a', t.a, 'b', t.b, 'shared', t.shared, 'tie', t.tie)) AS ties
    FROM ties t JOIN groups g ON t.a = g.number
    GROUP BY g.first
  ),
  made AS (
    SELECT gathered(m.members, t.ties) AS made FROM members m LEFT JOIN tied t ON m.first = t.first
  )
SELECT made['origins'] AS origins, made['links'] AS links FROM made

-- The articles as they were read, with their numbers.
SELECT n.number, told(a.article, a.text, a.record) AS told
FROM articles a JOIN numbers n ON a.id = n.id

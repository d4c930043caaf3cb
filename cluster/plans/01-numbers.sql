-- The number of each article: its place among all, by location and then id.
SELECT id, arrow_cast(row_number() OVER (ORDER BY location, id) - 1, 'UInt32') AS number
FROM articles

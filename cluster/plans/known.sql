-- The articles as the pile knows them: with what their sites repeat.
SELECT a.number, masked(a.told, r.hashes) AS told
FROM alone a LEFT JOIN repeated r ON a.number = r.number

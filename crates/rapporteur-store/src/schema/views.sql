-- The views of a case: what a reader of the file asks, in SQL or with a program that shows SQLite files. They are made anew
-- whenever a case is written, so that they can change without a new format.

-- article: one row for each article, with its text and what counts as one with it.
CREATE VIEW article AS
SELECT a.id, a.name, a.location, a.format, a.title, a.outlet, a.byline, a.url,
    coalesce(l.published, a.published) AS published, a.language,
    o.id AS origin, l.is_first AS is_first_of_origin, l.source AS unseen_source, l.flaws, v.id AS version_of,
    l.n_statements, hex(a.sha256) AS sha256, a.n_bytes, a.run, t.text
FROM _article a
JOIN _text t ON t.key = a.text
LEFT JOIN _lineage l ON l.article = a.key
LEFT JOIN _article o ON o.key = l.origin
LEFT JOIN _article v ON v.key = l.version_of;

-- gap: articles that were taken out for good.
CREATE VIEW gap AS SELECT id, at, author, reason, run FROM _gap;

-- actor: who is spoken of, with names, roles and for whom they speak.
CREATE VIEW actor AS
SELECT e.id, e.label AS name, e.kind, p.label AS speaks_for, e.n_articles,
    e.n_origins_min AS n_statements, e.n_origins_max AS n_mentions,
    e.facts -> '$.aliases' AS aliases, e.facts -> '$.roles' AS roles, e.facts ->> '$.code' AS code
FROM _entry e LEFT JOIN _entry p ON p.key = e.party
WHERE e.hash >> 28 = 1;

-- utterance: one act of speech with the fullest of its reports.
CREATE VIEW utterance AS
SELECT e.id, s.label AS speaker, p.label AS party, e.kind AS class, e.value AS time, e.status, e.sourcing,
    e.n_articles, e.n_origins_min, e.n_origins_max, f.id AS first_article, b.id AS best_article,
    substr(t.text, w.first + 1, w.last - w.first) AS words,
    substr(t.text, (e.facts ->> '$.source[0]') + 1, (e.facts ->> '$.source[1]') - (e.facts ->> '$.source[0]')) AS source,
    substr(t.text, (e.facts ->> '$.addressee[0]') + 1, (e.facts ->> '$.addressee[1]') - (e.facts ->> '$.addressee[0]')) AS addressee,
    substr(t.text, (e.facts ->> '$.medium[0]') + 1, (e.facts ->> '$.medium[1]') - (e.facts ->> '$.medium[0]')) AS medium,
    e.facts ->> '$.kind' AS kind
FROM _entry e
LEFT JOIN _place w ON w.entry = e.key AND w.part = 0
LEFT JOIN _article b ON b.key = w.article
LEFT JOIN _text t ON t.key = b.text
LEFT JOIN _entry s ON s.key = e.actor
LEFT JOIN _entry p ON p.key = e.party
LEFT JOIN _article f ON f.key = e.first
WHERE e.hash >> 28 = 2;

-- happening: one event, by type in the terms of PLOVER.
CREATE VIEW happening AS
SELECT e.id, e.kind AS type, e.facts -> '$.sources' AS sources, e.facts -> '$.targets' AS targets, e.status,
    e.value AS time, e.facts ->> '$.place' AS place, e.n_articles, e.n_origins_min, e.n_origins_max,
    f.id AS first_article
FROM _entry e LEFT JOIN _article f ON f.key = e.first
WHERE e.hash >> 28 = 3;

-- issue: what parties take stances on, and where they stand.
CREATE VIEW issue AS
SELECT id, label AS name, kind AS standing, facts ->> '$.reason' AS reason, facts -> '$.wordings' AS wordings,
    n_articles
FROM _entry WHERE hash >> 28 = 4;

-- position: what a party holds on an issue.
CREATE VIEW position AS
SELECT e.id, p.label AS party, i.label AS issue, e.kind AS stance, e.value AS time, e.facts -> '$.stances' AS stances,
    e.facts -> '$.changes' AS changes, e.n_articles, e.n_origins_min, e.n_origins_max
FROM _entry e
LEFT JOIN _entry p ON p.key = e.party
LEFT JOIN _entry i ON i.key = e.issue
WHERE e.hash >> 28 = 5;

-- timeline: what has a date.
CREATE VIEW timeline AS
SELECT e.id, e.value AS time, e.kind, e.status, e.facts ->> '$.is_planned' AS is_planned, e.facts ->> '$.forum' AS forum,
    e.n_articles, e.n_origins_min, e.n_origins_max,
    (SELECT substr(t.text, w.first + 1, w.last - w.first) FROM _place w JOIN _article a ON a.key = w.article JOIN _text t ON t.key = a.text
        WHERE w.entry = e.key AND w.part = 0 LIMIT 1) AS words
FROM _entry e WHERE e.hash >> 28 = 6;

-- tension: where accounts cannot all stand.
CREATE VIEW tension AS
SELECT id, kind, label AS about, facts ->> '$.is_change' AS is_change, facts -> '$.sides' AS sides
FROM _entry WHERE hash >> 28 = 7;

-- place: the exact words of every article that an entry rests on; positions in code points.
CREATE VIEW place AS
SELECT e.id AS item, CASE e.hash >> 28
        WHEN 1 THEN 'actor' WHEN 2 THEN 'utterance' WHEN 3 THEN 'happening' WHEN 4 THEN 'issue' WHEN 5 THEN 'position'
        WHEN 6 THEN 'timeline' ELSE 'tension' END AS layer,
    w.part, a.id AS article, a.location, w.first AS start, w.last AS end,
    substr(t.text, w.first + 1, w.last - w.first) AS words
FROM _place w JOIN _entry e ON e.key = w.entry JOIN _article a ON a.key = w.article JOIN _text t ON t.key = a.text;

-- link: pairs of articles that share wording; shares in percent.
CREATE VIEW link AS
SELECT a.id AS a, b.id AS b, CASE l.relation
        WHEN 0 THEN 'verbatim' WHEN 1 THEN 'excerpt' WHEN 2 THEN 'shuffled' WHEN 3 THEN 'spun' WHEN 4 THEN 'partial'
        ELSE 'quote-only' END AS relation,
    CASE l.derived WHEN 1 THEN a.id WHEN 2 THEN b.id END AS derived,
    l.prose_a, l.prose_b, l.quotations_a, l.quotations_b, l.n_passages, l.n_replacements
FROM _link l JOIN _article a ON a.key = l.a JOIN _article b ON b.key = l.b;

-- correction: the log, with what each entry holds on and what is gone.
CREATE VIEW correction AS
SELECT c.id, c.at, c.author, c.act, c.body, o.reason AS orphaned,
    (SELECT json_group_array(m.item) FROM _mark m WHERE m.correction = c.id) AS items
FROM _correction c LEFT JOIN _orphan o ON o.correction = c.id;

-- run: the manifest.
CREATE VIEW run AS SELECT number, kind, started, ended, program, settings, counts FROM _run;

-- change: what each run changed in the story, and why.
CREATE VIEW change AS
SELECT run, CASE layer
        WHEN 1 THEN 'actor' WHEN 2 THEN 'utterance' WHEN 3 THEN 'happening' WHEN 4 THEN 'issue' WHEN 5 THEN 'position'
        WHEN 6 THEN 'timeline' ELSE 'tension' END AS layer,
    id, kind, words, why
FROM _change;

-- skipped: inputs that were not read.
CREATE VIEW skipped AS SELECT location, reason, hint, run FROM _skipped;

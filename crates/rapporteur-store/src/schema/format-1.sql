-- Format 1 of a case. Tables that begin with an underscore hold what the program needs for itself; the views of views.sql
-- are what a reader of the file asks.
--
-- Positions are Unicode code points, half-open, as substr() counts them (from 1, so substr(text, first + 1, last - first)).
-- A digest is the beginning of a SHA-256 over what stands in the row: `rapporteur check` compares it.

-- What the case is read with, by name.
CREATE TABLE _setting (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;

-- The manifest: what was done, when, by which program, with which settings, and what came of it.
CREATE TABLE _run (
    number INTEGER PRIMARY KEY,
    kind TEXT NOT NULL,
    started TEXT NOT NULL,
    ended TEXT,
    program TEXT NOT NULL,
    settings TEXT NOT NULL,
    counts TEXT NOT NULL
);

CREATE TABLE _article (
    key INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    text_id TEXT NOT NULL,
    name TEXT NOT NULL,
    location TEXT NOT NULL,
    format TEXT NOT NULL,
    title TEXT,
    outlet TEXT,
    byline TEXT,
    url TEXT,
    published TEXT,
    language TEXT,
    -- SHA-256 of the bytes as they came, and how many they were.
    sha256 BLOB NOT NULL,
    n_bytes INTEGER NOT NULL,
    -- 0: the bytes were not kept; 1: they are the text; 2: they are in _bytes.
    bytes_kept INTEGER NOT NULL,
    run INTEGER NOT NULL,
    block INTEGER NOT NULL,
    text INTEGER NOT NULL,
    digest INTEGER NOT NULL
);
CREATE INDEX _article_block ON _article (block);
CREATE INDEX _article_location ON _article (location);
CREATE INDEX _article_text ON _article (text);
-- The texts: one for all articles that have the same.
CREATE TABLE _text (key INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, digest INTEGER NOT NULL, text TEXT NOT NULL);
-- The bytes of articles whose text is not just these bytes, compressed with Zstandard.
CREATE TABLE _bytes (article INTEGER PRIMARY KEY, body BLOB NOT NULL, digest INTEGER NOT NULL);

-- What is known of each article and what was found in it, several together, compressed with Zstandard: the articles
-- without their texts as JSON, the records as postcard, which only programs of the same record format can read.
CREATE TABLE _block (
    number INTEGER PRIMARY KEY,
    record_format INTEGER NOT NULL,
    articles BLOB NOT NULL,
    records BLOB NOT NULL,
    digest INTEGER NOT NULL
);
-- The record of an article that was made anew with the date that other articles tell.
CREATE TABLE _dated (article INTEGER PRIMARY KEY, date TEXT NOT NULL, record_format INTEGER NOT NULL, body BLOB NOT NULL, digest INTEGER NOT NULL);

-- Inputs that were not read.
CREATE TABLE _skipped (location TEXT NOT NULL, reason TEXT NOT NULL, hint TEXT, run INTEGER NOT NULL, PRIMARY KEY (location, reason)) WITHOUT ROWID;
-- Articles that were taken out for good.
CREATE TABLE _gap (id TEXT PRIMARY KEY, at TEXT NOT NULL, author TEXT NOT NULL, reason TEXT, run INTEGER NOT NULL) WITHOUT ROWID;

-- Words to texts and to utterances. Which of them have a word is all they tell: without positions an index takes a
-- third of the place, and a phrase is looked up in the texts that have its words.
CREATE VIRTUAL TABLE _text_index USING fts5 (
    text, content = '_text', content_rowid = 'key', detail = none, columnsize = 0,
    tokenize = "porter unicode61 remove_diacritics 2"
);
CREATE VIRTUAL TABLE _utterance_index USING fts5 (
    words, content = '', contentless_delete = 1, detail = none, tokenize = "porter unicode61 remove_diacritics 2"
);

-- The story: what all articles give together. What a column means in each layer:
--
--   layer      label    kind      actor    party  issue  value            status
--   actor      name     kind      -        whom it speaks for
--   utterance  -        class     speaker  party  -      time             status
--   happening  -        type      -        -      -      time             status
--   issue      name     standing  -        -      -      -                -
--   position   -        last kind -        party  issue  last time        -
--   timeline   -        kind      -        -      -      time             status
--   tension    reason   kind      -        -      -      -                -
--
-- Of an actor n_origins_min and n_origins_max are the numbers of its statements and mentions. `facts` is a JSON object with
-- what else is known.
CREATE TABLE _entry (
    key INTEGER PRIMARY KEY,
    id TEXT NOT NULL,
    -- The layer, as views.sql numbers them, in three bits, then 28 bits of a SHA-256 of the id: an index over whole ids would take as much place as
    -- they do, and this one tells the entries of a layer as well.
    hash INTEGER NOT NULL,
    label TEXT,
    kind TEXT,
    actor INTEGER,
    party INTEGER,
    issue INTEGER,
    value TEXT,
    status TEXT,
    n_articles INTEGER NOT NULL,
    n_origins_min INTEGER NOT NULL,
    n_origins_max INTEGER NOT NULL,
    sourcing TEXT,
    first INTEGER,
    facts TEXT,
    digest INTEGER NOT NULL
);
CREATE INDEX _entry_hash ON _entry (hash);
-- Reasons that many entries share; the numbers in their facts.
CREATE TABLE _phrase (number INTEGER PRIMARY KEY, text TEXT NOT NULL UNIQUE);
-- The words that an entry rests on. Part 0 has the words to show; of a position and a tension the parts are its stances and
-- sides.
CREATE TABLE _place (
    entry INTEGER NOT NULL,
    part INTEGER NOT NULL,
    article INTEGER NOT NULL,
    first INTEGER NOT NULL,
    last INTEGER NOT NULL,
    PRIMARY KEY (entry, part, article, first, last)
) WITHOUT ROWID;
-- The first entries of each layer in its order, counted from 0, and the last, counted backward from -1: lists begin and end
-- at once however long they are.
CREATE TABLE _rank (layer INTEGER NOT NULL, position INTEGER NOT NULL, entry INTEGER NOT NULL, PRIMARY KEY (layer, position)) WITHOUT ROWID;
-- Ids that entries had before.
CREATE TABLE _former (id TEXT PRIMARY KEY, entry INTEGER NOT NULL) WITHOUT ROWID;

-- What the story tells of each article. Articles with one origin count once; an origin is named by one of its articles.
CREATE TABLE _lineage (
    article INTEGER PRIMARY KEY,
    position INTEGER NOT NULL,
    origin INTEGER NOT NULL,
    is_first INTEGER NOT NULL,
    source TEXT,
    published TEXT,
    flaws TEXT,
    version_of INTEGER,
    n_statements INTEGER NOT NULL
);
-- Pairs of articles that share wording, `a` before `b` in the order of the case. Relations are numbered in the order of
-- views.sql; `derived` is 1 where `a` descends from `b`, 2 where `b` does. `evidence` has a bit for each kind of evidence.
CREATE TABLE _link (
    a INTEGER NOT NULL,
    b INTEGER NOT NULL,
    relation INTEGER NOT NULL,
    derived INTEGER NOT NULL,
    evidence INTEGER NOT NULL,
    prose_a INTEGER NOT NULL,
    prose_b INTEGER NOT NULL,
    quotations_a INTEGER NOT NULL,
    quotations_b INTEGER NOT NULL,
    n_passages INTEGER NOT NULL,
    n_replacements INTEGER NOT NULL,
    PRIMARY KEY (a, b)
) WITHOUT ROWID;
-- Which origins share a smaller part.
CREATE TABLE _overlap (a INTEGER NOT NULL, b INTEGER NOT NULL, PRIMARY KEY (a, b)) WITHOUT ROWID;

-- The log of corrections: only ever added to.
CREATE TABLE _correction (
    number INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    at TEXT NOT NULL,
    author TEXT NOT NULL,
    act TEXT NOT NULL,
    body TEXT NOT NULL,
    digest INTEGER NOT NULL
);
CREATE TRIGGER _correction_stays BEFORE DELETE ON _correction BEGIN
    SELECT raise(ABORT, 'corrections are only ever added to');
END;
CREATE TABLE _mark (correction TEXT NOT NULL, layer TEXT NOT NULL, item TEXT NOT NULL, PRIMARY KEY (correction, layer, item)) WITHOUT ROWID;
CREATE TABLE _orphan (correction TEXT PRIMARY KEY, reason TEXT NOT NULL) WITHOUT ROWID;

-- What each run changed in the story. The words of a withdrawn entry stay here, with the article they stood in.
CREATE TABLE _change (
    run INTEGER NOT NULL,
    layer INTEGER NOT NULL,
    id TEXT NOT NULL,
    kind TEXT NOT NULL,
    words TEXT,
    article INTEGER,
    why TEXT NOT NULL,
    PRIMARY KEY (run, layer, id)
) WITHOUT ROWID;

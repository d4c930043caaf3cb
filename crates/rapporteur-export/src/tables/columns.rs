//! The tables, column by column: one for each view of a case, each column of a fixed type.
//!
//! docs/EXPORT.md describes the same; a test holds it against this list, and another holds this list against the views.

use rapporteur_columns::{Column, ColumnType};

/// A table that can be exported: a view of the case, in an order that depends on nothing but what it says.
#[derive(Debug, PartialEq, Eq)]
pub struct Table {
    /// Its name, which is that of the view.
    pub name: &'static str,
    /// Its columns.
    pub columns: &'static [Column],
    /// How its rows are ordered.
    pub(crate) order: &'static str,
    /// Which of its columns are words of an article.
    pub(crate) words: Words,
}

/// Which columns are words of an article, to be compared with its text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Words {
    /// None.
    No,
    /// `text` is the whole text of the article `id`.
    Article,
    /// `words` stand in `article` from `start` up to `end`.
    Place,
    /// `words` stand at the first place of the item; `within` stand in the same article.
    Item { layer: &'static str, within: &'static [&'static str] },
}

const fn text(name: &'static str) -> Column {
    Column { name, holds: ColumnType::Text }
}

const fn integer(name: &'static str) -> Column {
    Column { name, holds: ColumnType::Integer }
}

const fn boolean(name: &'static str) -> Column {
    Column { name, holds: ColumnType::Boolean }
}

const fn json(name: &'static str) -> Column {
    Column { name, holds: ColumnType::Json }
}

/// All tables, in the order of the views of a case.
pub static TABLES: [Table; 15] = [
    Table {
        name: "article",
        columns: &[
            text("id"),
            text("name"),
            text("location"),
            text("format"),
            text("title"),
            text("outlet"),
            text("byline"),
            text("url"),
            text("published"),
            text("language"),
            text("origin"),
            boolean("is_first_of_origin"),
            text("unseen_source"),
            text("flaws"),
            text("version_of"),
            integer("n_statements"),
            text("sha256"),
            integer("n_bytes"),
            integer("run"),
            text("text"),
        ],
        order: "location, id",
        words: Words::Article,
    },
    Table {
        name: "gap",
        columns: &[text("id"), text("at"), text("author"), text("reason"), integer("run")],
        order: "id",
        words: Words::No,
    },
    Table {
        name: "actor",
        columns: &[
            text("id"),
            text("name"),
            text("kind"),
            text("speaks_for"),
            integer("n_articles"),
            integer("n_statements"),
            integer("n_mentions"),
            json("aliases"),
            json("roles"),
            text("code"),
        ],
        order: "id",
        words: Words::No,
    },
    Table {
        name: "utterance",
        columns: &[
            text("id"),
            text("speaker"),
            text("party"),
            text("class"),
            text("time"),
            text("status"),
            text("sourcing"),
            integer("n_articles"),
            integer("n_origins_min"),
            integer("n_origins_max"),
            text("first_article"),
            text("best_article"),
            text("words"),
            text("source"),
            text("addressee"),
            text("medium"),
            text("kind"),
        ],
        order: "id",
        words: Words::Item { layer: "utterance", within: &["source", "addressee", "medium"] },
    },
    Table {
        name: "happening",
        columns: &[
            text("id"),
            text("type"),
            json("sources"),
            json("targets"),
            text("status"),
            text("time"),
            text("place"),
            integer("n_articles"),
            integer("n_origins_min"),
            integer("n_origins_max"),
            text("first_article"),
        ],
        order: "id",
        words: Words::No,
    },
    Table {
        name: "issue",
        columns: &[text("id"), text("name"), text("standing"), text("reason"), json("wordings"), integer("n_articles")],
        order: "id",
        words: Words::No,
    },
    Table {
        name: "position",
        columns: &[
            text("id"),
            text("party"),
            text("issue"),
            text("stance"),
            text("time"),
            json("stances"),
            json("changes"),
            integer("n_articles"),
            integer("n_origins_min"),
            integer("n_origins_max"),
        ],
        order: "id",
        words: Words::No,
    },
    Table {
        name: "timeline",
        columns: &[
            text("id"),
            text("time"),
            text("kind"),
            text("status"),
            boolean("is_planned"),
            text("forum"),
            integer("n_articles"),
            integer("n_origins_min"),
            integer("n_origins_max"),
            text("words"),
        ],
        order: "id",
        words: Words::Item { layer: "timeline", within: &[] },
    },
    Table {
        name: "tension",
        columns: &[text("id"), text("kind"), text("about"), boolean("is_change"), json("sides")],
        order: "id",
        words: Words::No,
    },
    Table {
        name: "place",
        columns: &[
            text("item"),
            text("layer"),
            integer("part"),
            text("article"),
            text("location"),
            integer("start"),
            integer("end"),
            text("words"),
        ],
        order: "article, start, \"end\", layer, item, part",
        words: Words::Place,
    },
    Table {
        name: "link",
        columns: &[
            text("a"),
            text("b"),
            text("relation"),
            text("derived"),
            integer("prose_a"),
            integer("prose_b"),
            integer("quotations_a"),
            integer("quotations_b"),
            integer("n_passages"),
            integer("n_replacements"),
        ],
        order: "a, b",
        words: Words::No,
    },
    Table {
        name: "correction",
        columns: &[text("id"), text("at"), text("author"), text("act"), json("body"), text("orphaned"), json("items")],
        order: "at, id",
        words: Words::No,
    },
    Table {
        name: "run",
        columns: &[
            integer("number"),
            text("kind"),
            text("started"),
            text("ended"),
            text("program"),
            json("settings"),
            json("counts"),
        ],
        order: "number",
        words: Words::No,
    },
    Table {
        name: "change",
        columns: &[integer("run"), text("layer"), text("id"), text("kind"), text("words"), text("why")],
        order: "run, layer, id, kind",
        words: Words::No,
    },
    Table {
        name: "skipped",
        columns: &[text("location"), text("reason"), text("hint"), integer("run")],
        order: "location, reason",
        words: Words::No,
    },
];

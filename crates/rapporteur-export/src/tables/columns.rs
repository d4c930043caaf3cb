//! The tables, column by column: one for each view of a case, each column of a fixed type.
//!
//! docs/EXPORT.md describes the same; a test holds it against this list, and another holds this list against the views.

use rapporteur_columns::Column;

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

/// All tables, in the order of the views of a case.
pub static TABLES: [Table; 15] = [
    Table {
        name: "article",
        columns: &[
            Column::text("id"),
            Column::text("name"),
            Column::text("location"),
            Column::text("format"),
            Column::text("title"),
            Column::text("outlet"),
            Column::text("byline"),
            Column::text("url"),
            Column::text("published"),
            Column::text("language"),
            Column::text("origin"),
            Column::boolean("is_first_of_origin"),
            Column::text("unseen_source"),
            Column::text("flaws"),
            Column::text("version_of"),
            Column::integer("n_statements"),
            Column::text("sha256"),
            Column::integer("n_bytes"),
            Column::integer("run"),
            Column::text("text"),
        ],
        order: "location, id",
        words: Words::Article,
    },
    Table {
        name: "gap",
        columns: &[
            Column::text("id"),
            Column::text("at"),
            Column::text("author"),
            Column::text("reason"),
            Column::integer("run"),
        ],
        order: "id",
        words: Words::No,
    },
    Table {
        name: "actor",
        columns: &[
            Column::text("id"),
            Column::text("name"),
            Column::text("kind"),
            Column::text("speaks_for"),
            Column::integer("n_articles"),
            Column::integer("n_statements"),
            Column::integer("n_mentions"),
            Column::json("aliases"),
            Column::json("roles"),
            Column::text("code"),
        ],
        order: "id",
        words: Words::No,
    },
    Table {
        name: "utterance",
        columns: &[
            Column::text("id"),
            Column::text("speaker"),
            Column::text("party"),
            Column::text("class"),
            Column::text("time"),
            Column::text("status"),
            Column::text("sourcing"),
            Column::integer("n_articles"),
            Column::integer("n_origins_min"),
            Column::integer("n_origins_max"),
            Column::text("first_article"),
            Column::text("best_article"),
            Column::text("words"),
            Column::text("source"),
            Column::text("addressee"),
            Column::text("medium"),
            Column::text("kind"),
        ],
        order: "id",
        words: Words::Item { layer: "utterance", within: &["source", "addressee", "medium"] },
    },
    Table {
        name: "happening",
        columns: &[
            Column::text("id"),
            Column::text("type"),
            Column::json("sources"),
            Column::json("targets"),
            Column::text("status"),
            Column::text("time"),
            Column::text("place"),
            Column::integer("n_articles"),
            Column::integer("n_origins_min"),
            Column::integer("n_origins_max"),
            Column::text("first_article"),
        ],
        order: "id",
        words: Words::No,
    },
    Table {
        name: "issue",
        columns: &[
            Column::text("id"),
            Column::text("name"),
            Column::text("standing"),
            Column::text("reason"),
            Column::json("wordings"),
            Column::integer("n_articles"),
        ],
        order: "id",
        words: Words::No,
    },
    Table {
        name: "position",
        columns: &[
            Column::text("id"),
            Column::text("party"),
            Column::text("issue"),
            Column::text("stance"),
            Column::text("time"),
            Column::json("stances"),
            Column::json("changes"),
            Column::integer("n_articles"),
            Column::integer("n_origins_min"),
            Column::integer("n_origins_max"),
        ],
        order: "id",
        words: Words::No,
    },
    Table {
        name: "timeline",
        columns: &[
            Column::text("id"),
            Column::text("time"),
            Column::text("kind"),
            Column::text("status"),
            Column::boolean("is_planned"),
            Column::text("forum"),
            Column::integer("n_articles"),
            Column::integer("n_origins_min"),
            Column::integer("n_origins_max"),
            Column::text("words"),
        ],
        order: "id",
        words: Words::Item { layer: "timeline", within: &[] },
    },
    Table {
        name: "tension",
        columns: &[
            Column::text("id"),
            Column::text("kind"),
            Column::text("about"),
            Column::boolean("is_change"),
            Column::json("sides"),
        ],
        order: "id",
        words: Words::No,
    },
    Table {
        name: "place",
        columns: &[
            Column::text("item"),
            Column::text("layer"),
            Column::integer("part"),
            Column::text("article"),
            Column::text("location"),
            Column::integer("start"),
            Column::integer("end"),
            Column::text("words"),
        ],
        order: "article, start, \"end\", layer, item, part",
        words: Words::Place,
    },
    Table {
        name: "link",
        columns: &[
            Column::text("a"),
            Column::text("b"),
            Column::text("relation"),
            Column::text("derived"),
            Column::integer("prose_a"),
            Column::integer("prose_b"),
            Column::integer("quotations_a"),
            Column::integer("quotations_b"),
            Column::integer("n_passages"),
            Column::integer("n_replacements"),
        ],
        order: "a, b",
        words: Words::No,
    },
    Table {
        name: "correction",
        columns: &[
            Column::text("id"),
            Column::text("at"),
            Column::text("author"),
            Column::text("act"),
            Column::json("body"),
            Column::text("orphaned"),
            Column::json("items"),
        ],
        order: "at, id",
        words: Words::No,
    },
    Table {
        name: "run",
        columns: &[
            Column::integer("number"),
            Column::text("kind"),
            Column::text("started"),
            Column::text("ended"),
            Column::text("program"),
            Column::json("settings"),
            Column::json("counts"),
        ],
        order: "number",
        words: Words::No,
    },
    Table {
        name: "change",
        columns: &[
            Column::integer("run"),
            Column::text("layer"),
            Column::text("id"),
            Column::text("kind"),
            Column::text("words"),
            Column::text("why"),
        ],
        order: "run, layer, id, kind",
        words: Words::No,
    },
    Table {
        name: "skipped",
        columns: &[Column::text("location"), Column::text("reason"), Column::text("hint"), Column::integer("run")],
        order: "location, reason",
        words: Words::No,
    },
];

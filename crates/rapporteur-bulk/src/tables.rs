//! The tables of a folder, column by column. docs/BULK.md describes the same; a test holds it against this list.

use rapporteur_columns::Column;

/// A table.
#[derive(Debug, PartialEq, Eq)]
pub struct Table {
    /// Its name, and that of the folder that holds its files.
    pub name: &'static str,
    /// Its columns.
    pub columns: &'static [Column],
}

/// Columns of `articles` over which a condition may speak: those before what was made of the article.
pub const N_ASKED: usize = 15;

/// What is known of each article.
pub static ARTICLES: Table = Table {
    name: "articles",
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
        Column::integer("n_statements"),
        Column::integer("n_events"),
        Column::integer("n_stances"),
        Column::integer("n_bytes"),
        Column::text("text"),
        Column::text("sha256"),
        Column::json("article"),
        Column::bytes("record"),
    ],
};

/// What was found in each article.
pub static RECORDS: Table = Table {
    name: "records",
    columns: &[
        Column::text("article"),
        Column::text("layer"),
        Column::integer("number"),
        Column::text("class"),
        Column::text("actor"),
        Column::text("source"),
        Column::text("target"),
        Column::text("trigger"),
        Column::text("words"),
        Column::integer("start"),
        Column::integer("end"),
        Column::text("status"),
        Column::text("polarity"),
        Column::text("time"),
        Column::text("confidence"),
    ],
};

/// Inputs that were not read.
pub static SKIPPED: Table =
    Table { name: "skipped", columns: &[Column::text("location"), Column::text("reason"), Column::text("hint")] };

/// Which articles count once.
pub static ORIGINS: Table = Table {
    name: "origins",
    columns: &[
        Column::text("article"),
        Column::text("origin"),
        Column::boolean("is_first"),
        Column::text("unseen_source"),
        Column::integer("n_articles"),
    ],
};

/// Pairs that tell where an article belongs.
pub static LINKS: Table = Table {
    name: "links",
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
        Column::json("evidence"),
    ],
};

/// The wording that these pairs share.
pub static PASSAGES: Table = Table {
    name: "passages",
    columns: &[
        Column::text("a"),
        Column::integer("start_a"),
        Column::integer("end_a"),
        Column::text("b"),
        Column::integer("start_b"),
        Column::integer("end_b"),
        Column::text("wording"),
        Column::integer("n_shared_words"),
        Column::boolean("is_quotation"),
    ],
};

/// All tables.
pub static TABLES: [&Table; 6] = [&ARTICLES, &RECORDS, &SKIPPED, &ORIGINS, &LINKS, &PASSAGES];

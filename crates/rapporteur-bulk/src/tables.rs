//! The tables of a folder, column by column. docs/BULK.md describes the same; a test holds it against this list.

use rapporteur_columns::{Column, ColumnType};

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

const fn bytes(name: &'static str) -> Column {
    Column { name, holds: ColumnType::Bytes }
}

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
        integer("n_statements"),
        integer("n_events"),
        integer("n_stances"),
        integer("n_bytes"),
        text("text"),
        text("sha256"),
        json("article"),
        bytes("record"),
    ],
};

/// What was found in each article.
pub static RECORDS: Table = Table {
    name: "records",
    columns: &[
        text("article"),
        text("layer"),
        integer("number"),
        text("class"),
        text("actor"),
        text("source"),
        text("target"),
        text("trigger"),
        text("words"),
        integer("start"),
        integer("end"),
        text("status"),
        text("polarity"),
        text("time"),
        text("confidence"),
    ],
};

/// Inputs that were not read.
pub static SKIPPED: Table = Table { name: "skipped", columns: &[text("location"), text("reason"), text("hint")] };

/// Which articles count once.
pub static ORIGINS: Table = Table {
    name: "origins",
    columns: &[text("article"), text("origin"), boolean("is_first"), text("unseen_source"), integer("n_articles")],
};

/// Pairs that tell where an article belongs.
pub static LINKS: Table = Table {
    name: "links",
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
        json("evidence"),
    ],
};

/// The wording that these pairs share.
pub static PASSAGES: Table = Table {
    name: "passages",
    columns: &[
        text("a"),
        integer("start_a"),
        integer("end_a"),
        text("b"),
        integer("start_b"),
        integer("end_b"),
        text("wording"),
        integer("n_shared_words"),
        boolean("is_quotation"),
    ],
};

/// All tables.
pub static TABLES: [&Table; 6] = [&ARTICLES, &RECORDS, &SKIPPED, &ORIGINS, &LINKS, &PASSAGES];

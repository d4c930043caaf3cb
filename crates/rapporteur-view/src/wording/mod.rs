//! The words that a reader is shown for the values of the model.

mod dates;
mod record;

pub(crate) use dates::{day, days};
pub(crate) use record::*;

use rapporteur_model::{
    ActorKind, Encoding, Format, FurnitureKind, PassageWording, Relation, Standing, StatementKind, TensionKind,
    TextFlawKind,
};

/// "1 article", "2 articles", "1,200 articles".
pub fn count(n: usize, noun: &str) -> String {
    let ending = if n == 1 { "" } else { "s" };
    format!("{} {noun}{ending}", thousands(n))
}

/// 1200 as "1,200".
pub fn thousands(n: usize) -> String {
    let digits = n.to_string();
    let mut grouped = String::with_capacity(digits.len() + digits.len() / 3);
    for (idx, digit) in digits.chars().enumerate() {
        if idx > 0 && (digits.len() - idx).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    grouped
}

/// "000", "000 and 001", "000, 001 and 002".
pub(crate) fn list(items: &[&str]) -> String {
    match items {
        [] => String::new(),
        [only] => (*only).to_string(),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    }
}

/// A list, where items beyond the eighth are counted: "000, 001 and 12 more".
pub fn short_list(items: &[&str]) -> String {
    const N_ITEMS_MAX: usize = 8;
    if items.len() <= N_ITEMS_MAX {
        return list(items);
    }
    format!("{} and {} more", items[..N_ITEMS_MAX].join(", "), thousands(items.len() - N_ITEMS_MAX))
}

pub(crate) fn statement_kind(kind: StatementKind) -> &'static str {
    match kind {
        StatementKind::Direct => "direct",
        StatementKind::Indirect => "indirect",
        StatementKind::Mixed => "mixed",
        StatementKind::ActReport => "act report",
    }
}

pub(crate) fn actor_kind(kind: ActorKind) -> &'static str {
    match kind {
        ActorKind::Person => "person",
        ActorKind::State => "state",
        ActorKind::Organisation => "organisation",
        ActorKind::Group => "group",
    }
}

pub(crate) fn furniture_kind(kind: FurnitureKind) -> &'static str {
    match kind {
        FurnitureKind::Title => "title",
        FurnitureKind::Header => "header",
        FurnitureKind::Byline => "byline",
        FurnitureKind::Credit => "credit",
        FurnitureKind::Caption => "caption",
        FurnitureKind::Heading => "heading",
        FurnitureKind::LinkBox => "link box",
        FurnitureKind::ShareBar => "share bar",
        FurnitureKind::Repeated => "repeated over the site",
    }
}

pub(crate) fn format(format: Format) -> &'static str {
    match format {
        Format::Text => "text",
        Format::Markdown => "markdown",
        Format::Html => "html",
        Format::Pdf => "pdf",
    }
}

pub(crate) fn encoding(encoding: &Encoding) -> &str {
    match encoding {
        Encoding::Utf8 => "utf-8",
        Encoding::Utf16Le => "utf-16le",
        Encoding::Utf16Be => "utf-16be",
        Encoding::Windows1252 => "windows-1252",
        Encoding::Other(name) => name,
    }
}

pub(crate) fn passage_wording(wording: PassageWording) -> &'static str {
    match wording {
        PassageWording::Verbatim => "the same words",
        PassageWording::NearVerbatim => "nearly the same words",
        PassageWording::Reworded => "the same sentence reworded",
    }
}

/// How two articles are related, as a phrase that follows "001 and 002: ".
pub fn relation(relation: Relation) -> &'static str {
    match relation {
        Relation::Verbatim => "the same text",
        Relation::Excerpt => "one is an excerpt of the other",
        Relation::Shuffled => "the same text in another order",
        Relation::Spun => "the same text with words replaced one by one",
        Relation::Partial => "the same text in part",
        Relation::QuoteOnly => "quotations in common only: a common speaker, not a copy",
    }
}

/// "2 independent origins", "1 to 2 independent origins".
pub fn independent_origins(min: i64, max: i64) -> String {
    let told = count(number(max), "independent origin");
    if min == max { told } else { format!("{min} to {told}") }
}

/// [`independent_origins`], with a warning at one.
pub(crate) fn origins(min: i64, max: i64) -> String {
    let told = independent_origins(min, max);
    if min <= 1 { format!("{told} (!)") } else { told }
}

/// A number of something as the case keeps it, which is never negative.
pub fn number(n: i64) -> usize {
    usize::try_from(n).unwrap_or_default()
}

/// Where the parties stand on an issue.
pub(crate) fn standing(standing: Standing) -> &'static str {
    match standing {
        Standing::Agreed => "agreed",
        Standing::Negotiable => "negotiable",
        Standing::Blocked => "blocked",
        Standing::Unanswered => "unanswered",
    }
}

pub(crate) fn tension_kind(kind: TensionKind) -> &'static str {
    match kind {
        TensionKind::Number => "numbers",
        TensionKind::Date => "dates",
        TensionKind::Polarity => "yes and no",
        TensionKind::Attribution => "attribution",
        TensionKind::Order => "order of time",
        TensionKind::Emphasis => "emphasis",
        TensionKind::Interpretation => "interpretation",
        TensionKind::Corruption => "damaged text",
    }
}

/// What is wrong with a text.
pub(crate) fn text_flaw(kind: TextFlawKind) -> &'static str {
    match kind {
        TextFlawKind::Spun => "machine-spun",
        TextFlawKind::AlteredNames => "names altered",
        TextFlawKind::Shuffled => "out of order",
    }
}

/// The flaws of a text as a case lists them, in the words of [`text_flaw`].
pub(crate) fn flaws(listed: &str) -> String {
    let told = listed.split(", ").map(|flaw| match flaw {
        "spun" => text_flaw(TextFlawKind::Spun).to_string(),
        "altered names" => text_flaw(TextFlawKind::AlteredNames).to_string(),
        "shuffled" => text_flaw(TextFlawKind::Shuffled).to_string(),
        other => crate::visible::on_one_line(other),
    });
    told.collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_and_lists_read_as_english() {
        assert_eq!(count(1, "article"), "1 article");
        assert_eq!(count(50_000, "article"), "50,000 articles");
        assert_eq!(thousands(1_234_567), "1,234,567");
        assert_eq!(list(&["a"]), "a");
        assert_eq!(list(&["a", "b", "c"]), "a, b and c");
        assert_eq!(short_list(&["a"; 20]), "a, a, a, a, a, a, a, a and 12 more");
    }
}

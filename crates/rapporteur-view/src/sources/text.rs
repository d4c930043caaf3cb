//! The sources as text.

use super::{FlawLine, LinkLine, OriginLine, Sources};
use crate::page::{Emphasis, Page, Style};
use crate::wording::{count, relation, short_list, text_flaw, thousands};
use rapporteur_model::Relation;
use std::collections::BTreeMap;

// What a pile of some hundred articles needs without a cut.
const N_ORIGINS_MAX: usize = 40;
const N_MEMBERS_MAX: usize = 20;
const N_PAIRS_MAX: usize = 20;
const N_FLAWS_MAX: usize = 20;
const N_WORDS_MAX: usize = 4;

/// The sources in words and line breaks. Lists beyond some dozens of items are cut, and say so.
pub fn to_text(sources: &Sources, style: Style) -> String {
    let mut page = Page::new(style);
    page.paragraph(0, 0, &format!("{}.", sources.summary()), Emphasis::Plain);
    if !sources.skipped.is_empty() {
        let n_skipped = count(sources.skipped.len(), "input");
        page.paragraph(0, 0, &format!("{n_skipped} skipped."), Emphasis::Plain);
    }
    write(&mut page, sources);
    page.finish()
}

/// The sources with what is looked up often.
struct Shown<'s> {
    sources: &'s Sources,
    /// For each article the position of its origin.
    origin_of: Vec<usize>,
    /// For each article the strongest link with one from which it descends, or else its strongest link.
    strongest: BTreeMap<usize, usize>,
}

impl Shown<'_> {
    /// Whether both articles of a pair are of one origin.
    fn is_inside(&self, link: &LinkLine) -> bool {
        self.origin_of[link.a] == self.origin_of[link.b]
    }
}

/// The sections, each where there is something to say.
pub(crate) fn write(page: &mut Page, sources: &Sources) {
    let mut origin_of = vec![0; sources.articles.len()];
    for (idx, origin) in sources.origins.iter().enumerate() {
        origin.articles.iter().for_each(|article| origin_of[*article] = idx);
    }
    let shown = Shown { sources, origin_of, strongest: strongest(sources) };
    if sources.origins.iter().any(|origin| origin.articles.len() > 1) {
        page.heading("ONE ORIGIN");
        let shared: Vec<&OriginLine> = sources.origins.iter().filter(|origin| origin.articles.len() > 1).collect();
        for origin in shared.iter().take(N_ORIGINS_MAX) {
            write_origin(page, &shown, origin);
        }
        more(page, shared.len(), N_ORIGINS_MAX);
    }
    let apart = |link: &&LinkLine| !shown.is_inside(link);
    let smaller: Vec<&LinkLine> =
        sources.links.iter().filter(apart).filter(|link| link.relation != Relation::QuoteOnly).collect();
    pairs(page, sources, "SMALLER PARTS IN COMMON", &smaller);
    let quotations: Vec<&LinkLine> = sources.links.iter().filter(|link| link.relation == Relation::QuoteOnly).collect();
    pairs(page, sources, "QUOTATIONS IN COMMON", &quotations);
    if !sources.flaws.is_empty() {
        page.heading("ALTERED TEXT");
        for flaw in sources.flaws.iter().take(N_FLAWS_MAX) {
            write_flaw(page, sources, flaw);
        }
        more(page, sources.flaws.len(), N_FLAWS_MAX);
    }
    if !sources.versions.is_empty() {
        page.heading("VERSIONS");
        for version in sources.versions.iter().take(N_PAIRS_MAX) {
            let (article, before) = (label(sources, version.article), label(sources, version.version_of));
            page.paragraph(2, 4, &format!("{article} replaces {before}: {}", version.reason), Emphasis::Plain);
        }
        more(page, sources.versions.len(), N_PAIRS_MAX);
    }
}

/// The links of [`Shown::strongest`].
fn strongest(sources: &Sources) -> BTreeMap<usize, usize> {
    let mut strongest: BTreeMap<usize, usize> = BTreeMap::new();
    for (idx, link) in sources.links.iter().enumerate().filter(|(_, link)| link.relation != Relation::QuoteOnly) {
        for article in [link.a, link.b] {
            let is_better = strongest.get(&article).is_none_or(|known| {
                let known = &sources.links[*known];
                known.derived != Some(article) && link.derived == Some(article)
            });
            if is_better {
                strongest.insert(article, idx);
            }
        }
    }
    strongest
}

fn write_origin(page: &mut Page, shown: &Shown<'_>, origin: &OriginLine) {
    let sources = shown.sources;
    let n = count(origin.articles.len(), "article");
    let from = match (&origin.first, &origin.unseen_source) {
        (Some(first), _) => format!(", first told by {}", label(sources, *first)),
        (None, Some(source)) => {
            let name = source.name.as_ref().map(|name| format!(", {name}")).unwrap_or_default();
            format!(" from a source outside the pile{name}: {}", source.reason)
        }
        (None, None) => ", the first of them unknown".to_string(),
    };
    page.paragraph(2, 4, &format!("{n}{from}"), Emphasis::Bold);
    for article in origin.articles.iter().take(N_MEMBERS_MAX) {
        page.paragraph(4, 6, &member(shown, origin, *article), Emphasis::Plain);
    }
    if origin.articles.len() > N_MEMBERS_MAX {
        let line = format!("… and {} more (--json has all)", thousands(origin.articles.len() - N_MEMBERS_MAX));
        page.paragraph(4, 4, &line, Emphasis::Dim);
    }
    if !origin.overlaps.is_empty() {
        let others: Vec<&str> = origin
            .overlaps
            .iter()
            .filter_map(|idx| sources.origins[*idx].articles.first())
            .map(|a| label(sources, *a))
            .collect();
        page.paragraph(4, 6, &format!("shares a smaller part with {}", short_list(&others)), Emphasis::Dim);
    }
}

/// "halsk-observer, 2024-03-13: the same text in another order as meridian-press (98 %, 95 %), derived: …".
fn member(shown: &Shown<'_>, origin: &OriginLine, article: usize) -> String {
    let sources = shown.sources;
    let date = sources.articles[article].published.as_deref().map(|date| format!(", {date}")).unwrap_or_default();
    let name = format!("{}{date}", label(sources, article));
    let link = shown.strongest.get(&article).map(|idx| &sources.links[*idx]);
    let Some(link) = link.filter(|link| shown.is_inside(link)) else { return name };
    let other = if link.a == article { link.b } else { link.a };
    // The source of the other says nothing; of two of which neither is known to be the source the second does.
    if link.derived.map_or(article < other, |derived| derived != article) {
        return name;
    }
    format!("{name}: with {}, {}", label(sources, other), how(sources, link))
}

/// "the same text in another order (98 % and 95 % of the prose); halsk-observer is derived: …".
fn how(sources: &Sources, link: &LinkLine) -> String {
    let shares = match link.relation {
        Relation::QuoteOnly => count(link.n_passages, "passage"),
        _ => format!(
            "{} % of {}, {} % of {}",
            link.prose.percent_of_a,
            label(sources, link.a),
            link.prose.percent_of_b,
            label(sources, link.b)
        ),
    };
    let mut text = format!("{} ({shares})", relation(link.relation));
    if let Some(derived) = link.derived {
        let mut reasons: Vec<String> = Vec::new();
        for evidence in link.evidence.iter().filter(|evidence| evidence.derived == derived) {
            let shown: Vec<String> =
                evidence.words.iter().take(N_WORDS_MAX).map(|words| format!("“{words}”")).collect();
            let shown = if shown.is_empty() { String::new() } else { format!(" ({})", shown.join(", ")) };
            reasons.push(format!("{}{shown}", evidence.reason));
        }
        text.push_str(&format!("; {} is derived: {}", label(sources, derived), reasons.join("; ")));
    }
    text
}

fn pairs(page: &mut Page, sources: &Sources, heading: &str, links: &[&LinkLine]) {
    if links.is_empty() {
        return;
    }
    page.heading(heading);
    for link in links.iter().take(N_PAIRS_MAX) {
        let names = format!("{} and {}", label(sources, link.a), label(sources, link.b));
        page.paragraph(2, 4, &format!("{names}: {}", how(sources, link)), Emphasis::Plain);
    }
    more(page, links.len(), N_PAIRS_MAX);
}

/// "daily-news-hub: machine-spun; in 66 places … “Overseas Clergyman” for “Foreign Minister”, …".
fn write_flaw(page: &mut Page, sources: &Sources, flaw: &FlawLine) {
    let name = label(sources, flaw.article);
    page.paragraph(2, 4, &format!("{name}: {}; {}", text_flaw(flaw.kind), flaw.reason), Emphasis::Plain);
    let examples: Vec<String> =
        flaw.examples.iter().map(|example| format!("“{}” for “{}”", example.words, example.instead_of)).collect();
    if !examples.is_empty() {
        page.paragraph(4, 6, &examples.join(", "), Emphasis::Dim);
    }
    if !flaw.proposed_order.is_empty() {
        let order: Vec<String> = flaw.proposed_order.iter().map(usize::to_string).collect();
        page.paragraph(4, 6, &format!("order of its paragraphs: {}", order.join(" ")), Emphasis::Dim);
    }
}

fn label(sources: &Sources, article: usize) -> &str {
    &sources.articles[article].label
}

fn more(page: &mut Page, n_items: usize, n_shown: usize) {
    crate::brief::more(page, 2, n_items, n_shown);
}

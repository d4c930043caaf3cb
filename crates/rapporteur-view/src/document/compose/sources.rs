//! Where do the texts come from? Articles, what counts once, who copied whom, what is wrong with a text, ratings.

use super::super::{Block, Table};
use super::write::{Words, by_hand, more};
use super::{Composer, asked};
use crate::visible::on_one_line;
use crate::wording::{self, count, day, flaws, short_list};
use rapporteur_model::TargetLayer;
use rapporteur_store::{Error, ItemQuery, LinkRow, SourceRow};
use std::collections::BTreeMap;

/// Articles that are looked at for a page.
const N_ARTICLES_READ: usize = 80;

impl Composer<'_> {
    pub(super) fn sources(&mut self) -> Result<Vec<Block>, Error> {
        let mut found = self.case.sources(None, if self.is_page { N_ARTICLES_READ } else { self.limits.n_articles })?;
        found.articles.sort_by(|a, b| {
            (a.published.is_none(), &a.published, &a.name, &a.id).cmp(&(
                b.published.is_none(),
                &b.published,
                &b.name,
                &b.id,
            ))
        });
        // Origins are numbered in the order in which a reader meets them.
        let mut origins: Vec<(String, Vec<SourceRow>)> = Vec::new();
        for article in &found.articles {
            match origins.iter_mut().find(|(origin, _)| *origin == article.origin) {
                Some((_, articles)) => articles.push(article.clone()),
                None => origins.push((article.origin.clone(), vec![article.clone()])),
            }
        }
        let mut blocks = Vec::new();
        for (number, (_, articles)) in (1..).zip(&origins) {
            let n_shared = articles.len();
            if n_shared > 1 || self.is_page {
                blocks.push(self.origin(number, articles)?);
            }
        }
        if self.is_page {
            blocks.truncate(self.limits.n_articles);
            blocks.extend(more(self.summary.n_origins, blocks.len(), "origin"));
            return Ok(blocks);
        }
        let number_of = |origin: &str| origins.iter().position(|(id, _)| id == origin).map_or(0, |at| at + 1);
        let mut rows = Vec::new();
        for article in &found.articles {
            rows.push(self.article_row(article, number_of(&article.origin))?);
        }
        let columns = ["Article", "Outlet", "Published", "Origin", "What is known of the text"];
        let mut columns = columns.map(str::to_string).to_vec();
        let mut widths = vec![6, 3, 3, 2, 4];
        // Where no article tells its outlet there is nothing to show.
        if found.articles.iter().all(|article| article.outlet.is_none()) {
            rows.iter_mut().for_each(|row| drop(row.remove(1)));
            columns.remove(1);
            widths.remove(1);
        }
        blocks.insert(0, Block::Table(Table { columns, widths, rows }));
        if let Some(more) = more(found.n_articles, found.articles.len(), "article") {
            blocks.insert(1, more);
        }
        let names: BTreeMap<&str, String> =
            found.articles.iter().map(|article| (article.id.as_str(), on_one_line(&article.name))).collect();
        let mut lines = Vec::new();
        for link in &found.links {
            lines.extend(self.link(link, &names)?);
        }
        if !lines.is_empty() {
            blocks.push(Block::Subheading("Who shares wording with whom".to_string()));
            let n_shown = lines.len();
            blocks.extend(lines);
            blocks.extend(more(found.n_links, n_shown, "pair"));
        }
        self.damage(&mut blocks)?;
        for gap in &found.gaps {
            let why = gap.reason.as_ref().map(|reason| format!(": {}", on_one_line(reason))).unwrap_or_default();
            let note = self.notes.of_log("The case’s own list of gaps.".to_string());
            let told = format!(
                "An article was taken out for good by {} on {}{why}.",
                on_one_line(&gap.author),
                super::moment(&gap.at)
            );
            blocks.push(Words::default().text(told).notes([note]).line());
        }
        if self.summary.n_skipped > 0 {
            blocks.push(Block::Remark(format!("{} could not be read.", count(self.summary.n_skipped, "input"))));
        }
        Ok(blocks)
    }

    /// "Origin 2: 4 articles: a, b, c and d."
    fn origin(&mut self, number: usize, articles: &[SourceRow]) -> Result<Block, Error> {
        let names: Vec<String> = articles.iter().map(|article| on_one_line(&article.name)).collect();
        let names: Vec<&str> = names.iter().map(String::as_str).collect();
        let mut words = Words::default().strong(format!("Origin {number}")).text(format!(
            ": {}, {}",
            count(articles.len(), "article"),
            short_list(&names)
        ));
        if let Some(first) = articles.iter().find(|article| article.is_first && articles.len() > 1) {
            words = words.text(format!("; as far as is known the others descend from {}", on_one_line(&first.name)));
        }
        if let Some(source) = articles.iter().find_map(|article| article.unseen_source.as_deref()) {
            let source =
                if source == "unknown" { "a source that is not in the case".to_string() } else { on_one_line(source) };
            words = words.text(format!("; all from {source}"));
        }
        let flawed: Vec<String> = articles
            .iter()
            .filter_map(|article| {
                Some(format!("{}: text {}", on_one_line(&article.name), flaws(article.flaws.as_deref()?)))
            })
            .collect();
        if self.is_page && !flawed.is_empty() {
            words = words.text("; ").warning(flawed.join("; "));
        }
        let mut notes = Vec::new();
        for article in articles.iter().take(self.limits.n_notes) {
            notes.extend(self.notes.of_article(&article.id)?);
        }
        Ok(words.text(".").notes(notes).line())
    }

    fn article_row(&mut self, article: &SourceRow, origin: usize) -> Result<Vec<Vec<super::Inline>>, Error> {
        let mut called = Words::default().strong(on_one_line(&article.name));
        if let Some(title) = &article.title {
            called = called.text(": ").quote(on_one_line(title));
        }
        called = called.notes(self.notes.of_article(&article.id)?);
        if let Some(url) = article.url.as_deref().filter(|url| is_web_address(url)) {
            called = called.text(" ");
            called.0.push(super::Inline::Address(url.to_string()));
        }
        let plain = |text: Option<String>| text.map_or_else(Vec::new, |text| Words::default().text(text).0);
        let mut known =
            Words::default().soft(count(usize::try_from(article.n_statements).unwrap_or_default(), "statement"));
        if let Some(listed) = &article.flaws {
            known = known.text(", ").warning(format!("text {}", flaws(listed)));
        }
        if let Some(other) = &article.version_of {
            let name = self
                .case
                .article(other)?
                .map_or_else(|| "another article".to_string(), |(row, _)| on_one_line(&row.name));
            known = known.text(format!(", replaces {name}"));
        }
        for mark in &article.marks {
            let (told, note) = by_hand(mark);
            let note = self.notes.of_log(note);
            known = known.text(", ").strong(told).notes([note]);
        }
        Ok(vec![
            called.0,
            plain(article.outlet.as_deref().map(on_one_line)),
            plain(Some(article.published.as_deref().map_or_else(|| "no date".to_string(), day))),
            plain((origin > 0).then(|| origin.to_string())),
            known.0,
        ])
    }

    /// Who shares wording with whom, and who descends from whom.
    fn link(&mut self, link: &LinkRow, names: &BTreeMap<&str, String>) -> Result<Option<Block>, Error> {
        let (Some(a), Some(b)) = (names.get(link.a.as_str()), names.get(link.b.as_str())) else { return Ok(None) };
        let mut words =
            Words::default().strong(format!("{a} and {b}")).text(format!(": {}", wording::relation(link.relation)));
        let shares = |what: &str, (of_a, of_b): (i64, i64)| {
            (of_a + of_b > 0).then(|| format!(", {what} in common {of_a} % and {of_b} %"))
        };
        words = words.text(
            shares("prose", link.prose).into_iter().chain(shares("quotations", link.quotations)).collect::<String>(),
        );
        if let Some(derived) = link.derived.as_deref().and_then(|derived| names.get(derived)) {
            words = words.text("; ").strong(format!("{derived} descends from the other"));
        }
        let notes = [self.notes.of_article(&link.a)?, self.notes.of_article(&link.b)?];
        Ok(Some(words.text(".").notes(notes.into_iter().flatten()).line()))
    }

    /// Texts that are altered or out of order, with some of the words that show it.
    fn damage(&mut self, blocks: &mut Vec<Block>) -> Result<(), Error> {
        let of_kind = ItemQuery { kind: Some("corruption".to_string()), ..asked(self.limits.n_single) };
        let damaged = self.case.items(TargetLayer::Tension, &of_kind)?;
        let mut lines = Vec::new();
        for item in &damaged.items {
            let Some(place) = item.places.first() else { continue };
            let words = Words::default()
                .strong(on_one_line(&place.article.name))
                .text(format!(": {}", item.label.as_deref().map(on_one_line).unwrap_or_default()));
            let words = words.text(", such as ").quote(self.notes.words_from(place, 1)?);
            lines.push(words.notes(self.notes.of_places(item.places.iter(), 2)?).line());
        }
        if !lines.is_empty() {
            blocks.push(Block::Subheading("Texts that are altered or out of order".to_string()));
            let n_shown = lines.len();
            blocks.extend(lines);
            blocks.extend(more(damaged.n_total, n_shown, "damaged text"));
        }
        Ok(())
    }
}

/// Whether it is an address of the web with nothing in it that is not one: what else an article gives as its address is not
/// shown, and no format makes a link of it.
fn is_web_address(url: &str) -> bool {
    let lower = url.get(..8).unwrap_or(url).to_ascii_lowercase();
    let is_web = lower.starts_with("https://") || lower.starts_with("http://");
    let is_plain = |c: char| c.is_ascii_graphic() && !matches!(c, '"' | '<' | '>' | '\\' | '^' | '`' | '{' | '|' | '}');
    is_web && url.chars().all(is_plain)
}

//! When a page was published.
//!
//! Pages tell dates in many places, and most of them are dates of something else. Each is a candidate with a weight
//! that says how far its place is to be trusted; dates that several places tell gain by it; the heaviest is taken.
//! Htmldate (Barbaresi 2020, JOSS 5(51):2439) has the idea of going from metadata to markup to text.
//!
//! DIFFERENCE: it takes the first of its steps that gives a date; here all places are weighed together.

use super::addresses::Addresses;
use super::candidates::{
    BARE_LINE, Candidate, META_UNSURE, SAME_MONTH, Voice, from_addresses, from_body, from_json_ld, from_metas,
    from_properties, from_scripts,
};
use super::date_words::date_words;
use super::headline::headline;
use super::metadata::Metadata;
use super::sightings::sightings;
use super::tree::Tree;
use crate::dates::{Day, Reading};
use crate::told::Publication;
use rapporteur_model::{Evidenced, Instant};
use std::collections::{BTreeMap, BTreeSet};

/// The date of publication of a page. `url` is the address it was found at.
pub(crate) fn publication(tree: &Tree, metadata: &Metadata, url: Option<&str>) -> Publication {
    let addresses = Addresses::of(metadata, url);
    let mut candidates = Vec::new();
    from_metas(metadata, &mut candidates);
    from_properties(metadata, &mut candidates);
    from_json_ld(metadata, &addresses, &mut candidates);
    let headline = headline(tree, metadata);
    from_body(&sightings(tree, headline.as_ref()), &mut candidates);
    if candidates.iter().all(|candidate| candidate.weight < BARE_LINE) {
        from_scripts(tree, &mut candidates);
    }
    from_addresses(&addresses, &mut candidates);
    settle_order(&mut candidates, metadata, &addresses);
    if let Some(bound) = addresses.archived {
        candidates.retain(|candidate| candidate.reading.day_number().is_none_or(|day| day <= bound + 1));
    }
    distrust_later_than_change(&mut candidates);
    follow_local_days(&mut candidates);

    let changed = best(&candidates, true);
    let published = best(&candidates, false).filter(|published| {
        let least = if changed.is_some() { MIN_BESIDE_CHANGE } else { MIN_WEIGHT };
        published.weight >= least
    });
    // A page that tells nothing but its last change is as old as that, as far as it says.
    let Some(chosen) = published.clone().or(changed.clone()) else { return Publication::default() };
    let modified = changed.filter(|changed| {
        let is_before = changed.reading.day_number() < chosen.reading.day_number();
        published.is_some() && !is_before
    });
    Publication {
        published_at: moment_of(&candidates, &chosen),
        published: chosen.evidenced(),
        modified: modified.and_then(|changed| changed.evidenced()),
    }
}

/// What each further voice adds to a date.
const AGREEMENT: i32 = 6;
/// Lighter dates agree with a date by chance: those of teasers, of comments, in sentences.
const MIN_AGREEING: i32 = 48;
/// Lighter dates are wrong more often than right: dates in sentences, of teasers far from the headline.
const MIN_WEIGHT: i32 = 22;
/// Lighter dates, such as bare ones far from the headline and those of teasers, are wrong more often than the date of the
/// last change.
const MIN_BESIDE_CHANGE: i32 = 40;

/// Settles dates whose order of day and month is open: by other dates of the page, else by its language and site.
fn settle_order(candidates: &mut [Candidate], metadata: &Metadata, addresses: &Addresses) {
    let known: BTreeSet<i64> = candidates.iter().filter_map(|candidate| candidate.reading.day_number()).collect();
    let is_known = |day: Day| known.range(day.number() - 1..=day.number() + 1).next().is_some();
    let is_month_first = order_shown(candidates).unwrap_or_else(|| order_of_site(metadata, addresses));
    for candidate in candidates.iter_mut() {
        if let Reading::Either { month_first, day_first } = candidate.reading {
            let takes_month_first = match (is_known(month_first), is_known(day_first)) {
                (true, false) => true,
                (false, true) => false,
                _ => is_month_first,
            };
            candidate.reading = Reading::Day(if takes_month_first { month_first } else { day_first });
        }
    }
}

/// Whether a date of the page shows that months stand first: "03/25/2031" does, "25/03/2031" shows the contrary.
fn order_shown(candidates: &[Candidate]) -> Option<bool> {
    candidates.iter().find_map(|candidate| {
        let mut numbers = candidate.words.split(['/', '-']).map(|part| part.trim().parse::<u16>().ok());
        match (numbers.next()??, numbers.next()??) {
            (13..=31, 1..=12) => Some(false),
            (1..=12, 13..=31) => Some(true),
            _ => None,
        }
    })
}

fn order_of_site(metadata: &Metadata, addresses: &Addresses) -> bool {
    let words = date_words();
    let in_data = metadata.articles().iter().find_map(|article| article.in_language.as_ref());
    let told = metadata.language().or(in_data).or_else(|| metadata.first(&["og:locale", "content-language"]));
    let language = told.map(|item| item.words.to_lowercase().replace('_', "-"));
    let is_domain = addresses.domain.as_deref().is_none_or(|domain| words.month_first_domains.contains(domain));
    match language {
        Some(language) if language.contains('-') => words.month_first_languages.contains(language.as_str()),
        Some(language) => words.month_first_languages.contains(language.as_str()) && is_domain,
        None => is_domain,
    }
}

/// A moment in universal time can fall on the day before or after the one on which the site shows it: such a
/// candidate is given the day that address or text tell.
fn follow_local_days(candidates: &mut [Candidate]) {
    let is_local = |c: &&Candidate| {
        !c.is_change && !c.is_universal && matches!(c.voice, Voice::Address | Voice::Body) && c.weight >= MIN_LOCAL
    };
    let local: BTreeMap<i64, Reading> =
        candidates.iter().filter(is_local).filter_map(|c| Some((c.reading.day_number()?, c.reading))).collect();
    for candidate in candidates.iter_mut().filter(|candidate| candidate.is_universal && !candidate.is_change) {
        let Some(day) = candidate.reading.day_number().filter(|day| !local.contains_key(day)) else { continue };
        if let Some(reading) = [day - 1, day + 1].iter().find_map(|day| local.get(day)) {
            candidate.reading = *reading;
        }
    }
}

/// What is dated after the last change is announced, not published: dates in the text after the change that the
/// metadata tell, and dates in metadata that do not say of what they are after the change that the text tells.
fn distrust_later_than_change(candidates: &mut [Candidate]) {
    let last_told = |candidates: &[Candidate], voices: &[Voice]| {
        let changes = candidates.iter().filter(|c| c.is_change && voices.contains(&c.voice) && c.weight >= MIN_CHANGE);
        changes.filter_map(|candidate| candidate.reading.day_number()).max()
    };
    let last_in_metadata = last_told(candidates, &[Voice::Meta, Voice::JsonLd]);
    let last_in_text = last_told(candidates, &[Voice::Body]);
    for candidate in candidates.iter_mut().filter(|candidate| !candidate.is_change) {
        let last = match candidate.voice {
            Voice::Body => last_in_metadata.map(|day| day + 1),
            Voice::Meta if candidate.weight <= META_UNSURE + SAME_MONTH => last_in_text,
            _ => None,
        };
        if candidate.reading.day_number() > last && last.is_some() {
            candidate.weight -= LATER_THAN_CHANGE;
        }
    }
}

/// A change that the metadata tell, or the text close to the headline.
const MIN_CHANGE: i32 = 66;
const LATER_THAN_CHANGE: i32 = 30;

/// A date in the text that is surely the one of publication.
const MIN_LOCAL: i32 = 70;

/// The candidate of the date that weighs most, with the weight of the date. Of equal ones the first.
fn best(candidates: &[Candidate], is_change: bool) -> Option<Candidate> {
    let mut by_date: Vec<(Reading, BTreeMap<Voice, &Candidate>)> = Vec::new();
    let own = candidates.iter().filter(|c| c.is_change == is_change && !matches!(c.reading, Reading::Either { .. }));
    let mut place_of: BTreeMap<(i64, u8), usize> = BTreeMap::new();
    for candidate in own {
        let key = match candidate.reading {
            Reading::Day(day) => (day.number(), 0),
            Reading::Month(year, month) => (i64::from(year), month),
            Reading::Either { .. } => continue,
        };
        let at = *place_of.entry(key).or_insert(by_date.len());
        if at == by_date.len() {
            by_date.push((candidate.reading, BTreeMap::new()));
        }
        let heaviest = by_date[at].1.entry(candidate.voice).or_insert(candidate);
        if candidate.weight > heaviest.weight {
            *heaviest = candidate;
        }
    }
    let mut best: Option<Candidate> = None;
    for (_, voices) in &by_date {
        let Some(heaviest) = voices.values().rev().max_by_key(|candidate| candidate.weight) else { continue };
        let n_further = voices.values().filter(|candidate| candidate.weight >= MIN_AGREEING).count().saturating_sub(1);
        let weight = heaviest.weight + AGREEMENT * n_further as i32;
        if best.as_ref().is_none_or(|best| weight > best.weight) {
            best = Some(Candidate { weight, ..(*heaviest).clone() });
        }
    }
    best
}

/// The moment that belongs to the chosen date, where a candidate tells it.
fn moment_of(candidates: &[Candidate], chosen: &Candidate) -> Option<Evidenced<Instant>> {
    let same = candidates.iter().filter(|c| c.is_change == chosen.is_change && c.reading == chosen.reading);
    let told = same.filter_map(|candidate| Some((candidate, candidate.at.clone()?)));
    // Of equal ones the first.
    let (candidate, value) = told.rev().max_by_key(|(candidate, _)| candidate.weight)?;
    Some(Evidenced { value, evidence: candidate.evidence() })
}

#[cfg(test)]
mod tests {
    use super::*;
    use rapporteur_model::Evidence;

    fn read(source: &str, url: Option<&str>) -> Publication {
        let tree = Tree::parse(source);
        publication(&tree, &Metadata::read(&tree), url)
    }

    fn date(source: &str) -> String {
        read(source, None).published.map_or("none".to_string(), |date| date.value.to_string())
    }

    /// A page with a headline, what is given under it, and a report.
    fn page(under_headline: &str) -> String {
        let report =
            "<p>The envoys met in the old town hall of Karsk on 2 February 2031 and spoke for three hours.</p>";
        format!("<title>Talks open in Karsk</title><body><h1>Talks open in Karsk</h1>{under_headline}{report}")
    }

    #[test]
    fn a_date_is_read_wherever_pages_tell_it() {
        for told in [
            r#"<meta property="article:published_time" content="2031-03-09T10:30:00+01:00">"#,
            r#"<meta name="DC.date.issued" content="2031-03-09">"#,
            r#"<script type="application/ld+json">{"@type": "NewsArticle", "datePublished": "2031-03-09"}</script>"#,
            r#"<div itemscope itemtype="http://schema.org/Article"><meta itemprop="datePublished" content="2031-03-09"></div>"#,
            r#"<time datetime="2031-03-09T10:30:00Z" pubdate>on Sunday</time>"#,
            r#"<abbr class="published" title="2031-03-09T10:30:00">Sunday</abbr>"#,
            r#"<div class="postDate">9 March 2031</div>"#,
            "<p>Published on March 9, 2031 by Ana Lind</p>",
            "<p>Veröffentlicht am 9. März 2031 um 10:30 Uhr</p>",
            "<div>Publié le 9 mars 2031</div>",
            "<div>Publicado el 9 de marzo de 2031</div>",
            "<div>Pubblicato il 9 marzo 2031</div>",
            "<div>Publicado em 9 de março de 2031</div>",
            "<div>Gepubliceerd op 9 maart 2031</div>",
            "<div>Yayınlanma: 9 Mart 2031</div>",
            "<div>Опубликовано 9 марта 2031</div>",
            "<div>Opublikowano 9 marca 2031</div>",
            "<div>Publicerad 9 mars 2031</div>",
            "<div>2031年3月9日</div>",
            "<span>Datum</span><div>09.03.2031</div>",
            "<p>Stand: 09.03.2031</p>",
            "<lit-stamp publishdate=2031-03-09T10:15:56Z></lit-stamp>",
            r#"<script>window.state = {"article": {"published_at": "2031-03-09T10:30:00Z"}}</script>"#,
        ] {
            assert_eq!(date(&page(told)), "2031-03-09", "{told}");
        }
    }

    #[test]
    fn a_date_of_something_else_is_none() {
        for told in [
            "",
            "<div class=current-time>9 March 2031</div>",
            "<p>Registered until 9 March 2031</p>",
            "<p>It was, as the minister had said on 9 March 2031, a day that no one in the two capitals had seen coming.</p>",
        ] {
            assert_eq!(date(&page(told)), "none", "{told}");
        }
        let comment = "<div class=comment><span class=date>12 March 2031</span> Well said.</div>";
        let teasers = "<aside><ul><li>Storm in Velmora <time>8 March 2031</time></ul></aside>";
        let filler = "<p>Nothing was signed, and nothing was said in public after it.</p>".repeat(20);
        assert_eq!(date(&page(&format!("{filler}{comment}{teasers}"))), "none");
    }

    #[test]
    fn publication_and_change_are_told_apart() {
        let found = read(
            &page(concat!(
                "<span class='entry-date published'>9 March 2031</span> <span class=updated>11 March 2031</span>",
                "<meta property='article:modified_time' content='2031-03-11T08:00:00Z'>",
            )),
            None,
        );
        assert_eq!(found.published.unwrap().value.to_string(), "2031-03-09");
        assert_eq!(found.modified.unwrap().value.to_string(), "2031-03-11");
    }

    #[test]
    fn the_moment_is_given_in_universal_time_with_its_place() {
        let source = page("<meta property='article:published_time' content='2031-03-09T10:30:00+01:00'>");
        let found = read(&source, None);
        let at = found.published_at.unwrap();
        assert_eq!(at.value.to_string(), "2031-03-09T09:30:00Z");
        let place = r#"meta property="article:published_time""#;
        assert_eq!(at.evidence, Evidence::metadata(place, "2031-03-09T10:30:00+01:00"));
    }

    #[test]
    fn the_day_is_that_of_the_place_of_publication() {
        let source = page("<meta property='article:published_time' content='2031-03-10T01:30:00+00:00'>");
        let found = read(&source, Some("https://karsk.example/2031/03/09/talks"));
        assert_eq!(found.published.unwrap().value.to_string(), "2031-03-09");
        assert_eq!(found.published_at.unwrap().value.to_string(), "2031-03-10T01:30:00Z");
    }

    #[test]
    fn the_order_of_day_and_month_follows_the_page() {
        let dated = "<p class=date>03/09/2031</p>";
        for (language, other, expected) in [
            ("en-US", "", "2031-03-09"),
            ("en-GB", "", "2031-09-03"),
            ("de", "", "2031-09-03"),
            ("de", "<meta name=date content='2031-03-09'>", "2031-03-09"),
            ("de", "<p class=comment>28/02/2031</p>", "2031-09-03"),
        ] {
            let source = format!("<html lang={language}>{}", page(&format!("{other}{dated}")));
            assert_eq!(date(&source), expected, "{language} {other}");
        }
    }

    #[test]
    fn an_archived_page_is_not_younger_than_its_copy() {
        let source = page("<div class=date>9 March 2031</div><div class=date>12 May 2031</div>");
        let url = "https://archive.example/web/20310401000000/https://karsk.example/talks";
        assert_eq!(read(&source, Some(url)).published.unwrap().value.to_string(), "2031-03-09");
    }

    #[test]
    fn the_first_date_of_a_list_counts_under_the_headline_alone() {
        let list: String =
            (1..9).map(|day| format!("<li><span class=date>{day} March 2031</span> Storm</li>")).collect();
        assert_eq!(date(&page(&format!("<span class=date>9 March 2031</span>{list}"))), "2031-03-09");
    }

    #[test]
    fn hostile_pages_are_read_in_bounds() {
        let n = 100_000;
        for source in [
            "<time datetime=2031-03-09>9 March 2031</time>".repeat(n),
            "<meta name=date content=0000-99-99><p class=date>99.99.9999</p>".repeat(n),
            format!("<h1>{}</h1>", "<span class=date>".repeat(n)),
            format!("<p {}>9 March 2031</p>", "data-publish-date-1=1000000000-01-01 ".repeat(n)),
            format!("<script>{}</script>", "\"date\": \"1e9\", ".repeat(n)),
            "<h2>Talks</h2>".repeat(n),
            format!("<p>{}</p>", "9 March 2031 ".repeat(n)),
            "<p>1</p><br>".repeat(n),
        ] {
            let found = read(&source, Some(&"/2031/03/09".repeat(1000)));
            assert!(found.modified.is_none());
        }
    }
}

//! The brief as text.

use super::{Brief, Entry, EntryPlace, Identity, Speaker, acts, passages, story};
use crate::page::{Emphasis, Page, Style, cut};
use crate::sources;
use crate::visible::on_one_line;
use crate::wording::{actor_kind, count, list, passage_wording, short_list, statement_kind, thousands};
use rapporteur_model::StatementKind;
use std::collections::BTreeSet;
use unicode_width::UnicodeWidthStr;

// What a brief of a few dozen articles needs without a cut; beyond it a text stops being a brief.
const N_ARTICLES_MAX: usize = 60;
const N_SPEAKERS_MAX: usize = 60;
const N_ENTRIES_MAX: usize = 40;
const N_UNRESOLVED_MAX: usize = 80;
const N_PLACES_MAX: usize = 6;
const N_GROUPS_MAX: usize = 10;
const N_LINKS_MAX: usize = 20;
const N_PASSAGES_MAX: usize = 10;
const N_ROLES_MAX: usize = 2;
const N_ALIASES_MAX: usize = 5;
/// Columns of a passage's words; it is there to be recognised, the words stand in the articles.
const PASSAGE_WIDTH: usize = 150;

/// Sources that could not be resolved.
const AS_WRITTEN: &str = "sources as written";
const NOBODY: &str = "no speaker named";

/// The brief in words and line breaks. Lists beyond some dozens of items are cut, and say so.
pub fn to_text(brief: &Brief, style: Style) -> String {
    let mut page = Page::new(style);
    summary(&mut page, brief);
    if !brief.articles.is_empty() {
        page.heading("ARTICLES");
        articles(&mut page, brief);
    }
    if !brief.speakers.is_empty() {
        page.heading("WHO SPOKE");
        who_spoke(&mut page, brief);
    }
    if !brief.issues.is_empty() {
        page.heading("ISSUES AND POSITIONS");
        story::write_issues(&mut page, brief);
    }
    if !brief.tensions.is_empty() {
        page.heading("TENSIONS");
        story::write_tensions(&mut page, brief);
    }
    if !brief.timeline.is_empty() {
        page.heading("TIMELINE");
        story::write_timeline(&mut page, brief);
    }
    if !brief.speakers.is_empty() {
        page.heading("WHO SAID WHAT");
        who_said_what(&mut page, brief);
    }
    if !brief.events.is_empty() {
        page.heading("EVENTS");
        acts::write_events(&mut page, brief);
    }
    sources::write(&mut page, &brief.sources);
    if !brief.links.is_empty() {
        page.heading("WORDING IN COMMON");
        wording_in_common(&mut page, brief);
    }
    page.finish()
}

/// The sentences at the head of the brief.
pub(crate) fn summary_sentences(brief: &Brief) -> Vec<String> {
    let n_articles = brief.articles.len();
    let counts = brief.sources.summary();
    let mut shared: Vec<String> = brief
        .text_groups
        .iter()
        .take(N_GROUPS_MAX)
        .map(|group| {
            let labels: Vec<&str> = group.articles.iter().map(|&idx| brief.articles[idx].label.as_str()).collect();
            let among = if labels.len() > 2 { " among them" } else { "" };
            format!("{} share {}{among}", short_list(&labels), count(group.n_passages, "passage"))
        })
        .collect();
    if brief.text_groups.len() > N_GROUPS_MAX {
        shared.push(format!("and {} more groups", thousands(brief.text_groups.len() - N_GROUPS_MAX)));
    }
    let mut sentences = Vec::new();
    sentences.push(if shared.is_empty() { format!("{counts}.") } else { format!("{counts}: {}.", shared.join("; ")) });
    if n_articles > 0 {
        let mut statements = count(brief.n_entries, "statement");
        if brief.n_reports > brief.n_entries {
            statements.push_str(&format!(" ({} with the copies)", thousands(brief.n_reports)));
        }
        let known = speakers(brief, is_actor);
        let n_of_known: usize = known.iter().map(|speaker| speaker.entries.len()).sum();
        let by = match n_of_known {
            0 => String::new(),
            n if n == brief.n_entries => format!(" by {}", count(known.len(), "speaker")),
            n => format!(", {} of them by {}", thousands(n), count(known.len(), "known speaker")),
        };
        sentences.push(format!("{statements}{by}."));
    }
    sentences.extend(single_origins(brief));
    let unread: Vec<&str> = brief.articles.iter().filter_map(|article| article.unread_language.as_deref()).collect();
    if !unread.is_empty() {
        let languages: BTreeSet<&str> = unread.iter().copied().collect();
        let languages: Vec<&str> = languages.into_iter().collect();
        let was = if unread.len() == 1 { "was" } else { "were" };
        let n_articles = count(unread.len(), "article");
        sentences.push(format!("{n_articles} in another language ({}) {was} not analysed.", list(&languages)));
    }
    if !brief.skipped.is_empty() {
        let n_skipped = brief.skipped.len();
        let was = if n_skipped == 1 { "was" } else { "were" };
        sentences.push(format!("{} {was} skipped.", count(n_skipped, "input")));
    }
    sentences
}

/// How much rests on one origin alone, where there is more than one article.
fn single_origins(brief: &Brief) -> Option<String> {
    let supports =
        brief.speakers.iter().flat_map(|speaker| &speaker.entries).filter_map(|entry| entry.support.as_ref());
    let (single, several): (Vec<_>, Vec<_>) = supports.partition(|support| support.is_single());
    let n_all = single.len() + several.len();
    let share = match single.len() {
        0 => {
            return Some("Every statement rests on two or more independent origins.".to_string()).filter(|_| n_all > 0);
        }
        n if n == n_all => "All of them".to_string(),
        n => format!("{} of them", thousands(n)),
    };
    let is_shown = brief.articles.len() > 1 && n_all > 0;
    is_shown.then(|| format!("{share} may rest on a single origin: no other account is known to confirm them."))
}

fn summary(page: &mut Page, brief: &Brief) {
    for sentence in summary_sentences(brief) {
        page.paragraph(0, 0, &sentence, Emphasis::Plain);
    }
    for skipped in brief.skipped.iter().take(N_LINKS_MAX) {
        let line = format!("{}: {}", on_one_line(&skipped.location), on_one_line(&skipped.reason));
        page.paragraph(2, 4, &line, Emphasis::Dim);
    }
    more(page, 2, brief.skipped.len(), N_LINKS_MAX);
}

fn articles(page: &mut Page, brief: &Brief) {
    let shown = &brief.articles[..brief.articles.len().min(N_ARTICLES_MAX)];
    let label_width = column_width("article", shown.iter().map(|article| article.label.as_str()), page.width() / 3);
    let widths = [label_width, 11, 10];
    page.table_head(2, widths, ["article", "date", "statements", "title"]);
    for article in shown {
        let date = match &article.published {
            Some(date) if article.is_date_inferred => format!("{date}?"),
            Some(date) => date.clone(),
            None => "no date".into(),
        };
        let title = article.title.as_deref().unwrap_or("(no title)");
        page.row(2, widths, [&article.label, &date, &thousands(article.n_reports), title]);
    }
    more(page, 2, brief.articles.len(), N_ARTICLES_MAX);
}

/// The speakers of one sort, in the order of the brief.
fn speakers(brief: &Brief, is_wanted: fn(&Identity) -> bool) -> Vec<&Speaker> {
    brief.speakers.iter().filter(|speaker| is_wanted(&speaker.identity)).collect()
}

fn is_actor(identity: &Identity) -> bool {
    matches!(identity, Identity::Actor { .. })
}

fn is_as_written(identity: &Identity) -> bool {
    matches!(identity, Identity::AsWritten(_))
}

fn is_nobody(identity: &Identity) -> bool {
    matches!(identity, Identity::Nobody)
}

fn who_spoke(page: &mut Page, brief: &Brief) {
    let known = speakers(brief, is_actor);
    let shown = &known[..known.len().min(N_SPEAKERS_MAX)];
    let names: Vec<String> = shown.iter().map(|speaker| name(speaker)).collect();
    let sums = [(AS_WRITTEN, speakers(brief, is_as_written)), (NOBODY, speakers(brief, is_nobody))];
    let sums = || sums.iter().filter(|(_, speakers)| !speakers.is_empty());
    let cells = names.iter().map(String::as_str).chain(sums().map(|(name, _)| *name));
    let name_width = column_width("speaker", cells, page.width() * 2 / 5);
    let widths = [name_width, 10, 8];
    page.table_head(2, widths, ["speaker", "statements", "articles", "who"]);
    for (speaker, name) in shown.iter().zip(&names) {
        let (n_entries, n_articles) = (thousands(speaker.entries.len()), thousands(speaker.n_articles));
        page.row(2, widths, [name, &n_entries, &n_articles, &about(speaker, 1).unwrap_or_default()]);
    }
    more(page, 2, known.len(), N_SPEAKERS_MAX);
    for (name, speakers) in sums() {
        let places = || speakers.iter().flat_map(|speaker| &speaker.entries).flat_map(|entry| &entry.places);
        let n_articles = places().map(|place| place.article_idx).collect::<BTreeSet<_>>().len();
        let n_entries = speakers.iter().map(|speaker| speaker.entries.len()).sum();
        page.row(2, widths, [name, &thousands(n_entries), &thousands(n_articles), ""]);
    }
}

/// Known speakers one by one, then what is left.
fn who_said_what(page: &mut Page, brief: &Brief) {
    let known = speakers(brief, is_actor);
    let mut is_first = true;
    let mut part = |page: &mut Page| {
        if !std::mem::replace(&mut is_first, false) {
            page.blank();
        }
    };
    for speaker in known.iter().take(N_SPEAKERS_MAX) {
        part(page);
        said(page, brief, speaker);
    }
    let left = known.get(N_SPEAKERS_MAX..).unwrap_or_default();
    if !left.is_empty() {
        part(page);
        let n_entries = left.iter().map(|speaker| speaker.entries.len()).sum();
        let what = format!("{} by {}", count(n_entries, "statement"), count(left.len(), "more speaker"));
        page.paragraph(0, 0, &format!("… and {what} (--json has all)"), Emphasis::Dim);
    }
    for (heading, speakers) in [(AS_WRITTEN, speakers(brief, is_as_written)), (NOBODY, speakers(brief, is_nobody))] {
        let entries = || speakers.iter().flat_map(|speaker| speaker.entries.iter().map(move |entry| (*speaker, entry)));
        if entries().next().is_none() {
            continue;
        }
        part(page);
        page.paragraph(0, 2, heading, Emphasis::Bold);
        for (speaker, entry) in entries().take(N_UNRESOLVED_MAX) {
            let source = match &speaker.identity {
                Identity::AsWritten(source) => format!("[{source}] "),
                Identity::Actor { .. } | Identity::Nobody => String::new(),
            };
            write_entry(page, brief, entry, &source);
        }
        more(page, 2, entries().count(), N_UNRESOLVED_MAX);
    }
}

fn column_width<'a>(heading: &'a str, cells: impl Iterator<Item = &'a str>, max: usize) -> usize {
    cells.chain([heading]).map(|cell| cell.width()).max().unwrap_or(0).min(max)
}

/// The speaker's name as a heading shows it.
pub(crate) fn name(speaker: &Speaker) -> String {
    match &speaker.identity {
        Identity::Actor { name, .. } => name.clone(),
        Identity::AsWritten(source) => format!("“{source}”"),
        Identity::Nobody => NOBODY.into(),
    }
}

/// Roles, for whom a spokesperson speaks and the allegiance where that is another, or what the speaker is where none is
/// known; `None` where nobody is named.
pub(crate) fn about(speaker: &Speaker, n_roles: usize) -> Option<String> {
    let mut parts: Vec<String> = speaker.roles.iter().take(n_roles).cloned().collect();
    parts.extend(speaker.spokesperson_of.as_ref().map(|principal| format!("speaks for {principal}")));
    parts.extend(speaker.allegiance.clone().filter(|side| speaker.spokesperson_of.as_ref() != Some(side)));
    match &speaker.identity {
        Identity::Actor { kind, .. } if parts.is_empty() => Some(actor_kind(*kind).to_string()),
        Identity::AsWritten(_) => Some("as written".into()),
        _ => (!parts.is_empty()).then(|| parts.join(", ")),
    }
}

fn said(page: &mut Page, brief: &Brief, speaker: &Speaker) {
    let about = about(speaker, N_ROLES_MAX).map(|about| format!(" ({about})")).unwrap_or_default();
    page.paragraph(0, 2, &format!("{}{about}", name(speaker)), Emphasis::Bold);
    if !speaker.aliases.is_empty() {
        let shown: Vec<&str> = speaker.aliases.iter().take(N_ALIASES_MAX).map(String::as_str).collect();
        page.paragraph(2, 4, &format!("also written: {}", shown.join("; ")), Emphasis::Dim);
    }
    for entry in speaker.entries.iter().take(N_ENTRIES_MAX) {
        write_entry(page, brief, entry, "");
    }
    more(page, 2, speaker.entries.len(), N_ENTRIES_MAX);
}

fn write_entry(page: &mut Page, brief: &Brief, entry: &Entry, source: &str) {
    let words = if entry.words.is_empty() { "(no words)" } else { &entry.words };
    page.paragraph(2, 4, &format!("– {source}{words}"), Emphasis::Plain);
    page.paragraph(4, 6, &provenance(brief, entry), Emphasis::Dim);
}

/// "“said” (to reporters, on Friday): speech, direct; 000 ¶6, in other words 001 ¶9; 2 origins".
fn provenance(brief: &Brief, entry: &Entry) -> String {
    let how = entry.circumstances.phrase().map(|phrase| format!(" ({phrase})")).unwrap_or_default();
    let mut what = format!("{}, {}", entry.class.name(), statement_kind(entry.kind));
    if let Some(reservation) = entry.circumstances.reservation() {
        what = format!("{what}, {reservation}");
    }
    // An act report's words are its cue.
    if !entry.cues.is_empty() && entry.kind != StatementKind::ActReport {
        what = format!("“{}”{how}: {what}", entry.cues.join("”, “"));
    } else {
        what.push_str(&how);
    }
    // Those with the words that are shown come first; a lead and its body may stand in one paragraph.
    let (same, reworded): (Vec<_>, Vec<_>) = entry.places.iter().partition(|place| !place.is_reworded);
    let mut seen = BTreeSet::new();
    let distinct = same.into_iter().chain(reworded).filter(|place| seen.insert((place.article_idx, place.paragraph)));
    let distinct: Vec<&EntryPlace> = distinct.collect();
    let mut places: Vec<String> = Vec::new();
    let mut is_reworded = false;
    for place in distinct.iter().take(N_PLACES_MAX) {
        let label = &brief.articles[place.article_idx].label;
        let paragraph = place.paragraph.map(|n| format!(" ¶{n}")).unwrap_or_default();
        let source = place.unresolved_source.as_deref();
        let source = source.map(|source| format!(" (as “{source}”)")).unwrap_or_default();
        let otherwise = if place.is_reworded && !is_reworded { "in other words " } else { "" };
        is_reworded |= place.is_reworded;
        places.push(format!("{otherwise}{label}{paragraph}{source}"));
    }
    if distinct.len() > N_PLACES_MAX {
        places.push(format!("and {} more (--json has all)", thousands(distinct.len() - N_PLACES_MAX)));
    }
    let origins = entry.support.as_ref().filter(|_| brief.articles.len() > 1);
    let origins = origins.map(|support| format!("; {}", support.phrase())).unwrap_or_default();
    format!("{what}; {}{origins}", places.join(", "))
}

/// The longest passages of all pairs.
fn wording_in_common(page: &mut Page, brief: &Brief) {
    let passages = passages::folded(&brief.links);
    for passage in passages.iter().take(N_PASSAGES_MAX) {
        let places = passage.places.iter().take(N_PLACES_MAX).map(|&(article, paragraph)| {
            let paragraph = paragraph.map(|n| format!(" ¶{n}")).unwrap_or_default();
            format!("{}{paragraph}", brief.articles[article].label)
        });
        let mut places: Vec<String> = places.collect();
        if passage.places.len() > N_PLACES_MAX {
            places.push(format!("and {} more (--json has all)", thousands(passage.places.len() - N_PLACES_MAX)));
        }
        let what = format!("{}, {}", passage_wording(passage.wording), count(passage.n_shared_words, "word"));
        page.paragraph(2, 4, &format!("– {}", cut(passage.words, PASSAGE_WIDTH)), Emphasis::Plain);
        page.paragraph(4, 6, &format!("{what}; {}", places.join(", ")), Emphasis::Dim);
    }
    more(page, 2, passages.len(), N_PASSAGES_MAX);
}

/// Says how many items of a list are not shown.
pub(crate) fn more(page: &mut Page, indent: usize, n_items: usize, n_shown: usize) {
    if n_items > n_shown {
        let line = format!("… and {} more (--json has all)", thousands(n_items - n_shown));
        page.paragraph(indent, indent, &line, Emphasis::Dim);
    }
}

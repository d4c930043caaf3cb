//! The statements by speaker, and the way from a statement of an article to its entry.

use super::article::{ArticleView, words_anchor};
use crate::brief::{Brief, Entry, Speaker, Stretch, SupportLine, about, name};
use crate::wording;
use rapporteur_model::{Statement, StatementKind};
use std::collections::BTreeMap;

/// Entries are numbered from one over all speakers.
pub(super) struct EntryNumbers {
    /// Entry number and speaker position by (article position, statement position).
    entries: BTreeMap<(usize, usize), (usize, usize)>,
}

impl EntryNumbers {
    pub(super) fn new(brief: &Brief) -> Self {
        let mut entries = BTreeMap::new();
        let mut number = 0;
        for (speaker_idx, speaker) in brief.speakers.iter().enumerate() {
            for entry in &speaker.entries {
                number += 1;
                let places = entry.places.iter().map(|place| (place.article_idx, place.statement_idx));
                entries.extend(places.map(|place| (place, (number, speaker_idx))));
            }
        }
        EntryNumbers { entries }
    }

    /// The number of the statement's entry.
    ///
    /// # Panics
    /// If there is no such statement: the brief files every statement.
    pub(super) fn of(&self, article: usize, statement: usize) -> usize {
        self.entries[&(article, statement)].0
    }

    /// "Mara Tellin: promise, direct".
    pub(super) fn title(&self, brief: &Brief, article: usize, idx: usize, statement: &Statement) -> String {
        let speaker = &brief.speakers[self.entries[&(article, idx)].1];
        let (class, kind) = (statement.class.name(), wording::statement_kind(statement.kind));
        format!("{}: {class}, {kind}", name(speaker))
    }
}

/// A speaker as the template writes it.
pub(super) struct SpeakerView<'r> {
    pub(super) number: usize,
    pub(super) name: String,
    pub(super) about: Option<String>,
    pub(super) aliases: Option<String>,
    pub(super) n_entries: String,
    pub(super) n_reports: usize,
    pub(super) n_articles: usize,
    pub(super) has_copies: bool,
    pub(super) entries: Vec<EntryView<'r>>,
}

pub(super) struct EntryView<'r> {
    pub(super) number: usize,
    pub(super) stretches: &'r [Stretch],
    pub(super) kind: &'static str,
    pub(super) class: &'static str,
    pub(super) cues: Option<String>,
    pub(super) how: Option<String>,
    /// That it was not said, or not yet.
    pub(super) reservation: Option<&'static str>,
    pub(super) places: Vec<PlaceView<'r>>,
    /// How many independent origins it has, where there is more than one article.
    pub(super) origins: Option<String>,
}

pub(super) struct PlaceView<'r> {
    pub(super) href: String,
    pub(super) label: &'r str,
    pub(super) paragraph: Option<usize>,
    /// The source as written, where that article alone does not tell who it is.
    pub(super) unresolved: Option<&'r str>,
}

pub(super) fn speakers<'r>(
    brief: &'r Brief,
    numbers: &EntryNumbers,
    articles: &[ArticleView<'_>],
) -> Vec<SpeakerView<'r>> {
    let view = |(number, speaker): (usize, &'r Speaker)| SpeakerView {
        number,
        name: name(speaker),
        about: about(speaker, 3),
        aliases: (!speaker.aliases.is_empty()).then(|| speaker.aliases.join("; ")),
        n_entries: wording::count(speaker.entries.len(), "statement"),
        n_reports: speaker.n_reports,
        n_articles: speaker.n_articles,
        has_copies: speaker.n_reports > speaker.entries.len(),
        entries: speaker.entries.iter().map(|entry| entry_view(brief, numbers, articles, entry)).collect(),
    };
    brief.speakers.iter().enumerate().map(view).collect()
}

fn entry_view<'r>(
    brief: &'r Brief,
    numbers: &EntryNumbers,
    articles: &[ArticleView<'_>],
    entry: &'r Entry,
) -> EntryView<'r> {
    let first = &entry.places[0];
    let places = entry.places.iter().map(|place| {
        let (article, statement) = (place.article_idx, place.statement_idx);
        let anchor = words_anchor(article, statement);
        let is_anchored = articles[article].anchored.contains(&anchor);
        PlaceView {
            href: if is_anchored { anchor } else { format!("a{article}") },
            label: &brief.articles[article].label,
            paragraph: place.paragraph,
            unresolved: place.unresolved_source.as_deref(),
        }
    });
    EntryView {
        number: numbers.of(first.article_idx, first.statement_idx),
        stretches: &entry.stretches,
        kind: wording::statement_kind(entry.kind),
        class: entry.class.name(),
        cues: (!entry.cues.is_empty() && entry.kind != StatementKind::ActReport).then(|| entry.cues.join("”, “")),
        how: entry.circumstances.phrase(),
        reservation: entry.circumstances.reservation(),
        places: places.collect(),
        origins: entry.support.as_ref().filter(|_| brief.articles.len() > 1).map(SupportLine::phrase),
    }
}

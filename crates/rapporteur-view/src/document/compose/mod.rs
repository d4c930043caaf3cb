//! What does a case say, line by line? Each section asks for what it needs; nothing is read or told anew.

mod changes;
mod notes;
mod positions;
mod said;
mod sources;
mod state;
mod tensions;
mod timeline;
mod write;

use super::{Block, Document, Inline, Length, NoteIdx, Section};
use crate::visible::on_one_line;
use crate::wording::{day, days};
use notes::Notes;
use rapporteur_model::TargetLayer;
use rapporteur_store::{Case, Error, Item, ItemPlace, ItemQuery, Run, Summary};
use std::collections::BTreeMap;

/// How much of everything a document has. Articles number in the thousands, and a document that nobody can read through
/// helps nobody: what is left out is counted.
pub(super) struct Limits {
    /// Columns of the matrix: more do not fit on a page.
    n_parties: usize,
    /// Rows of the matrix.
    n_issues: usize,
    /// Issues that a line on a standing names.
    n_named_issues: usize,
    /// Positions with their words.
    n_positions: usize,
    /// Acts of speech.
    n_said: usize,
    /// Dates in each part of the timeline.
    n_dates: usize,
    /// Changes.
    n_changes: usize,
    /// Tensions.
    n_tensions: usize,
    /// What rests on one origin.
    n_single: usize,
    /// Articles, and pairs of them; on a page origins.
    n_articles: usize,
    /// Notes of a line.
    n_notes: usize,
    /// Code points of a quotation in a line.
    n_words_chars: usize,
    /// Code points of the words of a note.
    n_note_chars: usize,
}

/// A page of A4 has some seventy lines, of which notes take about half.
const PAGE: Limits = Limits {
    n_parties: 4,
    n_issues: 3,
    n_named_issues: 2,
    n_positions: 0,
    n_said: 2,
    n_dates: 1,
    n_changes: 1,
    n_tensions: 1,
    n_single: 0,
    n_articles: 2,
    n_notes: 1,
    n_words_chars: 110,
    n_note_chars: 110,
};

const FULL: Limits = Limits {
    n_parties: 5,
    n_issues: 15,
    n_named_issues: 4,
    n_positions: 60,
    n_said: 60,
    n_dates: 12,
    n_changes: 30,
    n_tensions: 25,
    n_single: 12,
    n_articles: 80,
    n_notes: 3,
    n_words_chars: 420,
    n_note_chars: 480,
};

/// Positions that are looked at: those on the issues that most articles speak of.
const N_POSITIONS_READ: usize = 400;
/// Places of an item that are looked at.
const N_PLACES: usize = 24;

/// The brief of a case.
///
/// # Errors
/// If the file cannot be read or is damaged, or words of it are not in their article.
pub fn compose(case: &Case, length: Length) -> Result<Document, Error> {
    case.at_one_moment(|case| Composer::new(case, length)?.document(length))
}

/// What the sections are made from.
struct Composer<'c> {
    case: &'c Case,
    limits: &'static Limits,
    is_page: bool,
    notes: Notes<'c>,
    summary: Summary,
    runs: Vec<Run>,
    /// Positions on the issues that most articles speak of.
    positions: Vec<Item>,
    /// The issues that positions are on, by id.
    issues: BTreeMap<String, Item>,
}

impl<'c> Composer<'c> {
    fn new(case: &'c Case, length: Length) -> Result<Self, Error> {
        let limits = match length {
            Length::Page => &PAGE,
            Length::Full => &FULL,
        };
        let of = |layer| case.items(layer, &asked(N_POSITIONS_READ));
        let issues = of(TargetLayer::Issue)?.items.into_iter().map(|issue| (issue.id.clone(), issue));
        Ok(Composer {
            limits,
            is_page: length == Length::Page,
            notes: Notes::new(case, limits.n_note_chars, limits.n_words_chars),
            summary: case.summary()?,
            runs: case.runs()?,
            positions: of(TargetLayer::Position)?.items,
            issues: issues.collect(),
            case,
        })
    }

    fn document(mut self, length: Length) -> Result<Document, Error> {
        let mut sections = Vec::new();
        let mut add = |heading: &str, blocks: Vec<Block>| {
            if !blocks.is_empty() {
                sections.push(Section { heading: heading.to_string(), blocks });
            }
        };
        add("State of play", self.state()?);
        if self.summary.n_articles > 0 {
            add("Parties and positions", self.positions()?);
            add("Who said what", self.said()?);
            add("Meetings and timeline", self.timeline()?);
            add("What changed since the last run", self.changes()?);
            add("Where accounts differ, and what rests on one origin", self.tensions()?);
            add("Sources and their lineage", self.sources()?);
        }
        let mut document = Document {
            title: self.title(),
            length,
            about: self.about(),
            sections,
            notes: std::mem::take(&mut self.notes.notes),
        };
        number(&mut document);
        Ok(document)
    }

    fn title(&self) -> String {
        let name = self.case.path().file_stem().map(|name| on_one_line(&name.to_string_lossy())).unwrap_or_default();
        let days = self.summary.published.as_ref().map(|(first, last)| format!(", {}", days(first, last)));
        format!("Brief: {name}{}", days.unwrap_or_default())
    }

    /// How to read the document, and which state of the case it shows. No clock: the case tells when it was written.
    fn about(&self) -> Vec<String> {
        let mut about = Vec::new();
        if let Some(run) = self.runs.last() {
            let ended = run.ended.as_ref().unwrap_or(&run.started);
            about.push(format!("Composed from the case as run {} left it on {}.", run.number, moment(ended)));
        }
        if self.summary.n_articles > 0 {
            about.push(
                "Numbers lead to notes with the exact words. Words in quotation marks stand in the article as shown. \
                 Articles that descend from each other count as one origin; (!) marks what may rest on one origin alone."
                    .to_string(),
            );
        }
        about
    }

    /// The words of an item to show, those of a sound text where one has them.
    fn first_place<'i>(&mut self, item: &'i Item) -> Result<Option<&'i ItemPlace>, Error> {
        Ok(self.notes.sound_first(item.places.iter())?.first().copied())
    }

    /// On how much an item rests, as the end of a line.
    fn supported(&mut self, words: write::Words, item: &Item) -> Result<write::Words, Error> {
        Ok(words.support(item.n_articles, item.n_origins, self.notes.shared_flaw(item.places.iter())?))
    }

    /// Notes on the words of an item, one for each origin.
    fn cite(&mut self, item: &Item) -> Result<Vec<NoteIdx>, Error> {
        self.notes.of_places(item.places.iter(), self.limits.n_notes)
    }
}

/// So many items, with their words.
fn asked(limit: usize) -> ItemQuery {
    ItemQuery { limit, n_places: N_PLACES, ..ItemQuery::default() }
}

/// "29 November 2026, 12:05 UTC", of a moment in universal time.
fn moment(instant: impl ToString) -> String {
    let instant = instant.to_string();
    let (date, time) = instant.split_once('T').unwrap_or((&instant, ""));
    let time = time.get(..5).map(|time| format!(", {time} UTC")).unwrap_or_default();
    format!("{}{time}", day(date))
}

/// Numbers the notes in the order in which lines refer to them, and leaves out those that no line refers to.
fn number(document: &mut Document) {
    let mut numbers: BTreeMap<NoteIdx, NoteIdx> = BTreeMap::new();
    let mut notes = Vec::new();
    let mut renumber = |inlines: &mut Vec<Inline>| {
        for inline in inlines {
            if let Inline::Note(note) = inline {
                *note = *numbers.entry(*note).or_insert_with(|| {
                    notes.push(document.notes[note.0].clone());
                    NoteIdx(notes.len() - 1)
                });
            }
        }
    };
    for block in document.sections.iter_mut().flat_map(|section| &mut section.blocks) {
        match block {
            Block::Line(line) => renumber(&mut line.inlines),
            Block::Table(table) => table.rows.iter_mut().flatten().for_each(&mut renumber),
            Block::Subheading(_) | Block::Remark(_) => {}
        }
    }
    document.notes = notes;
}

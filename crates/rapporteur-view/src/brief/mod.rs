//! What would somebody tell who has read the pile and must brief others? [`brief`] gives it as
//! plain types, [`to_text`] as a text of words and line breaks.
//!
//! A *report* is one statement in one article. All reports of one act of speech are one *entry*: copies do not make a
//! speaker more talkative.

mod acts;
mod arrange;
mod circumstances;
mod passages;
mod story;
mod text;

pub use acts::{ActPlace, EventEntry, Party, StanceEntry};
pub(crate) use acts::{group_name, name_of_party};
pub(crate) use arrange::first_span;
pub use circumstances::Circumstances;
pub use story::{IssueEntry, PositionLine, SideLine, StanceLine, SupportLine, TensionLine, TimelineLine, WordPlace};
pub use text::to_text;
pub(crate) use text::{about, more, name, summary_sentences};

pub use crate::page::Style;
pub use crate::quotation::Stretch;

use crate::Error;
use crate::lookup::Lookup;
use crate::sources::{self, Sources};
use rapporteur_model::{
    ActorId, ActorKind, PassageWording, Place, Reading, Relation, Skipped, StatementClass, StatementId, StatementKind,
};
use serde::Serialize;

/// The answer to "who said what, and how many accounts are there really?".
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Brief {
    /// Number of different texts that the articles tell.
    pub n_texts: usize,
    /// Number of entries over all speakers.
    pub n_entries: usize,
    /// Number of reports: entries with their copies.
    pub n_reports: usize,
    /// The articles, in the order of the reading.
    pub articles: Vec<ArticleLine>,
    /// Articles that tell the same text; only groups of two and more.
    pub text_groups: Vec<SharedText>,
    /// Who spoke, most-quoted first, with what they said. Those that could not be resolved follow
    /// those that could; statements without any speaker come last.
    pub speakers: Vec<Speaker>,
    /// What parties take stances on and what each holds, in the order of the story.
    pub issues: Vec<IssueEntry>,
    /// What happened when.
    pub timeline: Vec<TimelineLine>,
    /// Where accounts cannot all stand.
    pub tensions: Vec<TensionLine>,
    /// What was done, by type, offers apart from agreements; in each first what took place, then what is planned,
    /// demanded, thought of and denied, and of these first what most articles tell.
    pub events: Vec<EventEntry>,
    /// What each party holds, those with most stances first.
    pub parties: Vec<Party>,
    /// Pairs of articles that share wording, in the order of the story.
    pub links: Vec<Link>,
    /// Where the texts come from.
    pub sources: Sources,
    /// Inputs that were not read.
    pub skipped: Vec<Skipped>,
}

/// An article in the brief.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ArticleLine {
    /// Its short name, unique in the brief.
    pub label: String,
    /// Where it came from.
    pub location: String,
    /// The date of publication as ISO 8601.
    pub published: Option<String>,
    /// Whether that date is inferred instead of stated.
    pub is_date_inferred: bool,
    /// The headline.
    pub title: Option<String>,
    /// Its language, where that is why it was not analysed.
    pub unread_language: Option<String>,
    /// Number of statements in it.
    pub n_reports: usize,
}

/// Articles that tell the same text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SharedText {
    /// Positions in [`Brief::articles`].
    pub articles: Vec<usize>,
    /// Number of passages that any two of them share.
    pub n_passages: usize,
}

/// Somebody who spoke, with what they said.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Speaker {
    /// Who it is.
    pub identity: Identity,
    /// Titles as written, most frequent first.
    pub roles: Vec<String>,
    /// The state or organisation that the speaker speaks for.
    pub allegiance: Option<String>,
    /// For whom a spokesperson speaks.
    pub spokesperson_of: Option<String>,
    /// Other names used for the speaker, most frequent first.
    pub aliases: Vec<String>,
    /// Number of reports.
    pub n_reports: usize,
    /// Number of articles that they stand in.
    pub n_articles: usize,
    /// What was said, in the order of the articles and of their text.
    pub entries: Vec<Entry>,
}

/// Who a speaker is, as far as that is known.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Identity {
    /// An actor of the story.
    Actor {
        /// Its id.
        id: ActorId,
        /// Its name.
        name: String,
        /// What it is.
        kind: ActorKind,
    },
    /// Nobody that could be resolved: the source as written.
    AsWritten(String),
    /// The text names no speaker.
    Nobody,
}

/// One act of speech, with every place that reports it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Entry {
    /// The exact words of the fullest report, on one line, quoted stretches in their marks.
    pub words: String,
    /// The same words cut into what is quoted and what is not.
    pub stretches: Vec<Stretch>,
    /// How the words are reported there.
    pub kind: StatementKind,
    /// What kind of act the cue names there.
    pub class: StatementClass,
    /// The cues as written, without repetitions.
    pub cues: Vec<String>,
    /// How, where, when and to whom it was said, as that report has it.
    pub circumstances: Circumstances,
    /// Where it is reported.
    pub places: Vec<EntryPlace>,
    /// On what it rests; `None` for what was not uttered.
    pub support: Option<SupportLine>,
}

/// A place that reports an entry.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct EntryPlace {
    /// Position in [`Brief::articles`].
    pub article_idx: usize,
    /// Position among the statements of the article's record.
    pub statement_idx: usize,
    /// The statement.
    pub statement: StatementId,
    /// The paragraph it begins in, counted from one.
    pub paragraph: Option<usize>,
    /// The source as written there, where that article alone does not tell who it is ("he") and the
    /// speaker is taken from another copy of the text.
    pub unresolved_source: Option<String>,
    /// Whether other words stand there than those shown.
    pub is_reworded: bool,
}

/// Two articles that share wording.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Link {
    /// Position of the first in [`Brief::articles`].
    pub a: usize,
    /// Position of the second.
    pub b: usize,
    /// How they are related.
    pub relation: Relation,
    /// Share of the first one's words that stand in the second, in percent.
    pub percent_of_a: u8,
    /// Share of the second one's words that stand in the first, in percent.
    pub percent_of_b: u8,
    /// What they share, in the order of the first.
    pub passages: Vec<PassageLine>,
}

/// Wording that two articles share.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PassageLine {
    /// The words in the first article, on one line.
    pub words_a: String,
    /// The words in the second article, on one line.
    pub words_b: String,
    /// How alike the two are.
    pub wording: PassageWording,
    /// Number of words in common.
    pub n_shared_words: usize,
    /// Whether the words stand inside quotation marks.
    pub is_quotation: bool,
    /// The paragraph of the first article it begins in, counted from one.
    pub paragraph_a: Option<usize>,
    /// The paragraph of the second article it begins in, counted from one.
    pub paragraph_b: Option<usize>,
}

/// What the reading tells, arranged by speaker.
///
/// # Errors
/// If the reading does not fit together; see [`Error`].
pub fn brief(reading: &Reading) -> Result<Brief, Error> {
    from_lookup(&Lookup::new(reading)?)
}

pub(crate) fn from_lookup(lookup: &Lookup<'_>) -> Result<Brief, Error> {
    let speakers = arrange::speakers(lookup)?;
    let links = passages::links(lookup)?;
    let reading = lookup.reading;
    let articles = reading.articles.iter().zip(&reading.records).enumerate();
    let articles = articles.map(|(idx, (article, record))| ArticleLine {
        label: lookup.label(idx).to_string(),
        location: article.location.clone(),
        published: article.published.as_ref().map(|date| date.value.to_string()),
        is_date_inferred: article
            .published
            .as_ref()
            .is_some_and(|date| matches!(date.evidence, rapporteur_model::Evidence::Inferred(_))),
        title: article.title.as_ref().map(|title| crate::visible::on_one_line(&title.value)),
        unread_language: article
            .language
            .as_ref()
            .filter(|_| !record.is_analysed)
            .map(|language| language.value.clone()),
        n_reports: record.statements.len(),
    });
    let words = |place: &Place| lookup.place_words(place).ok().map(|(_, words)| words.to_string());
    Ok(Brief {
        n_texts: lookup.n_texts(),
        n_entries: speakers.iter().map(|speaker| speaker.entries.len()).sum(),
        n_reports: reading.records.iter().map(|record| record.statements.len()).sum(),
        articles: articles.collect(),
        text_groups: passages::text_groups(lookup, &links)?,
        speakers,
        issues: story::issues(lookup)?,
        timeline: story::timeline(lookup)?,
        tensions: story::tensions(lookup)?,
        events: acts::events(lookup),
        parties: acts::parties(lookup),
        links,
        sources: sources::sources(&reading.articles, &reading.story, &reading.skipped, &words)?,
        skipped: reading.skipped.clone(),
    })
}

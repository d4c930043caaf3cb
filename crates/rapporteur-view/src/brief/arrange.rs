//! Statements by speaker, with copies of the same words folded into one entry.

use super::circumstances::circumstances;
use super::{Entry, EntryPlace, Identity, Speaker};
use crate::Error;
use crate::lookup::Lookup;
use crate::quotation::{Stretch, joined, letters_and_digits, quotation};
use crate::visible::on_one_line;
use rapporteur_model::{Article, Span, Statement};
use std::collections::{BTreeMap, BTreeSet};

/// What a statement is filed under. The order is that of the brief where counts are equal.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
enum SpeakerKey {
    /// Position in the story's actors.
    Actor(usize),
    /// An unresolved source. "He" of one text is not "he" of another.
    AsWritten {
        text: usize,
        source: String,
    },
    Nobody,
}

struct Group<'r> {
    identity: Identity,
    reports: Vec<Report<'r>>,
}

/// A statement in its article.
struct Report<'r> {
    article_idx: usize,
    statement_idx: usize,
    article: &'r Article,
    statement: &'r Statement,
    stretches: Vec<Stretch>,
    /// Equal for the same words in articles that tell one text.
    fold_key: (usize, String),
}

/// All speakers with their entries, in the order of the brief.
///
/// # Errors
/// If a spokesperson speaks for nobody of the story.
pub(super) fn speakers(lookup: &Lookup<'_>) -> Result<Vec<Speaker>, Error> {
    let reports = reports(lookup);
    let known = known_speakers(lookup, &reports);
    let mut groups: BTreeMap<SpeakerKey, Group<'_>> = BTreeMap::new();
    for report in reports {
        let (key, identity) = file_under(lookup, &known, &report);
        let group = groups.entry(key).or_insert_with(|| Group { identity, reports: Vec::new() });
        group.reports.push(report);
    }
    let speakers = groups.into_iter().map(|(key, group)| Ok((key.clone(), speaker(lookup, &key, group)?)));
    let mut speakers: Vec<(SpeakerKey, Speaker)> = speakers.collect::<Result<_, Error>>()?;
    speakers.sort_by(|(key_a, a), (key_b, b)| {
        let rank = |key: &SpeakerKey| match key {
            SpeakerKey::Actor(_) => 0,
            SpeakerKey::AsWritten { .. } => 1,
            SpeakerKey::Nobody => 2,
        };
        let most_first = |s: &Speaker| (std::cmp::Reverse(s.entries.len()), std::cmp::Reverse(s.n_reports));
        (rank(key_a), most_first(a), key_a).cmp(&(rank(key_b), most_first(b), key_b))
    });
    Ok(speakers.into_iter().map(|(_, speaker)| speaker).collect())
}

/// All statements in reading order.
fn reports<'r>(lookup: &Lookup<'r>) -> Vec<Report<'r>> {
    let articles = lookup.reading.articles.iter().zip(&lookup.reading.records).enumerate();
    let reports = articles.flat_map(|(article_idx, (article, record))| {
        let statements = record.statements.iter().enumerate();
        statements.map(move |(statement_idx, statement)| {
            let stretches = quotation(article, statement);
            let fold_key = (lookup.text_number(article_idx), letters_and_digits(&joined(&stretches)));
            Report { article_idx, statement_idx, article, statement, stretches, fold_key }
        })
    });
    reports.collect()
}

/// The one resolved speaker of each wording, where there is exactly one. A copy in which "he said"
/// stands far from whom it means has the words of a text that names him.
fn known_speakers(lookup: &Lookup<'_>, reports: &[Report<'_>]) -> BTreeMap<(usize, String), Option<usize>> {
    /// Fewer words recur by chance: "no comment" is said by many.
    const N_WORDS_MIN: usize = 4;
    let mut known = BTreeMap::new();
    for report in reports.iter().filter(|report| report.fold_key.1.split(' ').count() >= N_WORDS_MIN) {
        let Some(actor_idx) = lookup.speaker_idx(report.article_idx, report.statement) else { continue };
        let speaker = known.entry(report.fold_key.clone()).or_insert(Some(actor_idx));
        if *speaker != Some(actor_idx) {
            *speaker = None;
        }
    }
    known
}

fn file_under(
    lookup: &Lookup<'_>,
    known: &BTreeMap<(usize, String), Option<usize>>,
    report: &Report<'_>,
) -> (SpeakerKey, Identity) {
    let Report { article_idx, article, statement, .. } = *report;
    let resolved = lookup.speaker_idx(article_idx, statement);
    if let Some(actor_idx) = resolved.or_else(|| known.get(&report.fold_key).copied().flatten()) {
        let actor = &lookup.reading.story.actors[actor_idx];
        let name = on_one_line(&actor.name);
        let identity = Identity::Actor { id: actor.id.clone(), name, kind: actor.kind };
        return (SpeakerKey::Actor(actor_idx), identity);
    }
    let source = statement.source.map(|span| on_one_line(span.of(&article.text))).unwrap_or_default();
    if source.is_empty() {
        return (SpeakerKey::Nobody, Identity::Nobody);
    }
    let key = SpeakerKey::AsWritten { text: lookup.text_number(article_idx), source: source.to_lowercase() };
    (key, Identity::AsWritten(source))
}

fn speaker(lookup: &Lookup<'_>, key: &SpeakerKey, group: Group<'_>) -> Result<Speaker, Error> {
    let actor = match key {
        SpeakerKey::Actor(actor_idx) => Some(&lookup.reading.story.actors[*actor_idx]),
        SpeakerKey::AsWritten { .. } | SpeakerKey::Nobody => None,
    };
    let aliases = actor.map(|actor| {
        let others = actor.aliases.iter().filter(|alias| alias.text != actor.name);
        others.map(|alias| on_one_line(&alias.text)).collect()
    });
    let principal = actor.map(|actor| lookup.principal(actor)).transpose()?.flatten();
    Ok(Speaker {
        identity: group.identity,
        roles: actor.map(|actor| actor.roles.iter().map(|role| on_one_line(&role.text)).collect()).unwrap_or_default(),
        allegiance: actor.and_then(|actor| lookup.allegiance(actor)).map(on_one_line),
        spokesperson_of: principal.map(|principal| on_one_line(&principal.name)),
        aliases: aliases.unwrap_or_default(),
        n_reports: group.reports.len(),
        n_articles: group.reports.iter().map(|report| report.article_idx).collect::<BTreeSet<_>>().len(),
        entries: entries(lookup, &group.reports, actor.is_some()),
    })
}

/// One entry for each different wording within one text; `reports` stand in reading order.
fn entries(lookup: &Lookup<'_>, reports: &[Report<'_>], is_actor: bool) -> Vec<Entry> {
    let mut entries: Vec<Entry> = Vec::new();
    let mut entry_positions: BTreeMap<&(usize, String), usize> = BTreeMap::new();
    for report in reports {
        let Report { article_idx, statement_idx, article, statement, .. } = *report;
        let entry_idx = *entry_positions.entry(&report.fold_key).or_insert(entries.len());
        if entry_idx == entries.len() {
            entries.push(Entry {
                words: joined(&report.stretches),
                stretches: report.stretches.clone(),
                kind: statement.kind,
                class: statement.class,
                cues: Vec::new(),
                circumstances: circumstances(article, statement),
                places: Vec::new(),
            });
        }
        let entry = &mut entries[entry_idx];
        let cue = statement.cue.map(|cue| on_one_line(cue.of(&article.text)));
        if let Some(cue) = cue.filter(|cue| !cue.is_empty() && !entry.cues.contains(cue)) {
            entry.cues.push(cue);
        }
        let source = statement.source.map(|source| on_one_line(source.of(&article.text)));
        entry.places.push(EntryPlace {
            article_idx,
            statement_idx,
            statement: statement.id.clone(),
            paragraph: first_span(statement).and_then(|span| article.paragraph_number(span)),
            unresolved_source: source.filter(|_| is_actor && lookup.speaker_idx(article_idx, statement).is_none()),
        });
    }
    entries
}

/// Where a reader finds the statement: its words, or what reports them.
pub(crate) fn first_span(statement: &Statement) -> Option<Span> {
    statement.content.first().copied().or(statement.cue).or(statement.source)
}

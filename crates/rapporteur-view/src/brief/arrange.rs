//! Statements by speaker, with all reports of one act of speech folded into one entry.

use super::circumstances::circumstances;
use super::{Entry, EntryPlace, Identity, Speaker, SupportLine};
use crate::Error;
use crate::lookup::Lookup;
use crate::quotation::{Stretch, joined, letters_and_digits, quotation};
use crate::visible::on_one_line;
use rapporteur_model::{Article, Span, Statement, UtteranceId};
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
    fold_key: FoldKey<'r>,
}

/// What reports of one entry have in common.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
enum FoldKey<'r> {
    /// They report one act of speech.
    Utterance(&'r UtteranceId),
    /// What was not uttered is told in the same words by articles that tell one text.
    Words(usize, String),
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
            let fold_key = match lookup.utterance(&statement.id) {
                Some(utterance) => FoldKey::Utterance(&utterance.id),
                None => FoldKey::Words(lookup.text_number(article_idx), letters_and_digits(&joined(&stretches))),
            };
            Report { article_idx, statement_idx, article, statement, stretches, fold_key }
        })
    });
    reports.collect()
}

/// The speaker of what was uttered, who may be told by another report; else the one resolved speaker of the same words
/// in a copy: "he said" may stand far from whom it means.
fn known_speakers<'r>(lookup: &Lookup<'r>, reports: &[Report<'r>]) -> BTreeMap<FoldKey<'r>, Option<usize>> {
    let mut known = BTreeMap::new();
    for report in reports.iter().filter(|report| report.is_telling()) {
        let of_utterance = || lookup.actor_position(lookup.utterance(&report.statement.id)?.speaker.as_ref()?);
        let resolved = lookup.speaker_idx(report.article_idx, report.statement);
        let Some(actor_idx) = resolved.or_else(of_utterance) else { continue };
        let speaker = known.entry(report.fold_key.clone()).or_insert(Some(actor_idx));
        if *speaker != Some(actor_idx) {
            *speaker = None;
        }
    }
    known
}

impl Report<'_> {
    /// Fewer words recur by chance: "no comment" is said by many.
    fn is_telling(&self) -> bool {
        const N_WORDS_MIN: usize = 4;
        match &self.fold_key {
            FoldKey::Utterance(_) => true,
            FoldKey::Words(_, words) => words.split(' ').count() >= N_WORDS_MIN,
        }
    }
}

fn file_under(
    lookup: &Lookup<'_>,
    known: &BTreeMap<FoldKey<'_>, Option<usize>>,
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
        entries: entries(lookup, &group.reports, actor.is_some())?,
    })
}

/// One entry for each act of speech, in the order of their first reports; `reports` stand in reading order.
fn entries(lookup: &Lookup<'_>, reports: &[Report<'_>], is_actor: bool) -> Result<Vec<Entry>, Error> {
    let mut groups: Vec<Vec<&Report<'_>>> = Vec::new();
    let mut group_of: BTreeMap<&FoldKey<'_>, usize> = BTreeMap::new();
    for report in reports {
        let group_idx = *group_of.entry(&report.fold_key).or_insert(groups.len());
        if group_idx == groups.len() {
            groups.push(Vec::new());
        }
        groups[group_idx].push(report);
    }
    groups.iter().filter(|group| !group.is_empty()).map(|group| entry(lookup, group, is_actor)).collect()
}

/// The entry of reports of one act of speech: what is shown is that of the fullest.
fn entry(lookup: &Lookup<'_>, reports: &[&Report<'_>], is_actor: bool) -> Result<Entry, Error> {
    let utterance = lookup.utterance(&reports[0].statement.id);
    let is_fullest = |report: &&&Report<'_>| utterance.is_some_and(|known| known.fullest == report.statement.id);
    let shown = reports.iter().find(is_fullest).unwrap_or(&reports[0]);
    let shown_words = letters_and_digits(&joined(&shown.stretches));
    let mut cues: Vec<String> = Vec::new();
    let cue_of = |report: &Report<'_>| report.statement.cue.map(|cue| on_one_line(cue.of(&report.article.text)));
    for cue in std::iter::once(shown).chain(reports).filter_map(|report| cue_of(report)) {
        if !cue.is_empty() && !cues.contains(&cue) {
            cues.push(cue);
        }
    }
    let place = |report: &&Report<'_>| {
        let Report { article_idx, statement_idx, article, statement, .. } = **report;
        let source = statement.source.map(|source| on_one_line(source.of(&article.text)));
        EntryPlace {
            article_idx,
            statement_idx,
            statement: statement.id.clone(),
            paragraph: first_span(statement).and_then(|span| article.paragraph_number(span)),
            unresolved_source: source.filter(|_| is_actor && lookup.speaker_idx(article_idx, statement).is_none()),
            is_reworded: letters_and_digits(&joined(&report.stretches)) != shown_words,
        }
    };
    Ok(Entry {
        words: joined(&shown.stretches),
        stretches: shown.stretches.clone(),
        kind: shown.statement.kind,
        class: shown.statement.class,
        cues,
        circumstances: circumstances(shown.article, shown.statement),
        places: reports.iter().map(place).collect(),
        support: utterance.map(|utterance| SupportLine::new(lookup, &utterance.support)).transpose()?,
    })
}

/// Where a reader finds the statement: its words, or what reports them.
pub(crate) fn first_span(statement: &Statement) -> Option<Span> {
    statement.content.first().copied().or(statement.cue).or(statement.source)
}

//! Statements with what tells whether two of them report one act of speech.

use crate::pile::Pile;
use crate::stems::Stem;
use crate::utterances::same::Gist;
use hashbrown::HashMap;
use rapporteur_model::{PredicationIdx, Span, Statement, StatementId, Timex, Uttered};
use std::collections::BTreeSet;

/// A statement of one article.
pub(crate) struct Report<'a> {
    pub(crate) article_idx: usize,
    pub(crate) statement: &'a Statement,
    /// The speaker among the story's actors.
    pub(crate) speaker: Option<usize>,
    /// The state or organisation that the speaker speaks for.
    pub(crate) party: Option<usize>,
    /// Stems of the reported words, by their numbers in [`Reports::weights`], the least first.
    pub(crate) stems: Vec<usize>,
    /// Those of them that are quoted.
    pub(crate) quoted: Vec<usize>,
    /// When it was said, as a TIMEX3 value.
    pub(crate) time: Option<&'a str>,
    /// The words that tell it.
    pub(crate) time_words: &'a str,
}

impl Report<'_> {
    /// From the first word of what is reported to the last; the cue of an act report.
    pub(crate) fn hull(&self) -> Span {
        let contents = self.statement.content.iter().copied().reduce(Span::hull);
        contents.or(self.statement.cue).or(self.statement.source).unwrap_or_default()
    }
}

/// All statements that were uttered, in the order of the reading.
pub(crate) struct Reports<'a> {
    pub(crate) reports: Vec<Report<'a>>,
    /// What keeps each of them apart from others, and the times that it refers to.
    pub(crate) gists: Vec<Gist>,
    pub(crate) times: Vec<Option<&'a str>>,
    /// How much a stem tells: more, the fewer reports have it.
    pub(crate) weights: Vec<u32>,
    /// The reports that have a stem.
    pub(crate) having: Vec<Vec<usize>>,
}

impl<'a> Reports<'a> {
    pub(crate) fn of(pile: &Pile<'a>) -> Self {
        let mut numbers: HashMap<Stem, usize> = HashMap::new();
        let mut reports = Vec::new();
        for article_idx in 0..pile.n_articles() {
            let record = pile.record(article_idx);
            for statement in record.statements.iter().filter(|statement| statement.uttered == Uttered::Actual) {
                let mut numbered = |spans: &[Span]| -> BTreeSet<usize> {
                    let stems = spans.iter().flat_map(|span| pile.stems(article_idx, *span));
                    let mut number = |stem| {
                        let n = numbers.len();
                        *numbers.entry(stem).or_insert(n)
                    };
                    stems.map(&mut number).collect()
                };
                let speaker = statement.speaker.and_then(|actor| pile.actor_idx(article_idx, actor));
                let stems = numbered(&statement.content);
                let quoted = &numbered(&statement.quoted) & &stems;
                let time = time_of(pile, article_idx, statement);
                reports.push(Report {
                    article_idx,
                    statement,
                    speaker,
                    party: speaker.map(|actor| pile.party_idx(actor)),
                    quoted: quoted.into_iter().collect(),
                    stems: stems.into_iter().collect(),
                    time: time.map(|timex| timex.value.as_str()),
                    time_words: time.map(|timex| pile.words(article_idx, timex.span)).unwrap_or_default(),
                });
            }
        }
        let mut having = vec![Vec::new(); numbers.len()];
        for (idx, report) in reports.iter().enumerate() {
            report.stems.iter().for_each(|stem| having[*stem].push(idx));
        }
        let n = reports.len();
        let weights: Vec<u32> = having.iter().map(|having| (n / having.len().max(1)).max(1).ilog2() + 1).collect();
        let mut times = Vec::new();
        let mut time_numbers = HashMap::new();
        let gists = reports.iter().map(|report| {
            let time = *time_numbers.entry(report.time).or_insert_with(|| {
                times.push(report.time);
                times.len() as u32 - 1
            });
            Gist::of(pile, report, time, &weights)
        });
        let gists = gists.collect();
        Reports { reports, gists, times, weights, having }
    }

    /// The reports by the ids of their statements.
    pub(crate) fn by_id(&self) -> HashMap<&'a StatementId, &Report<'a>> {
        self.reports.iter().map(|report| (&report.statement.id, report)).collect()
    }

    /// How much the stems tell together.
    pub(crate) fn weight<'s>(&self, stems: impl IntoIterator<Item = &'s usize>) -> u32 {
        stems.into_iter().map(|stem| self.weights[*stem]).sum()
    }
}

/// What two lists have in common, each in order and without doubles.
pub(crate) fn shared<'s>(a: &'s [usize], mut b: &'s [usize]) -> impl Iterator<Item = &'s usize> {
    a.iter().filter(move |stem| {
        while b.first().is_some_and(|first| first < *stem) {
            b = &b[1..];
        }
        b.first() == Some(stem)
    })
}

/// The number of things that two lists have in common.
pub(crate) fn n_shared(a: &[usize], b: &[usize]) -> usize {
    shared(a, b).count()
}

/// The expression that tells when something was said.
fn time_of<'a>(pile: &Pile<'a>, article_idx: usize, statement: &Statement) -> Option<&'a Timex> {
    let record = pile.record(article_idx);
    let stated = statement.time.and_then(|time| record.timexes.iter().find(|timex| time.overlaps(timex.span)));
    let of_cue = |PredicationIdx(idx): PredicationIdx| record.predications.get(idx as usize)?.time;
    let told = statement.predication.and_then(of_cue).and_then(|timex| record.timexes.get(timex.0 as usize));
    stated.or(told)
}

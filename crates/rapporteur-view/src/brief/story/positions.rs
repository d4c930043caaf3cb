//! What each party holds on each issue, in its exact words.

use super::{SupportLine, WordPlace, name_of};
use crate::Error;
use crate::lookup::Lookup;
use crate::visible::on_one_line;
use rapporteur_model::{Place, Position, PositionStance, Stance, StanceKind, StanceRef, Standing};
use serde::Serialize;

/// Words longer than this hold more than the stance.
const SENTENCE_LEN_BYTES: usize = 200;

/// Something that parties take stances on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct IssueEntry {
    /// Its name.
    pub name: String,
    /// Whether the list of common issues has it.
    pub is_common: bool,
    /// Where the parties stand.
    pub standing: Standing,
    /// What shows the standing.
    pub reason: String,
    /// The parties with what they hold, in the order of the story.
    pub positions: Vec<PositionLine>,
}

impl IssueEntry {
    /// Whether no stance on it is known from more than one origin.
    pub fn is_single(&self) -> bool {
        self.positions.iter().flat_map(|position| &position.stances).all(|stance| stance.support.is_single())
    }
}

/// What one party holds on an issue.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PositionLine {
    /// The party's name.
    pub party: String,
    /// Its stances, one of each kind.
    pub stances: Vec<StanceLine>,
    /// Where it came to hold something else, as "refusal to openness, 2024-03-14".
    pub changes: Vec<String>,
}

/// The stances of one kind.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct StanceLine {
    /// What kind it is.
    pub kind: StanceKind,
    /// The exact words of the report that tells it best, on one line.
    pub words: String,
    /// Who voiced it, where that is another than the party.
    pub voices: Vec<String>,
    /// What it depends on, in the articles' words, where `words` do not hold it; with the issue that it is linked to.
    pub condition: Option<String>,
    /// Where it is shown.
    pub places: Vec<WordPlace>,
    /// On what it rests.
    pub support: SupportLine,
}

/// The issues with what the parties hold on them, in the order of the story.
pub(in crate::brief) fn issues(lookup: &Lookup<'_>) -> Result<Vec<IssueEntry>, Error> {
    let story = &lookup.reading.story;
    let issue = |issue: &rapporteur_model::Issue| {
        let of_issue = || story.positions.iter().filter(|position| position.issue == issue.id);
        Ok(IssueEntry {
            name: on_one_line(&issue.name),
            is_common: issue.is_common,
            standing: issue.standing,
            reason: on_one_line(&issue.reason),
            positions: of_issue().map(|position| position_line(lookup, position)).collect::<Result<_, Error>>()?,
        })
    };
    story.issues.iter().map(issue).collect()
}

fn position_line(lookup: &Lookup<'_>, position: &Position) -> Result<PositionLine, Error> {
    let changes = position.changes.iter();
    let changes = changes.map(|change| format!("{} to {}, {}", change.from.name(), change.to.name(), change.time));
    Ok(PositionLine {
        party: name_of(lookup, &position.party)?,
        stances: position.stances.iter().map(|stance| stance_line(lookup, stance)).collect::<Result<_, Error>>()?,
        changes: changes.collect(),
    })
}

fn stance_line(lookup: &Lookup<'_>, stance: &PositionStance) -> Result<StanceLine, Error> {
    let reports = stance.reports.iter().map(|report| report_of(lookup, report)).collect::<Result<Vec<_>, Error>>()?;
    // (whether its article was altered, the words)
    let mut words: Vec<(bool, String)> = Vec::new();
    let mut places: Vec<WordPlace> = Vec::new();
    for (report, shown) in stance.reports.iter().zip(&reports) {
        // The object alone, where it says enough; else the words around it.
        let object = shown.object.as_ref().map(|object| object.span);
        for span in [object, Some(shown.evidence)].into_iter().flatten() {
            let place = Place { article: report.article.clone(), span };
            words.push((lookup.is_altered(&report.article), on_one_line(lookup.place_words(&place)?.1)));
        }
        let place = WordPlace::new(lookup, &Place { article: report.article.clone(), span: shown.evidence })?;
        if !places.contains(&place) {
            places.push(place);
        }
    }
    let telling = words.into_iter().max_by_key(|(is_altered, words)| {
        let is_sentence = words.len() > SENTENCE_LEN_BYTES;
        (!is_altered, !is_sentence, words.len(), std::cmp::Reverse(words.clone()))
    });
    let words = telling.map(|(_, words)| words).unwrap_or_default();
    let condition = stance.conditions.first().map(|condition| {
        let place = Place { article: condition.article.clone(), span: condition.span };
        let told = on_one_line(lookup.place_words(&place)?.1);
        let linked = condition.linked_issue.as_ref().and_then(|id| lookup.issue_name(id));
        Ok::<_, Error>(match linked {
            Some(linked) => format!("{told} [{}]", on_one_line(linked)),
            None => told,
        })
    });
    let condition = condition.transpose()?.filter(|condition| !words.contains(condition.as_str()));
    Ok(StanceLine {
        kind: stance.kind,
        words,
        voices: stance.voiced_by.iter().map(|id| name_of(lookup, id)).collect::<Result<_, Error>>()?,
        condition,
        places,
        support: SupportLine::new(lookup, &stance.support)?,
    })
}

fn report_of<'r>(lookup: &Lookup<'r>, report: &StanceRef) -> Result<&'r Stance, Error> {
    let record = &lookup.reading.records[lookup.article_idx(&report.article)?];
    let stance = record.stances.get(report.stance.0 as usize);
    stance.ok_or_else(|| Error::new(format!("article {}: the stance of a position leads nowhere", report.article)))
}

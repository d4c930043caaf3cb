//! When? Finds the expressions of time and tells what they mean, in the terms of TIMEX3.
//!
//! The text is cut into *atoms*; *patterns* of the data file are tried where one can begin, and the longest
//! match counts. A match fills *fields* (a month, a shift of a year), and a *reckoning* makes a value of them:
//! from the words alone, from the article's date, or from the expressions before. Where an article states no date
//! and its own text forces one, that one is used.

mod anchors;
mod atoms;
mod calendar;
mod fields;
mod inference;
mod knowledge;
mod matcher;
mod numbers;
mod orders;
mod points;
mod reckon;
mod relative;
mod rules;
mod starts;
mod tense;
mod words;

pub(crate) use knowledge::TimeKnowledge;

use crate::analysis::Analysis;
use anchors::{Anchors, Before};
use atoms::Atom;
use fields::{Field, MODIFIERS};
use matcher::{Match, Matcher};
use rapporteur_model::{CivilDate, Evidenced, Span, Timex, TimexIdx, TimexKind, TimexModifier};
use reckon::Place;
use rules::Reckoning;
use tense::{Direction, Tenses};

/// The expressions of time of an article, in text order, and its date where it states none and its own text
/// forces one.
pub(crate) fn find(analysis: &Analysis<'_>, knowledge: &TimeKnowledge) -> (Vec<Timex>, Option<Evidenced<CivilDate>>) {
    let atoms = atoms::cut(analysis, &knowledge.words);
    let mut matches = matches(analysis, &atoms, knowledge);
    orders::settle(&mut matches);
    let published = analysis.article.published.as_ref().map(|published| published.value);
    let inferred = match published {
        Some(_) => None,
        None => inference::date(analysis, &atoms, &matches),
    };
    let anchors = Anchors::new(published.or(inferred.as_ref().map(|inferred| inferred.value)));
    (resolve(analysis, &atoms, knowledge, &matches, anchors), inferred)
}

/// The matches, left to right, without overlaps.
fn matches(analysis: &Analysis<'_>, atoms: &[Atom], knowledge: &TimeKnowledge) -> Vec<Match> {
    let mut matcher = Matcher::new(analysis, atoms, knowledge);
    let mut matches = Vec::new();
    let mut at = 0;
    while at < atoms.len() {
        let found = if atoms[at].is_of_interest() { matcher.at(at) } else { None };
        at = found.map_or(at + 1, |found| found.end);
        matches.extend(found.filter(|found| knowledge.rules.rules[found.rule].reckoning != Reckoning::Nothing));
    }
    matches
}

/// What the matches mean.
fn resolve(
    analysis: &Analysis<'_>,
    atoms: &[Atom],
    knowledge: &TimeKnowledge,
    matches: &[Match],
    mut anchors: Anchors,
) -> Vec<Timex> {
    let mut tenses = Tenses::new(analysis, knowledge);
    let mut timexes = Vec::with_capacity(matches.len());
    for found in matches {
        let rule = &knowledge.rules.rules[found.rule];
        let (first, last) = (&atoms[found.start], &atoms[found.end - 1]);
        let (start, end) = (first.token as usize, last.token as usize + 1);
        let head = analysis.doc.span(start, end).root().map_or(start, |head| head.idx());
        let paragraph = analysis.paragraph(start);
        let direction = direction(&mut tenses, knowledge, atoms, found, head);
        let place = Place { anchors: &anchors, direction, paragraph };
        let Some(reckoned) = reckon::value(rule.reckoning, &found.fields, place) else { continue };
        let timex = TimexIdx(timexes.len() as u32);
        if let Some(stretch) = reckoned.stretch {
            anchors.remember(Before { stretch, timex, paragraph });
        }
        let is_time = rule.kind == TimexKind::Date && reckoned.value.contains('T') && reckoned.stretch.is_some();
        let span = Span::new(first.start as usize, last.end as usize);
        timexes.push(Timex {
            span,
            kind: if is_time { TimexKind::Time } else { rule.kind },
            value: reckoned.value,
            modifier: found.fields.get(Field::MOD).and_then(modifier),
            quantifier: found.fields.has(Field::QUANT).then(|| quantifier(analysis, first)),
            frequency: found.fields.get(Field::FREQUENCY).map(|n| format!("{n}X")),
            anchor: reckoned.anchor,
            rule: rule.name.to_string(),
        });
    }
    timexes
}

/// Where the text looks at the expression: by the preposition before it, else by the verb above it.
fn direction(
    tenses: &mut Tenses<'_>,
    knowledge: &TimeKnowledge,
    atoms: &[Atom],
    found: &Match,
    head: usize,
) -> Direction {
    let before = |n: usize| found.start.checked_sub(n).map(|at| atoms[at].word).unwrap_or_default();
    // "not until Tuesday did he …" looks back.
    if knowledge.is_in("ahead", before(1)) && !knowledge.is_in("negation", before(2)) {
        return Direction::Ahead;
    }
    if knowledge.is_in("behind", before(1)) {
        return Direction::Back;
    }
    // A picture shows what has been: "greets the delegations on Tuesday".
    if tenses.is_in_caption(head) {
        return Direction::Back;
    }
    let is_genitive = atoms.get(found.end).is_some_and(|next| knowledge.is_in("genitive", next.word));
    tenses.above(head, is_genitive)
}

/// "every", "each", as written.
fn quantifier(analysis: &Analysis<'_>, first: &Atom) -> String {
    analysis.doc.text().get(first.start as usize..first.end as usize).unwrap_or_default().to_string()
}

fn modifier(value: i32) -> Option<TimexModifier> {
    Some(match *MODIFIERS.get(usize::try_from(value).ok()?)? {
        "BEFORE" => TimexModifier::Before,
        "AFTER" => TimexModifier::After,
        "ON_OR_BEFORE" => TimexModifier::OnOrBefore,
        "ON_OR_AFTER" => TimexModifier::OnOrAfter,
        "LESS_THAN" => TimexModifier::LessThan,
        "MORE_THAN" => TimexModifier::MoreThan,
        "EQUAL_OR_LESS" => TimexModifier::EqualOrLess,
        "EQUAL_OR_MORE" => TimexModifier::EqualOrMore,
        "START" => TimexModifier::Start,
        "MID" => TimexModifier::Mid,
        "END" => TimexModifier::End,
        _ => TimexModifier::Approx,
    })
}

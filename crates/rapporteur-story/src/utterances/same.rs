//! Whether two reports are of one act of speech.

use crate::corrections::BY_HAND;
use crate::pile::Pile;
use crate::times::{days_apart, times_fit};
use crate::utterances::reports::{Report, Reports, n_shared, shared};
use rapporteur_model::{ActorKind, Polarity, Span, Statement, StatementClass};

/// Shares of the words' weight are in percent. Set on the statements of three accounts of one week of talks.
const MIN_PERCENT_SAME_SPEAKER: u32 = 58;
/// Where speakers are told differently ("Moscow", "Sergei Ryabkov") or not at all, more words must be shared.
const MIN_PERCENT_OTHER_SPEAKER: u32 = 75;
/// Within one article a lead and its body tell one thing twice; other statements of one speech share their subject.
const MIN_PERCENT_SAME_ARTICLE: u32 = 85;
/// Aligned by the wording around them.
const MIN_PERCENT_ALIGNED: u32 = 34;
/// Copies of news come within days; a week later "on Monday" is another Monday.
const MAX_DAYS_COPIED: u32 = 3;
/// Fewer stems recur by chance.
const MIN_SHARED_STEMS: usize = 3;

/// What shows two reports to be of one act of speech.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Shown {
    /// They stand in wording that the two articles share.
    SharedWording,
    /// They have the same quoted words.
    SameQuotation,
    /// They have most of their words in common.
    SameWords,
    /// Somebody put them together, or took others out.
    ByHand,
}

impl Shown {
    pub(crate) fn reason(self) -> &'static str {
        match self {
            Shown::SharedWording => "they stand in wording that the articles share",
            Shown::SameQuotation => "the same quoted words of one speaker",
            Shown::SameWords => "one speaker, a time that fits, and most words in common",
            Shown::ByHand => BY_HAND,
        }
    }
}

/// Whether and why `a` and `b` are one; `is_aligned` where they stand at one place of a shared passage.
pub(crate) fn same(pile: &Pile<'_>, reports: &Reports<'_>, a: usize, b: usize, is_aligned: bool) -> Option<Shown> {
    let speakers = fit_but_for_time(reports, a, b)?;
    let is_one_time = is_one_time(reports, a, b);
    let (weight_a, weight_b) = (reports.gists[a].weight, reports.gists[b].weight);
    let (a, b) = (&reports.reports[a], &reports.reports[b]);
    if !(is_one_time || is_aligned && is_copied_time(pile, a, b)) {
        return None;
    }
    let (mut n_shared_stems, mut weight) = (0, 0);
    for stem in shared(&a.stems, &b.stems) {
        n_shared_stems += 1;
        weight += reports.weights[*stem];
    }
    let less = weight_a.min(weight_b).max(1);
    let percent = 100 * weight / less;
    if is_aligned {
        let min_stems = a.stems.len().min(b.stems.len()).min(2);
        return (percent >= MIN_PERCENT_ALIGNED && n_shared_stems >= min_stems).then_some(Shown::SharedWording);
    }
    let quoted = n_shared(&a.quoted, &b.quoted);
    let least_quoted = a.quoted.len().min(b.quoted.len());
    if speakers == Speakers::Same && quoted >= MIN_SHARED_STEMS && 3 * quoted >= 2 * least_quoted {
        return Some(Shown::SameQuotation);
    }
    let min_percent = match speakers {
        _ if a.article_idx == b.article_idx => MIN_PERCENT_SAME_ARTICLE,
        Speakers::Same => MIN_PERCENT_SAME_SPEAKER,
        Speakers::Fit | Speakers::Others => MIN_PERCENT_OTHER_SPEAKER,
    };
    // A short report is part of every long one: the longer must not say much more.
    let more = weight_a.max(weight_b);
    let is_summary = more <= 4 * less;
    (percent >= min_percent && n_shared_stems >= MIN_SHARED_STEMS && is_summary).then_some(Shown::SameWords)
}

/// Whether a copy keeps the words "two days earlier", which are then reckoned from its own date.
fn is_copied_time(pile: &Pile<'_>, a: &Report<'_>, b: &Report<'_>) -> bool {
    let days = pile.published(a.article_idx).zip(pile.published(b.article_idx));
    let is_near = days.and_then(|(a, b)| days_apart(a, b)).is_none_or(|days| days <= MAX_DAYS_COPIED);
    is_near && a.time_words.eq_ignore_ascii_case(b.time_words)
}

/// How the speakers of two reports fit, where nothing but their words can keep the two apart.
pub(crate) fn fit(reports: &Reports<'_>, a: usize, b: usize) -> Option<Speakers> {
    fit_but_for_time(reports, a, b).filter(|_| is_one_time(reports, a, b))
}

fn is_one_time(reports: &Reports<'_>, a: usize, b: usize) -> bool {
    let [a, b] = [a, b].map(|idx| reports.gists[idx].time);
    let time = |idx: u32| reports.times[idx as usize];
    a == b || times_fit(time(a), time(b))
}

fn fit_but_for_time(reports: &Reports<'_>, a: usize, b: usize) -> Option<Speakers> {
    let (a, b) = (&reports.gists[a], &reports.gists[b]);
    if a.article_idx == b.article_idx && a.hull.overlaps(b.hull) {
        return None;
    }
    // "Analysts have said … Others disagree": the same words, held and denied.
    if a.is_against != b.is_against {
        return None;
    }
    Some(speakers(a, b)).filter(|speakers| *speakers != Speakers::Others)
}

/// What of a report keeps it apart from others whatever their words: it is held against hundreds of them.
pub(crate) struct Gist {
    article_idx: u32,
    pub(crate) hull: Span,
    is_against: bool,
    speaker: Option<Speaker>,
    /// The position in [`Reports::times`].
    time: u32,
    /// How much its stems tell together.
    weight: u32,
}

struct Speaker {
    actor: u32,
    party: Option<u32>,
    is_named: bool,
    is_person: bool,
}

impl Gist {
    pub(crate) fn of(pile: &Pile<'_>, report: &Report<'_>, time: u32, weights: &[u32]) -> Self {
        let speaker = |idx: usize| {
            let actor = pile.actor(idx);
            Speaker {
                actor: idx as u32,
                party: report.party.map(|party| party as u32),
                is_named: actor.is_named,
                is_person: actor.kind == ActorKind::Person,
            }
        };
        Gist {
            article_idx: report.article_idx as u32,
            hull: report.hull(),
            is_against: is_against(report.statement),
            speaker: report.speaker.map(speaker),
            time,
            weight: report.stems.iter().map(|stem| weights[*stem]).sum(),
        }
    }
}

/// Whether the cue says that its content does not hold.
pub(crate) fn is_against(statement: &Statement) -> bool {
    let denies =
        matches!(statement.class, StatementClass::Denial | StatementClass::Refusal | StatementClass::Criticism);
    denies != (statement.polarity == Polarity::Negative)
}

/// How the speakers of two reports fit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Speakers {
    Same,
    /// One speaks for the other, or one is not told.
    Fit,
    Others,
}

fn speakers(a: &Gist, b: &Gist) -> Speakers {
    let (Some(a), Some(b)) = (&a.speaker, &b.speaker) else { return Speakers::Fit };
    let is_named_person = |speaker: &Speaker| speaker.is_named && speaker.is_person;
    match (a.actor == b.actor, is_named_person(a) && is_named_person(b)) {
        (true, _) => Speakers::Same,
        (false, true) => Speakers::Others,
        (false, false) if a.party == b.party => Speakers::Fit,
        // Groups without a party: "others", "other analysts".
        (false, false) if !a.is_named && !b.is_named => Speakers::Fit,
        (false, false) => Speakers::Others,
    }
}

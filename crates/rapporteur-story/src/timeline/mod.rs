//! What happened when?
//!
//! Every expression of time with a date is a *sighting*: it dates an event, an act of speech, or what its sentence tells
//! besides. Sightings of one date that date one thing are one entry.

use crate::pile::Pile;
use crate::stems::{Stem, StemSet};
use crate::times::{is_calendar, times_fit};
use hashbrown::HashMap;
use rapporteur_model::{
    Article, EventType, Evidence, FurnitureKind, Happening, HappeningId, Place, Sourcing, Span, Status, TimelineEntry,
    TimelineKind, Timex, TimexIdx, Utterance, UtteranceId,
};
use std::collections::{BTreeMap, BTreeSet};

/// Sentences that tell one thing of one date have so many of the stems of the shorter in common, in percent. Copies
/// have nearly all; two things of one year share its name and little more.
const MIN_PERCENT_BACKGROUND: usize = 40;

/// What an expression of time dates.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
enum Dated {
    /// A happening, by its position.
    Happening(usize),
    /// What somebody said on that day, by the position of the speaker among the actors.
    Said(Option<usize>),
    /// That an article was published, and those that tell the same text; the position of the first of them.
    Published(usize),
    /// What the sentence tells besides; the number tells apart what one date has of it.
    Background(usize),
}

/// One expression of time with a date.
struct Sighting {
    article_idx: usize,
    sentence: Span,
    utterances: BTreeSet<usize>,
    status: Option<Status>,
}

/// The timeline of the pile, by time.
pub(crate) fn timeline(pile: &Pile<'_>, utterances: &[Utterance], happenings: &[Happening]) -> Vec<TimelineEntry> {
    let mut happening_of = HashMap::new();
    for (idx, happening) in happenings.iter().enumerate() {
        happening_of.extend(happening.reports.iter().map(|report| ((&report.article, report.event.0 as usize), idx)));
    }
    let mut utterance_of = HashMap::new();
    for (idx, utterance) in utterances.iter().enumerate() {
        utterance_of.extend(utterance.reports.iter().map(|report| (report, idx)));
    }
    let mut entries: BTreeMap<(String, Dated), Vec<Sighting>> = BTreeMap::new();
    let mut backgrounds: HashMap<String, Facts> = HashMap::new();
    for article_idx in 0..pile.n_articles() {
        let (article, record) = (pile.article(article_idx), pile.record(article_idx));
        for (timex, timex_idx) in record.timexes.iter().zip(0..) {
            let Some(value) = date_of(timex) else { continue };
            if !is_report(article, timex.span) {
                // The date line of a page dates the article.
                let published = pile.published(article_idx).map(|day| day.to_string());
                if published.as_ref() == Some(&value) {
                    let sentence = pile.sentence(article_idx, timex.span);
                    let sighting = Sighting { article_idx, sentence, utterances: BTreeSet::new(), status: None };
                    entries
                        .entry((value, Dated::Published(pile.first_of_text(article_idx))))
                        .or_default()
                        .push(sighting);
                }
                continue;
            }
            let sentence = pile.sentence(article_idx, timex.span);
            let said = record
                .statements
                .iter()
                .filter(|statement| statement.time.is_some_and(|time| time.overlaps(timex.span)));
            let said: BTreeSet<usize> = said.filter_map(|statement| utterance_of.get(&statement.id).copied()).collect();
            let events = record.events.iter().enumerate().filter_map(|(event_idx, event)| {
                let predication = record.predications.get(event.predication.0 as usize)?;
                let happening = *happening_of.get(&(&article.id, event_idx))?;
                (predication.time == Some(TimexIdx(timex_idx))).then_some((happening, event.kind, predication.status))
            });
            // Of several events that one expression dates the meeting is what it is said for, then what took place.
            let best =
                events.min_by_key(|(happening, kind, status)| (*kind != EventType::Consult, rank(*status), *happening));
            let mut status = None;
            let dated = match best {
                Some((happening, kind, event_status)) if said.is_empty() || kind == EventType::Consult => {
                    let fits = times_fit(happenings[happening].time.as_deref(), Some(&value));
                    status = Some(event_status);
                    if fits {
                        Dated::Happening(happening)
                    } else {
                        background(pile, &mut backgrounds, article_idx, sentence, &value)
                    }
                }
                _ if !said.is_empty() => Dated::Said(said.iter().next().and_then(|idx| {
                    let speaker = utterances[*idx].speaker.as_ref()?;
                    pile.actor_idx_of(speaker)
                })),
                _ => background(pile, &mut backgrounds, article_idx, sentence, &value),
            };
            let sighting = Sighting { article_idx, sentence, utterances: said, status };
            entries.entry((value, dated)).or_default().push(sighting);
        }
    }
    entries
        .into_iter()
        .map(|((value, dated), sightings)| entry(pile, utterances, happenings, value, &dated, &sightings))
        .collect()
}

/// The value of an expression that names a day, a week, a month, a season, a year; without what is unknown of it.
fn date_of(timex: &Timex) -> Option<String> {
    let value = timex.value.trim_end_matches('/');
    let is_date = is_calendar(value) && value.len() >= 4 && !value.contains('X');
    is_date.then(|| value.to_string())
}

/// Whether the words are the report's own, its headline's or a caption's.
fn is_report(article: &Article, span: Span) -> bool {
    let dateline = article.dateline.as_ref().map(|line| &line.evidence);
    let is_dateline = matches!(dateline, Some(Evidence::Stated(line)) if line.overlaps(span));
    let is_told = |kind| matches!(kind, FurnitureKind::Title | FurnitureKind::Caption);
    let mut furniture = article.furniture.iter().filter(|furniture| !is_told(furniture.kind));
    !is_dateline && !furniture.any(|furniture| furniture.span.overlaps(span))
}

/// Whether a date is wholly after a day: May 2024 after 12 March 2024, but not March 2024. Of weeks it is not told.
fn is_later(value: &str, day: &str) -> bool {
    !value.contains('W') && value > day && !value.starts_with(day) && !day.starts_with(value)
}

/// What took place before what is arranged, and that before what is only thought of.
fn rank(status: Status) -> u8 {
    match status {
        Status::Happened | Status::Ongoing => 0,
        Status::Planned => 1,
        Status::Denied | Status::Demanded => 2,
        Status::Conditional | Status::Hypothetical => 3,
    }
}

/// The fact of that date which the sentence tells: one that an earlier sentence told, or a new one.
fn background(
    pile: &Pile<'_>,
    known: &mut HashMap<String, Facts>,
    article_idx: usize,
    sentence: Span,
    value: &str,
) -> Dated {
    let words = pile.stem_set(article_idx, sentence);
    Dated::Background(known.entry(value.to_string()).or_default().position(&words))
}

/// What sentences tell of one date.
#[derive(Default)]
struct Facts {
    /// How many stems each fact has.
    n_stems: Vec<usize>,
    /// The facts that have a stem, in order.
    having: HashMap<Stem, Vec<usize>>,
    /// How many stems of the sentence each fact has; zeros between two sentences.
    n_shared: Vec<usize>,
}

impl Facts {
    /// The first fact with enough of the stems; else a new one that has them.
    fn position(&mut self, words: &StemSet) -> usize {
        let mut touched = Vec::new();
        for idx in words.iter().filter_map(|word| self.having.get(&word)).flatten() {
            if self.n_shared[*idx] == 0 {
                touched.push(*idx);
            }
            self.n_shared[*idx] += 1;
        }
        let mut found: Option<usize> = None;
        for idx in touched {
            let n_shared = std::mem::take(&mut self.n_shared[idx]);
            if 100 * n_shared >= MIN_PERCENT_BACKGROUND * words.len().min(self.n_stems[idx]) {
                found = Some(found.map_or(idx, |found| found.min(idx)));
            }
        }
        found.unwrap_or_else(|| {
            let idx = self.n_stems.len();
            self.n_stems.push(words.len());
            self.n_shared.push(0);
            for word in words.iter() {
                self.having.entry(word).or_default().push(idx);
            }
            idx
        })
    }
}

fn entry(
    pile: &Pile<'_>,
    utterances: &[Utterance],
    happenings: &[Happening],
    value: String,
    dated: &Dated,
    sightings: &[Sighting],
) -> TimelineEntry {
    let place =
        |sighting: &Sighting| Place { article: pile.article(sighting.article_idx).id.clone(), span: sighting.sentence };
    let mut places: Vec<Place> = sightings.iter().map(place).collect();
    places.dedup();
    let articles: BTreeSet<usize> = sightings.iter().map(|sighting| sighting.article_idx).collect();
    let said: BTreeSet<usize> = sightings.iter().flat_map(|sighting| sighting.utterances.iter().copied()).collect();
    let happening = match dated {
        Dated::Happening(idx) => Some(&happenings[*idx]),
        Dated::Said(_) | Dated::Published(_) | Dated::Background(_) => None,
    };
    let speaker = match dated {
        Dated::Said(speaker) => *speaker,
        Dated::Happening(_) | Dated::Published(_) | Dated::Background(_) => None,
    };
    // The latest article knows best whether it still lay ahead.
    let latest =
        sightings.iter().filter(|sighting| sighting.status.is_some()).max_by_key(|s| pile.published(s.article_idx));
    // What nobody calls planned lies ahead as well where all articles were published before its date.
    let last_day = articles.iter().filter_map(|idx| pile.published(*idx)).max().map(|day| day.to_string());
    let is_ahead = last_day.is_some_and(|day| is_later(&value, &day));
    let is_meeting = happening.is_some_and(|happening| happening.kind == EventType::Consult);
    // The shortest sentence tells it with the least beside it.
    let shortest = sightings.iter().min_by_key(|sighting| {
        (pile.is_altered(sighting.article_idx), sighting.sentence.len_bytes(), sighting.article_idx)
    });
    TimelineEntry {
        value,
        kind: match dated {
            Dated::Happening(_) => TimelineKind::Happening,
            Dated::Said(_) => TimelineKind::Utterance,
            Dated::Published(_) => TimelineKind::Publication,
            Dated::Background(_) => TimelineKind::Background,
        },
        status: latest.and_then(|sighting| sighting.status).filter(|_| happening.is_some()),
        is_planned: match latest.and_then(|sighting| sighting.status) {
            Some(Status::Planned) => true,
            Some(Status::Denied) => false,
            _ => is_ahead,
        },
        forum: happening.filter(|_| is_meeting).and_then(|happening| happening.place.clone()),
        words: shortest.map(place).unwrap_or_else(|| places[0].clone()),
        happenings: happening.map(|happening| happening.id.clone()).into_iter().collect::<Vec<HappeningId>>(),
        utterances: said.into_iter().map(|idx| utterances[idx].id.clone()).collect::<Vec<UtteranceId>>(),
        places,
        support: pile.support(&articles, speaker.map_or(Sourcing::Article, |actor| pile.sourcing(Some(actor)))),
    }
}

//! What a run does to a case, step by step, and all that can be asked of it afterwards.

use rapporteur_model::{
    Article, CivilDate, Corrected, Correction, CorrectionAct, CorrectionId, Instant, Record, Skipped, Story,
    TargetLayer,
};
use rapporteur_store::{Case, Error, Incoming, ItemQuery, KeepBytes, RunKind, SearchQuery, Telling};
use rapporteur_story::{Corrections, Issues};
use rapporteur_testkit::{coverage, target};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, HashSet};
use std::ops::Range;

/// All that a run writes, told beforehand: what is tested is how it is written.
#[derive(Serialize, Deserialize)]
pub(crate) struct Script {
    articles: Vec<Article>,
    records: Vec<Record>,
    /// Records that take the place of the first ones.
    again: Vec<Record>,
    log: Vec<Correction>,
    stories: Vec<Told>,
    steps: Vec<Step>,
}

#[derive(Clone, Serialize, Deserialize)]
pub(crate) enum Step {
    /// Articles by number.
    Add(Range<usize>),
    /// Inputs that were not read.
    Skip,
    /// A story by number.
    Tell(usize),
    /// Entries of the log by number.
    Append(Range<usize>),
    /// All records are made anew.
    Replace,
    /// Some records are made anew with other dates.
    Date,
    /// The first article goes.
    Purge,
    /// The file is written anew.
    Wipe,
}

#[derive(Serialize, Deserialize)]
struct Told {
    articles: Vec<Article>,
    records: Vec<Record>,
    story: Story,
    corrected: Corrected,
}

pub(crate) fn at() -> Instant {
    Instant::new("2031-03-09T14:30:00Z")
}

impl Script {
    /// Of drawn articles: they come in four steps, are corrected, read again, and the first one is purged.
    pub(crate) fn new(seed: u64, n_articles: usize) -> Self {
        let (articles, records): (Vec<Article>, Vec<Record>) = coverage(seed, n_articles).unzip();
        let mut again = records.clone();
        again.iter_mut().step_by(3).for_each(|record| drop(record.statements.pop()));
        let log = log(&articles);
        let of = |range: Range<usize>, records: &[Record], log: &[Correction]| {
            let mut both: Vec<_> =
                articles[range.clone()].iter().cloned().zip(records[range].iter().cloned()).collect();
            both.sort_by(|(a, _), (b, _)| (&a.location, &a.id).cmp(&(&b.location, &b.id)));
            let (articles, mut records): (Vec<Article>, Vec<Record>) = both.into_iter().unzip();
            let corrections = Corrections::resolve(log, &articles, &records);
            corrections.correct(&mut records);
            let (story, corrected) =
                rapporteur_story::tell_corrected(&articles, &records, Issues::builtin(), &corrections);
            Told { articles, records, story, corrected }
        };
        let (half, n) = (n_articles / 2, n_articles);
        let stories = vec![
            of(0..half, &records, &[]),
            of(0..n, &records, &[]),
            of(0..n, &records, &log),
            of(0..n, &again, &log),
            of(1..n, &again, &log),
        ];
        let steps = vec![
            Step::Add(0..half / 3),
            Step::Add(half / 3..half),
            Step::Tell(0),
            Step::Add(half..n - 1),
            Step::Add(n - 1..n),
            Step::Skip,
            Step::Tell(1),
            Step::Append(0..1),
            Step::Append(1..log.len()),
            Step::Tell(2),
            Step::Replace,
            Step::Date,
            Step::Tell(3),
            Step::Purge,
            Step::Tell(4),
            Step::Wipe,
        ];
        Script { articles, records, again, log, stories, steps }
    }

    pub(crate) fn n_steps(&self) -> usize {
        self.steps.len()
    }

    /// Does a step; doing it once more changes nothing.
    pub(crate) fn perform(&self, case: &mut Case, run: i64, step: usize) -> Result<(), Error> {
        match self.steps[step].clone() {
            Step::Add(range) => {
                let known = case.known()?;
                let is_new = |incoming: &Incoming| {
                    let id = &incoming.article.id;
                    !known.articles.contains_key(id) && !known.gaps.contains(id)
                };
                let incoming = range.map(|idx| self.incoming(idx)).filter(is_new);
                case.add(run, &incoming.collect::<Vec<_>>(), KeepBytes::Yes)
            }
            Step::Skip => {
                let skipped = |name: &str| Skipped { location: name.into(), reason: "no article".into(), hint: None };
                case.skip(run, &["a.bin", "b.bin"].map(skipped))
            }
            Step::Tell(number) => {
                let Told { articles, records, story, corrected } = &self.stories[number];
                let rejects = self.log.iter().filter(|entry| matches!(entry.act, CorrectionAct::Reject { .. }));
                let rejections: HashSet<CorrectionId> = rejects.map(|entry| entry.id.clone()).collect();
                case.tell(run, &Telling { articles, records, story, corrected, rejections: &rejections }).map(drop)
            }
            Step::Append(range) => case.append(&self.log[range]).map(drop),
            Step::Replace => case.replace_records(&self.articles, &self.again),
            Step::Date => {
                let date = CivilDate::try_from("2031-03-05".to_string()).unwrap();
                let dated = self.articles.iter().zip(&self.again).skip(1).step_by(5);
                let dated: Vec<_> = dated.map(|(article, record)| (article.id.clone(), date, record.clone())).collect();
                case.keep_dated(&dated)
            }
            Step::Purge => case.purge(run, &self.articles[0].id, &at(), "Dana", Some("asked for")).map(drop),
            Step::Wipe => case.wipe(),
        }
    }

    /// Does the steps from one on, in a run of their own; `done` hears of each.
    pub(crate) fn run(&self, case: &mut Case, from: usize, mut done: impl FnMut(usize)) -> Result<(), Error> {
        let run = case.begin(RunKind::Read, &at(), &BTreeMap::new())?;
        for step in from..self.n_steps() {
            self.perform(case, run, step)?;
            done(step);
        }
        case.end(run, &at(), &BTreeMap::from([("steps".to_string(), self.n_steps() as i64)]))
    }

    fn incoming(&self, idx: usize) -> Incoming {
        let article = self.articles[idx].clone();
        // Every other one comes as a page, whose bytes are kept beside the text.
        let markup = if idx.is_multiple_of(2) { "" } else { "<p>" };
        Incoming {
            original: format!("{markup}{}", article.text).into_bytes().into(),
            article,
            record: self.records[idx].clone(),
        }
    }

    pub(crate) fn texts(&self) -> BTreeMap<&str, &str> {
        self.articles.iter().map(|article| (article.id.as_str(), article.text.as_str())).collect()
    }
}

/// An act of every sort, on articles that others are like.
fn log(articles: &[Article]) -> Vec<Correction> {
    let n_words = |article: &Article, n| article.text.split_whitespace().take(n).collect::<Vec<_>>().join(" ");
    let of = |layer, idx: usize| {
        let words = n_words(&articles[idx], 3);
        target(layer, "x", &words, &[(&articles[idx], &words)])
    };
    let article = |idx: usize| target(TargetLayer::Article, articles[idx].id.as_str(), &articles[idx].location, &[]);
    let acts = [
        CorrectionAct::Note { target: article(1), text: "from the ministry's site".into() },
        CorrectionAct::Tag { target: article(0), tag: "check".into() },
        CorrectionAct::Reject { target: of(TargetLayer::Utterance, 2) },
        CorrectionAct::Rename { target: of(TargetLayer::Actor, 3), name: "the minister".into() },
        CorrectionAct::Accept { target: article(2) },
    ];
    let entry = |act| rapporteur_store::entry("Dana", &at(), act, Some("as printed"));
    acts.into_iter().map(entry).collect()
}

/// All that can be asked, each question for itself; what depends on how often a run was begun is left out.
pub(crate) fn asked(case: &Case) -> Vec<(&'static str, Result<String, Error>)> {
    const LIMIT: usize = 10_000;
    let search = |line: &str| -> SearchQuery { line.parse().unwrap() };
    let mut answers = Vec::new();
    let mut put = |name: &'static str, answer: Result<String, Error>| answers.push((name, answer));
    // Wherever order has no meaning it is that of the ids.
    put(
        "pile",
        case.pile().map(|pile| {
            let dated: BTreeMap<_, _> = pile.dated.iter().collect();
            format!("{:?}\n{:?}\n{dated:?}\n{:?}", pile.articles, pile.records, pile.skipped)
        }),
    );
    put(
        "bytes",
        case.articles().and_then(|articles| {
            let bytes = articles.iter().map(|article| case.bytes_of(&article.id));
            Ok(format!("{:?}", bytes.collect::<Result<Vec<_>, _>>()?))
        }),
    );
    put(
        "known",
        case.known().map(|known| {
            let (articles, gaps): (BTreeMap<_, _>, std::collections::BTreeSet<_>) =
                (known.articles.into_iter().collect(), known.gaps.into_iter().collect());
            format!("{articles:?} {gaps:?}")
        }),
    );
    for layer in TargetLayer::OF_STORY {
        let query = ItemQuery { limit: LIMIT, n_places: LIMIT, ..ItemQuery::default() };
        put(layer.name(), case.items(layer, &query).map(|items| format!("{items:?}")));
    }
    let last = ItemQuery { limit: 5, from: Some("2020".into()), n_places: 1, ..ItemQuery::default() };
    put("by day", case.items(TargetLayer::Timeline, &last).map(|items| format!("{items:?}")));
    put("sources", case.sources(None, LIMIT).map(|sources| format!("{sources:?}")));
    put("summary", case.summary().map(|summary| format!("{summary:?}")));
    put("outlets", case.outlets().map(|outlets| format!("{outlets:?}")));
    for line in ["the", "\"and the\" talks", "class:demand", "talks speaker:a"] {
        let query = search(line);
        put("search", case.search_utterances(&query, LIMIT, 0, 3).map(|items| format!("{items:?}")));
        put("search of texts", case.search_texts(&query, LIMIT).map(|hits| format!("{hits:?}")));
    }
    put("corrections", case.corrections().map(|log| format!("{log:?}")));
    put("orphans", case.orphans().map(|orphans| format!("{orphans:?}")));
    answers
}

/// [`asked`] of a case that is whole.
pub(crate) fn state(case: &Case) -> Vec<(&'static str, String)> {
    assert_eq!(case.check().unwrap(), []);
    asked(case).into_iter().map(|(name, answer)| (name, answer.unwrap())).collect()
}

/// Which answers are others.
pub(crate) fn differing(a: &[(&'static str, String)], b: &[(&'static str, String)]) -> Vec<&'static str> {
    assert_eq!(a.len(), b.len());
    a.iter().zip(b).filter(|(a, b)| a != b).map(|(a, _)| a.0).collect()
}

/// Draws numbers, the same ones for the same seed.
pub(crate) struct Random(pub(crate) u64);

impl Random {
    pub(crate) fn below(&mut self, n: u64) -> u64 {
        // Steele, Lea and Flood: SplitMix64.
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (z ^ (z >> 31)) % n
    }
}

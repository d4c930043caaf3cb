//! The learned part: which words report, what they report, who speaks, and which act it is.
//!
//! A statement is found in five steps, each a linear model over features ([`describe`]):
//!
//! 1. *cue*: is this word worth a closer look? ([`Ranker::is_worth_a_look`])
//! 2. *content*: which of the stretches around it ([`contents`]) is what it reports?
//! 3. *source*: which noun phrase around it ([`holders`]) is who speaks, or none?
//! 4. *statement*: with these parts, is it a statement, an act report, or neither?
//! 5. *class*: which act does it name?
//!
//! The rules of this crate (frames of the cue lists, quotations beside verbs of saying) make candidates
//! like the tree does; that they would take one is a feature, and the weights say how far to trust it.
//! All models are conditional log-linear (a softmax over the candidates), so that a score is a
//! probability. The file of weights is made by `training`; `data/statement-weights.md` documents it.

mod contents;
pub(crate) mod describe;
pub(crate) mod features;
mod holders;
pub(crate) mod weights;

pub(crate) use contents::{Content, RuleChoice, is_quotation, list as contents};
pub(crate) use holders::{Holder, list as holders};

use crate::analysis::{Analysis, TokenRange};
use crate::cues::CueHit;
use crate::direct::{DirectReport, Reports};
use crate::error::{Error, Mistake};
use crate::sources;
use describe::Parts;
use features::Hashes;
use rapporteur_model::StatementClass;
use weights::{Table, WEIGHTS_FILE, Weights};

/// What a cue with its parts is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Verdict {
    Nothing,
    /// The act is named, what was said is not.
    ActReport,
    Statement,
}

pub(crate) const VERDICTS: [Verdict; 3] = [Verdict::Nothing, Verdict::ActReport, Verdict::Statement];

impl Verdict {
    /// The name of its model.
    pub(crate) fn model(self) -> &'static str {
        match self {
            Verdict::Nothing => "statement:nothing",
            Verdict::ActReport => "statement:act-report",
            Verdict::Statement => "statement:statement",
        }
    }
}

/// How sure it is that a cue with its parts is a statement or an act report.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Probabilities {
    pub(crate) statement: f64,
    pub(crate) act_report: f64,
}

/// A cue with the parts that were chosen for it.
#[derive(Debug, Clone)]
pub(crate) struct Proposal {
    pub(crate) hit_idx: usize,
    pub(crate) content: Content,
    pub(crate) rule: Option<RuleChoice>,
    has_rule: bool,
    sureness: usize,
    pub(crate) holder: Option<Holder>,
    pub(crate) class: StatementClass,
    pub(crate) probabilities: Probabilities,
}

impl Proposal {
    /// The parts, to be described.
    pub(crate) fn parts(&self) -> Parts<'_> {
        Parts {
            content: &self.content,
            rule: self.rule,
            has_rule: self.has_rule,
            sureness: self.sureness,
            holder: self.holder.as_ref(),
        }
    }
}

/// From where on a cue counts.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Thresholds {
    /// The score from which a cue is worth a look.
    pub(crate) cue: f64,
    /// For each scope the probability from which something is a statement or an act report.
    pub(crate) statement: f64,
    pub(crate) attitude: f64,
    /// The same in both scopes for a word of the lists whose frame is filled, and for a noun among them.
    pub(crate) frame: f64,
    pub(crate) noun_frame: f64,
}

/// The models with their weights.
#[derive(Debug)]
pub(crate) struct Ranker {
    cue: Table<1>,
    content: Table<1>,
    holder: Table<1>,
    verdicts: Table<3>,
    classes: Table<{ StatementClass::ALL.len() }>,
    pub(crate) thresholds: Thresholds,
}

impl Ranker {
    /// The ranker of a file of weights.
    pub(crate) fn parse(file: &str) -> Result<Self, Error> {
        let weights = Weights::parse(file)?;
        let threshold = |name: &str| {
            let missing = || Mistake::with_hint(format!("no threshold {name:?}"), weights::HINT);
            weights.threshold(name).ok_or_else(|| Error::new(WEIGHTS_FILE, None, missing()))
        };
        let class_models = StatementClass::ALL.map(|class| format!("class:{}", class.name()));
        Ok(Ranker {
            thresholds: Thresholds {
                cue: threshold("cue")?,
                statement: threshold("statement")?,
                attitude: threshold("attitude")?,
                frame: threshold("frame")?,
                noun_frame: threshold("noun-frame")?,
            },
            cue: weights.of(["cue"]),
            content: weights.of(["content"]),
            holder: weights.of(["source"]),
            verdicts: weights.of(VERDICTS.map(Verdict::model)),
            classes: weights.of(class_models.each_ref().map(String::as_str)),
        })
    }

    /// Whether a cue may report at all.
    pub(crate) fn is_worth_a_look(&self, analysis: &Analysis<'_>, hit: &CueHit, is_direct: bool) -> bool {
        let mut features = Hashes::default();
        describe::cue(analysis, hit, is_direct, &mut features);
        let [score] = self.cue.scores(&features);
        score > self.thresholds.cue
    }

    /// The best parts for a cue, and what it is with them; `None` where nothing can be its content.
    pub(crate) fn propose(
        &self,
        analysis: &Analysis<'_>,
        hit: &CueHit,
        hit_idx: usize,
        reports: &Reports,
    ) -> Option<Proposal> {
        let (contents, rule) = contents(analysis, hit, reports, hit_idx);
        let (content_idx, sureness) = self.best_content(analysis, hit, &contents, rule)?;
        let Content { head, kinds, .. } = contents[content_idx].clone();
        let content_idx = with_whole_quotations(analysis, &contents, content_idx);
        // How the chosen stretch hangs on the cue still tells the act.
        let content = Content { head, kinds, ..contents[content_idx].clone() };
        let holders = holders(analysis, hit, &content, lead_of(reports.of(hit_idx), &content));
        let holder = self.best_holder(analysis, hit, &holders).map(|idx| holders[idx]);
        // Who is asked does not say the question: "Asked whether …, the minister declined".
        if holder.is_none() && sources::is_bare_participle(analysis.token(hit.head)) {
            return None;
        }
        let has_rule = rule.is_some();
        let mut proposal = Proposal {
            hit_idx,
            rule: rule.filter(|rule| rule.content == content_idx),
            has_rule,
            sureness,
            content,
            holder,
            class: StatementClass::Speech,
            probabilities: Probabilities { statement: 0.0, act_report: 0.0 },
        };
        let mut features = Hashes::default();
        describe::statement(analysis, hit, &proposal.parts(), &mut features);
        let [_, act_report, statement] = softmax(self.verdicts.scores(&features));
        proposal.probabilities = Probabilities { statement, act_report };
        features.0.clear();
        describe::class(analysis, hit, &proposal.parts(), &mut features);
        proposal.class =
            first_best(self.classes.scores(&features)).map_or(StatementClass::Speech, |idx| StatementClass::ALL[idx]);
        Some(proposal)
    }

    /// The content with the highest score, and how sure that is, in tenths.
    fn best_content(
        &self,
        analysis: &Analysis<'_>,
        hit: &CueHit,
        contents: &[Content],
        rule: Option<RuleChoice>,
    ) -> Option<(usize, usize)> {
        let mut features = Hashes::default();
        let score = |(idx, content): (usize, &Content)| {
            features.0.clear();
            describe_content(analysis, hit, content, idx, rule, &mut features);
            self.content.scores(&features)
        };
        let scores: Vec<f64> = contents.iter().enumerate().flat_map(score).collect();
        let best = first_best(scores.iter().copied())?;
        Some((best, sureness(&scores, best)))
    }

    /// The source with the highest score, or none.
    fn best_holder(&self, analysis: &Analysis<'_>, hit: &CueHit, holders: &[Holder]) -> Option<usize> {
        let mut features = Hashes::default();
        describe::no_holder(analysis, hit, &mut features);
        let [none] = self.holder.scores(&features);
        let score = |holder: &Holder| {
            features.0.clear();
            describe::holder(analysis, hit, holder, &mut features);
            self.holder.scores(&features)
        };
        let scores: Vec<f64> = holders.iter().flat_map(score).collect();
        first_best(scores.iter().copied()).filter(|&best| scores[best] >= none)
    }
}

/// What a mark reports: its shape alone is strict enough, and there is too little of it to learn from.
pub(crate) fn of_mark(analysis: &Analysis<'_>, hit: &CueHit, hit_idx: usize, reports: &Reports) -> Option<Proposal> {
    let (contents, _) = contents(analysis, hit, reports, hit_idx);
    let content = contents.into_iter().next()?;
    let holder = holders(analysis, hit, &content, None).into_iter().next();
    Some(Proposal {
        hit_idx,
        content,
        rule: None,
        has_rule: true,
        sureness: 10,
        holder,
        class: StatementClass::Speech,
        probabilities: Probabilities { statement: 1.0, act_report: 0.0 },
    })
}

/// Adds the features of the content at `idx`, given the rules' choice.
pub(crate) fn describe_content(
    analysis: &Analysis<'_>,
    hit: &CueHit,
    content: &Content,
    idx: usize,
    rule: Option<RuleChoice>,
    sink: &mut dyn features::Sink,
) {
    let is_rule = rule.filter(|rule| rule.content == idx);
    describe::content(analysis, hit, content, is_rule, rule.is_some(), sink);
}

/// The index of the quotations that the surface ties to the cue, where the content at `chosen` is made of quoted
/// words too and shares some with them; else `chosen`. Models know little of where marks stand.
fn with_whole_quotations(analysis: &Analysis<'_>, contents: &[Content], chosen: usize) -> usize {
    let is_shared = |idx: usize| contents[0].ranges.iter().any(|range| range.contains(idx));
    let tokens = || contents[chosen].ranges.iter().flat_map(|range| range.start..range.end);
    let is_quoted = |idx: usize| analysis.quotation_at(idx).is_some() || analysis.is_mark(idx);
    let is_report = contents[0].is_direct && tokens().any(is_shared) && tokens().all(is_quoted);
    if is_report { 0 } else { chosen }
}

/// The words between a quotation and the cue that it is tied to.
pub(crate) fn lead_of(direct: Option<&DirectReport>, content: &Content) -> Option<TokenRange> {
    direct.filter(|_| content.is_direct).map(|report| report.lead)
}

/// How much of the probability the best candidate has, in tenths.
pub(crate) fn sureness(scores: &[f64], best: usize) -> usize {
    let sum: f64 = scores.iter().map(|score| (score - scores[best]).exp()).sum();
    (10.0 / sum) as usize
}

/// The index of the highest score; the first of equals.
pub(crate) fn first_best(scores: impl IntoIterator<Item = f64>) -> Option<usize> {
    let best = |best: Option<(usize, f64)>, (idx, score): (usize, f64)| match best {
        Some((_, highest)) if highest >= score => best,
        _ => Some((idx, score)),
    };
    scores.into_iter().enumerate().fold(None, best).map(|(idx, _)| idx)
}

fn softmax<const N: usize>(scores: [f64; N]) -> [f64; N] {
    let highest = scores.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let exps = scores.map(|score| (score - highest).exp());
    let sum: f64 = exps.iter().sum();
    exps.map(|exp| exp / sum)
}

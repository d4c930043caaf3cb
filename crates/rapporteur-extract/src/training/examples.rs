//! From annotated articles to choices with the right answer marked.

use super::GoldStatement;
use super::gold::{self, jaccard, words};
use crate::analysis::Analysis;
use crate::cues::{self, CueHit};
use crate::direct::{DirectReport, Reports};
use crate::ranking::features::Texts;
use crate::ranking::{self, Proposal, Ranker, VERDICTS, Verdict, describe};
use crate::statements;
use rapporteur_model::StatementClass;
use std::collections::{HashMap, HashSet};

/// A choice among items, each with the model that scores it and its features; `target` is how the
/// probability should be spread over them.
#[derive(Debug, Clone)]
pub(super) struct Choice {
    pub(super) items: Vec<(String, Vec<String>)>,
    pub(super) target: Vec<f64>,
}

/// Choices with their answers.
#[derive(Debug, Default)]
pub(super) struct Examples {
    pub(super) choices: Vec<Choice>,
}

/// A marked content counts as found from this fit on, as the scorer has it.
const FOUND: f64 = 0.5;

impl Examples {
    /// The choices of cue, content and source in one article.
    pub(super) fn of_parts(analysis: &Analysis<'_>, gold: &[GoldStatement]) -> Self {
        let mut examples = Examples::default();
        let hits = cues::find(analysis);
        let reports = Reports::find(analysis, &hits);
        let matches = gold::matches(analysis, &hits, &reports, gold);
        let is_cue: HashSet<usize> = matches.iter().map(|found| found.hit_idx).collect();
        for (hit_idx, hit) in hits.iter().enumerate() {
            let is_beside = gold.iter().filter_map(|g| g.cue).any(|cue| analysis.tokens_in(cue).contains(hit.head));
            if hit.is_mark() || analysis.quotation_at(hit.head).is_some() || (is_beside && !is_cue.contains(&hit_idx)) {
                continue;
            }
            let mut texts = Texts::default();
            describe::cue(analysis, hit, reports.of(hit_idx).is_some(), &mut texts);
            examples.add_yes_no("cue", texts, is_cue.contains(&hit_idx));
        }
        for found in &matches {
            examples.add_content(analysis, &hits[found.hit_idx], found);
            examples.add_source(
                analysis,
                &hits[found.hit_idx],
                found,
                reports.of(found.hit_idx),
                &gold[found.gold_idx],
            );
        }
        examples
    }

    fn add_yes_no(&mut self, model: &str, features: Texts, is_so: bool) {
        let target = if is_so { vec![1.0, 0.0] } else { vec![0.0, 1.0] };
        // "No" has no features: its score is 0.
        self.choices.push(Choice { items: vec![(model.into(), features.0), (model.into(), Vec::new())], target });
    }

    fn add_content(&mut self, analysis: &Analysis<'_>, hit: &CueHit, found: &gold::Match) {
        let highest = found.fit.iter().copied().fold(0.0, f64::max);
        if highest < FOUND {
            return;
        }
        let items = found.contents.iter().enumerate().map(|(idx, content)| {
            let mut texts = Texts::default();
            ranking::describe_content(analysis, hit, content, idx, found.rule, &mut texts);
            ("content".to_string(), texts.0)
        });
        let items = items.collect();
        let target = spread(found.fit.iter().map(|fit| *fit == highest));
        self.choices.push(Choice { items, target });
    }

    fn add_source(
        &mut self,
        analysis: &Analysis<'_>,
        hit: &CueHit,
        found: &gold::Match,
        direct: Option<&DirectReport>,
        gold: &GoldStatement,
    ) {
        let Some(content) = ranking::first_best(found.fit.iter().copied()).map(|idx| &found.contents[idx]) else {
            return;
        };
        let holders = ranking::holders(analysis, hit, content, ranking::lead_of(direct, content));
        let text = &analysis.article.text;
        let marked = words(text, gold.source.as_slice(), false);
        let fit = holders.iter().map(|holder| {
            let span = analysis.bytes(holder.source.range);
            jaccard(&marked, &words(text, &[span], false))
        });
        let mut fit: Vec<f64> = fit.collect();
        fit.push(if marked.is_empty() { 1.0 } else { 0.0 });
        let highest = fit.iter().copied().fold(0.0, f64::max);
        if highest <= 0.0 {
            return;
        }
        let mut items = Vec::new();
        for holder in &holders {
            let mut texts = Texts::default();
            describe::holder(analysis, hit, holder, &mut texts);
            items.push(("source".to_string(), texts.0));
        }
        let mut texts = Texts::default();
        describe::no_holder(analysis, hit, &mut texts);
        items.push(("source".to_string(), texts.0));
        self.choices.push(Choice { items, target: spread(fit.iter().map(|fit| *fit == highest)) });
    }

    /// The choices of verdict and class over what `ranker` proposes for one article.
    pub(super) fn add_statements(&mut self, analysis: &Analysis<'_>, gold: &[GoldStatement], ranker: &Ranker) {
        let hits = cues::find(analysis);
        let reports = Reports::find(analysis, &hits);
        let gold_of: HashMap<usize, usize> =
            gold::matches(analysis, &hits, &reports, gold).iter().map(|m| (m.hit_idx, m.gold_idx)).collect();
        let text = &analysis.article.text;
        for proposal in statements::propose(analysis, ranker, &hits) {
            let hit = &hits[proposal.hit_idx];
            let marked = gold_of.get(&proposal.hit_idx).map(|&idx| &gold[idx]);
            if hit.is_mark() {
                continue;
            }
            let verdict = match marked {
                None => Verdict::Nothing,
                Some(marked) if marked.is_act_report => Verdict::ActReport,
                Some(marked) => {
                    let fit = jaccard(&words(text, &marked.content, true), &words(text, &proposal.content.spans, true));
                    // A wrong content says nothing about the cue.
                    if fit < FOUND {
                        continue;
                    }
                    Verdict::Statement
                }
            };
            self.add_verdict(analysis, hit, &proposal, verdict);
            if let Some(marked) = marked {
                let mut texts = Texts::default();
                describe::class(analysis, hit, &proposal.parts(), &mut texts);
                let items =
                    StatementClass::ALL.map(|class| (format!("class:{}", class.name()), texts.0.clone())).to_vec();
                let target = spread(StatementClass::ALL.iter().map(|class| *class == marked.class));
                self.choices.push(Choice { items, target });
            }
        }
    }

    fn add_verdict(&mut self, analysis: &Analysis<'_>, hit: &CueHit, proposal: &Proposal, verdict: Verdict) {
        let mut texts = Texts::default();
        describe::statement(analysis, hit, &proposal.parts(), &mut texts);
        let items = VERDICTS.map(|verdict| (verdict.model().to_string(), texts.0.clone())).to_vec();
        let target = spread(VERDICTS.iter().map(|known| *known == verdict));
        self.choices.push(Choice { items, target });
    }
}

/// Equal parts for all that are right.
fn spread(is_right: impl Iterator<Item = bool> + Clone) -> Vec<f64> {
    let n_right = is_right.clone().filter(|is_right| *is_right).count().max(1) as f64;
    is_right.map(|is_right| if is_right { 1.0 / n_right } else { 0.0 }).collect()
}

//! Who speaks through a paper? "Amber Line's statement", "a report by the council", "a letter on Amber Line's
//! website" speak for those who made them.

use super::at_token;
use crate::analysis::Analysis;
use crate::mentions::Found;
use rapporteur_model::MentionForm;
use rapporteur_text::Token;

/// How many words below a noun are looked at.
const MAX_CHILDREN: usize = 40;
/// A paper may stand in a paper: "a statement on Amber Line's website".
const MAX_DEPTH: usize = 2;

/// The mention of whoever made what the noun at the token names, where the text tells beside the noun.
pub(super) fn maker(analysis: &Analysis<'_>, found: &[Found<'_>], noun: usize) -> Option<usize> {
    let mut noun = noun;
    for _ in 0..MAX_DEPTH {
        if !analysis.lexicon.people.has("papers", analysis.lemma(noun)) {
            return None;
        }
        if let Some(maker) = maker_beside(analysis, found, noun) {
            return Some(maker);
        }
        noun = place(analysis.token(noun))?.idx();
        if let Some(named) = name_at(found, noun) {
            return Some(named);
        }
    }
    None
}

fn maker_beside(analysis: &Analysis<'_>, found: &[Found<'_>], noun: usize) -> Option<usize> {
    let is_other = |mention: &usize| !found[*mention].range.contains(noun);
    for child in analysis.token(noun).children().take(MAX_CHILDREN) {
        let object = || child.children().take(MAX_CHILDREN).find(|object| object.dep() == "pobj");
        let maker = match child.dep() {
            "poss" => at_token(found, child.idx()),
            "compound" | "nmod" | "amod" => name_at(found, child.idx()),
            "prep" | "agent" => match child.text() {
                "by" | "from" => object().and_then(|object| at_token(found, object.idx())),
                "of" => object().and_then(|object| name_at(found, object.idx())),
                _ => None,
            },
            // "a study done by the council"
            "acl" if analysis.lexicon.people.has("making-verbs", analysis.lemma(child.idx())) => {
                let by = child.children().take(MAX_CHILDREN).find(|by| by.text() == "by");
                let object = by.and_then(|by| by.children().find(|object| object.dep() == "pobj"));
                object.and_then(|object| at_token(found, object.idx()))
            }
            _ => None,
        };
        if let Some(maker) = maker.filter(is_other) {
            return Some(maker);
        }
    }
    None
}

/// The noun that a paper stands on or in.
fn place(paper: Token<'_>) -> Option<Token<'_>> {
    let mut children = paper.children().filter(|child| child.idx() > paper.idx()).take(MAX_CHILDREN);
    let on = children.find(|child| child.dep() == "prep" && matches!(child.text(), "on" | "in"))?;
    on.children().find(|object| object.dep() == "pobj")
}

fn name_at(found: &[Found<'_>], token_idx: usize) -> Option<usize> {
    at_token(found, token_idx).filter(|&mention| found[mention].form == MentionForm::Name)
}

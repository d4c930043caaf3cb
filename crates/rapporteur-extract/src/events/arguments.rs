//! Which actors are the participants of a predication?

use super::syntax;
use crate::analysis::{Analysis, TokenRange};
use crate::coreference;
use crate::mentions::Found;
use crate::sources::{self, Source};
use rapporteur_model::{ActorKind, Argument, ArticleActorIdx, Mention, Record};

/// How many mentions before a word are looked at.
const MAX_MENTIONS: usize = 32;

/// Makes arguments of words: their phrases, and the actors behind them.
#[derive(Clone, Copy)]
pub(super) struct Arguments<'f, 'a> {
    pub(super) analysis: &'f Analysis<'a>,
    pub(super) found: &'f [Found<'a>],
    pub(super) record: &'f Record,
}

impl Arguments<'_, '_> {
    /// The arguments with these heads, which are joined to each other.
    pub(super) fn of(&self, heads: &[usize]) -> Vec<Argument> {
        let mut arguments: Vec<Argument> = Vec::new();
        for (nth, &head) in heads.iter().enumerate() {
            // A name in a genitive is told without the noun that it belongs to.
            let mut range = sources::noun_phrase(self.analysis, head, None).range;
            // A clause about somebody is not his name.
            let clause = syntax::child(self.analysis, head, &["relcl"]).map(|clause| self.analysis.below(clause).start);
            if let Some(start) = clause.filter(|start| *start > head) {
                range.end = range.end.min(trimmed(self.analysis, head, start)).max(head + 1);
            }
            let conjunct = heads.get(nth + 1).copied().or_else(|| syntax::child(self.analysis, head, &["conj"]));
            if let Some(next) = conjunct {
                let next = self.analysis.below(next).start;
                range.end = range.end.min(trimmed(self.analysis, head, next)).max(head + 1);
            }
            arguments.extend(self.argument(head, range));
        }
        arguments
    }

    /// A noun phrase as an argument; where it is no actor by itself, or one without a name, whoever it belongs to is one
    /// besides: "Russian forces".
    fn argument(&self, head: usize, range: TokenRange) -> Vec<Argument> {
        let source = Source { range, head, is_inherited: false };
        let mention = coreference::of_source(self.analysis, self.found, source);
        let actor = mention.and_then(|mention| self.record.mentions[mention].actor);
        let actor = actor.or_else(|| self.subject_above(head));
        let mut arguments = vec![Argument { span: self.analysis.bytes(range), actor }];
        let is_told = actor.is_some_and(|actor| self.record.actors[actor.0 as usize].kind != ActorKind::Group);
        if !is_told {
            let span = self.analysis.bytes(TokenRange::new(range.start, range.end));
            let first = self.record.mentions.partition_point(|mention| mention.span.start < span.start);
            let inside = self.record.mentions[first..].iter().take_while(|mention| mention.span.end <= span.end);
            // Before the noun, or right after "of": not in a clause behind it.
            let start = self.analysis.bytes(TokenRange::new(head, head + 1)).start;
            let of = syntax::after(self.analysis, head, &["of"]);
            let of = of.and_then(|of| coreference::at_token(self.found, of));
            let of = of.map(|mention| self.record.mentions[mention].span);
            let is_owner = |mention: &&Mention| mention.span.start < start || Some(mention.span) == of;
            let is_other = |mention: &&Mention| mention.actor.is_some() && mention.actor != actor;
            let owner = inside.filter(is_owner).find(is_other);
            let owner = owner.or_else(|| {
                // "a campaign to blame …": whose campaign it is.
                let holder = syntax::holder(self.analysis, head).filter(|_| actor.is_none())?;
                coreference::at_token(self.found, holder).map(|mention| &self.record.mentions[mention])
            });
            arguments.extend(owner.map(|owner| Argument { span: owner.span, actor: owner.actor }));
        }
        arguments
    }

    /// "US-Russia talks": who is named before a noun, in its phrase.
    pub(super) fn named_before(&self, noun: usize) -> Vec<Argument> {
        let start = self.analysis.below(noun).start;
        let span = self.analysis.bytes(TokenRange::new(start, noun));
        let first = self.record.mentions.partition_point(|mention| mention.span.start < span.start);
        let inside =
            self.record.mentions[first..].iter().take(MAX_MENTIONS).take_while(|mention| mention.span.end <= span.end);
        let mut named: Vec<Argument> = Vec::new();
        for mention in inside.filter(|mention| mention.actor.is_some()) {
            if named.iter().all(|other| other.actor != mention.actor) {
                named.push(Argument { span: mention.span, actor: mention.actor });
            }
        }
        named
    }

    /// "its", which tells of somebody only where it is known of whom.
    pub(super) fn is_owner_word(&self, argument: &Argument) -> bool {
        let range = self.analysis.tokens_in(argument.span);
        range.len() == 1 && self.analysis.token(range.start).tag() == "PRP$"
    }

    /// "Karsk would pay if it attacked": a pronoun that goes back to the subject of the clause above.
    fn subject_above(&self, pronoun: usize) -> Option<ArticleActorIdx> {
        let analysis = self.analysis;
        let token = analysis.token(pronoun);
        let is_third = token.pos() == "PRON" && matches!(analysis.lower(pronoun), "it" | "they" | "he" | "she");
        if !is_third || token.is_root() || token.head().is_root() {
            return None;
        }
        let clause = token.head();
        let above = clause.head().idx();
        let subject = syntax::subject(analysis, above).filter(|subject| *subject < pronoun)?;
        let mention = coreference::at_token(self.found, subject);
        let of_subject = mention.and_then(|mention| self.record.mentions[mention].actor);
        // "consequences for Karsk if it attacks": the body named last.
        let named_last = || {
            let start = self.analysis.bytes(self.analysis.sentence(pronoun)).start;
            let place = self.analysis.bytes(TokenRange::new(pronoun, pronoun + 1)).start;
            let n_before = self.record.mentions.partition_point(|mention| mention.span.start < place);
            let in_sentence = self.record.mentions[..n_before]
                .iter()
                .rev()
                .take(MAX_MENTIONS)
                .take_while(|mention| mention.span.start >= start);
            let is_body = |actor: &ArticleActorIdx| {
                matches!(self.record.actors[actor.0 as usize].kind, ActorKind::State | ActorKind::Organisation)
            };
            in_sentence.filter_map(|mention| mention.actor).find(is_body)
        };
        of_subject.or_else(|| (analysis.lower(pronoun) == "it").then(named_last).flatten())
    }
}

/// Where a member of a joined phrase ends, before "and" or a comma.
fn trimmed(analysis: &Analysis<'_>, head: usize, next: usize) -> usize {
    let mut end = next;
    while end > head + 1 && (analysis.is_mark(end - 1) || matches!(analysis.token(end - 1).tag(), "CC" | "DT")) {
        end -= 1;
    }
    end
}

//! Which words tell of the act of saying? The verbs whose dependents do, and the phrases that hang on
//! them outside what was said.

use super::phrases::{Phrase, PhraseKind, phrase};
use crate::analysis::{Analysis, TokenRange};
use crate::sources::Source;
use crate::statements::Draft;
use rapporteur_text::Token;

/// How many heads are climbed from a cue.
const MAX_CLIMB: usize = 8;
/// A verb with more children than this is no verb but text without sentence marks.
const MAX_CHILDREN: usize = 48;
/// How far around a cue phrases are looked for on the surface, in tokens.
const MAX_SURFACE_TOKENS: usize = 40;
/// More phrases than this are no clause.
const MAX_PHRASES: usize = 24;

/// How a word comes to tell of the act.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Tie {
    /// It is the cue's head.
    Cue,
    /// The cue hangs on it: "went on to say", "issued a statement saying".
    Above,
    /// The cue is joined to it: "left the hall on Friday and said".
    Joined,
    /// It stands beside: "speaking to reporters, he said", "a letter seen by the press said".
    Beside,
}

/// A verb or noun whose dependents tell of the act.
#[derive(Debug, Clone, Copy)]
pub(super) struct Holder {
    pub(super) idx: usize,
    pub(super) tie: Tie,
}

/// The report of an act of saying.
pub(super) struct Act<'a, 'd> {
    pub(super) analysis: &'a Analysis<'d>,
    /// The cue's head.
    pub(super) anchor: usize,
    /// The cue's head first, then what it hangs on, then what stands beside.
    pub(super) holders: Vec<Holder>,
    /// Phrases that hang on them, those of the cue first.
    pub(super) phrases: Vec<Phrase>,
    pub(super) source: Option<Source>,
    pub(super) cue: TokenRange,
    content: Vec<TokenRange>,
}

impl<'a, 'd> Act<'a, 'd> {
    /// The act of a statement; `None` where no cue reports it, or a phrase such as "according to".
    pub(super) fn of(analysis: &'a Analysis<'d>, draft: &Draft) -> Option<Self> {
        let cue = analysis.tokens_in(draft.cue?);
        if is_attribution(analysis, draft.anchor) {
            return None;
        }
        let content = draft.content.iter().map(|&span| analysis.tokens_in(span)).collect();
        let mut act = Act {
            analysis,
            anchor: draft.anchor,
            holders: cue_holders(analysis, draft.anchor, cue),
            phrases: Vec::new(),
            source: draft.source,
            cue,
            content,
        };
        act.climb();
        act.add_participles();
        act.add_phrases();
        act.add_phrases_around();
        Some(act)
    }

    /// Whether the token is part of what was said.
    pub(super) fn is_said(&self, token_idx: usize) -> bool {
        self.content.iter().any(|range| range.contains(token_idx))
    }

    /// Whether the token is part of the source. Behind an inverted verb phrases of the act may be parsed as
    /// parts of the speaker: "said Vale to the crowd".
    pub(super) fn is_source(&self, token_idx: usize) -> bool {
        let is_inverted = |source: Source| source.head > self.anchor && token_idx > source.head;
        self.source.is_some_and(|source| source.range.contains(token_idx) && !is_inverted(source))
    }

    /// Whether list `name` of the data file holds the token's lemma or its word.
    pub(super) fn is_listed(&self, name: &str, token_idx: usize) -> bool {
        is_listed(self.analysis, name, token_idx)
    }

    /// [`Self::is_listed`], for a position that may be the end of the text.
    pub(super) fn is_listed_at(&self, name: &str, token_idx: usize) -> bool {
        token_idx < self.analysis.doc.len() && self.is_listed(name, token_idx)
    }

    /// Whether the token stands in quotation marks beside the act: a title ("on “This Week”").
    pub(super) fn is_in_title(&self, token_idx: usize) -> bool {
        let quotation = self.analysis.quotation_at(token_idx);
        quotation.is_some() && quotation != self.analysis.quotation_at(self.anchor)
    }

    /// Whether the token belongs to a date or a time of day.
    pub(super) fn is_date(&self, token_idx: usize) -> bool {
        let is_entity = matches!(self.analysis.token(token_idx).entity_type(), "DATE" | "TIME");
        is_entity && !self.is_in_title(token_idx)
    }

    /// The children of a token that lie outside what was said.
    pub(super) fn children(&self, token_idx: usize) -> impl Iterator<Item = Token<'d>> {
        let children = self.analysis.token(token_idx).children().take(MAX_CHILDREN);
        children.filter(|child| !self.is_said(child.idx()))
    }

    /// The direct objects of the words that the cue hangs on.
    pub(super) fn objects_above(&self) -> impl Iterator<Item = usize> {
        let above = self.holders.iter().filter(|holder| matches!(holder.tie, Tie::Above | Tie::Joined));
        let objects = above.flat_map(|holder| self.children(holder.idx)).filter(|child| child.dep() == "dobj");
        objects.map(|object| object.idx())
    }

    /// What the cue hangs on, as far as it is the same speaker's.
    fn climb(&mut self) {
        let mut at = self.anchor;
        let mut is_clause = false;
        let mut tie = Tie::Above;
        for _ in 0..MAX_CLIMB {
            let token = self.analysis.token(at);
            let head = token.head().idx();
            let is_own = self.analysis.subject(at).is_some();
            let is_verb = matches!(token.pos(), "VERB" | "AUX");
            let is_shared = match token.dep() {
                // "Citing two officials, the paper reported"
                "advcl" if token.tag() == "VBG" => !is_own,
                "advcl" | "conj" | "xcomp" | "acl" | "pcomp" => !is_own && head < at,
                "acomp" | "attr" | "oprd" => true,
                // "made a promise": the verb lends the noun its circumstances; "addressed reports" does not.
                "dobj" => !is_verb && lends(self.analysis, head),
                "pobj" | "prep" | "appos" => is_clause && !is_verb,
                _ => false,
            };
            if token.is_root() || !is_shared || self.is_said(head) || self.is_source(head) {
                return;
            }
            is_clause |= matches!(token.dep(), "acl" | "advcl" | "pcomp");
            if token.dep() == "conj" {
                tie = Tie::Joined;
            }
            if !self.is_holder(head) {
                self.holders.push(Holder { idx: head, tie });
            }
            at = head;
        }
    }

    /// Participles that tell how the speaker speaks, and how the paper that speaks came out.
    fn add_participles(&mut self) {
        let source = self.source.map(|source| source.head);
        let mut above: Vec<usize> = self.holders.iter().map(|holder| holder.idx).collect();
        above.extend(source);
        let mut found = Vec::new();
        for holder in above {
            let list = if Some(holder) == source { "paper-participles" } else { "speech-participles" };
            found.extend(self.children(holder).map(|child| child.idx()).filter(|&child| {
                let token = self.analysis.token(child);
                matches!(token.tag(), "VBG" | "VBN")
                    && matches!(token.dep(), "advcl" | "acl" | "prep" | "conj")
                    && self.analysis.subject(child).is_none()
                    && (self.is_listed("speech-participles", child) || self.is_listed(list, child))
            }));
        }
        found.extend(source.filter(|&source| self.is_listed("media-nouns", source)));
        found.extend(self.paper_participle());
        for idx in found {
            if !self.is_holder(idx) {
                self.holders.push(Holder { idx, tie: Tie::Beside });
            }
        }
    }

    /// "Parts of the report released on Friday say …": on any noun of the source.
    fn paper_participle(&self) -> Option<usize> {
        let source = self.source.filter(|source| source.range.start < self.cue.start)?;
        let mut window = source.range.start..self.cue.start.min(source.range.start + MAX_SURFACE_TOKENS);
        window.find(|&idx| {
            let token = self.analysis.token(idx);
            let is_participle = token.tag() == "VBN" && token.dep() == "acl";
            is_participle && !self.is_said(idx) && self.is_listed("paper-participles", idx)
        })
    }

    fn is_holder(&self, idx: usize) -> bool {
        self.holders.iter().any(|holder| holder.idx == idx)
    }

    fn add_phrases(&mut self) {
        for at in 0..self.holders.len() {
            let Holder { idx, tie } = self.holders[at];
            let children: Vec<usize> = self.children(idx).map(|child| child.idx()).collect();
            children.into_iter().for_each(|child| self.add_phrase(child, tie));
        }
    }

    /// Phrases before the source, right after the cue and after what was said that the parser hung on
    /// something else than the cue.
    fn add_phrases_around(&mut self) {
        let has_verb = |holder: &Holder| matches!(self.analysis.token(holder.idx).pos(), "VERB" | "AUX");
        if !self.holders.iter().any(|holder| has_verb(holder) && holder.tie != Tie::Beside) {
            return;
        }
        let sentence = self.analysis.sentence(self.anchor);
        let first = self.source.map_or(self.cue.start, |source| source.range.start.min(self.cue.start));
        let start = sentence.start.max(first.saturating_sub(MAX_SURFACE_TOKENS));
        let last_said = self.content.iter().map(|range| range.end).filter(|&end| end <= sentence.end).max();
        let after = self.cue.end.max(last_said.unwrap_or(0));
        let said_after = (self.cue.end..sentence.end).find(|&idx| self.is_said(idx)).unwrap_or(self.cue.end);
        let near = |end: usize, start: usize| end.min(start + MAX_SURFACE_TOKENS);
        let after_said = after..near(sentence.end, after).max(after);
        let after_cue = self.cue.end..near(said_after, self.cue.end).max(self.cue.end);
        for idx in (start..first).chain(after_cue).chain(after_said) {
            if self.is_tied(idx) {
                self.add_phrase(idx, Tie::Above);
            }
        }
    }

    /// Whether the first verb above a token tells of the act, or was said, so that the token hangs on the wrong
    /// word.
    fn is_tied(&self, idx: usize) -> bool {
        let token = self.analysis.token(idx);
        let is_masked = self.analysis.is_masked(idx);
        if is_masked || self.is_said(idx) || !matches!(token.dep(), "prep" | "npadvmod" | "tmod" | "advmod") {
            return false;
        }
        let mut ancestors = token.ancestors().take(MAX_CLIMB).map(|above| above.idx());
        let verb = ancestors.find(|&above| {
            self.is_holder(above) || matches!(self.analysis.token(above).pos(), "VERB" | "AUX") || self.is_said(above)
        });
        // "Discussing his fears in a letter, the mayor said": on a noun in the clause.
        let is_participle =
            |verb: usize| self.analysis.token(verb).tag() == "VBG" && self.is_listed("speech-participles", verb);
        verb.is_some_and(|verb| self.is_holder(verb) || self.is_said(verb) || is_participle(verb))
    }

    fn add_phrase(&mut self, child: usize, tie: Tie) {
        let is_source = |idx: usize| self.is_source(idx) && tie != Tie::Beside;
        let is_free = |idx: usize| !self.is_said(idx) && !is_source(idx) && !self.cue.contains(idx);
        let mut phrases = self.phrases.iter().filter(|phrase| phrase.kind != PhraseKind::Clause);
        let is_known = phrases.any(|phrase| phrase.range.contains(child));
        if self.phrases.len() >= MAX_PHRASES || is_known || self.is_after_complementizer(child) {
            return;
        }
        let found = phrase(self.analysis, child, tie, is_free);
        self.phrases.extend(found);
    }

    /// "said that, on Friday, …": the phrase was said, wherever the content was taken to begin.
    fn is_after_complementizer(&self, idx: usize) -> bool {
        let lowest = self.cue.end.max(idx.saturating_sub(6));
        idx > self.cue.end
            && (lowest..idx).any(|before| {
                let token = self.analysis.token(before);
                token.dep() == "mark" || token.text() == "that" && before == self.cue.end
            })
    }
}

/// The head of the cue and its other verbs and nouns: "started asking", "made a case".
fn cue_holders(analysis: &Analysis<'_>, anchor: usize, cue: TokenRange) -> Vec<Holder> {
    let is_content_word = |&idx: &usize| idx != anchor && matches!(analysis.token(idx).pos(), "VERB" | "NOUN");
    let others = (cue.start..cue.end.min(cue.start + MAX_CLIMB)).filter(is_content_word);
    std::iter::once(anchor).chain(others).map(|idx| Holder { idx, tie: Tie::Cue }).collect()
}

/// Whether a verb makes the noun that is its object an act: "issue a warning".
fn lends(analysis: &Analysis<'_>, verb: usize) -> bool {
    analysis.lexicon.words.has("light-verbs", analysis.lemma(verb))
}

/// Whether list `name` of the data file holds the token's lemma, or the token in lower case.
pub(super) fn is_listed(analysis: &Analysis<'_>, name: &str, token_idx: usize) -> bool {
    let lists = &analysis.lexicon.circumstances;
    lists.has(name, analysis.lemma(token_idx)) || lists.has(name, analysis.lower(token_idx))
}

/// Whether a cue's head opens a phrase that attributes instead of a verb: "according to", "in the words of".
pub(super) fn is_attribution(analysis: &Analysis<'_>, anchor: usize) -> bool {
    analysis.token(anchor).pos() == "ADP" || is_listed(analysis, "attributions", anchor)
}

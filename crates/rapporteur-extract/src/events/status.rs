//! Did it happen? Climbs from a trigger to what governs it and stops at the first word that tells.

use super::matching;
use super::syntax::{self, children};
use crate::analysis::{Analysis, TokenRange};
use rapporteur_model::{Polarity, ReasonKind, Status};
use rapporteur_text::Token;

/// How the text takes what a trigger says, with the words that tell.
#[derive(Debug)]
pub(super) struct Modality {
    /// None where nothing tells.
    pub(super) status: Option<Status>,
    pub(super) polarity: Polarity,
    /// The condition that it hangs on.
    pub(super) condition: Option<TokenRange>,
    pub(super) reasons: Vec<(ReasonKind, usize)>,
}

/// How many words are climbed.
const MAX_CLIMB: usize = 10;

/// The lists of `data/event-words.txt` that a governing verb or noun may stand in.
const GOVERNORS: [(&str, Status); 5] = [
    ("threatening", Status::Conditional),
    ("denying", Status::Denied),
    ("demanding", Status::Demanded),
    ("supposing", Status::Hypothetical),
    ("planning", Status::Planned),
];

/// The modality of the trigger with this anchor; `is_negation_told` says that its frame has the negation already.
/// `is_in_words` says that it is an act of speech.
pub(super) fn find(
    analysis: &Analysis<'_>,
    anchor: usize,
    support: Option<usize>,
    is_negation_told: bool,
    is_in_words: bool,
) -> Modality {
    let mut modality = Modality { status: None, polarity: Polarity::Positive, condition: None, reasons: Vec::new() };
    let mut climb = Climb {
        analysis,
        at: anchor,
        modality: &mut modality,
        support,
        is_negation_told,
        is_in_words,
        from_subject: false,
        from_predicate: false,
    };
    modality.status = climb.run();
    let is_open = matches!(modality.status, Some(Status::Planned | Status::Ongoing | Status::Hypothetical));
    if modality.condition.is_some() && is_open {
        modality.status = Some(Status::Conditional);
    }
    modality.reasons.sort_by_key(|(_, idx)| *idx);
    modality
}

struct Climb<'c, 'a> {
    analysis: &'c Analysis<'a>,
    at: usize,
    modality: &'c mut Modality,
    support: Option<usize>,
    is_negation_told: bool,
    is_in_words: bool,
    /// The word climbed from was the subject of this one.
    from_subject: bool,
    /// The trigger is an adjective, and this is the verb of which it is the predicate: "were not willing".
    from_predicate: bool,
}

impl Climb<'_, '_> {
    fn run(&mut self) -> Option<Status> {
        let is_noun = matches!(self.analysis.token(self.at).pos(), "NOUN" | "PROPN");
        for step in 0..MAX_CLIMB {
            let token = self.analysis.token(self.at);
            let told = if syntax::is_verb(token) {
                self.of_verb(step == 0 || Some(self.at) == self.support || self.from_predicate)
            } else {
                self.of_noun(step == 0)
            };
            // That a noun is the subject of something that is so does not tell whether what it names is going on.
            if is_noun && step > 0 && Some(self.at) != self.support && self.is_idle_fact(told) {
                return self.predicate();
            }
            if told.is_some() {
                return told;
            }
            if token.is_root() {
                break;
            }
            if let Some(told) = self.of_edge() {
                return Some(told);
            }
            if is_noun && self.is_topic() {
                return None;
            }
            self.from_subject = matches!(token.dep(), "nsubj" | "nsubjpass");
            self.from_predicate = step == 0 && token.dep() == "acomp";
            self.at = token.head().idx();
        }
        None
    }

    /// "talks on the buildup", "results from the meetings": what stands after most prepositions is not told by what
    /// they hang on.
    fn is_topic(&self) -> bool {
        let token = self.analysis.token(self.at);
        let preposition = token.head();
        if token.dep() != "pobj" || matches!(self.analysis.lower(preposition.idx()), "of" | "for" | "to" | "by") {
            return false;
        }
        let is_occasion = matches!(self.analysis.lower(preposition.idx()), "at" | "in" | "during" | "under");
        !(is_occasion && syntax::is_verb(preposition.head()))
    }

    /// Whether a fact about a noun leaves open whether what it names took place: "the talks are hard", but not "the
    /// talks began".
    fn is_idle_fact(&self, told: Option<Status>) -> bool {
        matches!(told, Some(Status::Ongoing))
            || told == Some(Status::Happened) && self.from_subject && !self.is("occurring", self.at)
    }

    /// "… is a red line", "… is possible": what the predicate makes of its subject.
    fn predicate(&mut self) -> Option<Status> {
        let predicate = syntax::child(self.analysis, self.at, &["attr", "acomp"])?;
        if self.is("supposing", predicate) { self.tell(Status::Hypothetical, predicate) } else { None }
    }

    fn is(&self, list: &str, idx: usize) -> bool {
        let words = &self.analysis.lexicon.event_words;
        words.has(list, self.analysis.lemma(idx)) || words.has(list, self.analysis.lower(idx))
    }

    fn tell(&mut self, status: Status, idx: usize) -> Option<Status> {
        self.modality.reasons.push((ReasonKind::Status, idx));
        Some(status)
    }

    fn of_verb(&mut self, is_own: bool) -> Option<Status> {
        let (analysis, verb) = (self.analysis, self.at);
        let token = analysis.token(verb);
        let auxiliaries: Vec<usize> = children(analysis, verb)
            .filter(|child| matches!(child.dep(), "aux" | "auxpass") && child.idx() < verb)
            .map(|child| child.idx())
            .collect();
        self.find_condition(verb);
        if is_own
            && !self.is_negation_told
            && let Some(negation) = matching::negation(analysis, verb)
        {
            self.modality.polarity = Polarity::Negative;
            self.modality.reasons.push((ReasonKind::Polarity, negation));
            let is_ahead = auxiliaries.iter().any(|&aux| self.is("future", aux) || self.is("possible", aux));
            return Some(if is_ahead { Status::Hypothetical } else { Status::Denied });
        }
        let marks = |list: &str| {
            let mut marks =
                children(analysis, verb).filter(|child| matches!(child.dep(), "mark" | "advmod") && child.idx() < verb);
            marks.find(|child| self.is(list, child.idx()))
        };
        let (mark, before) = (marks("conditions"), marks("before"));
        if let Some(before) = before {
            return self.tell(Status::Planned, before.idx());
        }
        if let Some(mark) = mark {
            self.modality.condition = Some(analysis.clause(verb));
            return self.tell(Status::Conditional, mark.idx());
        }
        // "an invasion would trigger sanctions"
        let is_cause = self.is("causing", verb);
        for &aux in &auxiliaries {
            if is_cause && (self.is("future", aux) || self.is("possible", aux)) {
                return self.tell(Status::Conditional, aux);
            }
            let ahead =
                [("future", Status::Planned), ("obliging", Status::Demanded), ("possible", Status::Hypothetical)];
            if let Some((_, status)) = ahead.into_iter().find(|(list, _)| self.is(list, aux)) {
                // "demanded guarantees that it will not expand"
                return if self.is_free() { self.tell(status, aux) } else { None };
            }
        }
        let is_to = auxiliaries.iter().any(|&aux| analysis.token(aux).tag() == "TO");
        if is_to {
            return None;
        }
        let has_be = auxiliaries.iter().any(|&aux| analysis.lemma(aux) == "be");
        let has_have = auxiliaries.iter().find(|&&aux| analysis.lemma(aux) == "have");
        match token.tag() {
            "VBG" if has_be => {
                // "is going to attack" is told by the infinitive's governor.
                if analysis.lemma(verb) == "go" && syntax::child(analysis, verb, &["xcomp"]).is_some() {
                    return self.tell(Status::Planned, verb);
                }
                Some(Status::Ongoing).filter(|_| self.is_free())
            }
            "VBG" => None,
            "VBN" if has_have.is_some() => self.finite(Status::Happened),
            "VBN" if has_be => {
                let be = auxiliaries.iter().rev().find(|&&aux| analysis.lemma(aux) == "be").copied();
                // "missiles being placed" is told by what governs it.
                if be.is_some_and(|be| analysis.token(be).tag() == "VBG") && auxiliaries.len() == 1 {
                    return None;
                }
                let is_present = be.is_some_and(|be| matches!(analysis.token(be).tag(), "VBZ" | "VBP" | "VBG"));
                self.finite(if is_present { Status::Ongoing } else { Status::Happened })
            }
            "VBN" => (token.dep() == "ROOT" || matches!(token.dep(), "acl" | "amod" | "advcl" | "relcl"))
                .then_some(Status::Happened),
            "VBD" => self.finite(Status::Happened),
            "VBZ" | "VBP" => {
                let is_title = analysis.is_title(verb);
                self.finite(if is_title { Status::Happened } else { Status::Ongoing })
            }
            // A plain form in a clause: what is asked for.
            "VB" if token.dep() == "ccomp" => None,
            "VB" if auxiliaries.is_empty() && token.dep() == "ROOT" => Some(Status::Demanded),
            _ => None,
        }
    }

    /// What a finite verb tells, unless what governs its clause tells otherwise.
    fn finite(&self, status: Status) -> Option<Status> {
        self.is_free().then_some(status)
    }

    /// Whether nothing above can change what a finite verb says.
    fn is_free(&self) -> bool {
        let token = self.analysis.token(self.at);
        if token.is_root() || !matches!(token.dep(), "ccomp" | "acl" | "pcomp") {
            return true;
        }
        let head = token.head();
        let head = if token.dep() == "pcomp" && !head.is_root() { head.head().idx() } else { head.idx() };
        !GOVERNORS.iter().any(|(list, status)| *status != Status::Planned && self.is(list, head))
    }

    fn of_noun(&mut self, is_own: bool) -> Option<Status> {
        let (analysis, noun) = (self.analysis, self.at);
        if is_own
            && !self.is_negation_told
            && let Some(negation) = matching::negation(analysis, noun)
        {
            self.modality.polarity = Polarity::Negative;
            self.modality.reasons.push((ReasonKind::Polarity, negation));
            return Some(Status::Denied);
        }
        for child in children(analysis, noun)
            .filter(|child| child.idx() < noun && matches!(child.dep(), "amod" | "compound" | "nmod" | "det"))
        {
            for (list, status) in [
                ("planned-adjectives", Status::Planned),
                ("possible-adjectives", Status::Hypothetical),
                ("ongoing-adjectives", Status::Ongoing),
                ("past-adjectives", Status::Happened),
            ] {
                if self.is(list, child.idx()) {
                    return self.tell(status, child.idx());
                }
            }
        }
        None
    }

    /// What the word above tells about the one below.
    fn of_edge(&mut self) -> Option<Status> {
        let analysis = self.analysis;
        let token = analysis.token(self.at);
        let head = token.head();
        if Some(head.idx()) == self.support {
            return None;
        }
        if head.pos() == "ADP" || head.pos() == "SCONJ" {
            // A preposition tells by itself or by what it hangs on.
            for (list, status) in [
                ("before", Status::Planned),
                ("after", Status::Happened),
                ("in-case", Status::Conditional),
                ("instead", Status::Denied),
            ] {
                if self.is(list, head.idx()) {
                    return self.tell(status, head.idx());
                }
            }
            let governor = head.head();
            // "made plans for an attack": the preposition may hang on the verb.
            let governor = match syntax::child(analysis, governor.idx(), &["dobj"]) {
                Some(object) if syntax::is_verb(governor) && object < self.at => analysis.token(object),
                _ => governor,
            };
            if governor.idx() != head.idx()
                && matches!(
                    analysis.lower(head.idx()),
                    "of" | "for" | "to" | "from" | "against" | "on" | "about" | "with" | "at" | "in"
                )
            {
                return self.governed_by(governor.idx());
            }
            return None;
        }
        let is_pursued = matches!(token.dep(), "xcomp" | "acl") && self.is("pursuing", head.idx());
        if is_pursued {
            return self.tell(Status::Ongoing, head.idx());
        }
        if matches!(
            token.dep(),
            "xcomp" | "ccomp" | "dobj" | "acl" | "oprd" | "nsubjpass" | "attr" | "compound" | "poss" | "amod"
        ) {
            return self.governed_by(head.idx());
        }
        // A purpose lies ahead: "went there to quell the unrest".
        if token.dep() == "advcl" && syntax::is_infinitive(analysis, self.at) {
            return self.tell(Status::Planned, self.at);
        }
        None
    }

    fn governed_by(&mut self, governor: usize) -> Option<Status> {
        let found = GOVERNORS.iter().find(|(list, _)| self.is(list, governor));
        let &(_, status) = found?;
        // A demand that is rejected was made.
        if status == Status::Denied && self.is_in_words {
            return None;
        }
        self.tell(status, governor)
    }

    /// The clause with "if" that hangs on a verb.
    fn find_condition(&mut self, verb: usize) {
        let analysis = self.analysis;
        // "ready to talk if …": the condition may hang on the complement.
        let complements = children(analysis, verb).filter(|child| matches!(child.dep(), "xcomp" | "acomp"));
        let complements = complements.flat_map(|child| {
            std::iter::once(child).chain(children(analysis, child.idx()).filter(|below| below.dep() == "xcomp"))
        });
        let clauses = complements.flat_map(|child| children(analysis, child.idx())).chain(children(analysis, verb));
        let mut clauses = clauses.filter(|child| child.dep() == "advcl");
        let clause = clauses.find(|clause| {
            let is_marked = |child: Token<'_>| child.dep() == "mark" && self.is("conditions", child.idx());
            // "should it intervene"
            let subject = analysis.subject(clause.idx());
            let is_inverted = |child: Token<'_>| {
                child.dep() == "aux"
                    && analysis.lower(child.idx()) == "should"
                    && subject.is_some_and(|subject| child.idx() < subject)
            };
            children(analysis, clause.idx()).any(|child| is_marked(child) || is_inverted(child))
        });
        if let Some(clause) = clause
            && self.modality.condition.is_none()
        {
            self.modality.condition = Some(analysis.clause(clause.idx()));
        }
    }
}

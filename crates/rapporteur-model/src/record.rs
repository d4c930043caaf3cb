use crate::{
    ArticleId, CivilDate, Confidence, Diagnostic, Event, Evidenced, Link, Predication, PredicationIdx, Quantity, Span,
    Stance, StatementId, Timex, Unresolved,
};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// What was found in one article.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Record {
    /// The article it was found in.
    pub article: ArticleId,
    /// Whether the text was analysed; it is not where its language has no language model. Its wording still counts for
    /// lineage.
    pub is_analysed: bool,
    /// Number of tokens that the text stage saw.
    pub n_tokens: usize,
    /// Number of sentences that the text stage saw.
    pub n_sentences: usize,
    /// Expressions that refer to people, states, organisations and groups, in text order.
    pub mentions: Vec<Mention>,
    /// Who those expressions refer to, as far as this article alone tells.
    pub actors: Vec<ArticleActor>,
    /// Who said what, in the order of the contents.
    pub statements: Vec<Statement>,
    /// Expressions of time, in text order, without overlaps.
    pub timexes: Vec<Timex>,
    /// The article's date where it states none and its own text forces it.
    pub inferred_date: Option<Evidenced<CivilDate>>,
    /// Numbers of things, in text order.
    pub quantities: Vec<Quantity>,
    /// What the text says of somebody, in the order of the triggers.
    pub predications: Vec<Predication>,
    /// Who did what to whom, in the order of the triggers.
    pub events: Vec<Event>,
    /// What parties hold, in the order of the evidence.
    pub stances: Vec<Stance>,
    /// Whether its paragraphs seem to stand out of order; a diagnostic says what shows it.
    #[serde(default)]
    pub is_out_of_order: bool,
    /// What was odd about the text.
    pub diagnostics: Vec<Diagnostic>,
}

impl Record {
    /// A record of `article` without anything in it.
    pub fn empty(article: ArticleId) -> Self {
        Record {
            article,
            is_analysed: true,
            n_tokens: 0,
            n_sentences: 0,
            mentions: Vec::new(),
            actors: Vec::new(),
            statements: Vec::new(),
            timexes: Vec::new(),
            inferred_date: None,
            quantities: Vec::new(),
            predications: Vec::new(),
            events: Vec::new(),
            stances: Vec::new(),
            is_out_of_order: false,
            diagnostics: Vec::new(),
        }
    }
}

/// Index into [`Record::mentions`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(transparent)]
pub struct MentionIdx(pub u32);

/// Index into [`Record::actors`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(transparent)]
pub struct ArticleActorIdx(pub u32);

/// An expression that refers to an actor: "Deputy Foreign Minister Oren Vale", "he", "Karsk".
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mention {
    /// The whole expression, with a title before the name.
    pub span: Span,
    /// The name inside it, or the head noun, or the pronoun.
    pub head: Span,
    /// How it refers.
    pub form: MentionForm,
    /// Who it refers to; `None` where that could not be told.
    pub actor: Option<ArticleActorIdx>,
    /// How the actor was told; `None` where there is none.
    pub link: Option<Link>,
    /// Why there is no actor; `None` where there is one.
    pub unresolved: Option<Unresolved>,
}

/// How an expression refers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum MentionForm {
    /// By a name: "Oren Vale", "the Ministry of Trade".
    Name,
    /// By an adjective of a state: "Karskian".
    Adjective,
    /// By a common noun: "the minister", "two officials".
    Nominal,
    /// By a pronoun.
    Pronoun,
}

/// Somebody that an article speaks of, with all that the article says about who that is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ArticleActor {
    /// What the actor is.
    pub kind: ActorKind,
    /// The fullest name in the article; for an unnamed actor the words that describe it
    /// ("one senior official").
    pub name: String,
    /// Whether the article names the actor at all.
    pub is_named: bool,
    /// A key shared by all names of one known entity: an ISO 3166 code for a state ("RUS" for
    /// "Russia", "Moscow", "the Kremlin"), the data file's key for an organisation, or, for a state
    /// that no table has, `state:` and what its name and its adjective have in common (`state:fij`
    /// for "Fiji", "Fijian"), which articles find without knowing each other.
    pub entity_key: Option<String>,
    /// What it is in an event code: the state or organisation, then the role: `RUS GOV`, `UN IGO`, `RUS MIL`.
    pub code: Option<ActorCode>,
    /// Titles as written beside the name: "deputy foreign minister". Most frequent first.
    pub roles: Vec<String>,
    /// The state or organisation that the actor speaks for, as an [`Self::entity_key`].
    pub allegiance: Option<String>,
    /// Its mentions, in text order; empty for a state that is named only inside somebody's title.
    pub mentions: Vec<MentionIdx>,
}

/// What an actor is in an event code.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct ActorCode {
    /// The state or organisation that it is or belongs to, as an [`ArticleActor::entity_key`].
    pub affiliation: Option<String>,
    /// The role, three letters as CAMEO and PLOVER have them: `GOV`, `MIL`, `IGO`.
    pub role: Option<String>,
}

impl ActorCode {
    /// Whether somebody with this role speaks for the state or organisation that it belongs to: a ministry does, media do not.
    /// `data/roles-of-their-own.txt` lists those who do not.
    pub fn speaks_for_its_side(&self) -> bool {
        let mut own = include_str!("../data/roles-of-their-own.txt").lines().filter(|line| !line.starts_with('#'));
        self.role.as_deref().is_none_or(|role| !own.any(|line| line.split(' ').next() == Some(role)))
    }
}

/// What an actor is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum ActorKind {
    /// One human being.
    Person,
    /// A state and its government; a capital or a seat of government that speaks is its state.
    State,
    /// Any other body: an alliance, a ministry, a company, a newspaper.
    Organisation,
    /// People without a name: "officials", "analysts".
    Group,
}

/// One report that somebody said, demanded, thinks … something.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Statement {
    /// Names the statement.
    pub id: StatementId,
    /// How the words are reported.
    pub kind: StatementKind,
    /// What kind of act the cue names.
    pub class: StatementClass,
    /// The reported words, one span for each contiguous stretch, in order; empty only for an act
    /// report. Quotation marks at the edges, a leading "that" and a final full stop outside the
    /// marks do not belong to it.
    pub content: Vec<Span>,
    /// The stretches of the content that stand inside quotation marks, without the marks.
    pub quoted: Vec<Span>,
    /// The noun phrase of the speaker at this place; `None` where there is none.
    pub source: Option<Span>,
    /// The words that report: "said", "has not ruled out", "according to"; `None` where a quotation
    /// stands alone.
    pub cue: Option<Span>,
    /// Who speaks, as far as the article tells.
    pub speaker: Option<ArticleActorIdx>,
    /// Who is spoken to, without a preposition: "reporters", "the governments of both states".
    pub addressee: Option<Span>,
    /// The channel or the public setting in which it was said, with its preposition: "in a statement",
    /// "on Channel Nine", "at a news conference".
    pub medium: Option<Span>,
    /// What else was going on when or where it was said, with its preposition: "after Monday's meeting",
    /// "on the sidelines of the summit".
    pub occasion: Option<Span>,
    /// Who passes it on, where that is not the article itself: "Interfax" in "he said, according to Interfax"; for
    /// a statement inside another one the source of that other; an adverb such as "reportedly" where
    /// nobody is named.
    pub relay: Option<Span>,
    /// When it was said, as written: "on Friday", "earlier this week". Where only an event tells when
    /// ("after the talks"), these are the words of the occasion.
    pub time: Option<Span>,
    /// Whether the cue affirms or negates its act.
    pub polarity: Polarity,
    /// Whether the act took place.
    pub uttered: Uttered,
    /// The statement of the same record whose content holds this one: a reported speaker who reports
    /// another. It may itself be inside a third.
    pub nested_in: Option<StatementId>,
    /// The predication of its cue; `None` where it has no cue.
    pub predication: Option<PredicationIdx>,
    /// How sure it is that the words report what somebody said, and not something else.
    pub confidence: Confidence,
}

/// Whether a cue affirms or negates.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize, JsonSchema)]
pub enum Polarity {
    /// "said", "has denied".
    #[default]
    #[serde(rename = "pos")]
    Positive,
    /// "did not say", "no longer wants".
    #[serde(rename = "neg")]
    Negative,
}

/// Whether the act that a statement reports took place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Uttered {
    /// It was said, demanded, thought …
    #[default]
    Actual,
    /// It is going to be: "will announce".
    Planned,
    /// It may be, should be or is asked for: "could argue", "asked them to promise".
    Hypothetical,
    /// It was not: "has not said". A stance that somebody does not hold ("does not want") is no act
    /// that failed to happen: its polarity is negative and it is actual.
    Negated,
}

/// How the words of a statement are reported.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum StatementKind {
    /// In quotation marks throughout.
    Direct,
    /// In the reporter's words.
    Indirect,
    /// In the reporter's words with quoted fragments.
    Mixed,
    /// The act alone, without what was said: "declined to comment".
    ActReport,
}

/// What kind of act a statement's cue names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
#[expect(missing_docs, reason = "the names are the field's own words")]
pub enum StatementClass {
    Speech,
    Demand,
    Request,
    Offer,
    Proposal,
    Promise,
    Agreement,
    Refusal,
    Threat,
    Warning,
    Accusation,
    Denial,
    Criticism,
    Support,
    Belief,
    Expectation,
    Hope,
    Intention,
    Question,
    Announcement,
}

impl StatementClass {
    /// All classes, plain speech first.
    pub const ALL: [StatementClass; 20] = [
        StatementClass::Speech,
        StatementClass::Demand,
        StatementClass::Request,
        StatementClass::Offer,
        StatementClass::Proposal,
        StatementClass::Promise,
        StatementClass::Agreement,
        StatementClass::Refusal,
        StatementClass::Threat,
        StatementClass::Warning,
        StatementClass::Accusation,
        StatementClass::Denial,
        StatementClass::Criticism,
        StatementClass::Support,
        StatementClass::Belief,
        StatementClass::Expectation,
        StatementClass::Hope,
        StatementClass::Intention,
        StatementClass::Question,
        StatementClass::Announcement,
    ];

    /// The name, as it is written in JSON and shown.
    pub fn name(self) -> &'static str {
        match self {
            StatementClass::Speech => "speech",
            StatementClass::Demand => "demand",
            StatementClass::Request => "request",
            StatementClass::Offer => "offer",
            StatementClass::Proposal => "proposal",
            StatementClass::Promise => "promise",
            StatementClass::Agreement => "agreement",
            StatementClass::Refusal => "refusal",
            StatementClass::Threat => "threat",
            StatementClass::Warning => "warning",
            StatementClass::Accusation => "accusation",
            StatementClass::Denial => "denial",
            StatementClass::Criticism => "criticism",
            StatementClass::Support => "support",
            StatementClass::Belief => "belief",
            StatementClass::Expectation => "expectation",
            StatementClass::Hope => "hope",
            StatementClass::Intention => "intention",
            StatementClass::Question => "question",
            StatementClass::Announcement => "announcement",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_class_is_named_as_it_is_written() {
        for class in StatementClass::ALL {
            assert_eq!(serde_json::to_value(class).unwrap(), class.name());
        }
    }
}

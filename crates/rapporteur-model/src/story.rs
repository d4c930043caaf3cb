use crate::{
    Actor, ArticleId, ArticleLink, Happening, Issue, Origin, Passage, Position, Span, Tension, TextFlaw, TextGroup,
    TimelineEntry, Utterance, UtteranceLink, Version,
};
use serde::{Deserialize, Serialize};

/// What many articles give together.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Story {
    /// Actors over all articles, those that speak or are named most often first.
    pub actors: Vec<Actor>,
    /// Wording that articles share.
    pub passages: Vec<Passage>,
    /// Pairs of articles that share wording, strongest first.
    pub links: Vec<ArticleLink>,
    /// Articles that tell the same text; only groups of two and more.
    pub text_groups: Vec<TextGroup>,
    /// What counts once: every article is in one of them.
    pub origins: Vec<Origin>,
    /// What shows the text of an article to be altered or out of order, by article.
    pub text_flaws: Vec<TextFlaw>,
    /// Articles that replace others, in the order of the articles.
    pub versions: Vec<Version>,
    /// Acts of speech, by their first reports in the order of the reading; every statement that was uttered is in one.
    pub utterances: Vec<Utterance>,
    /// Which utterances belong together without being one.
    pub utterance_links: Vec<UtteranceLink>,
    /// Events, by their first reports in the order of the reading; every event of a record is in one.
    pub happenings: Vec<Happening>,
    /// What parties take stances on, those with most articles first.
    pub issues: Vec<Issue>,
    /// What each party holds on each issue, in the order of the issues and then of the actors.
    pub positions: Vec<Position>,
    /// What happened when, by time.
    pub timeline: Vec<TimelineEntry>,
    /// Where accounts cannot all stand, by kind and first place.
    pub tensions: Vec<Tension>,
}

/// A stretch of text in one article.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Place {
    /// The article.
    pub article: ArticleId,
    /// The stretch.
    pub span: Span,
}

//! Records written by hand, so that each test shows all that it depends on.

#![allow(dead_code, reason = "each file of tests uses a part of it")]

pub(crate) mod corrected;

use rapporteur_model::*;
use rapporteur_story::tell;
use rapporteur_testkit::Draft;

/// An actor of one article.
pub(crate) struct Who {
    pub(crate) kind: ActorKind,
    pub(crate) name: &'static str,
    pub(crate) is_named: bool,
    pub(crate) key: Option<&'static str>,
    pub(crate) roles: &'static [&'static str],
    pub(crate) allegiance: Option<&'static str>,
    /// The words that refer to it; each is found in the text after the one before.
    pub(crate) mentions: &'static [&'static str],
    pub(crate) n_statements: usize,
}

/// A named person with no more known.
pub(crate) const PERSON: Who = Who {
    kind: ActorKind::Person,
    name: "",
    is_named: true,
    key: None,
    roles: &[],
    allegiance: None,
    mentions: &[],
    n_statements: 0,
};

/// The record of `article` with the actors `who`. Mentions that the text does not hold stand at its
/// start.
pub(crate) fn record(article: &Article, who: &[Who]) -> Record {
    let mut record = Record::empty(article.id.clone());
    for (idx, who) in (0..).zip(who) {
        let mut mentions = Vec::new();
        let mut from = 0;
        for words in who.mentions {
            let at = article.text[from..].find(words).map(|at| from + at);
            let span = at.map_or(Span::new(0, 0), |at| Span::new(at, at + words.len()));
            from = from.max(span.end.get());
            mentions.push(MentionIdx(record.mentions.len() as u32));
            let form = if who.is_named { MentionForm::Name } else { MentionForm::Nominal };
            let link = Some(Link { confidence: Confidence::High, reason: LinkReason::SameName });
            let actor = Some(ArticleActorIdx(idx));
            record.mentions.push(Mention { span, head: span, form, actor, link, unresolved: None });
        }
        record.actors.push(ArticleActor {
            kind: who.kind,
            name: who.name.to_string(),
            is_named: who.is_named,
            entity_key: who.key.map(str::to_string),
            code: None,
            roles: who.roles.iter().map(|role| role.to_string()).collect(),
            allegiance: who.allegiance.map(str::to_string),
            mentions,
        });
        for n in 0..who.n_statements {
            record.statements.push(Statement {
                id: StatementId::of(&article.id, Span::new(0, 0), n),
                kind: StatementKind::Indirect,
                class: StatementClass::Speech,
                content: Vec::new(),
                quoted: Vec::new(),
                source: None,
                cue: None,
                speaker: Some(ArticleActorIdx(idx)),
                addressee: None,
                medium: None,
                occasion: None,
                relay: None,
                time: None,
                polarity: Polarity::default(),
                uttered: Uttered::default(),
                nested_in: None,
                predication: None,
                confidence: Confidence::High,
            });
        }
    }
    record
}

/// A story with the articles it was told of.
pub(crate) struct Told {
    pub(crate) articles: Vec<Article>,
    pub(crate) story: Story,
}

/// The story of drafts, which are read in the order of their names.
pub(crate) fn told(drafts: &[Draft]) -> Told {
    let mut pile: Vec<(Article, Record)> = drafts.iter().cloned().map(Draft::build).collect();
    pile.sort_by(|(a, _), (b, _)| a.location.cmp(&b.location));
    let (articles, records): (Vec<Article>, Vec<Record>) = pile.into_iter().unzip();
    let story = tell(&articles, &records);
    Told { articles, story }
}

impl Told {
    /// The words of a stretch.
    pub(crate) fn words(&self, article: &ArticleId, span: Span) -> &str {
        let article = self.articles.iter().find(|known| known.id == *article).expect("the article was read");
        span.of(&article.text)
    }

    /// The name of an actor of the story; "nobody" where there is none.
    pub(crate) fn name(&self, id: Option<&ActorId>) -> &str {
        let Some(id) = id else { return "nobody" };
        let actor = self.story.actors.iter().find(|actor| actor.id == *id);
        actor.map_or("a stranger to the story", |actor| &actor.name)
    }

    /// For each utterance the articles that report it.
    pub(crate) fn utterances(&self) -> Vec<String> {
        self.story.utterances.iter().map(|utterance| reported_in(&utterance.reports)).collect()
    }

    /// For each happening the articles that report it.
    pub(crate) fn happenings(&self) -> Vec<String> {
        let articles = |happening: &Happening| names(happening.reports.iter().map(|report| &report.article));
        self.story.happenings.iter().map(articles).collect()
    }
}

/// The names of articles, between spaces.
pub(crate) fn names<'i>(articles: impl IntoIterator<Item = &'i ArticleId>) -> String {
    let names: Vec<&str> = articles.into_iter().map(|id| id.as_str().trim_start_matches("id-")).collect();
    names.join(" ")
}

/// The names of the articles that statements stand in, between spaces.
pub(crate) fn reported_in(statements: &[StatementId]) -> String {
    let articles = statements.iter().filter_map(|id| id.as_str().trim_start_matches("id-").split('/').next());
    articles.collect::<Vec<_>>().join(" ")
}

/// Each tension of a kind as its sides: what a side says, its first words and its articles.
pub(crate) fn sides(kind: TensionKind, drafts: &[Draft]) -> Vec<String> {
    let told = told(drafts);
    let of_kind = told.story.tensions.iter().filter(|tension| tension.kind == kind);
    let describe = |side: &TensionSide| {
        let words = told.words(&side.places[0].article, side.places[0].span);
        format!("{} “{words}” in {}", side.value, names(&side.support.articles)).trim_start().to_string()
    };
    let sides = of_kind.map(|tension| tension.sides.iter().map(describe).collect::<Vec<_>>().join(" / "));
    sides.collect()
}

/// No tension.
pub(crate) const NONE: [&str; 0] = [];

/// Adds lines that make two articles copies of one text.
pub(crate) fn in_copies(draft: Draft) -> Draft {
    draft
        .line("Lorries have been waiting at the bridge over the Lower Amber since the guards closed it in autumn.")
        .line("Heavy snow kept most members of the provincial assembly from reaching the capital on Sunday night.")
        .line("Only the small ferry still carries mail between the harbour of Karsk and the islands further east.")
}

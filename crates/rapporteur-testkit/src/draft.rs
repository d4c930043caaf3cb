//! Articles that are written together with their records, so that no language model is needed to test what comes after it.
//!
//! A [`Draft`] is written line by line; what is found in a line is told by its words, which are looked up in that line.
//!
//! ```
//! use rapporteur_testkit::{Draft, said};
//! let draft = Draft::new("courier", "2031-03-11")
//!     .person("Oren Vale", "state:karsk")
//!     .line("Oren Vale said on Monday that the bridge would stay shut.")
//!     .time("Monday", "2031-03-10")
//!     .says(said("Oren Vale", "said", "the bridge would stay shut").on("Monday"));
//! let (article, record) = draft.build();
//! assert_eq!(record.statements[0].content[0].of(&article.text), "the bridge would stay shut");
//! ```

use crate::article;
use crate::reported::{Done, Holding, Saying};
use rapporteur_model::*;

/// An article in the making, with its record.
#[derive(Debug, Clone)]
pub struct Draft {
    name: String,
    published: Option<CivilDate>,
    text: String,
    /// Where the line begins in which words are looked up.
    line_start: usize,
    /// Statements get their ids when the article has its name for good.
    record: Record,
}

impl Draft {
    /// A draft of the article `id-NAME`, published on a day such as `2031-03-11`; any other text, such as "", is no date.
    pub fn new(name: &str, published: &str) -> Self {
        Draft {
            name: name.into(),
            published: CivilDate::try_from(published.to_string()).ok(),
            text: String::new(),
            line_start: 0,
            record: Record::empty(ArticleId::new("")),
        }
    }

    /// The same text and the same record in another article.
    pub fn copied(&self, name: &str, published: &str) -> Self {
        let published = CivilDate::try_from(published.to_string()).ok();
        Draft { name: name.into(), published, ..self.clone() }
    }

    /// Brings in a person who speaks for the state or organisation of that key; for nobody where it is "".
    pub fn person(self, name: &str, allegiance: &str) -> Self {
        let allegiance = Some(allegiance.to_string()).filter(|key| !key.is_empty());
        self.actor(ActorKind::Person, name, true, None, allegiance)
    }

    /// Brings in a state by its name and its key: `state:karsk`.
    pub fn state(self, name: &str, key: &str) -> Self {
        self.actor(ActorKind::State, name, true, Some(key.into()), None)
    }

    /// Brings in people without a name who speak for nobody, by the words for them.
    pub fn unnamed(self, words: &str) -> Self {
        self.actor(ActorKind::Group, words, false, None, None)
    }

    fn actor(
        mut self,
        kind: ActorKind,
        name: &str,
        is_named: bool,
        entity_key: Option<String>,
        allegiance: Option<String>,
    ) -> Self {
        self.record.actors.push(ArticleActor {
            kind,
            name: name.into(),
            is_named,
            entity_key,
            code: None,
            roles: Vec::new(),
            allegiance,
            mentions: Vec::new(),
        });
        self
    }

    /// Writes a line, a paragraph of its own. What is told next stands in it.
    pub fn line(mut self, text: &str) -> Self {
        if !self.text.is_empty() {
            self.text.push('\n');
        }
        self.line_start = self.text.len();
        self.text.push_str(text);
        self
    }

    /// An expression of time of the last line, with its TIMEX3 value.
    pub fn time(self, words: &str, value: &str) -> Self {
        self.timex(TimexKind::Date, words, value)
    }

    /// An expression of the last line that tells how long something takes, with its TIMEX3 value: `P6M`.
    pub fn lasts(self, words: &str, value: &str) -> Self {
        self.timex(TimexKind::Duration, words, value)
    }

    fn timex(mut self, kind: TimexKind, words: &str, value: &str) -> Self {
        let span = self.span(words);
        let before = self.record.timexes.last().is_none_or(|before| before.span.end <= span.start);
        assert!(before, "expressions of time are told in text order: {words:?}");
        self.record.timexes.push(Timex {
            span,
            kind,
            value: value.into(),
            modifier: None,
            quantifier: None,
            frequency: None,
            anchor: TimexAnchor::Own,
            rule: "drawn".into(),
        });
        self
    }

    /// A number of the last line; its unit is the last word of `words`, such as "trucks" in "about 300 trucks".
    pub fn counts(mut self, words: &str, value: &str, modifier: QuantityModifier) -> Self {
        let span = self.span(words);
        let unit =
            words.split_whitespace().next_back().map(|unit| Span::new(span.end.get() - unit.len(), span.end.get()));
        let quantity = Quantity { span, value: value.into(), upper: None, unit, modifier, referent: None };
        self.record.quantities.push(quantity);
        self
    }

    /// Its paragraphs stand out of order.
    pub fn out_of_order(mut self) -> Self {
        self.record.is_out_of_order = true;
        self
    }

    /// A statement of the last line.
    pub fn says(mut self, saying: Saying) -> Self {
        let spans = |words: &[String]| words.iter().map(|words| self.span(words)).collect::<Vec<Span>>();
        let (content, quoted) = (spans(&saying.content), spans(&saying.quoted));
        let kind = match (content.as_slice(), quoted.as_slice()) {
            ([], _) => StatementKind::ActReport,
            (_, []) => StatementKind::Indirect,
            (content, quoted) if content == quoted => StatementKind::Direct,
            _ => StatementKind::Mixed,
        };
        let part = |words: &Option<String>| words.as_deref().map(|words| self.span(words));
        let statement = Statement {
            id: StatementId::new(""),
            kind,
            class: saying.class,
            content,
            quoted,
            source: saying.speaker.as_deref().and_then(|name| self.find(name)),
            cue: Some(self.span(&saying.cue)),
            speaker: saying.speaker.as_deref().map(|name| self.actor_named(name)),
            addressee: None,
            medium: part(&saying.medium),
            occasion: part(&saying.occasion),
            relay: None,
            time: part(&saying.time),
            polarity: saying.polarity,
            uttered: saying.uttered,
            nested_in: None,
            predication: None,
            confidence: Confidence::High,
        };
        self.record.statements.push(statement);
        self
    }

    /// An event of the last line.
    pub fn event(mut self, done: Done) -> Self {
        let predication = Predication {
            trigger: self.span(&done.trigger),
            sources: done.sources.iter().map(|name| self.argument(name)).collect(),
            targets: done.targets.iter().map(|name| self.argument(name)).collect(),
            object: done.object.as_deref().map(|words| self.span(words)),
            polarity: Polarity::Positive,
            status: done.status,
            condition: None,
            time: done.time.as_deref().map(|words| self.timex_at(words)),
            place: done.place.as_deref().map(|words| self.span(words)),
            reasons: Vec::new(),
        };
        let (kind, mode) = (done.kind, done.mode);
        let predication = self.predicate(predication);
        self.record.events.push(Event { predication, kind, mode, frame: "drawn".into() });
        self
    }

    /// A stance of the last line.
    pub fn holds(mut self, holding: Holding) -> Self {
        let part = |words: &Option<String>| words.as_deref().map(|words| self.span(words));
        let evidence = self.span(&holding.evidence);
        let condition = part(&holding.condition);
        let object = holding.object.as_ref().map(|(words, head)| StanceObject {
            span: self.span(words),
            head: head.clone(),
            arguments: Vec::new(),
            is_negated: false,
        });
        let predication = Predication {
            trigger: evidence,
            sources: vec![self.argument(&holding.party)],
            targets: Vec::new(),
            object: object.as_ref().map(|object| object.span),
            polarity: Polarity::Positive,
            status: holding.status,
            condition,
            time: holding.time.as_deref().map(|words| self.timex_at(words)),
            place: None,
            reasons: Vec::new(),
        };
        let parties = vec![self.actor_named(&holding.party)];
        let predication = self.predicate(predication);
        self.record.stances.push(Stance {
            predication,
            parties,
            kind: holding.kind,
            object,
            condition,
            evidence,
            statement: None,
            rule: "drawn".into(),
            confidence: Confidence::High,
        });
        self
    }

    /// What the sources of the last event hold by it; `head` is the lemma of the head of its object.
    pub fn shows(mut self, kind: StanceKind, head: &str) -> Self {
        let event = self.record.events.last().expect("an event was told");
        let predication = &self.record.predications[event.predication.0 as usize];
        let object = predication.object.map(|span| StanceObject {
            span,
            head: head.into(),
            arguments: Vec::new(),
            is_negated: false,
        });
        self.record.stances.push(Stance {
            predication: event.predication,
            parties: predication.sources.iter().filter_map(|source| source.actor).collect(),
            kind,
            object,
            condition: None,
            evidence: predication.trigger,
            statement: None,
            rule: "drawn".into(),
            confidence: Confidence::High,
        });
        self
    }

    /// The article and its record. Every place where the name of an actor stands is a mention of it.
    pub fn build(self) -> (Article, Record) {
        let mut article = article(&self.name, &self.text);
        let words = self.published.map(|date| date.to_string()).unwrap_or_default();
        let evidence = Evidence::metadata("field \"date\"", words);
        article.published = self.published.map(|value| Evidenced { value, evidence });
        let mut record = self.record;
        record.article = article.id.clone();
        for n in 0..record.statements.len() {
            let first =
                |statement: &Statement| statement.content.first().copied().or(statement.cue).unwrap_or_default();
            let span = first(&record.statements[n]);
            let n_before = record.statements[..n].iter().filter(|before| first(before) == span).count();
            record.statements[n].id = StatementId::of(&article.id, span, n_before);
        }
        let mut mentions: Vec<(Span, u32)> = Vec::new();
        for (idx, actor) in (0..).zip(&record.actors) {
            let places = article.text.match_indices(actor.name.as_str());
            mentions.extend(places.map(|(at, name)| (Span::new(at, at + name.len()), idx)));
        }
        mentions.sort_unstable();
        for (n, (span, actor)) in mentions.into_iter().enumerate() {
            let is_named = record.actors[actor as usize].is_named;
            record.actors[actor as usize].mentions.push(MentionIdx(n as u32));
            record.mentions.push(Mention {
                span,
                head: span,
                form: if is_named { MentionForm::Name } else { MentionForm::Nominal },
                actor: Some(ArticleActorIdx(actor)),
                link: Some(Link { confidence: Confidence::High, reason: LinkReason::SameName }),
                unresolved: None,
            });
        }
        (article, record)
    }

    fn find(&self, words: &str) -> Option<Span> {
        let at = self.line_start + self.text[self.line_start..].find(words)?;
        Some(Span::new(at, at + words.len()))
    }

    fn span(&self, words: &str) -> Span {
        let line = &self.text[self.line_start..];
        self.find(words).unwrap_or_else(|| panic!("{words:?} is not in the line {line:?}"))
    }

    fn actor_named(&self, name: &str) -> ArticleActorIdx {
        let at = self.record.actors.iter().position(|actor| actor.name == name);
        ArticleActorIdx(at.unwrap_or_else(|| panic!("{name:?} was not brought in")) as u32)
    }

    fn argument(&self, name: &str) -> Argument {
        let span = self.find(name).unwrap_or_else(|| Span::new(self.line_start, self.line_start));
        Argument { span, actor: Some(self.actor_named(name)) }
    }

    fn timex_at(&self, words: &str) -> TimexIdx {
        let span = self.span(words);
        let at = self.record.timexes.iter().position(|timex| timex.span == span);
        TimexIdx(at.unwrap_or_else(|| panic!("{words:?} was not told to be a time")) as u32)
    }

    fn predicate(&mut self, predication: Predication) -> PredicationIdx {
        self.record.predications.push(predication);
        PredicationIdx(self.record.predications.len() as u32 - 1)
    }
}

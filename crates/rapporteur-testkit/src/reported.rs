//! What a line of a [`crate::Draft`] tells: a statement, an event or a stance, by its words.

use rapporteur_model::{EventType, Polarity, StanceKind, StatementClass, Status, Uttered};

/// A statement; see [`said`].
#[derive(Debug, Clone)]
pub struct Saying {
    pub(crate) speaker: Option<String>,
    pub(crate) cue: String,
    pub(crate) content: Vec<String>,
    pub(crate) quoted: Vec<String>,
    pub(crate) class: StatementClass,
    pub(crate) medium: Option<String>,
    pub(crate) occasion: Option<String>,
    pub(crate) time: Option<String>,
    pub(crate) polarity: Polarity,
    pub(crate) uttered: Uttered,
}

/// Plain speech without quotation marks, by an actor that the draft has brought in or by nobody who is told. Without
/// `content` the act alone is reported.
pub fn said<'w>(speaker: impl Into<Option<&'w str>>, cue: &str, content: &str) -> Saying {
    Saying {
        speaker: speaker.into().map(str::to_string),
        cue: cue.into(),
        content: Some(content.to_string()).filter(|content| !content.is_empty()).into_iter().collect(),
        quoted: Vec::new(),
        class: StatementClass::Speech,
        medium: None,
        occasion: None,
        time: None,
        polarity: Polarity::Positive,
        uttered: Uttered::Actual,
    }
}

impl Saying {
    /// These words of it stand in quotation marks.
    pub fn quoting(mut self, words: &str) -> Self {
        self.quoted.push(words.into());
        self
    }

    /// What kind of act it was.
    pub fn class(self, class: StatementClass) -> Self {
        Saying { class, ..self }
    }

    /// The words for when it was said.
    pub fn on(self, time: &str) -> Self {
        Saying { time: Some(time.into()), ..self }
    }

    /// The words for where or through what it was said.
    pub fn through(self, medium: &str) -> Self {
        Saying { medium: Some(medium.into()), ..self }
    }

    /// The words for what else went on.
    pub fn during(self, occasion: &str) -> Self {
        Saying { occasion: Some(occasion.into()), ..self }
    }

    /// The cue negates its act.
    pub fn negated(self) -> Self {
        Saying { polarity: Polarity::Negative, ..self }
    }

    /// Whether the act took place.
    pub fn uttered(self, uttered: Uttered) -> Self {
        Saying { uttered, ..self }
    }
}

/// An event; see [`event`].
#[derive(Debug, Clone)]
pub struct Done {
    pub(crate) kind: EventType,
    pub(crate) trigger: String,
    pub(crate) sources: Vec<String>,
    pub(crate) targets: Vec<String>,
    pub(crate) object: Option<String>,
    pub(crate) status: Status,
    pub(crate) time: Option<String>,
    pub(crate) place: Option<String>,
    pub(crate) mode: Option<String>,
}

/// Something that happened, by the words that say it.
pub fn event(kind: EventType, trigger: &str) -> Done {
    Done {
        kind,
        trigger: trigger.into(),
        sources: Vec::new(),
        targets: Vec::new(),
        object: None,
        status: Status::Happened,
        time: None,
        place: None,
        mode: None,
    }
}

impl Done {
    /// Somebody who acts.
    pub fn by(mut self, actor: &str) -> Self {
        self.sources.push(actor.into());
        self
    }

    /// Somebody to whom it is done.
    pub fn to(mut self, actor: &str) -> Self {
        self.targets.push(actor.into());
        self
    }

    /// The words for what it is about.
    pub fn about(self, object: &str) -> Self {
        Done { object: Some(object.into()), ..self }
    }

    /// The expression of time that dates it.
    pub fn on(self, time: &str) -> Self {
        Done { time: Some(time.into()), ..self }
    }

    /// The words for where.
    pub fn at(self, place: &str) -> Self {
        Done { place: Some(place.into()), ..self }
    }

    /// How it was done.
    pub fn mode(self, mode: &str) -> Self {
        Done { mode: Some(mode.into()), ..self }
    }

    /// Whether it took place.
    pub fn status(self, status: Status) -> Self {
        Done { status, ..self }
    }
}

/// A stance; see [`stance`].
#[derive(Debug, Clone)]
pub struct Holding {
    pub(crate) kind: StanceKind,
    pub(crate) party: String,
    pub(crate) evidence: String,
    pub(crate) object: Option<(String, String)>,
    pub(crate) condition: Option<String>,
    pub(crate) time: Option<String>,
    pub(crate) status: Status,
}

/// What a party holds, by the words that show it.
pub fn stance(kind: StanceKind, party: &str, evidence: &str) -> Holding {
    Holding {
        kind,
        party: party.into(),
        evidence: evidence.into(),
        object: None,
        condition: None,
        time: None,
        status: Status::Happened,
    }
}

impl Holding {
    /// The words for what it is about, and the lemma of their head.
    pub fn about(self, object: &str, head: &str) -> Self {
        Holding { object: Some((object.into(), head.into())), ..self }
    }

    /// The words for what it depends on.
    pub fn given(self, condition: &str) -> Self {
        Holding { condition: Some(condition.into()), ..self }
    }

    /// The expression of time that dates it.
    pub fn on(self, time: &str) -> Self {
        Holding { time: Some(time.into()), ..self }
    }

    /// Whether it was taken, or only asked for or thought of.
    pub fn status(self, status: Status) -> Self {
        Holding { status, ..self }
    }
}

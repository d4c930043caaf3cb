//! Short phrases for the items of a record, on one line and safe to show.

use crate::page::cut;
use crate::visible::on_one_line;
use crate::wording;
use rapporteur_model::{
    Argument, Article, ArticleActor, ArticleActorIdx, Event, Polarity, Predication, Quantity, Record, Span,
    StanceObject, Status, Timex, Uttered,
};

/// Columns of a name in a phrase; in full it stands in the article.
const NAME_WIDTH: usize = 36;

/// Joins "who" and "to whom".
pub(crate) const ARROW: &str = "→";

/// An article with its record, which fit together.
#[derive(Clone, Copy)]
pub(crate) struct Told<'a> {
    pub(crate) article: &'a Article,
    pub(crate) record: &'a Record,
}

impl Told<'_> {
    /// The words of a span.
    pub(crate) fn words(self, span: Span) -> String {
        on_one_line(span.of(&self.article.text))
    }

    /// The name of an actor.
    pub(crate) fn actor(self, actor: ArticleActorIdx) -> String {
        cut(&on_one_line(&self.record.actors[actor.0 as usize].name), NAME_WIDTH)
    }

    /// "state, KSK GOV"; a state that only the text shows stands there by its name.
    pub(crate) fn actor_kind(self, actor: &ArticleActor) -> String {
        let code = actor.code.as_ref();
        let affiliation = code.and_then(|code| code.affiliation.as_deref()).map(|key| self.entity(key));
        let role = code.and_then(|code| code.role.as_deref()).map(on_one_line);
        let code: Vec<String> = affiliation.into_iter().chain(role).collect();
        let kind = wording::actor_kind(actor.kind);
        if code.is_empty() { kind.to_string() } else { format!("{kind}, {}", code.join(" ")) }
    }

    /// The key of an entity as it is shown: a key that is made for the text alone tells a reader nothing.
    fn entity(self, key: &str) -> String {
        if !key.contains(':') { on_one_line(key) } else { self.entity_name(key) }
    }

    /// The name that the article has for an entity; the key where it has none.
    pub(crate) fn entity_name(self, key: &str) -> String {
        let named = self.record.actors.iter().find(|actor| actor.entity_key.as_deref() == Some(key));
        on_one_line(named.map_or(key, |actor| &actor.name))
    }

    /// The name of an argument's actor, or its words.
    pub(crate) fn argument(self, argument: &Argument) -> String {
        argument.actor.map_or_else(|| cut(&self.words(argument.span), NAME_WIDTH), |actor| self.actor(actor))
    }

    /// "Karsk, Veldria → Northern Compact"; "?" for a side that the text leaves open while the other is known.
    pub(crate) fn participants(self, predication: &Predication) -> Option<String> {
        let side = |arguments: &[Argument]| {
            let mut names: Vec<String> = arguments.iter().map(|argument| self.argument(argument)).collect();
            names.dedup();
            (!names.is_empty()).then(|| names.join(", "))
        };
        match (side(&predication.sources), side(&predication.targets)) {
            (None, None) => None,
            (Some(source), None) => Some(source),
            (source, Some(target)) => Some(format!("{} {ARROW} {target}", source.unwrap_or_else(|| "?".into()))),
        }
    }
}

/// What a reader must not overlook: that it was not said, or not yet.
pub(crate) fn reservation(uttered: Uttered, polarity: Polarity) -> Option<&'static str> {
    match (uttered, polarity) {
        (Uttered::Actual, Polarity::Negative) => Some("negated"),
        (Uttered::Actual, Polarity::Positive) => None,
        (uttered, _) => Some(wording::uttered(uttered)),
    }
}

/// "REQUEST", "AGREE (offer)".
pub(crate) fn event_type(event: &Event) -> String {
    match &event.mode {
        Some(mode) => format!("{} ({})", event.kind.name(), on_one_line(mode)),
        None => event.kind.name().to_string(),
    }
}

/// "happened", "planned, negated".
pub(crate) fn status(predication: &Predication) -> String {
    let status = wording::status(predication.status);
    match (predication.polarity, predication.status) {
        (Polarity::Positive, _) | (_, Status::Denied) => status.to_string(),
        (Polarity::Negative, _) => format!("{status}, negated"),
    }
}

/// The TIMEX3 value of when; `None` also for "in the future" and the like, which say no more than the status.
pub(crate) fn when(record: &Record, predication: &Predication) -> Option<String> {
    let value = &record.timexes[predication.time?.0 as usize].value;
    (!value.ends_with("_REF")).then(|| on_one_line(value))
}

/// "DATE start of 2024-04", "SET every P1W".
pub(crate) fn timex(timex: &Timex) -> String {
    let mut parts = vec![wording::timex_kind(timex.kind).to_string()];
    parts.extend(timex.modifier.map(|modifier| wording::timex_modifier(modifier).to_string()));
    parts.extend(timex.quantifier.as_deref().map(on_one_line));
    parts.push(on_one_line(&timex.value));
    parts.extend(timex.frequency.as_deref().map(on_one_line));
    parts.join(" ")
}

/// "about 100000", "4 to 5".
pub(crate) fn quantity(quantity: &Quantity) -> String {
    let modifier = wording::quantity_modifier(quantity.modifier);
    let upper = quantity.upper.as_ref().map(|upper| format!(" to {}", on_one_line(upper))).unwrap_or_default();
    format!("{modifier} {}{upper}", on_one_line(&quantity.value)).trim_start().to_string()
}

/// "withdraw (NATO, troops)", "not expand".
pub(crate) fn object(object: &StanceObject) -> String {
    let not = if object.is_negated { "not " } else { "" };
    let arguments: Vec<String> = object.arguments.iter().map(|argument| on_one_line(argument)).collect();
    let arguments = if arguments.is_empty() { String::new() } else { format!(" ({})", arguments.join(", ")) };
    format!("{not}{}{arguments}", on_one_line(&object.head))
}

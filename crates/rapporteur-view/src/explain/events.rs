//! The reasons for events and stances.

use super::items::{Facts, Part, list};
use super::{Explained, Fact};
use crate::describe::{self, Told};
use crate::visible::on_one_line;
use crate::wording;
use rapporteur_model::{Event, Polarity, Predication, PredicationIdx, ReasonKind, Span, Stance, Status};

pub(super) fn covering(told: Told<'_>, place: Span) -> Vec<Explained> {
    let record = told.record;
    let parts = |event: &Event| predication_parts(told, event.predication);
    let mut items = list("events", place, &record.events, parts, |event| event_facts(told, event));
    items.extend(list(
        "stances",
        place,
        &record.stances,
        |stance| stance_parts(told, stance),
        |stance| stance_facts(told, stance),
    ));
    items
}

fn predication(told: Told<'_>, idx: PredicationIdx) -> &Predication {
    &told.record.predications[idx.0 as usize]
}

fn predication_parts(told: Told<'_>, idx: PredicationIdx) -> Vec<Part> {
    let predication = predication(told, idx);
    let time = predication.time.map(|time| told.record.timexes[time.0 as usize].span);
    let mut parts = vec![("trigger", predication.trigger)];
    // Participants can be taken from far away; there they are not what the event says of the place.
    let paragraph = told.article.paragraph_number(predication.trigger);
    let is_near = |span: Span| told.article.paragraph_number(span) == paragraph;
    let sources = predication.sources.iter().map(|source| ("source", source.span));
    let targets = predication.targets.iter().map(|target| ("target", target.span));
    parts.extend(sources.chain(targets).filter(|(_, span)| is_near(*span)));
    let others = [
        ("object", predication.object),
        ("condition", predication.condition),
        ("place", predication.place),
        ("time", time),
    ];
    parts.extend(others.into_iter().filter_map(|(part, span)| Some((part, span?))));
    let is_inside = |shows| !matches!(shows, ReasonKind::Antecedent | ReasonKind::Counterpart);
    let inside = predication.reasons.iter().filter(|reason| is_inside(reason.shows));
    parts.extend(inside.map(|reason| (wording::reason(reason.shows), reason.span)));
    parts
}

fn event_facts(told: Told<'_>, event: &Event) -> (String, Vec<Fact>) {
    let mut facts = Facts::new(told);
    let predication = predication(told, event.predication);
    let coded = event.kind.coded(predication.status, predication.polarity);
    let quad = match coded.quad() {
        1 => "verbal cooperation",
        2 => "material cooperation",
        3 => "verbal conflict",
        _ => "material conflict",
    };
    let kind = describe::event_type(event);
    facts.say("type", kind.as_str());
    facts.say("coded as", format!("{}: CAMEO root {}, {quad}", coded.name(), coded.cameo_root()));
    facts.say("frame", on_one_line(&event.frame));
    facts.quote("trigger", [predication.trigger]);
    let support = predication.reasons.iter().filter(|reason| reason.shows == ReasonKind::Support);
    facts.quote("support", support.map(|reason| reason.span));
    for source in &predication.sources {
        facts.who("source", source.span, source.actor);
    }
    for target in &predication.targets {
        facts.who("target", target.span, target.actor);
    }
    supplied_facts(&mut facts, predication);
    facts.quote("object", predication.object);
    let asked_for = predication.reasons.iter().filter(|reason| reason.shows == ReasonKind::Object);
    facts.quote("object of the frame", asked_for.map(|reason| reason.span));
    status_facts(&mut facts, predication);
    facts.quote("condition", predication.condition);
    if let Some(time) = predication.time {
        let timex = &told.record.timexes[time.0 as usize];
        facts.show("time", format!("{}, {}", facts.quoted(timex.span), describe::timex(timex)), timex.span);
    }
    facts.quote("place", predication.place);
    (format!("event: {kind}"), facts.finish())
}

/// Where participants come from that the words around the trigger do not tell.
fn supplied_facts(facts: &mut Facts<'_>, predication: &Predication) {
    for reason in &predication.reasons {
        let paragraph = facts.told.article.paragraph_number(reason.span);
        let paragraph = paragraph.map(|n| format!(", ¶{n}")).unwrap_or_default();
        let words = facts.quoted(reason.span);
        match reason.shows {
            ReasonKind::Antecedent => {
                facts.show("who", format!("taken from {words}{paragraph}, which it goes back to"), reason.span);
            }
            ReasonKind::Counterpart => {
                let value = format!("nobody is named; {words}{paragraph} is the other side of the article");
                facts.show("to whom", value, reason.span);
            }
            ReasonKind::Status | ReasonKind::Polarity | ReasonKind::Object | ReasonKind::Support => {}
        }
    }
}

/// The status, and that it is negated, with the words that show it.
fn status_facts(facts: &mut Facts<'_>, predication: &Predication) {
    let mut fact = |name, value: &str, shows, otherwise| {
        let mut reasons = predication.reasons.iter().filter(|reason| reason.shows == shows).peekable();
        if reasons.peek().is_none() {
            facts.say(name, format!("{value}{otherwise}"));
        }
        for reason in reasons {
            facts.show(name, format!("{value}, by {}", facts.quoted(reason.span)), reason.span);
        }
    };
    let otherwise = match (predication.status, predication.polarity) {
        (Status::Happened, _) => ": nothing in the text makes it otherwise",
        (Status::Denied, Polarity::Negative) => ", because it is negated",
        (Status::Conditional, _) if predication.condition.is_some() => ", by its condition",
        _ => ", by the frame or by what stands around it",
    };
    fact("status", wording::status(predication.status), ReasonKind::Status, otherwise);
    if predication.polarity == Polarity::Negative {
        fact("polarity", "negated", ReasonKind::Polarity, "");
    }
}

fn stance_parts(told: Told<'_>, stance: &Stance) -> Vec<Part> {
    let predication = predication(told, stance.predication);
    let mut parts = vec![("trigger", predication.trigger), ("evidence", stance.evidence)];
    parts.extend(predication.sources.iter().map(|source| ("party", source.span)));
    parts.extend(stance.object.as_ref().map(|object| ("object", object.span)));
    parts.extend(stance.condition.map(|span| ("condition", span)));
    parts
}

fn stance_facts(told: Told<'_>, stance: &Stance) -> (String, Vec<Fact>) {
    let mut facts = Facts::new(told);
    let predication = predication(told, stance.predication);
    facts.say("rule", on_one_line(&stance.rule));
    for &party in &stance.parties {
        match predication.sources.iter().find(|source| source.actor == Some(party)) {
            Some(source) => facts.who("party", source.span, Some(party)),
            None => facts.say("party", facts.actor(party)),
        }
    }
    if let Some(object) = &stance.object {
        let value = format!("{}, in short: {}", facts.quoted(object.span), describe::object(object));
        facts.show("object", value, object.span);
    }
    facts.quote("condition", stance.condition);
    facts.quote("evidence", [stance.evidence]);
    facts.quote("shown by", [predication.trigger]);
    status_facts(&mut facts, predication);
    let statements = told.record.statements.iter();
    let statement = stance.statement.as_ref().and_then(|id| statements.into_iter().find(|s| s.id == *id));
    if let Some(statement) = statement {
        let value = format!("a statement of the class {}", statement.class.name());
        match statement.cue {
            Some(cue) => facts.show("read from", format!("{value}, cue {}", facts.quoted(cue)), cue),
            None => facts.say("read from", value),
        }
    }
    facts.say("confidence", wording::confidence(stance.confidence));
    (format!("stance: {}", stance.kind.name()), facts.finish())
}

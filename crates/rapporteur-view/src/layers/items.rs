//! What a record tells, as lines to be shown under the words they are about.

use super::Layer;
use crate::describe::{self, Told};
use crate::page::cut;
use crate::visible::on_one_line;
use crate::wording;
use rapporteur_model::{
    Confidence, Event, Mention, Quantity, QuantityModifier, Record, Span, Stance, Statement, StatementId, Timex,
};
use std::collections::BTreeMap;

/// Something to show under the words it is about.
pub(super) struct Item {
    pub(super) layer: Layer,
    /// What is underlined, and with which sign.
    pub(super) marks: Vec<(Span, char)>,
    /// What it is: "event REQUEST".
    pub(super) head: String,
    /// What else there is to say.
    pub(super) rest: Vec<String>,
}

/// The words that show it to be what it is.
const MAIN: char = '^';
/// Who speaks.
const SOURCE: char = '-';
/// What is said.
const CONTENT: char = '~';

/// Columns of an entry of the data files; `explain` has all of it.
const RULE_WIDTH: usize = 44;
/// Columns of quoted words and of an object's head and arguments.
const WORDS_WIDTH: usize = 40;

/// The items of the layers, by the place where each begins.
pub(super) fn items(told: Told<'_>, layers: &[Layer]) -> Vec<Item> {
    let record = told.record;
    let numbers: Numbers<'_> = record.statements.iter().zip(1..).map(|(statement, n)| (&statement.id, n)).collect();
    let mut items = Vec::new();
    for layer in Layer::ALL.into_iter().filter(|layer| layers.contains(layer)) {
        match layer {
            Layer::Actors => items.extend(record.mentions.iter().map(|mention| of_mention(told, mention))),
            Layer::Statements => {
                items.extend(record.statements.iter().map(|statement| of_statement(told, &numbers, statement)));
            }
            Layer::Time => items.extend(record.timexes.iter().map(of_timex)),
            Layer::Quantities => items.extend(record.quantities.iter().map(|quantity| of_quantity(told, quantity))),
            Layer::Events => items.extend(record.events.iter().map(|event| of_event(told, event))),
            Layer::Stances => items.extend(record.stances.iter().map(|stance| of_stance(told, &numbers, stance))),
        }
    }
    items.retain(|item| item.hull().is_some());
    items.sort_by_key(|item| item.hull().map(|hull| (hull.start, item.layer)));
    items
}

/// How many items of the layer there are, in words.
pub(super) fn n_items(record: &Record, layer: Layer) -> String {
    let (n, noun) = match layer {
        Layer::Statements => (record.statements.len(), "statement"),
        Layer::Events => (record.events.len(), "event"),
        Layer::Stances => (record.stances.len(), "stance"),
        Layer::Time => (record.timexes.len(), "time expression"),
        Layer::Quantities if record.quantities.len() == 1 => return "1 quantity".into(),
        Layer::Quantities => return format!("{} quantities", wording::thousands(record.quantities.len())),
        Layer::Actors => (record.mentions.len(), "mention"),
    };
    wording::count(n, noun)
}

/// What a reader should know who takes the rest for sure.
fn doubt(confidence: Confidence) -> Option<String> {
    (confidence != Confidence::High).then(|| format!("{} confidence", wording::confidence(confidence)))
}

type Numbers<'r> = BTreeMap<&'r StatementId, usize>;

impl Item {
    /// From the first mark to the last.
    pub(super) fn hull(&self) -> Option<Span> {
        self.marks.iter().map(|(span, _)| *span).filter(|span| !span.is_empty()).reduce(Span::hull)
    }
}

fn of_mention(told: Told<'_>, mention: &Mention) -> Item {
    let mut rest = Vec::new();
    let head = match mention.actor {
        Some(idx) => {
            let actor = &told.record.actors[idx.0 as usize];
            rest.push(told.actor_kind(actor));
            rest.extend(mention.link.map(|link| wording::code(link.reason)));
            rest.extend(mention.link.and_then(|link| doubt(link.confidence)));
            format!("actor {}", told.actor(idx))
        }
        None => {
            rest.extend(mention.unresolved.map(|reason| wording::unresolved(reason).to_string()));
            "actor ?".to_string()
        }
    };
    Item { layer: Layer::Actors, marks: vec![(mention.span, MAIN)], head, rest }
}

fn of_statement(told: Told<'_>, numbers: &Numbers<'_>, statement: &Statement) -> Item {
    let mut marks: Vec<(Span, char)> = statement.content.iter().map(|&span| (span, CONTENT)).collect();
    marks.extend(statement.source.map(|span| (span, SOURCE)));
    marks.extend(statement.cue.map(|span| (span, MAIN)));
    let kind = wording::statement_kind(statement.kind);
    let mut what = format!("{}, {kind}", statement.class.name());
    if let Some(reservation) = describe::reservation(statement.uttered, statement.polarity) {
        what = format!("{what}, {reservation}");
    }
    let speaker = statement.speaker.map(|speaker| told.actor(speaker));
    let mut rest = vec![speaker.unwrap_or_else(|| "speaker not known".into())];
    let outer = statement.nested_in.as_ref().and_then(|id| numbers.get(id));
    rest.extend(outer.map(|n| format!("inside statement {n}")));
    rest.extend(doubt(statement.confidence));
    let number = numbers.get(&statement.id).copied().unwrap_or_default();
    rest.insert(0, what);
    Item { layer: Layer::Statements, marks, head: format!("statement {number}"), rest }
}

fn of_timex(timex: &Timex) -> Item {
    let rest = vec![on_one_line(&timex.rule)];
    Item {
        layer: Layer::Time,
        marks: vec![(timex.span, MAIN)],
        head: format!("time {}", describe::timex(timex)),
        rest: rest.into_iter().filter(|rule| !rule.is_empty()).collect(),
    }
}

fn of_quantity(told: Told<'_>, quantity: &Quantity) -> Item {
    let mut rest = Vec::new();
    rest.extend(quantity.unit.map(|unit| format!("“{}”", told.words(unit))));
    rest.extend(quantity.referent.map(|referent| format!("of “{}”", cut(&told.words(referent), WORDS_WIDTH))));
    let head = match quantity.modifier {
        QuantityModifier::Ordinal => format!("order {}", on_one_line(&quantity.value)),
        _ => format!("quantity {}", describe::quantity(quantity)),
    };
    Item { layer: Layer::Quantities, marks: vec![(quantity.span, MAIN)], head, rest }
}

fn of_event(told: Told<'_>, event: &Event) -> Item {
    let predication = &told.record.predications[event.predication.0 as usize];
    let mut rest = vec![describe::status(predication)];
    rest.extend(told.participants(predication));
    rest.extend(describe::when(told.record, predication));
    rest.push(cut(&on_one_line(&event.frame), RULE_WIDTH));
    let head = format!("event {}", describe::event_type(event));
    Item { layer: Layer::Events, marks: vec![(predication.trigger, MAIN)], head, rest }
}

fn of_stance(told: Told<'_>, numbers: &Numbers<'_>, stance: &Stance) -> Item {
    let predication = &told.record.predications[stance.predication.0 as usize];
    // Where it is about nothing in particular, the words that show it stand for that.
    let shown = stance.object.as_ref().map_or(stance.evidence, |object| object.span);
    let mut marks = vec![(predication.trigger, MAIN)];
    if shown != predication.trigger {
        marks.insert(0, (shown, CONTENT));
    }
    let parties: Vec<String> = stance.parties.iter().map(|&party| told.actor(party)).collect();
    let mut rest = vec![if parties.is_empty() { "party not known".into() } else { parties.join(", ") }];
    rest.extend(stance.object.as_ref().map(|object| cut(&describe::object(object), WORDS_WIDTH)));
    rest.extend(stance.condition.map(|condition| format!("“{}”", cut(&told.words(condition), WORDS_WIDTH))));
    let from = stance.statement.as_ref().and_then(|id| numbers.get(id));
    rest.extend(from.map(|n| format!("from statement {n}")));
    rest.push(cut(&on_one_line(&stance.rule), RULE_WIDTH));
    rest.extend(doubt(stance.confidence));
    Item { layer: Layer::Stances, marks, head: format!("stance {}", stance.kind.name()), rest }
}

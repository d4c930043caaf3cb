//! The items that cover a place, with the facts of mentions, statements, time expressions and quantities.

use super::{Explained, Fact, events};
use crate::describe::{self, Told};
use crate::visible::on_one_line;
use crate::wording;
use rapporteur_model::{
    ArticleActorIdx, Evidence, Mention, MentionForm, Quantity, Span, Statement, Timex, TimexAnchor,
};

/// Everything that covers `place`, list by list; in each the item whose part is shortest first.
pub(super) fn covering(told: Told<'_>, place: Span) -> Vec<Explained> {
    let record = told.record;
    let mut items = Vec::new();
    items.extend(list("mentions", place, &record.mentions, mention_parts, |mention| mention_facts(told, mention)));
    items.extend(list("statements", place, &record.statements, statement_parts, |statement| {
        statement_facts(told, statement)
    }));
    items.extend(list(
        "timexes",
        place,
        &record.timexes,
        |timex| vec![("words", timex.span)],
        |timex| timex_facts(told, timex),
    ));
    items.extend(list("quantities", place, &record.quantities, quantity_parts, |quantity| {
        quantity_facts(told, quantity)
    }));
    items.extend(events::covering(told, place));
    items
}

/// A part of an item: what it is, and where.
pub(super) type Part = (&'static str, Span);

/// The items of a list of which a part overlaps `place`.
pub(super) fn list<T>(
    list: &'static str,
    place: Span,
    items: &[T],
    parts: impl Fn(&T) -> Vec<Part>,
    explain: impl Fn(&T) -> (String, Vec<Fact>),
) -> Vec<Explained> {
    let mut covering: Vec<(usize, &'static str, usize)> = Vec::new();
    for (index, item) in items.iter().enumerate() {
        let parts = parts(item).into_iter().filter(|(_, span)| span.overlaps(place));
        let shortest = parts.min_by_key(|(_, span)| span.len_bytes());
        covering.extend(shortest.map(|(part, span)| (span.len_bytes(), part, index)));
    }
    covering.sort_by_key(|&(len_bytes, _, index)| (len_bytes, index));
    let explained = covering.into_iter().map(|(_, part, index)| {
        let (title, facts) = explain(&items[index]);
        Explained { list, index, title, part, facts }
    });
    explained.collect()
}

/// Facts of one item in the making.
pub(super) struct Facts<'a> {
    pub(super) told: Told<'a>,
    list: Vec<Fact>,
}

impl<'a> Facts<'a> {
    pub(super) fn new(told: Told<'a>) -> Self {
        Facts { told, list: Vec::new() }
    }

    pub(super) fn finish(self) -> Vec<Fact> {
        self.list
    }

    /// Something that no single stretch of text shows.
    pub(super) fn say(&mut self, name: &'static str, value: impl Into<String>) {
        self.list.push(Fact { name, value: value.into(), span: None });
    }

    /// Something that these words show.
    pub(super) fn show(&mut self, name: &'static str, value: impl Into<String>, span: Span) {
        self.list.push(Fact { name, value: value.into(), span: Some(span) });
    }

    /// Words of the article.
    pub(super) fn quote(&mut self, name: &'static str, span: impl IntoIterator<Item = Span>) {
        for span in span {
            self.show(name, self.quoted(span), span);
        }
    }

    pub(super) fn quoted(&self, span: Span) -> String {
        format!("“{}”", self.told.words(span))
    }

    /// The words for somebody, who it is, and how that was told.
    pub(super) fn who(&mut self, name: &'static str, span: Span, actor: Option<ArticleActorIdx>) {
        let value = match actor {
            Some(actor) => format!("{} = {}{}", self.quoted(span), self.actor(actor), self.why(span, actor)),
            None => format!("{}, who or which is no actor of the article", self.quoted(span)),
        };
        self.show(name, value, span);
    }

    /// "Alexei Voryabin (person, KSK GOV)".
    pub(super) fn actor(&self, idx: ArticleActorIdx) -> String {
        let actor = &self.told.record.actors[idx.0 as usize];
        format!("{} ({})", on_one_line(&actor.name), self.told.actor_kind(actor))
    }

    /// The reason for the actor, where a mention in the words has it.
    fn why(&self, span: Span, actor: ArticleActorIdx) -> String {
        let mut mentions = self.told.record.mentions.iter();
        let mention = mentions.find(|mention| mention.actor == Some(actor) && mention.span.overlaps(span));
        let link = mention.and_then(|mention| mention.link);
        link.map(|link| format!(": {}", wording::link_reason(link.reason))).unwrap_or_default()
    }
}

fn mention_parts(mention: &Mention) -> Vec<Part> {
    vec![("expression", mention.span)]
}

fn mention_facts(told: Told<'_>, mention: &Mention) -> (String, Vec<Fact>) {
    let mut facts = Facts::new(told);
    facts.quote("words", [mention.span]);
    facts.show("refers", format!("by {}", wording::mention_form(mention.form)), mention.head);
    let Some(idx) = mention.actor else {
        facts.say("actor", "left open");
        facts.say("why", mention.unresolved.map_or("no reason is recorded", wording::unresolved));
        return ("mention of somebody".into(), facts.finish());
    };
    let actor = &told.record.actors[idx.0 as usize];
    facts.say("actor", facts.actor(idx));
    if !actor.roles.is_empty() {
        let roles: Vec<String> = actor.roles.iter().map(|role| on_one_line(role)).collect();
        facts.say("roles", roles.join("; "));
    }
    if let Some(allegiance) = &actor.allegiance {
        facts.say("speaks for", told.entity_name(allegiance));
    }
    if let Some(link) = mention.link {
        facts.say("why", wording::link_reason(link.reason));
        facts.say("confidence", wording::confidence(link.confidence));
    }
    let named = actor.mentions.iter().map(|idx| &told.record.mentions[idx.0 as usize]);
    let named = named.filter(|other| other.form == MentionForm::Name).find(|other| other.span != mention.span);
    if let Some(named) = named.filter(|_| mention.form != MentionForm::Name) {
        let paragraph = told.article.paragraph_number(named.span);
        let paragraph = paragraph.map(|n| format!(", ¶{n}")).unwrap_or_default();
        facts.show("named", format!("{}{paragraph}", facts.quoted(named.span)), named.span);
    }
    (format!("mention of {}", told.actor(idx)), facts.finish())
}

fn statement_parts(statement: &Statement) -> Vec<Part> {
    let mut parts: Vec<Part> = statement.content.iter().map(|&span| ("content", span)).collect();
    let others = [
        ("source", statement.source),
        ("cue", statement.cue),
        ("addressee", statement.addressee),
        ("medium", statement.medium),
        ("occasion", statement.occasion),
        ("relay", statement.relay),
        ("time", statement.time),
    ];
    parts.extend(others.into_iter().filter_map(|(part, span)| Some((part, span?))));
    parts
}

fn statement_facts(told: Told<'_>, statement: &Statement) -> (String, Vec<Fact>) {
    let mut facts = Facts::new(told);
    let (class, kind) = (statement.class.name(), wording::statement_kind(statement.kind));
    match statement.cue {
        Some(cue) => facts.show("class", format!("{class}, by the cue {}", facts.quoted(cue)), cue),
        None => facts.say("class", format!("{class}; no words report it")),
    }
    match statement.source {
        Some(source) => facts.who("source", source, statement.speaker),
        None => {
            let speaker = statement.speaker.map(|speaker| facts.actor(speaker));
            let speaker = speaker.map(|speaker| format!("{speaker}, carried over from what stands before"));
            facts.say("source", speaker.unwrap_or_else(|| "nobody is named".into()));
        }
    }
    facts.quote("content", statement.content.iter().copied());
    // Words that are quoted as a whole are in quotation marks already.
    let is_whole = |quoted: &&Span| statement.content.contains(quoted);
    facts.quote("quoted", statement.quoted.iter().filter(|quoted| !is_whole(quoted)).copied());
    facts.quote("addressee", statement.addressee);
    facts.quote("medium", statement.medium);
    facts.quote("occasion", statement.occasion);
    facts.quote("relay", statement.relay);
    facts.quote("time", statement.time);
    if let Some(reservation) = describe::reservation(statement.uttered, statement.polarity) {
        facts.say("uttered", reservation);
    }
    let outer = statement.nested_in.as_ref();
    let outer = outer.and_then(|id| told.record.statements.iter().find(|outer| outer.id == *id));
    if let Some(outer) = outer {
        let words = outer.cue.or(outer.source).or(outer.content.first().copied());
        facts.quote("inside", words);
    }
    facts.say("confidence", wording::confidence(statement.confidence));
    (format!("statement: {class}, {kind}"), facts.finish())
}

fn timex_facts(told: Told<'_>, timex: &Timex) -> (String, Vec<Fact>) {
    let mut facts = Facts::new(told);
    facts.quote("words", [timex.span]);
    facts.say("value", describe::timex(timex));
    let (article, record) = (told.article, told.record);
    match timex.anchor {
        TimexAnchor::Own => facts.say("anchor", "none: the words say all of it, or what they hang on is not known"),
        TimexAnchor::Published => match article.published.as_ref().or(record.inferred_date.as_ref()) {
            Some(date) => match &date.evidence {
                Evidence::Stated(span) => {
                    let value = format!("the article's date, {}, stated as {}", date.value, facts.quoted(*span));
                    facts.show("anchor", value, *span);
                }
                Evidence::Given => facts.say("anchor", format!("the article's date, {}, as it was given", date.value)),
                Evidence::Metadata(told) => {
                    let place = on_one_line(&told.place);
                    facts.say("anchor", format!("the article's date, {}, from {place}", date.value));
                }
                Evidence::Inferred(from) => {
                    let from = on_one_line(from);
                    facts.say("anchor", format!("the article's date, {}, inferred: {from}", date.value));
                }
            },
            None => facts.say("anchor", "the article's date, which is not known"),
        },
        TimexAnchor::Timex(idx) => {
            let anchor = &record.timexes[idx.0 as usize];
            let value = format!("{}, {}", facts.quoted(anchor.span), describe::timex(anchor));
            facts.show("anchor", value, anchor.span);
        }
    }
    facts.say("rule", on_one_line(&timex.rule));
    (format!("time expression: {}", describe::timex(timex)), facts.finish())
}

fn quantity_parts(quantity: &Quantity) -> Vec<Part> {
    let referent = quantity.referent.map(|span| ("referent", span));
    std::iter::once(("words", quantity.span)).chain(referent).collect()
}

fn quantity_facts(told: Told<'_>, quantity: &Quantity) -> (String, Vec<Fact>) {
    let mut facts = Facts::new(told);
    facts.quote("words", [quantity.span]);
    facts.say("number", describe::quantity(quantity));
    facts.quote("unit", quantity.unit);
    facts.quote("of what", quantity.referent);
    (format!("quantity: {}", describe::quantity(quantity)), facts.finish())
}

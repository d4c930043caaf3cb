//! Who are the people and bodies of an article? Groups names that fit each other into actors, with
//! roles, allegiance and gender as the text gives them.

mod bodies;
mod describe;
mod people;
pub(crate) mod short_forms;

use crate::analysis::{Analysis, TokenRange};
use crate::gazetteer::{Known, NameSort};
use crate::mentions::{Found, Referent};
use rapporteur_model::{ActorKind, Confidence, Link, LinkReason, Unresolved};
use std::collections::HashMap;

/// An actor while the article is being read.
#[derive(Debug, Clone)]
pub(crate) struct ActorDraft<'a> {
    pub(crate) kind: ActorKind,
    pub(crate) name: String,
    pub(crate) is_named: bool,
    pub(crate) key: Option<&'a str>,
    /// Roles with how often each was written.
    pub(crate) roles: Vec<(String, usize)>,
    pub(crate) allegiance: Option<&'a str>,
    pub(crate) gender: Option<Gender>,
    /// For unnamed actors: what tells them apart.
    pub(crate) signature: Option<Signature>,
    /// The name's parts that tell people apart.
    parts: Vec<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Gender {
    Female,
    Male,
}

/// What tells an unnamed actor apart: head noun, number, modifiers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Signature {
    pub(crate) lemma: String,
    pub(crate) is_plural: bool,
    /// Lower-cased words before the noun, states by their keys; sorted.
    pub(crate) modifiers: Vec<String>,
    /// Whose it is: the aide of one is not the aide of another.
    pub(crate) owner: Option<usize>,
}

/// Who a mention refers to and how that was told, or why it was not.
pub(crate) type Resolution = Result<Told, Unresolved>;

/// An actor with what ties a mention to it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Told {
    pub(crate) actor: usize,
    pub(crate) link: Link,
}

impl Told {
    pub(crate) fn new(actor: usize, confidence: Confidence, reason: LinkReason) -> Self {
        Told { actor, link: Link { confidence, reason } }
    }
}

/// The actors of an article and which mention refers to which.
#[derive(Debug, Default)]
pub(crate) struct Actors<'a> {
    pub(crate) list: Vec<ActorDraft<'a>>,
    /// One for each mention.
    pub(crate) of_mention: Vec<Resolution>,
}

/// A name is compared with so many others at most: a text that names more is a list.
const MAX_COMPARED: usize = 300;

/// The actors that the article names, from its name mentions.
pub(crate) fn named<'a>(analysis: &Analysis<'a>, found: &[Found<'a>]) -> Actors<'a> {
    let mut actors = Actors { list: Vec::new(), of_mention: vec![Err(Unresolved::NoCandidate); found.len()] };
    actors.known(analysis, found);
    actors.persons(analysis, found);
    actors.bodies(analysis, found);
    for (mention_idx, mention) in found.iter().enumerate() {
        if let Some(actor) = actors.actor_of(mention_idx)
            && matches!(mention.referent, Referent::Person)
        {
            describe::describe(analysis, mention, &mut actors.list[actor]);
        }
    }
    actors
}

impl<'a> Actors<'a> {
    /// Adds an actor; gives its index.
    pub(crate) fn add(&mut self, actor: ActorDraft<'a>) -> usize {
        self.list.push(actor);
        self.list.len() - 1
    }

    /// Adds a body by its name; gives its index.
    pub(crate) fn add_body(&mut self, name: &str) -> usize {
        self.add(ActorDraft::named(ActorKind::Organisation, name))
    }

    /// The actor of a mention, where it has one.
    pub(crate) fn actor_of(&self, mention_idx: usize) -> Option<usize> {
        self.of_mention[mention_idx].ok().map(|told| told.actor)
    }

    fn tie(&mut self, mention_idx: usize, actor: usize, confidence: Confidence, reason: LinkReason) {
        self.of_mention[mention_idx] = Ok(Told::new(actor, confidence, reason));
    }

    /// A state has the name of the table, an organisation the fullest one in the article; where that is
    /// an acronym only, the table spells it out.
    fn known(&mut self, analysis: &Analysis<'a>, found: &[Found<'a>]) {
        let mut by_key: HashMap<&str, usize> = HashMap::new();
        let mut spelt_out: Vec<(usize, &str)> = Vec::new();
        for (mention_idx, mention) in found.iter().enumerate() {
            let Referent::Known(known) = mention.referent else { continue };
            let is_state = known.kind == ActorKind::State;
            let actor = *by_key.entry(known.key).or_insert_with(|| {
                let name = if is_state { known.name } else { "" };
                self.list.push(ActorDraft { key: Some(known.key), ..ActorDraft::named(known.kind, name) });
                spelt_out.push((self.list.len() - 1, known.name));
                self.list.len() - 1
            });
            let (confidence, reason) = how_known(known);
            self.tie(mention_idx, actor, confidence, reason);
            let written = written_name(text_of(analysis, mention.head));
            let draft = &mut self.list[actor];
            if !is_state && written.len() > draft.name.len() {
                draft.name = written;
            }
        }
        for (actor, name) in spelt_out {
            if !self.list[actor].name.contains(char::is_lowercase) {
                self.list[actor].name = name.to_string();
            }
        }
    }
}

/// What the link of a name rests on that is known beforehand or that the article shows to be a state's.
fn how_known(known: Known<'_>) -> (Confidence, LinkReason) {
    match known.sort {
        NameSort::City => (Confidence::Medium, LinkReason::Metonym),
        NameSort::Seat => (Confidence::High, LinkReason::Metonym),
        _ if known.key.starts_with("state:") => (Confidence::Medium, LinkReason::ShownState),
        _ => (Confidence::High, LinkReason::Table),
    }
}

impl<'a> ActorDraft<'a> {
    fn named(kind: ActorKind, name: &str) -> Self {
        ActorDraft {
            kind,
            name: name.to_string(),
            is_named: true,
            key: None,
            roles: Vec::new(),
            allegiance: None,
            gender: None,
            signature: None,
            parts: Vec::new(),
        }
    }

    /// Somebody without a name.
    pub(crate) fn unnamed(analysis: &Analysis<'a>, kind: ActorKind, name: &str, signature: Signature) -> Self {
        let allegiance = signature.modifiers.iter().find_map(|word| analysis.known_by_key(word)).map(|known| known.key);
        ActorDraft { is_named: false, allegiance, signature: Some(signature), ..Self::named(kind, name) }
    }

    /// Counts a role.
    pub(crate) fn add_role(&mut self, role: String) {
        match self.roles.iter_mut().find(|(known, _)| *known == role) {
            Some((_, n)) => *n += 1,
            None => self.roles.push((role, 1)),
        }
    }
}

/// The words of a mention's head.
fn text_of<'t>(analysis: &Analysis<'t>, range: TokenRange) -> &'t str {
    analysis.bytes(range).of(&analysis.article.text)
}

/// A name without article and possessive, its white space levelled; "O' Hare" is "O'Hare".
fn written_name(text: &str) -> String {
    let name = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let name = name.replace(" O' ", " O'").replace(" O’ ", " O’").replace(" O '", " O'").replace(" O ’", " O’");
    let name = name.trim();
    let name = name.strip_prefix("the ").or(name.strip_prefix("The ")).unwrap_or(name);
    name.trim_end_matches("'s").trim_end_matches("’s").to_string()
}

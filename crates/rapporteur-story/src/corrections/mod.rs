//! What did people put right by hand, and does it still hold?
//!
//! A log of corrections is replayed over whatever pile is read: undone entries are left out ([`log`]), the words of each are
//! looked up ([`anchors`]) and what stands there is found ([`items`]). Records are made anew first ([`records`]); then,
//! while the story is told, what the automatic step has grouped is put together and apart ([`replay`], [`groups`]); last
//! the items of the story get their marks ([`marks`]).

mod anchors;
mod groups;
mod items;
mod log;
mod marks;
mod records;
mod replay;

use anchors::Register;
pub(crate) use groups::Group;
use items::{Item, items_at};
pub use log::undone_by;
use rapporteur_model::{Anchor, Article, Correction, CorrectionAct, CorrectionId, Record, Span, Target, TargetLayer};
use records::Drafts;
pub(crate) use replay::{BY_HAND, Replay};
use std::collections::BTreeMap;

/// A stretch of the article at that position.
type Place = (usize, Span);

/// A log of corrections as it holds on one pile: what is undone is left out, and what was held by words is found.
#[derive(Debug, Clone, Default)]
pub struct Corrections {
    /// In the order of the log.
    entries: Vec<Entry>,
    /// Records made anew, by their positions among all.
    records: BTreeMap<usize, Record>,
}

/// An entry of the log, with what the telling of the story has to do for it.
#[derive(Debug, Clone)]
struct Entry {
    id: CorrectionId,
    deed: Deed,
    targets: Vec<Held>,
}

/// What is left to do once the records are corrected.
#[derive(Debug, Clone)]
enum Deed {
    Merge,
    Split,
    Rename(String),
    Reject,
    /// To tell which items bear the correction.
    Mark,
    /// Nothing can be done, for this reason.
    Nothing(&'static str),
}

/// What a correction is about, as far as it was found.
#[derive(Debug, Clone)]
struct Held {
    layer: TargetLayer,
    id: String,
    label: String,
    /// Whether it was held by words at all.
    has_anchors: bool,
    /// Where they stand.
    places: Vec<Place>,
    /// What stands there.
    items: Vec<Item>,
    /// Whether something that stands there was taken out by hand.
    is_rejected: bool,
}

impl Corrections {
    /// None at all.
    pub fn none() -> Corrections {
        Corrections::default()
    }

    /// The corrections of `log`, in whatever order its entries come, on `articles`, which are sorted as for
    /// [`crate::tell`], and on the `records` of extraction, which are matched by their ids.
    ///
    /// Corrections follow each other by time and id: an entry finds what earlier ones have left. The time it takes grows
    /// with the number of anchors, and by one pass over all texts where some of them are not where they were.
    pub fn resolve(log: &[Correction], articles: &[Article], records: &[Record]) -> Corrections {
        let standing = log::standing(log);
        if standing.is_empty() {
            return Corrections::none();
        }
        let mut register = Register::new(articles);
        let anchors: Vec<&Anchor> = standing.iter().flat_map(|entry| anchors_of(&entry.act)).collect();
        let places = register.find_all(&anchors);
        let mut resolver = Resolver { register, drafts: Drafts::new(articles, records), places: places.into_iter() };
        let mut entries: Vec<Entry> = standing
            .into_iter()
            .map(|entry| {
                let (deed, targets) = resolver.resolve(&entry.act);
                Entry { id: entry.id.clone(), deed, targets }
            })
            .collect();
        for held in entries.iter_mut().flat_map(|entry| &mut entry.targets) {
            let n_items = held.items.len();
            held.items =
                std::mem::take(&mut held.items).into_iter().filter_map(|item| resolver.drafts.kept(item)).collect();
            held.is_rejected = held.items.len() < n_items;
        }
        Corrections { entries, records: resolver.drafts.into_records() }
    }

    /// The records that the corrections change, made anew, with their positions among those of [`Self::resolve`].
    pub fn corrected_records(&self) -> impl Iterator<Item = (usize, &Record)> {
        self.records.iter().map(|(position, record)| (*position, record))
    }

    /// Puts the corrected records into the place of those that [`Self::resolve`] was given.
    ///
    /// # Panics
    /// If there are fewer records than it was given.
    pub fn correct(&self, records: &mut [Record]) {
        for (position, corrected) in self.corrected_records() {
            records[position] = corrected.clone();
        }
    }
}

/// Goes through the log and changes the records.
struct Resolver<'a> {
    register: Register<'a>,
    drafts: Drafts<'a>,
    /// The places of the anchors that are still to come, in the order of [`anchors_of`].
    places: std::vec::IntoIter<Option<Place>>,
}

impl Resolver<'_> {
    fn resolve(&mut self, act: &CorrectionAct) -> (Deed, Vec<Held>) {
        match act {
            CorrectionAct::Merge { targets } => {
                let held: Vec<Held> = targets.iter().map(|target| self.hold(target)).collect();
                let is_one_layer = held.windows(2).all(|pair| pair[0].layer == pair[1].layer) && !held.is_empty();
                match held.iter().all(|held| is_grouped(held.layer)) && is_one_layer {
                    true => (Deed::Merge, held),
                    false => {
                        (Deed::Nothing("only actors, utterances and happenings can be one, each with its like"), held)
                    }
                }
            }
            CorrectionAct::Split { target } => match self.hold(target) {
                held if is_grouped(held.layer) && held.items.is_empty() => {
                    (Deed::Nothing("the words of what is apart hold nothing any more"), vec![held])
                }
                held if is_grouped(held.layer) => (Deed::Split, vec![held]),
                held => (Deed::Nothing("only actors, utterances and happenings can be two"), vec![held]),
            },
            CorrectionAct::Rename { target, name } => match self.hold(target) {
                held if matches!(held.layer, TargetLayer::Actor | TargetLayer::Issue) => {
                    (Deed::Rename(name.clone()), vec![held])
                }
                held => (Deed::Nothing("only actors and issues bear names"), vec![held]),
            },
            CorrectionAct::Attribute { target, speaker } => {
                let held = self.hold(target);
                let speaker = speaker.as_ref().map(|speaker| self.hold(speaker));
                if held.layer != TargetLayer::Utterance {
                    return (Deed::Nothing("only statements and utterances have a speaker"), vec![held]);
                }
                self.drafts.attribute(&held.items, speaker.as_ref());
                (Deed::Mark, vec![held])
            }
            CorrectionAct::Reject { target } => {
                let mut held = self.hold(target);
                let words = target.places.iter().filter(|_| held.layer == TargetLayer::Utterance);
                let copies = self.drafts.reject(&held.items, words.map(|anchor| anchor.exact.as_str()));
                held.items.extend(copies);
                (Deed::Reject, vec![held])
            }
            CorrectionAct::Add { words, speaker, class } => {
                let speaker = speaker.as_ref().map(|speaker| self.hold(speaker));
                let place = self.places.next().flatten();
                let item = place.and_then(|place| self.drafts.add(place, *class, speaker.as_ref()));
                let id = match &item {
                    Some(Item::Statement(_, id)) => format!("utterance/{id}"),
                    _ => String::new(),
                };
                let added = Held {
                    layer: TargetLayer::Utterance,
                    id,
                    label: words.exact.clone(),
                    has_anchors: true,
                    places: place.into_iter().collect(),
                    items: item.into_iter().collect(),
                    is_rejected: false,
                };
                (Deed::Mark, vec![added])
            }
            CorrectionAct::Accept { target }
            | CorrectionAct::Note { target, .. }
            | CorrectionAct::Tag { target, .. }
            | CorrectionAct::Rate { target, .. } => (Deed::Mark, vec![self.hold(target)]),
            CorrectionAct::Undo { .. } => (Deed::Nothing("the log has no earlier entry of this id"), Vec::new()),
        }
    }

    /// What a target is about, by the records as they are now.
    fn hold(&mut self, target: &Target) -> Held {
        let places: Vec<Place> = self.places.by_ref().take(target.places.len()).flatten().collect();
        let mut items: Vec<Item> = match target.layer {
            TargetLayer::Article => self.register.article_of(target, &places).map(Item::Article).into_iter().collect(),
            TargetLayer::Outlet => self.register.outlet_of(target).map(Item::Outlet).into_iter().collect(),
            layer => {
                let at = |place: &Place| Some(items_at(self.drafts.record(place.0)?, layer, *place));
                places.iter().filter_map(at).flatten().collect()
            }
        };
        items.sort();
        items.dedup();
        Held {
            layer: target.layer,
            id: target.id.clone(),
            label: target.label.clone(),
            has_anchors: !target.places.is_empty(),
            places,
            items,
            is_rejected: false,
        }
    }
}

/// Whether things of the layer are groups of what single articles have.
fn is_grouped(layer: TargetLayer) -> bool {
    matches!(layer, TargetLayer::Actor | TargetLayer::Utterance | TargetLayer::Happening)
}

/// The anchors of an act, in the order in which [`Resolver::resolve`] asks for their places.
fn anchors_of(act: &CorrectionAct) -> Vec<&Anchor> {
    let words = match act {
        CorrectionAct::Add { words, .. } => Some(words),
        _ => None,
    };
    act.targets().into_iter().flat_map(|target| &target.places).chain(words).collect()
}

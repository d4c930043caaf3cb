//! The named entity recogniser: a BILUO transition system (begin, in, last, unit, out).

use super::rows::Rows;
use crate::document::EntityTag;
use crate::error::Error;
use crate::folder::moves::Move;
use crate::folder::thinc::Model;
use crate::labels::{LabelId, Labels};
use crate::layers::lane::Lane;
use crate::layers::transition::Scorer;

/// Tokens that a state is scored by: the present one, the first of the open entity, the one before.
const N_FEATURES: usize = 3;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Action {
    Missing,
    Begin,
    In,
    Last,
    Unit,
    Out,
}

const ACTIONS: [Action; 6] = [Action::Missing, Action::Begin, Action::In, Action::Last, Action::Unit, Action::Out];

/// A loaded recogniser.
#[derive(Debug)]
pub(crate) struct EntityRecognizer {
    pub(crate) scorer: Scorer,
    classes: Vec<(Action, LabelId)>,
    /// Outside an entity: the mask of `OUT`, and with units, and with units and begins.
    outside: [Vec<Lane>; 3],
    /// Inside an entity of each label: the masks of `LAST`, and of `IN` and `LAST`.
    inside: Vec<(LabelId, [Vec<Lane>; 2])>,
}

/// The annotation of one token.
pub(crate) type Entity = (EntityTag, LabelId);

impl EntityRecognizer {
    pub(crate) fn new(model: &Model<'_>, moves: &[Move], labels: &mut Labels) -> Result<Self, Error> {
        let scorer = Scorer::from_model(model, N_FEATURES, moves)?;
        let class = |class: &Move| match ACTIONS.get(class.action as usize) {
            Some(&action) => Ok((action, labels.intern(&class.label))),
            None => Err(Error::corrupt(format!("action {} is none of the entity recogniser's", class.action))),
        };
        let classes = moves.iter().map(class).collect::<Result<Vec<_>, _>>()?;
        let mask = |is_allowed: &dyn Fn(Action, LabelId) -> bool| {
            scorer.mask(|class| is_allowed(classes[class].0, classes[class].1))
        };
        let is_out = |action: Action| action == Action::Out;
        let is_unit = |action: Action, label: LabelId| action == Action::Unit && label != LabelId::NONE;
        let is_begin = |action: Action, label: LabelId| action == Action::Begin && label != LabelId::NONE;
        let outside = [
            mask(&|action, _| is_out(action)),
            mask(&|action, label| is_out(action) || is_unit(action, label)),
            mask(&|action, label| is_out(action) || is_unit(action, label) || is_begin(action, label)),
        ];
        let begun = classes.iter().filter(|&&(action, label)| is_begin(action, label)).map(|&(_, label)| label);
        let inside = begun.map(|open| {
            let is_last = |action, label| action == Action::Last && label == open;
            let is_in = |action, label| action == Action::In && label == open;
            (open, [mask(&is_last), mask(&|action, label| is_last(action, label) || is_in(action, label))])
        });
        let inside = inside.collect();
        Ok(EntityRecognizer { outside, inside, scorer, classes })
    }

    /// Finds the entities of a document. `is_sentence_start` and `is_space` speak of tokens.
    pub(crate) fn recognise(
        &self,
        rows: &mut Rows<'_, '_>,
        n_tokens: usize,
        is_sentence_start: impl Fn(usize) -> bool,
        is_space: impl Fn(usize) -> bool,
    ) -> Vec<Entity> {
        let mut entities = vec![(EntityTag::Outside, LabelId::NONE); n_tokens];
        let mut open: Option<(usize, LabelId)> = None;
        for token in 0..n_tokens {
            if token >= rows.window().end {
                let is_start = |t: usize| open.is_some_and(|(start, _)| start == t);
                rows.advance(|t| is_start(t as usize) || t as usize + 1 == token, |_, _| ());
            }
            let can_go_on = token + 1 < n_tokens && !is_sentence_start(token + 1);
            let mask = match open {
                None if is_space(token) => &self.outside[0],
                None => &self.outside[1 + usize::from(can_go_on)],
                Some((_, label)) => match self.inside.iter().find(|(open, _)| *open == label) {
                    Some((_, masks)) => &masks[usize::from(can_go_on)],
                    None => break,
                },
            };
            let features = match open {
                None => [Some(token as u32), None, None],
                Some((start, _)) => [Some(token as u32), Some(start as u32), Some(token as u32 - 1)],
            };
            let Some(class) = rows.best(features, mask) else { break };
            let (action, label) = self.classes[class];
            let start = match action {
                Action::Begin => {
                    open = Some((token, label));
                    continue;
                }
                Action::Unit => token,
                Action::Last => open.take().map_or(token, |(start, _)| start),
                Action::In | Action::Out | Action::Missing => continue,
            };
            entities[start..=token].fill((EntityTag::Inside, label));
            entities[start].0 = EntityTag::Begin;
        }
        entities
    }
}

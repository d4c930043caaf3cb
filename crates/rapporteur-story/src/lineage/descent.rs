//! The direction of a pair in a few bytes: a pile has millions of pairs, most of which are told to nobody.

use rapporteur_model::{Article, ArticleId, Direction, DirectionEvidence, DirectionKind};

/// One of the two articles of a pair.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Side {
    A,
    B,
}

/// A direction shows no more than this: each kind once, and credits on both sides.
const MAX_SHOWN: usize = 6;

/// Which article of a pair descends from the other, and what kinds of evidence show which one.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Descent {
    derived: Option<Side>,
    shown: [Option<(DirectionKind, Side)>; MAX_SHOWN],
}

impl Descent {
    /// What is kept of the `direction` of a pair whose first article is `a`.
    pub(crate) fn of(direction: &Direction, a: &Article) -> Self {
        let side = |derived: &ArticleId| if *derived == a.id { Side::A } else { Side::B };
        debug_assert!(direction.evidence.len() <= MAX_SHOWN, "room for all that shows a direction");
        let mut shown = [None; MAX_SHOWN];
        for (place, evidence) in shown.iter_mut().zip(&direction.evidence) {
            *place = Some((evidence.kind, side(&evidence.derived)));
        }
        Descent { derived: direction.derived.as_ref().map(side), shown }
    }

    /// The derived one of `a` and `b`, and the other; `None` where it is unknown.
    pub(crate) fn derived_and_other<T>(self, a: T, b: T) -> Option<(T, T)> {
        match self.derived? {
            Side::A => Some((a, b)),
            Side::B => Some((b, a)),
        }
    }

    /// Whether evidence of this kind shows the derived one to be it.
    pub(crate) fn is_shown_by(self, kind: DirectionKind) -> bool {
        self.derived.is_some_and(|derived| self.shown.contains(&Some((kind, derived))))
    }

    /// It as a direction, without reasons and places.
    pub(crate) fn told(self, a: &Article, b: &Article) -> Direction {
        let id = |side| match side {
            Side::A => a.id.clone(),
            Side::B => b.id.clone(),
        };
        let evidence =
            |(kind, side)| DirectionEvidence { kind, derived: id(side), reason: String::new(), places: Vec::new() };
        Direction { derived: self.derived.map(id), evidence: self.shown.into_iter().flatten().map(evidence).collect() }
    }
}

//! A pile of articles with a log of corrections.

use super::{Told, names};
use rapporteur_model::*;
use rapporteur_story::{Corrections, Issues, tell_corrected};
use rapporteur_testkit::{Draft, event, said, stance, target};

pub(crate) const BRIDGE: &str = "the bridge over the Amber stays shut until spring";
pub(crate) const FERRY: &str = "the ferry to the islands will sail twice a day";

/// The pile after a log of corrections.
pub(crate) struct Put {
    pub(crate) told: Told,
    pub(crate) records: Vec<Record>,
    pub(crate) corrected: Corrected,
}

pub(crate) fn put(pile: &[(Article, Record)], log: &[Correction]) -> Put {
    let mut pile = pile.to_vec();
    pile.sort_by(|(a, _), (b, _)| (&a.location, &a.id).cmp(&(&b.location, &b.id)));
    let (articles, mut records): (Vec<Article>, Vec<Record>) = pile.into_iter().unzip();
    let corrections = Corrections::resolve(log, &articles, &records);
    corrections.correct(&mut records);
    let (story, corrected) = tell_corrected(&articles, &records, Issues::builtin(), &corrections);
    Put { told: Told { articles, story }, records, corrected }
}

impl Put {
    pub(crate) fn actors(&self) -> Vec<String> {
        let mut actors: Vec<String> = self
            .told
            .story
            .actors
            .iter()
            .map(|actor| format!("{}: {}", actor.name, names(actor.members.iter().map(|member| &member.article))))
            .collect();
        actors.sort();
        actors
    }

    /// The marks, each as the correction and the item.
    pub(crate) fn marks(&self) -> Vec<String> {
        self.corrected.marks.iter().map(|mark| format!("{} on {}", mark.correction, mark.item)).collect()
    }

    /// The corrections that hold nowhere.
    pub(crate) fn orphans(&self) -> Vec<String> {
        self.corrected.orphans.iter().map(|orphan| format!("{}: {}", orphan.correction, orphan.reason)).collect()
    }

    pub(crate) fn speakers(&self) -> Vec<&str> {
        self.told.story.utterances.iter().map(|utterance| self.told.name(utterance.speaker.as_ref())).collect()
    }
}

/// Oren Vale says that the bridge stays shut.
pub(crate) fn courier() -> Draft {
    Draft::new("courier", "2031-03-11")
        .person("Oren Vale", "state:karsk")
        .state("Karsk", "state:karsk")
        .line("Lorries queue for miles along the harbour road of Karsk.")
        .line(&format!("“For now {BRIDGE},” Oren Vale said on Monday."))
        .time("Monday", "2031-03-10")
        .says(said("Oren Vale", "said", BRIDGE).quoting(BRIDGE).on("Monday"))
}

/// A woman says it in other words of the article.
pub(crate) fn observer() -> Draft {
    Draft::new("observer", "2031-03-12")
        .person("Mara Tellin", "")
        .line(&format!("Fishermen cheered when Mara Tellin told a crowd that day: “{BRIDGE}”. Bakers did not."))
        .time("that day", "2031-03-10")
        .says(said("Mara Tellin", "told", BRIDGE).quoting(BRIDGE).on("that day"))
}

/// The guards shut the bridge, and Karsk asks for a new one.
pub(crate) fn gazette(name: &str) -> Draft {
    Draft::new(name, "2031-03-11")
        .state("Karsk", "state:karsk")
        .state("Brenhold", "state:brenhold")
        .line("Karsk attacked a depot of Brenhold on Sunday.")
        .time("Sunday", "2031-03-09")
        .event(event(EventType::Assault, "attacked").by("Karsk").to("Brenhold").on("Sunday"))
        .line("Karsk demands a withdrawal of troops from the valley.")
        .holds(stance(StanceKind::Demand, "Karsk", "demands").about("a withdrawal of troops", "withdrawal"))
}

/// Somebody speaks of the ferry under one of her names.
pub(crate) fn on_the_ferry(name: &str, speaker: &str) -> Draft {
    Draft::new(name, "2031-03-11")
        .person(speaker, "")
        .line(&format!("As the {name} has it, {speaker} said that {FERRY}."))
        .says(said(speaker, "said", FERRY))
}

pub(crate) fn built(drafts: &[Draft]) -> Vec<(Article, Record)> {
    drafts.iter().cloned().map(Draft::build).collect()
}

pub(crate) fn of(layer: TargetLayer, places: &[(&Article, &str)]) -> Target {
    target(layer, "as it was", "as it was", places)
}

pub(crate) fn note(target: Target) -> CorrectionAct {
    CorrectionAct::Note { target, text: "Seen on paper as well.".into() }
}

pub(crate) fn actor(label: &str, places: &[(&Article, &str)]) -> Target {
    target(TargetLayer::Actor, "as it was", label, places)
}

//! Text that cannot be read as it stands: words that were altered, sources whose antecedent is not before them.

use super::{Reading, Told, tension};
use crate::data_file::words;
use crate::pile::Pile;
use hashbrown::HashSet;
use rapporteur_model::{ActorKind, Mention, MentionForm, Place, Record, Tension, TensionKind, TextFlaw, TextFlawKind};
use std::sync::LazyLock;

pub(super) fn find(pile: &Pile<'_>, _: &Told<'_>, tensions: &mut Vec<Tension>) {
    for flaw in &pile.story.text_flaws {
        let readings = altered(pile, flaw);
        if flaw.kind != TextFlawKind::Shuffled && !readings.is_empty() {
            tensions.push(tension(pile, TensionKind::Corruption, flaw.reason.clone(), readings));
        }
    }
    // Found out of order by themselves, or against another.
    let shuffled = pile.story.text_flaws.iter().filter(|flaw| flaw.kind == TextFlawKind::Shuffled);
    let shuffled: HashSet<usize> = shuffled.filter_map(|flaw| pile.article_idx(&flaw.article)).collect();
    let is_out_of_order = |idx: &usize| pile.record(*idx).is_out_of_order || shuffled.contains(idx);
    for article_idx in (0..pile.n_articles()).filter(is_out_of_order) {
        let dangling = dangling(pile, article_idx);
        if !dangling.places.is_empty() {
            let reason = "paragraphs stand out of order, so that these sources point to nobody before them";
            tensions.push(tension(pile, TensionKind::Corruption, reason, vec![dangling]));
        }
    }
}

/// The altered words against those for which they stand.
fn altered(pile: &Pile<'_>, flaw: &TextFlaw) -> Vec<Reading> {
    let place = |place: &Place| Some((pile.article_idx(&place.article)?, place.span));
    let here = flaw.examples.iter().filter_map(|example| place(&example.place));
    let there = flaw.examples.iter().filter_map(|example| place(example.instead_of.as_ref()?));
    let readings = [Reading::new("altered", here), Reading::new("elsewhere", there)];
    readings.into_iter().filter(|reading| !reading.places.is_empty()).collect()
}

/// Sources that point back, in paragraphs that bring in nobody before them.
fn dangling(pile: &Pile<'_>, article_idx: usize) -> Reading {
    static BACK_REFERENCES: LazyLock<HashSet<&str>> =
        LazyLock::new(|| words(include_str!("../../data/back-references.txt")));
    let (article, record) = (pile.article(article_idx), pile.record(article_idx));
    let sources = record.statements.iter().filter_map(|statement| statement.source);
    let dangling = sources.filter(|source| {
        let first = pile.words(article_idx, *source).split_whitespace().next().unwrap_or_default().to_lowercase();
        let paragraph = article.paragraphs.iter().find(|paragraph| paragraph.contains(*source));
        let is_brought_in = record.mentions.iter().any(|mention| {
            let is_before =
                paragraph.is_some_and(|paragraph| paragraph.contains(mention.span) && mention.span.end <= source.start);
            is_before && is_person(record, mention)
        });
        let has_name = record.mentions.iter().any(|mention| {
            matches!(mention.form, MentionForm::Name | MentionForm::Adjective) && source.contains(mention.head)
        });
        BACK_REFERENCES.contains(first.as_str()) && !has_name && !is_brought_in
    });
    Reading::new("", dangling.map(|source| (article_idx, source)))
}

/// Whether a mention brings in somebody to whom a source can point back.
fn is_person(record: &Record, mention: &Mention) -> bool {
    let actor = mention.actor.and_then(|idx| record.actors.get(idx.0 as usize));
    matches!(mention.form, MentionForm::Name | MentionForm::Nominal)
        && actor.is_some_and(|actor| matches!(actor.kind, ActorKind::Person | ActorKind::Group))
}

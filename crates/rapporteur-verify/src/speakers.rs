//! Who says words in the articles, and whether that can be whom a text names.

use crate::claims::Claim;
use crate::names::is_same_speaker;
use rapporteur_model::{ArticleId, CodePoints, Record, TargetLayer};
use rapporteur_store::{ByArticle, Case, Error, ItemPlace, Shown};
use std::collections::{BTreeMap, BTreeSet};

/// Whether a speaker is the one whom a text names.
pub(crate) enum Agreement {
    Same,
    /// Somebody else.
    Other,
    /// The articles do not tell who says it.
    Open,
}

/// Those who say some words.
#[derive(Default)]
pub(crate) struct Speakers {
    known: Vec<Speaker>,
}

struct Speaker {
    name: String,
    /// What else they are called.
    names: Vec<String>,
    /// Roles and descriptions, which fit somebody without a name.
    roles: Vec<String>,
    /// For whom they speak.
    party: Option<String>,
}

impl Speakers {
    /// Who says what stands at these places, as the story knows it and as each article words it.
    pub(crate) fn of(case: &Case, by_article: &ByArticle, places: &[ItemPlace]) -> Result<Self, Error> {
        let mut speakers = Speakers::default();
        let mut seen = BTreeSet::new();
        let mut records: BTreeMap<&str, Option<(String, Record)>> = BTreeMap::new();
        for place in places {
            for id in utterances_at(case, by_article, place)? {
                if seen.insert(id.clone()) {
                    speakers.known.extend(by_story(case, &id)?);
                }
            }
            let record = match records.get(place.article.id.as_str()) {
                Some(known) => known,
                None => {
                    // Records of another version of the program tell nothing; the story does.
                    let both = case.article_and_record(&ArticleId::new(&place.article.id)).ok().flatten();
                    records.entry(&place.article.id).or_insert(both.map(|(article, record)| (article.text, record)))
                }
            };
            speakers.known.extend(record.iter().flat_map(|(text, record)| by_article_alone(text, record, place)));
        }
        Ok(speakers)
    }

    pub(crate) fn names(&self) -> Vec<String> {
        let mut names: Vec<String> = Vec::new();
        for speaker in &self.known {
            let is_known = names.iter().any(|name| is_same_speaker([name.as_str()], &[&speaker.name]));
            if !is_known {
                names.push(speaker.name.clone());
            }
        }
        names
    }

    /// Whether one of them can be the one whom the claim names.
    pub(crate) fn agree(&self, claim: &Claim) -> Agreement {
        if claim.names.is_empty() || self.known.iter().any(|speaker| speaker.is(claim)) {
            Agreement::Same
        } else if self.known.is_empty() {
            Agreement::Open
        } else {
            Agreement::Other
        }
    }
}

impl Speaker {
    fn is(&self, claim: &Claim) -> bool {
        let mut known: Vec<&str> = vec![&self.name];
        known.extend(self.names.iter().map(String::as_str));
        if !claim.is_named {
            known.extend(self.roles.iter().map(String::as_str));
        }
        let is_party = |party: &String| claim.names.iter().any(|name| name.eq_ignore_ascii_case(party));
        is_same_speaker(claim.names.iter().map(String::as_str), &known) || self.party.as_ref().is_some_and(is_party)
    }
}

/// The acts of speech of which these words are a report.
pub(crate) fn utterances_at(case: &Case, by_article: &ByArticle, place: &ItemPlace) -> Result<Vec<String>, Error> {
    let items = case.items_in(&place.article.id, by_article)?;
    let here = items
        .into_iter()
        .filter(|item| item.layer == TargetLayer::Utterance && item.start < place.end && place.start < item.end);
    Ok(here.map(|item| item.id).collect())
}

fn by_story(case: &Case, utterance: &str) -> Result<Option<Speaker>, Error> {
    let Some(Shown::Item(item)) = case.show(utterance, 0)? else { return Ok(None) };
    let Some(actor) = item.actor else { return Ok(None) };
    let Some(Shown::Item(known)) = case.show(&actor.id, 0)? else { return Ok(None) };
    let strings = |name: &str| -> Vec<String> {
        let list = known.facts.get(name).and_then(serde_json::Value::as_array);
        list.into_iter().flatten().filter_map(|text| text.as_str().map(str::to_string)).collect()
    };
    Ok(Some(Speaker {
        names: strings("aliases"),
        roles: strings("roles"),
        party: item.party.map(|party| party.label),
        name: actor.label,
    }))
}

fn by_article_alone<'r>(text: &'r str, record: &'r Record, place: &'r ItemPlace) -> impl Iterator<Item = Speaker> + 'r {
    let span = CodePoints::new(text).span(place.start, place.end);
    let here = record.statements.iter().filter(move |statement| {
        span.is_some_and(|span| {
            statement.content.iter().any(|content| content.start < span.end && span.start < content.end)
        })
    });
    here.filter_map(move |statement| {
        let actor = &record.actors[statement.speaker?.0 as usize];
        let source = statement.source.map(|source| source.of(text).to_string());
        let described = if actor.is_named { Vec::new() } else { vec![actor.name.clone()] };
        let roles = actor.roles.iter().cloned().chain(described).chain(source);
        Some(Speaker { name: actor.name.clone(), names: Vec::new(), roles: roles.collect(), party: None })
    })
}

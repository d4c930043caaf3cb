//! The dates that a page tells, each with a weight that says how far its place is to be trusted.

use super::addresses::{Addresses, plain_address};
use super::date_words::{Region, Role, date_words};
use super::json_ld::ArticleData;
use super::metadata::{Item, Metadata, Property};
use super::sightings::{Kind, Sighting};
use super::tree::{NodeId, Tree};
use crate::dates::Reading;
use crate::moment::{Moment, told_date};
use rapporteur_model::{CivilDate, Evidence, Evidenced, Instant};
use std::collections::{BTreeMap, BTreeSet};

/// A date that may be the one of publication or change.
#[derive(Debug, Clone)]
pub(crate) struct Candidate {
    pub(crate) reading: Reading,
    pub(crate) at: Option<Instant>,
    pub(crate) is_universal: bool,
    pub(crate) is_change: bool,
    pub(crate) weight: i32,
    pub(crate) voice: Voice,
    pub(crate) place: String,
    pub(crate) words: String,
}

/// Who tells a date: two of one kind say the same thing twice.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Voice {
    Meta,
    JsonLd,
    Address,
    Body,
    Script,
}

// The weights say how often a date in that place was the date of publication, in parts of a hundred, as seen on two
// thirds of 360 pages of some 350 sites (eval set extraction/dates); distances between them matter more than values.
const META: i32 = 100;
const JSON_LD: i32 = 98;
const PROPERTY: i32 = 95;
const ADDRESS: i32 = 88;
const ONE_FOR_BOTH: i32 = 64;
const PAGE_DATA: i32 = 74;
pub(crate) const META_UNSURE: i32 = 58;
const LABELLED: i32 = 72;
const CLASS_PUBLISHED: i32 = 70;
const CREATED: i32 = 70;
const CLASS_DATE: i32 = 52;
const LABELLED_PROSE: i32 = 33;
pub(crate) const BARE_LINE: i32 = 36;
const SCRIPT: i32 = 36;
const START: i32 = 26;
const MONTH_OF_ADDRESS: i32 = 20;
const PROSE: i32 = 6;
const CHANGE_IN_BODY: i32 = 60;
/// What a date gains that lies in the month that the address names.
pub(crate) const SAME_MONTH: i32 = 8;
/// A date of which only the month is known.
const MONTH_ONLY: i32 = -30;
impl Candidate {
    fn new(moment: Moment, is_change: bool, weight: i32, voice: Voice, place: String, words: String) -> Self {
        let Moment { reading, at, is_universal, .. } = moment;
        Candidate { reading, at, is_universal, is_change, weight, voice, place, words }
    }

    pub(crate) fn evidenced(&self) -> Option<Evidenced<CivilDate>> {
        let value = Moment { reading: self.reading, at: None, is_universal: false, start: 0 }.date()?;
        Some(Evidenced { value, evidence: self.evidence() })
    }

    pub(crate) fn evidence(&self) -> Evidence {
        match self.voice {
            Voice::Address => Evidence::Inferred("the address of the article".to_string()),
            _ => Evidence::metadata(&self.place, &self.words),
        }
    }
}

/// Adds the date that an item tells, if it does.
fn add(item: &Item, is_change: bool, weight: i32, voice: Voice, candidates: &mut Vec<Candidate>) {
    if let Some(moment) = told_date(&item.words) {
        let (place, words) = (item.place.clone(), item.words.clone());
        candidates.push(Candidate::new(moment, is_change, weight, voice, place, words));
    }
}

/// Candidates of one sort that are looked at; pages have a handful.
const MAX_OF_A_SORT: usize = 40;

pub(crate) fn from_metas(metadata: &Metadata, candidates: &mut Vec<Candidate>) {
    // `itemprop` is read with its scope; `http-equiv="date"` tells when the page was sent.
    let is_own = |name: &str, item: &Item| {
        let is_from = |kind: &str| item.place.starts_with(kind);
        !is_from("meta itemprop") && (name != "date" || !is_from("meta http-equiv"))
    };
    let dated = metadata.metas().filter(|(name, item)| is_own(name, item));
    let dated = dated.filter_map(|(name, item)| Some((date_words().role_of_meta(name)?, item)));
    for (role, item) in dated.take(MAX_OF_A_SORT) {
        let weight = match role {
            Role::Published | Role::Modified => META,
            Role::Created => CREATED,
            Role::Unsure => META_UNSURE,
            Role::Other => continue,
        };
        add(item, role == Role::Modified, weight, Voice::Meta, candidates);
    }
}

/// Things that stand on pages of articles and have dates of their own.
const OTHER_SCOPES: &[&str] =
    &["comment", "usercomments", "event", "offer", "person", "imageobject", "videoobject", "review"];

pub(crate) fn from_properties(metadata: &Metadata, candidates: &mut Vec<Candidate>) {
    let mut days = BTreeSet::new();
    let own = metadata.properties().iter().filter(|property| !OTHER_SCOPES.contains(&property.scope.as_str()));
    let own: Vec<&Property> = own.filter(|p| p.name.starts_with("date")).take(10 * MAX_OF_A_SORT).collect();
    let published = own.iter().filter(|property| property.name == "datepublished");
    days.extend(published.map(|property| &property.item.words));
    // Many dates of publication are those of other articles.
    let is_list = days.len() >= MIN_LISTED;
    for property in own {
        let (is_change, weight) = match property.name.as_str() {
            "datepublished" if is_list => (false, BARE_LINE - 10),
            "datepublished" => (false, PROPERTY),
            "datecreated" => (false, CREATED),
            "datemodified" => (true, PROPERTY),
            _ => continue,
        };
        add(&property.item, is_change, weight, Voice::Body, candidates);
    }
}

/// Of several articles the one with the address of the page is meant, else the first.
pub(crate) fn from_json_ld(metadata: &Metadata, addresses: &Addresses, candidates: &mut Vec<Candidate>) {
    let articles = metadata.articles();
    let is_own = |article: &&ArticleData| {
        article.url.as_ref().is_some_and(|url| addresses.plain.contains(&plain_address(&url.words)))
    };
    let is_dated = |article: &&ArticleData| article.date_published.is_some() || article.date_created.is_some();
    let own = articles.iter().filter(is_own).find(is_dated).or_else(|| articles.iter().find(is_dated));
    let data = own.into_iter().map(|article| (article, JSON_LD));
    for (data, weight) in data.chain(metadata.pages().iter().take(MAX_OF_A_SORT).map(|page| (page, PAGE_DATA))) {
        let mut tell = |item: &Option<Item>, is_change: bool, weight: i32| {
            if let Some(item) = item {
                add(item, is_change, weight, Voice::JsonLd, candidates);
            }
        };
        // Systems that know one date alone write the last change into both.
        let is_same =
            data.date_published.as_ref().map(|item| &item.words) == data.date_modified.as_ref().map(|i| &i.words);
        tell(&data.date_published, false, if is_same { weight.min(ONE_FOR_BOTH) } else { weight });
        tell(&data.date_created, false, weight.min(CREATED));
        tell(&data.date_modified, true, weight);
    }
}

pub(crate) fn from_addresses(addresses: &Addresses, candidates: &mut Vec<Candidate>) {
    let Some(date) = addresses.date else { return };
    let month = match date {
        Reading::Day(day) => Some((day.year, day.month)),
        Reading::Month(year, month) => Some((year, month)),
        Reading::Either { .. } => None,
    };
    for candidate in candidates.iter_mut().filter(|candidate| !candidate.is_change) {
        if let Reading::Day(day) = candidate.reading
            && Some((day.year, day.month)) == month
        {
            candidate.weight += SAME_MONTH;
        }
    }
    let weight = match date {
        Reading::Month(..) => MONTH_OF_ADDRESS - MONTH_ONLY,
        _ => ADDRESS,
    };
    let moment = Moment { reading: date, at: None, is_universal: false, start: 0 };
    candidates.push(Candidate::new(moment, false, weight, Voice::Address, String::new(), String::new()));
}

pub(crate) fn from_body(sightings: &[Sighting], candidates: &mut Vec<Candidate>) {
    let mut days_of: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for sighting in sightings {
        days_of.entry(&sighting.signature).or_default().insert(&sighting.words);
    }
    let mut n_of: BTreeMap<&str, usize> = BTreeMap::new();
    for sighting in sightings {
        let n_before = n_of.entry(&sighting.signature).or_default();
        let is_listed = days_of[sighting.signature.as_str()].len() >= MIN_LISTED;
        let Some((is_change, weight)) = weight_in_body(sighting, is_listed, *n_before) else { continue };
        *n_before += 1;
        let Sighting { reading, at, is_universal, place, words, .. } = sighting.clone();
        let moment = Moment { reading, at, is_universal, start: 0 };
        candidates.push(Candidate::new(moment, is_change, weight, Voice::Body, place, words));
    }
}

/// So many different dates in elements of the same names are dates of a list.
const MIN_LISTED: usize = 3;

/// Whether it is a date of change, and its weight.
fn weight_in_body(sighting: &Sighting, is_listed: bool, n_before: usize) -> Option<(bool, i32)> {
    let says = sighting.label.or(sighting.class);
    let is_change = says == Some(Role::Modified);
    let mut weight = match (sighting.kind, sighting.label, sighting.class) {
        (_, Some(Role::Other), _) | (.., Some(Role::Other)) => return None,
        (Kind::Prose | Kind::Start, Some(Role::Published), None) => LABELLED_PROSE,
        (Kind::Prose, Some(Role::Modified), None) => PROSE,
        _ if is_change => CHANGE_IN_BODY,
        (_, Some(Role::Published), _) => LABELLED,
        (_, _, Some(Role::Published)) => CLASS_PUBLISHED,
        (_, _, Some(_)) | (Kind::Time | Kind::Attribute, ..) => CLASS_DATE,
        (Kind::Line, ..) => BARE_LINE,
        (Kind::Start, ..) => START,
        (Kind::Prose, ..) => PROSE,
    };
    if matches!(sighting.reading, Reading::Month(..)) {
        weight += MONTH_ONLY;
    }
    if sighting.kind != Kind::Prose {
        weight += match sighting.from_headline {
            Some(0..=150) => 20,
            Some(0..=400) => 14,
            Some(0..=1000) => 6,
            Some(-300..0) => 12,
            _ => 0,
        };
    }
    // Close under the headline the names of the elements around it mislead more often than not.
    let is_near = matches!(sighting.from_headline, Some(0..=400));
    weight += match sighting.region {
        Some(Region::Comments) if is_near => -14,
        Some(Region::Comments) => -40,
        Some(Region::Related) if is_near => -8,
        Some(Region::Related) => -32,
        Some(Region::Chrome) if is_near => -6,
        Some(Region::Chrome) => -14,
        None => 0,
    };
    if is_listed {
        weight += if n_before == 0 && is_near { -8 } else { -26 };
    }
    Some((is_change, weight))
}

/// Scripts are searched up to here.
const MAX_SCRIPT_BYTES: usize = 2 * 1024 * 1024;

/// Dates in the data that a page's scripts carry. Only for pages that have no other.
pub(crate) fn from_scripts(tree: &Tree, candidates: &mut Vec<Candidate>) {
    let properties = &date_words().script_properties;
    let scripts = tree.descendants(NodeId::ROOT).filter(|node| tree.is(*node, &["script"]));
    let texts = scripts.flat_map(|script| tree.children(script)).filter_map(|node| tree.text(node));
    let mut n_bytes = 0;
    let mut found: BTreeMap<usize, (Moment, &str)> = BTreeMap::new();
    for text in texts {
        n_bytes += text.len();
        if n_bytes > MAX_SCRIPT_BYTES {
            break;
        }
        let (mut before, mut between) = ("", "");
        for piece in text.split('"') {
            // `"key": "value"` and `key: "value"`
            if let Some(unquoted) = between.trim_end().strip_suffix(':') {
                let key = if unquoted.trim().is_empty() { before } else { unquoted };
                let key = key.trim_end_matches('\\').rsplit(|c: char| !c.is_alphanumeric() && c != '_').next();
                let key = key.filter(|key| key.len() <= 24).unwrap_or_default().to_lowercase();
                if let Some(at) = properties.iter().position(|property| *property == key)
                    && !found.contains_key(&at)
                    && let Some(moment) = told_date(piece.trim_end_matches('\\'))
                {
                    found.insert(at, (moment, properties[at]));
                }
            }
            (before, between) = (between, piece);
        }
    }
    for (at, (moment, property)) in found {
        let words = moment.date().map_or(String::new(), |date| date.to_string());
        let weight = SCRIPT - at as i32;
        candidates.push(Candidate::new(moment, false, weight, Voice::Script, format!("script \"{property}\""), words));
    }
}

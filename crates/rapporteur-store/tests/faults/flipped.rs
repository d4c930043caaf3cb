//! A byte that changes is found, or changes nothing that can be asked; no other words than those of the articles come out.

use crate::script::{Random, Script, asked, at, state};
use rapporteur_model::TargetLayer;
use rapporteur_store::{Case, Item, ItemPlace, ItemQuery, RunKind};
use std::collections::BTreeMap;
use std::path::Path;

const N_FLIPS: usize = 300;
const N_ZEROED: usize = 20;
const N_CUT: usize = 20;

/// A damage, with what is said of it where it is not borne.
struct Damage {
    what: String,
    bytes: Vec<u8>,
}

/// Bits of bytes that are something, and now and then of those that are nothing; pages without what they held; ends cut off.
fn damages(whole: &[u8], seed: u64, n_flips: usize) -> impl Iterator<Item = Damage> {
    let mut random = Random(seed);
    let used: Vec<usize> = (0..whole.len()).filter(|at| whole[*at] != 0).collect();
    (0..n_flips + N_ZEROED + N_CUT).map(move |number| {
        let mut bytes = whole.to_vec();
        let what = if number < n_flips {
            let at = match number % 4 {
                0 => random.below(bytes.len() as u64) as usize,
                1 => used[random.below(400.min(used.len() as u64)) as usize],
                _ => used[random.below(used.len() as u64) as usize],
            };
            let bit = random.below(8);
            bytes[at] ^= 1 << bit;
            format!("bit {bit} of byte {at}")
        } else if number < n_flips + N_ZEROED {
            let page_bytes = usize::from(u16::from_be_bytes([bytes[16], bytes[17]]));
            let page = random.below((bytes.len() / page_bytes) as u64) as usize;
            bytes[page * page_bytes..(page + 1) * page_bytes].fill(0);
            format!("page {page}")
        } else {
            bytes.truncate(random.below(bytes.len() as u64) as usize | 1);
            format!("all after byte {}", bytes.len())
        };
        Damage { what, bytes }
    })
}

/// The items of all layers, by layer and id.
fn items(case: &Case) -> BTreeMap<(TargetLayer, String), Item> {
    let query = ItemQuery { limit: 10_000, n_places: 10_000, ..ItemQuery::default() };
    let layers = TargetLayer::OF_STORY.into_iter();
    let items = layers.filter_map(|layer| case.items(layer, &query).ok()).flat_map(|items| items.items);
    items.map(|item| ((item.layer, item.id.clone()), item)).collect()
}

#[test]
fn damage_is_found_or_changes_nothing_that_can_be_asked() {
    let script = Script::new(5, 24);
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("talks.case");
    let mut case = Case::open_or_create(&path).unwrap();
    script.run(&mut case, 0, |_| ()).unwrap();
    // A second run tells of changes.
    let run = case.begin(RunKind::Again, &at(), &BTreeMap::new()).unwrap();
    case.set("knowledge", "none").unwrap();
    case.end(run, &at(), &BTreeMap::new()).unwrap();
    drop(case);
    let whole = std::fs::read(&path).unwrap();
    let case = Case::open(&path).unwrap();
    let (expected, expected_items) = (state(&case), items(&case));
    drop(case);
    let seeds = std::env::var("RAPPORTEUR_FLIPS").ok().and_then(|n| n.parse().ok()).unwrap_or(1);
    let (mut n_found, mut n_borne) = (0, 0);
    for damage in (0..seeds).flat_map(|seed| damages(&whole, seed, N_FLIPS)) {
        println!("{}", damage.what);
        match damaged(&path, &damage, &script, &expected, &expected_items) {
            true => n_found += 1,
            false => n_borne += 1,
        }
    }
    println!("{n_found} found, {n_borne} borne");
    assert!(n_found > 0 && n_borne > 0);
}

/// Whether a damage is found; where it is not, nothing is lost.
fn damaged(
    path: &Path,
    damage: &Damage,
    script: &Script,
    expected: &[(&'static str, String)],
    expected_items: &BTreeMap<(TargetLayer, String), Item>,
) -> bool {
    std::fs::write(path, &damage.bytes).unwrap();
    let Ok(case) = Case::open(path) else { return true };
    let is_found = case.check().map_or(true, |problems| !problems.is_empty());
    let answers = asked(&case);
    if !is_found {
        for ((name, answer), (_, expected)) in answers.iter().zip(expected) {
            let is_same = answer.as_ref().is_ok_and(|answer| answer == expected);
            assert!(is_same, "{} is not found, and {name} is another: {:?}", damage.what, answer.as_ref().err());
        }
    }
    // Whether it is found or not: what comes out is what the articles say, and each thing says what it said.
    let texts = script.texts();
    for (key, item) in items(&case) {
        let before = expected_items.get(&key);
        for place in &item.places {
            let text = texts.get(place.article.id.as_str()).copied().unwrap_or_default();
            let n = (place.end - place.start) as usize;
            let words: String = text.chars().skip(place.start as usize).take(n).collect();
            assert_eq!(place.exact, words, "{}: other words come out", damage.what);
            let is_same = |before: &&ItemPlace| {
                (before.part, &before.article.id, before.start, before.end)
                    == (place.part, &place.article.id, place.start, place.end)
            };
            let is_known = before.is_some_and(|before| before.places.iter().any(|place| is_same(&place)));
            assert!(is_known, "{}: {key:?} has words that it did not have: {place:?}", damage.what);
        }
    }
    is_found
}

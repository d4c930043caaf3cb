//! The steps of lineage, joined by plain maps, give what the index gives: link for link, passage for passage.

#![allow(clippy::unwrap_used, reason = "a test may stop at what it did not expect")]

use rapporteur_model::*;
use rapporteur_story::steps::*;
use rapporteur_story::{Alone, LineageIndex};
use rapporteur_testkit::{article, coverage, pile};
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// Lists of articles by something that they have.
fn by<K: Ord>(have: impl Iterator<Item = (K, u32)>) -> BTreeMap<K, Vec<u32>> {
    let mut lists: BTreeMap<K, Vec<u32>> = BTreeMap::new();
    have.for_each(|(key, number)| lists.entry(key).or_default().push(number));
    lists
}

/// What each site repeats, told to its articles.
fn mask(articles: &mut [Told]) {
    let repeated = |members: &[usize], articles: &[Told]| -> BTreeSet<u64> {
        let hashes = members.iter().flat_map(|idx| {
            let distinct: BTreeSet<u64> = articles[*idx].paragraphs().into_iter().map(|(hash, _)| hash).collect();
            distinct.into_iter().map(|hash| (hash, *idx as u32))
        });
        by(hashes).into_iter().filter(|(_, list)| list.len() >= MIN_REPEATING_ARTICLES).map(|(hash, _)| hash).collect()
    };
    let sites = by(articles.iter().zip(0..).filter_map(|(told, number)| Some((site_of(&told.article)?, number))));
    for members in sites.into_values() {
        let members: Vec<usize> = members.into_iter().map(|number| number as usize).collect();
        let first = repeated(&members, articles);
        let is_own = |idx: &usize| {
            let paragraphs = articles[*idx].paragraphs();
            let n = |is_counted: &dyn Fn(u64) -> bool| -> u32 {
                paragraphs.iter().filter(|(hash, _)| is_counted(*hash)).map(|(_, n_words)| n_words).sum()
            };
            f64::from(n(&|hash| first.contains(&hash))) <= MAX_REPEATED_SHARE * f64::from(n(&|_| true))
        };
        let own: Vec<usize> = members.iter().copied().filter(is_own).collect();
        let repeated: Vec<u64> = repeated(&own, articles).into_iter().collect();
        for idx in members {
            articles[idx].repeated.clone_from(&repeated);
        }
    }
}

/// The pairs of articles to compare; `firsts` are those of which no copy comes before.
fn candidates(articles: &[Told], firsts: &[u32], counts: &Counts) -> Vec<(usize, usize)> {
    let features = |features: &dyn Fn(&Told) -> Vec<u64>, points: u32| {
        let of = |number: u32| features(&articles[number as usize]).into_iter().map(move |hash| (hash, number));
        by(firsts.iter().copied().flat_map(of)).into_values().map(move |list| (list, points)).collect::<Vec<_>>()
    };
    let mut lists = features(&Told::runs, RUN_POINTS);
    lists.extend(features(&|told| told.rare_pairs(counts), PAIR_POINTS));
    let (mut points, mut frequent) = (HashMap::new(), HashMap::new());
    let mut n_features: HashMap<u32, usize> = HashMap::new();
    for (list, each) in lists.iter().filter(|(list, _)| list.len() > 1) {
        if list.len() > MAX_ARTICLES {
            frequent_pairs(list.iter().copied()).for_each(|pair| *frequent.entry(pair).or_default() += each);
            continue;
        }
        for (at, a) in list.iter().enumerate() {
            *n_features.entry(*a).or_default() += 1;
            list[at + 1..].iter().for_each(|b| *points.entry((*a, *b)).or_default() += each);
        }
    }
    let strong = frequent.into_iter().filter(|(_, points): &(_, u32)| *points >= MIN_FREQUENT_POINTS);
    strong.for_each(|(pair, _)| *points.entry(pair).or_default() += MIN_POINTS);
    let is_enough = |((a, b), points): &(&(u32, u32), &u32)| {
        let n = |number: &u32| n_features.get(number).copied().unwrap_or_default();
        **points >= if n(a).min(n(b)) <= FEW_FEATURES { RUN_POINTS } else { MIN_POINTS }
    };
    let mut found: Vec<_> = points.iter().filter(is_enough).map(|((a, b), _)| (*a as usize, *b as usize)).collect();
    found.sort_unstable();
    found
}

type Found = (Vec<Origin>, Vec<(ArticleLink, Vec<Passage>)>);

/// All steps, joined by maps.
fn by_steps(mut articles: Vec<Told>) -> Found {
    articles.sort_by(|a, b| (&a.article.location, &a.article.id).cmp(&(&b.article.location, &b.article.id)));
    mask(&mut articles);
    let of_words =
        by(articles.iter().zip(0..).flat_map(|(told, n)| told.words().into_iter().map(move |word| (word, n))));
    let of_words = of_words.into_iter().map(|(word, list)| (word, list.len() as u32)).filter(|(_, n)| *n > 1);
    let counts = Counts { n_articles: articles.len(), of_words: of_words.collect() };
    let copies = by(articles.iter().zip(0..).map(|(told, number)| (told.wording(), number)));
    let copies: HashMap<u32, Vec<u32>> = copies.into_values().map(|list| (list[0], list)).collect();
    let mut firsts: Vec<u32> = copies.keys().copied().collect();
    firsts.sort_unstable();

    let pair = |a: usize, b: usize| Pair::new(&articles[a], &articles[b], &counts);
    let mut shared: Vec<(usize, usize, Shared)> = Vec::new();
    for list in copies.values() {
        let whole = Shared::whole(articles[list[0] as usize].n_words());
        for (at, a) in
            list.iter().enumerate().filter(|(at, _)| *at == 0 || list.len() * list.len() <= MAX_EXPANDED_PAIRS)
        {
            let later = list[at + 1..].iter().zip(std::iter::repeat(whole.clone()));
            shared.extend(later.filter_map(|(b, whole)| Some((*a as usize, *b as usize, whole?))));
        }
    }
    for (a, b) in candidates(&articles, &firsts, &counts) {
        let Some(found) = pair(a, b).shared() else { continue };
        let (of_a, of_b) = (&copies[&(a as u32)], &copies[&(b as u32)]);
        let n = if of_a.len() * of_b.len() <= MAX_EXPANDED_PAIRS { usize::MAX } else { 1 };
        for a in of_a.iter().take(n).map(|a| *a as usize) {
            for b in of_b.iter().take(n).map(|b| *b as usize) {
                shared.push(if a < b { (a, b, found.clone()) } else { (b, a, found.turned()) });
            }
        }
    }
    shared.sort_by_key(|(a, b, _)| (*a, *b));
    let tied: Vec<(usize, usize, Shared, Tie)> = shared
        .into_iter()
        .filter_map(|(a, b, shared)| Some((a, b, shared.clone(), pair(a, b).relate(&shared)?)))
        .collect();
    let group_of = groups(articles.len(), tied.iter().map(|(a, b, ..)| (*a, *b)));
    let members = by(group_of.iter().copied().zip(0..));

    let (mut origins, mut links) = (Vec::new(), Vec::new());
    for (group, members) in members {
        let position = |number: usize| members.binary_search(&(number as u32)).unwrap();
        let own: Vec<&Told> = members.iter().map(|number| &articles[*number as usize]).collect();
        let of_group = tied.iter().filter(|(a, ..)| group_of[*a] == group).cloned();
        let tied: Vec<Tied> = of_group
            .map(|(a, b, shared, tie)| {
                // As an engine would keep it.
                let shared = Shared::from_numbers(&shared.to_numbers().collect::<Vec<u32>>());
                Tied { a: position(a), b: position(b), shared, tie }
            })
            .collect();
        let shared_of: HashMap<(usize, usize), Shared> =
            tied.iter().map(|tied| ((tied.a, tied.b), tied.shared.clone())).collect();
        let bare: Vec<Article> = own.iter().map(|told| told.bare()).collect();
        let lengths: Vec<usize> = own.iter().map(|told| told.n_words()).collect();
        let gathered = gather(&bare, &lengths, tied);
        let number = |position: usize| members[position] as usize;
        origins.extend(gathered.origins.into_iter().map(|origin| Origin { overlaps: Vec::new(), ..origin }));
        links.extend(gathered.links.into_iter().map(|(a, b, link)| {
            let passages = pair(number(a), number(b)).passages(&shared_of[&(a, b)]);
            (number(a), number(b), link, passages)
        }));
    }
    let place = |id: &ArticleId| articles.iter().position(|told| told.article.id == *id);
    origins.sort_by_key(|origin| place(&origin.articles[0]));
    links.sort_by_key(|(a, b, ..)| (*a, *b));
    (origins, links.into_iter().map(|(_, _, link, passages)| (link, passages)).collect())
}

fn by_index(articles: &[(Article, Record)]) -> Found {
    let mut index = LineageIndex::default();
    articles.iter().for_each(|(article, record)| index.add(article.clone(), Some(record)));
    let mut links = Vec::new();
    let (_, story) = index.relate_each(&Alone, &mut |link, passages| links.push((link, passages)));
    let origins = story.origins.into_iter().map(|origin| Origin { overlaps: Vec::new(), ..origin });
    (origins.collect(), links)
}

fn assert_same(articles: Vec<(Article, Record)>, min_links: usize) {
    let (origins, links) = by_index(&articles);
    assert!(links.len() >= min_links, "{} links", links.len());
    let told = articles.iter().map(|(article, record)| Told::new(article.clone(), record)).collect();
    let (found_origins, found_links) = by_steps(told);
    assert_eq!(found_origins, origins);
    assert_eq!(found_links.len(), links.len());
    for (found, link) in found_links.iter().zip(&links) {
        assert_eq!(found, link);
    }
}

#[test]
fn copies_of_all_kinds_are_tied_as_by_the_index() {
    let drawn = pile(11, 400).map(|drawn| {
        let article = article(&drawn.id, &drawn.text);
        let record = Record::empty(article.id.clone());
        (article, record)
    });
    assert_same(drawn.collect(), 100);
}

#[test]
fn coverage_of_one_crisis_is_tied_as_by_the_index() {
    assert_same(coverage(3, 150).collect(), 10);
}

#[test]
fn paragraphs_that_a_site_repeats_tie_nobody() {
    let furniture =
        "Sign up here for the evening letter of our desk in Karsk with all that matters on the river talks.";
    let told = |value: &str| {
        let evidence = Evidence::metadata("field", value);
        Some(Evidenced { value: value.to_string(), evidence })
    };
    let drawn = pile(5, 60).enumerate().map(|(n, drawn)| {
        let text = format!("{}\n\n{furniture}", drawn.text);
        let mut article = article(&drawn.id, if n % 2 == 0 { &text } else { &drawn.text });
        article.outlet = told(if n % 3 == 0 { "Amber Line" } else { "Karsk Post" });
        let record = Record::empty(article.id.clone());
        (article, record)
    });
    assert_same(drawn.collect(), 10);
}

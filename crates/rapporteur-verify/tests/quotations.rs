//! Quotations of the example coverage, as they stand and altered in ways that were listed beforehand.
#![allow(clippy::unwrap_used, reason = "in tests a panic is the message")]

use proptest::prelude::*;
use rapporteur_verify::{Match, Pile};

fn coverage() -> Pile {
    let mut pile = Pile::default();
    for text in [
        include_str!("../../../examples/coverage/lysmar-courier.txt"),
        include_str!("../../../examples/coverage/meridian-press.txt"),
    ] {
        pile.add(text.to_string());
    }
    pile
}

fn told(found: &Match) -> String {
    match found {
        Match::Exact(_) => "exact".to_string(),
        Match::None => "none".to_string(),
        Match::Near(_, differences) => differences
            .iter()
            .map(|difference| difference.kind)
            .min()
            .map(|kind| kind.name())
            .unwrap_or("near")
            .to_string(),
    }
}

#[test]
fn no_altered_quotation_is_called_exact_and_no_exact_one_altered() {
    let pile = coverage();
    let mut wrong = Vec::new();
    let mut n = 0;
    for line in include_str!("quotations.tsv").lines().filter(|line| !line.starts_with('#')) {
        let (expected, quotation) = line.split_once('\t').unwrap();
        let found = pile.compare(quotation);
        n += 1;
        if told(&found) != expected {
            wrong.push(format!("{quotation}\n  is {}, not {expected}: {found:?}", told(&found)));
        }
    }
    assert!(wrong.is_empty(), "{} of {n}:\n{}", wrong.len(), wrong.join("\n"));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn words_of_an_article_are_exact_whatever_marks_they_have(from in 0usize..300, n in 1usize..60, kind in 0usize..4) {
        let text = include_str!("../../../examples/coverage/meridian-press.txt");
        let words: Vec<&str> = text.split_whitespace().skip(from).take(n).collect();
        let quotation = words.join(["\u{A0}", "  ", "\n", " "][kind]);
        let dressed = match kind {
            0 => quotation.replace(['“', '”'], "\""),
            1 => quotation.replace('’', "'").replace('—', "–"),
            2 => format!("«{quotation}»"),
            _ => format!("… {quotation} …"),
        };
        let is_exact = matches!(coverage().compare(&dressed), Match::Exact(_));
        prop_assert!(is_exact || !dressed.chars().any(char::is_alphanumeric), "{dressed}");
    }

    #[test]
    fn nothing_that_is_compared_breaks_it(article in "\\PC{0,200}", quotation in "\\PC{0,80}") {
        let mut pile = coverage();
        pile.add(article.clone());
        for quotation in [&quotation, &article] {
            let (Match::Exact(found) | Match::Near(found, _)) = pile.compare(quotation) else { continue };
            prop_assert!(found.iter().all(|one| !one.spans.is_empty()));
            for one in found.iter().filter(|one| one.article == 2) {
                prop_assert!(one.spans.iter().all(|span| !span.of(&article).is_empty()));
            }
        }
    }
}

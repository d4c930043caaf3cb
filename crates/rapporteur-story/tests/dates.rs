//! When an article was written that does not say so, told by others. All texts are invented.

#![allow(clippy::unwrap_used, reason = "a test may stop at what it did not expect")]

mod common;

use common::record;
use rapporteur_model::*;
use rapporteur_story::{Alone, Wording};
use rapporteur_testkit::article;

const VOTE: &str =
    "The assembly of Karsk will vote on Wednesday whether the treaty on the river is to be kept another year.";
const FERRY: &str =
    "Since Monday the small ferry between the harbour of Karsk and the islands has carried no mail at all.";
const SNOW: &str =
    "Heavy snow kept most members of the provincial assembly from reaching the capital over the mountain road.";

/// The record of an article whose words of these names are reckoned from its date.
fn with_days(article: &Article, days: &[&str]) -> Record {
    let mut record = record(article, &[]);
    for day in days {
        let at = article.text.find(day).unwrap();
        record.timexes.push(Timex {
            span: Span::new(at, at + day.len()),
            kind: TimexKind::Date,
            value: "2031-03-12".into(),
            modifier: None,
            quantifier: None,
            frequency: None,
            anchor: TimexAnchor::Published,
            rule: "weekday".into(),
        });
    }
    record
}

fn dated(name: &str, text: &str, day: u8) -> Article {
    let mut article = article(name, text);
    let value = CivilDate::day(2031, 3, day).unwrap();
    article.published = Some(Evidenced { value, evidence: Evidence::Given });
    article
}

fn missing(articles: &[Article], records: &[Record]) -> Vec<(String, String)> {
    let dates = Wording::of(articles, records, &Alone).missing_dates(articles, records);
    dates.into_iter().map(|(id, date)| (id.to_string(), date.value.to_string())).collect()
}

#[test]
fn a_copy_takes_the_date_where_both_name_the_same_days() {
    let text = [VOTE, FERRY].join("\n\n");
    let articles = [dated("a", &text, 10), article("b", &text)];
    let records = [with_days(&articles[0], &["Wednesday", "Monday"]), with_days(&articles[1], &[])];
    assert_eq!(missing(&articles, &records), [("id-b".to_string(), "2031-03-10".to_string())]);
    let dates = Wording::of(&articles, &records, &Alone).missing_dates(&articles, &records);
    let Evidence::Inferred(reason) = &dates[0].1.evidence else { panic!("{:?}", dates[0].1.evidence) };
    assert_eq!(reason, "shares 2 passages that name days with a of 2031-03-10");
}

#[test]
fn one_passage_with_a_day_or_passages_without_days_are_too_little() {
    let text = [VOTE, SNOW].join("\n\n");
    let articles = [dated("a", &text, 10), article("b", &text)];
    let records = [with_days(&articles[0], &["Wednesday"]), with_days(&articles[1], &[])];
    assert!(missing(&articles, &records).is_empty());
}

#[test]
fn of_two_copies_the_earlier_tells() {
    let text = [VOTE, FERRY].join("\n\n");
    let articles = [dated("a", &text, 11), dated("b", &text, 10), article("c", &text)];
    let days = ["Wednesday", "Monday"];
    let records = [with_days(&articles[0], &days), with_days(&articles[1], &days), with_days(&articles[2], &[])];
    assert_eq!(missing(&articles, &records), [("id-c".to_string(), "2031-03-10".to_string())]);
}

#[test]
fn an_article_with_a_date_keeps_it() {
    let text = [VOTE, FERRY].join("\n\n");
    let articles = [dated("a", &text, 10), dated("b", &text, 14)];
    let days = ["Wednesday", "Monday"];
    let records = [with_days(&articles[0], &days), with_days(&articles[1], &days)];
    assert!(missing(&articles, &records).is_empty());
}

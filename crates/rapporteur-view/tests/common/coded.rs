//! Time expressions, quantities, predications, events and stances for the articles of the reading.

use super::{COPY, WIRE, at};
use rapporteur_model::*;

fn predication(article: &Article, trigger: &str) -> Predication {
    Predication {
        trigger: at(article, trigger),
        sources: Vec::new(),
        targets: Vec::new(),
        object: None,
        polarity: Polarity::Positive,
        status: Status::Happened,
        condition: None,
        time: None,
        place: None,
        reasons: Vec::new(),
    }
}

fn argument(article: &Article, words: &str, actor: Option<u32>) -> Vec<Argument> {
    vec![Argument { span: at(article, words), actor: actor.map(ArticleActorIdx) }]
}

fn event(predication: u32, kind: EventType, mode: Option<&str>, frame: &str) -> Event {
    Event { predication: PredicationIdx(predication), kind, mode: mode.map(String::from), frame: frame.into() }
}

/// Fills the record of [`WIRE`]: a threat under a condition, a refusal, and an attendance that is only thought of.
pub(crate) fn code_wire(article: &Article, record: &mut Record) {
    assert_eq!(article.text, WIRE);
    record.timexes = vec![Timex {
        span: at(article, "April 11"),
        kind: TimexKind::Date,
        value: "2024-04-11".into(),
        modifier: Some(TimexModifier::OnOrBefore),
        quantifier: None,
        frequency: None,
        anchor: TimexAnchor::Published,
        rule: "dates.txt: month day".into(),
    }];
    record.quantities = vec![Quantity {
        span: at(article, "not one barge"),
        value: "0".into(),
        upper: None,
        unit: Some(at(article, "barge")),
        modifier: QuantityModifier::Exact,
        referent: None,
    }];
    let threat = Predication {
        sources: argument(article, "Deputy Foreign Minister Alexei Voryabin", Some(0)),
        object: Some(at(article, "not one barge will pass")),
        condition: Some(at(article, "If there is no answer by April 11")),
        time: Some(TimexIdx(0)),
        ..predication(article, "said")
    };
    let refusal = Predication {
        sources: argument(article, "Mara Tellin", Some(1)),
        object: Some(at(article, "sovereignty for a shipping lane")),
        polarity: Polarity::Negative,
        status: Status::Denied,
        reasons: vec![Reason { shows: ReasonKind::Polarity, span: at(article, "never") }],
        ..predication(article, "trade")
    };
    let attendance = Predication {
        sources: argument(article, "Karsk", None),
        targets: argument(article, "Mara Tellin", Some(1)),
        status: Status::Hypothetical,
        place: Some(at(article, "shipping lane")),
        reasons: vec![Reason { shows: ReasonKind::Status, span: at(article, "whether") }],
        ..predication(article, "attend")
    };
    record.predications = vec![threat, refusal, attendance];
    record.events = vec![
        event(0, EventType::Threaten, None, "frames-threaten.txt: say + that, if"),
        event(1, EventType::Reject, Some("yield"), "frames-reject.txt: trade"),
        event(2, EventType::Consult, None, "frames-consult.txt: attend"),
    ];
    record.statements[0].predication = Some(PredicationIdx(0));
    record.statements[1].predication = Some(PredicationIdx(1));
    record.stances = vec![
        Stance {
            predication: PredicationIdx(0),
            parties: vec![ArticleActorIdx(0)],
            kind: StanceKind::Threat,
            object: None,
            condition: Some(at(article, "If there is no answer by April 11")),
            evidence: at(article, "not one barge will pass"),
            statement: Some(record.statements[0].id.clone()),
            rule: "stances.txt: class threat".into(),
            confidence: Confidence::Medium,
        },
        refusal_of(article, 1, ArticleActorIdx(1)),
    ];
}

/// Fills the record of [`COPY`]: the refusal alone.
pub(crate) fn code_copy(article: &Article, record: &mut Record) {
    assert_eq!(article.text, COPY);
    record.predications = vec![Predication {
        sources: argument(article, "Mara Tellin", Some(0)),
        object: Some(at(article, "sovereignty for a shipping lane")),
        polarity: Polarity::Negative,
        status: Status::Denied,
        ..predication(article, "trade")
    }];
    record.events = vec![event(0, EventType::Reject, Some("yield"), "frames-reject.txt: trade")];
    record.stances = vec![refusal_of(article, 0, ArticleActorIdx(0))];
}

fn refusal_of(article: &Article, predication: u32, party: ArticleActorIdx) -> Stance {
    let object = StanceObject {
        span: at(article, "trade sovereignty for a shipping lane"),
        head: "trade".into(),
        arguments: vec!["sovereignty".into(), "lane".into()],
        is_negated: true,
    };
    Stance {
        predication: PredicationIdx(predication),
        parties: vec![party],
        kind: StanceKind::Refusal,
        object: Some(object),
        condition: None,
        evidence: at(article, "never trade sovereignty for a shipping lane"),
        statement: None,
        rule: "stances.txt: class refusal".into(),
        confidence: Confidence::High,
    }
}

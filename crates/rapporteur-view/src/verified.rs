//! What the quotations of a text come to, as people read it and as JSON.

use crate::Error;
use crate::case::{PlaceJson, place_json};
use crate::page::{Emphasis, Page, Style, cut};
use crate::visible::on_one_line;
use crate::wording::{count, short_list};
use rapporteur_model::{CodePoints, Quote, Skipped};
use rapporteur_store::ItemPlace;
use rapporteur_verify::{Check, CheckKind, Difference, DifferenceKind, Verdict, Verified};
use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::Serialize;
use serde_json::{Value, json};

const WORDS_WIDTH: usize = 240;
/// Places under a quotation.
const N_PLACES: usize = 3;
const FORMAT: &str = "rapporteur.verified";
const VERSION: u32 = 1;

/// The checks in words, those that do not hold in full; `is_strict` as in [`Check::holds`].
pub fn to_text(verified: &[Verified], is_strict: bool, style: Style) -> String {
    let mut page = Page::new(style);
    for one in verified {
        if verified.len() > 1 {
            page.heading(&on_one_line(&one.article.location));
        }
        one.checks.iter().for_each(|check| self::check(&mut page, &one.article.text, check, is_strict));
        page.paragraph(0, 0, &format!("{}.", summary(&one.checks)), Emphasis::Bold);
    }
    page.finish()
}

fn check(page: &mut Page, text: &str, check: &Check, is_strict: bool) {
    let (mark, color) = match check.verdict {
        _ if !check.holds(is_strict) => ("✗", Emphasis::Color(31)),
        // Of a claim in words of its own nothing is known.
        Verdict::Absent => ("?", Emphasis::Plain),
        _ => ("✓", Emphasis::Color(32)),
    };
    page.paragraph(0, 2, &format!("{mark} {}", told(check)), color);
    let words = cut(&on_one_line(check.span.of(text)), WORDS_WIDTH);
    let words = if check.kind == CheckKind::Quotation { format!("“{words}”") } else { words };
    let by = check.speaker.as_deref().map(|speaker| format!(" ({})", on_one_line(speaker))).unwrap_or_default();
    page.paragraph(4, 6, &format!("{words}{by}"), Emphasis::Plain);
    for difference in &check.differences {
        page.paragraph(4, 6, &changed(difference), Emphasis::Plain);
    }
    for place in check.places.iter().take(N_PLACES) {
        self::place(page, "stands in", place);
    }
    let n_more = check.places.len().saturating_sub(N_PLACES);
    if n_more > 0 {
        page.paragraph(4, 6, &format!("… and in {}", count(n_more, "more place")), Emphasis::Dim);
    }
    check.original.iter().for_each(|place| self::place(page, "copied and altered from", place));
}

fn place(page: &mut Page, what: &str, place: &ItemPlace) {
    let words = cut(&on_one_line(&place.exact), WORDS_WIDTH);
    let date = place.article.published.as_deref().map(|day| format!(", {day}")).unwrap_or_default();
    let name = on_one_line(&place.article.name);
    page.paragraph(4, 6, &format!("{what} {name}{date}, paragraph {}: “{words}”", place.paragraph), Emphasis::Dim);
}

/// "verbatim, said by Mara Tellin".
fn told(check: &Check) -> String {
    let names: Vec<String> = check.said_by.iter().map(|name| on_one_line(name)).collect();
    let said_by = short_list(&names.iter().map(String::as_str).collect::<Vec<_>>());
    match check.verdict {
        Verdict::Verbatim if said_by.is_empty() => "verbatim".to_string(),
        Verdict::Verbatim => format!("verbatim, said by {said_by}"),
        Verdict::SpeakerOpen => "verbatim, but the articles do not tell who says it".to_string(),
        Verdict::WrongSpeaker => format!("right words, wrong speaker: said by {said_by}"),
        Verdict::Copy => "words of a copy, which has altered those of its source".to_string(),
        Verdict::Altered => "altered".to_string(),
        Verdict::Absent if check.kind == CheckKind::Claim => "not in these words in any article".to_string(),
        Verdict::Absent => "not in any article".to_string(),
    }
}

fn changed(difference: &Difference) -> String {
    let [was, is] = [&difference.was, &difference.is].map(|words| cut(&on_one_line(words), WORDS_WIDTH));
    match difference.kind {
        DifferenceKind::PutTogether => format!("put together with “{is}” from elsewhere"),
        DifferenceKind::Order if was.is_empty() => format!("in another order: “{is}”"),
        _ if was.is_empty() => format!("added: “{is}”"),
        _ if is.is_empty() => format!("left out: “{was}”"),
        kind => format!("{}: “{is}” for “{was}”", kind.name()),
    }
}

/// "12 quotations: 9 verbatim, 3 altered; 2 claims: 2 not-in-the-pile".
fn summary(checks: &[Check]) -> String {
    let of_kind = |kind: CheckKind| {
        let of_kind: Vec<&Check> = checks.iter().filter(|check| check.kind == kind).collect();
        let counts = Verdict::ALL.iter().filter_map(|verdict| {
            let n = of_kind.iter().filter(|check| check.verdict == *verdict).count();
            (n > 0).then(|| format!("{n} {}", verdict.name().replace('-', " ")))
        });
        let counts: Vec<String> = counts.collect();
        (!of_kind.is_empty()).then(|| format!("{}: {}", count(of_kind.len(), kind.name()), counts.join(", ")))
    };
    let both: Vec<String> = [CheckKind::Quotation, CheckKind::Claim].into_iter().filter_map(of_kind).collect();
    if both.is_empty() { "nothing is quoted".to_string() } else { both.join("; ") }
}

#[derive(Serialize, JsonSchema)]
struct Export<'v> {
    #[schemars(extend("const" = FORMAT))]
    format: &'static str,
    #[schemars(extend("const" = VERSION))]
    version: u32,
    texts: Vec<TextJson<'v>>,
    skipped: &'v [Skipped],
}

/// A text with its checks.
#[derive(Serialize, JsonSchema)]
struct TextJson<'v> {
    location: &'v str,
    holds: bool,
    checks: Vec<CheckJson<'v>>,
}

#[derive(Serialize, JsonSchema)]
struct CheckJson<'v> {
    #[schemars(extend("enum" = [CheckKind::Quotation, CheckKind::Claim].map(CheckKind::name)))]
    kind: &'static str,
    span: Option<Quote<'v>>,
    speaker: Option<&'v str>,
    #[schemars(extend("enum" = Verdict::ALL.map(Verdict::name)))]
    verdict: &'static str,
    holds: bool,
    said_by: &'v [String],
    differences: Vec<DifferenceJson<'v>>,
    places: Vec<PlaceJson<'v>>,
    original: Option<PlaceJson<'v>>,
}

#[derive(Serialize, JsonSchema)]
struct DifferenceJson<'v> {
    #[schemars(extend("enum" = DifferenceKind::ALL.map(DifferenceKind::name)))]
    kind: &'static str,
    was: &'v str,
    is: &'v str,
}

/// The schema of the checks.
pub fn schema(generator: SchemaGenerator) -> Schema {
    generator.into_root_schema_for::<Export<'_>>()
}

/// The checks as JSON, indented, with a line break at the end; docs/JSON.md describes it.
///
/// # Errors
/// If it cannot be written as JSON.
pub fn to_json(verified: &[Verified], skipped: &[Skipped], is_strict: bool) -> Result<String, Error> {
    let texts = verified.iter().map(|one| text(one, is_strict)).collect();
    let export = Export { format: FORMAT, version: VERSION, texts, skipped };
    let mut json = serde_json::to_string_pretty(&export).map_err(|error| Error::new(error.to_string()))?;
    json.push('\n');
    Ok(json)
}

/// One text with its checks, as it stands in [`to_json`].
pub fn text_json(one: &Verified, is_strict: bool) -> Value {
    json!(text(one, is_strict))
}

fn text(one: &Verified, is_strict: bool) -> TextJson<'_> {
    let code_points = CodePoints::new(&one.article.text);
    TextJson {
        location: &one.article.location,
        holds: one.checks.iter().all(|check| check.holds(is_strict)),
        checks: one.checks.iter().map(|one| check_json(one, code_points.quote(one.span), is_strict)).collect(),
    }
}

fn check_json<'v>(check: &'v Check, span: Option<Quote<'v>>, is_strict: bool) -> CheckJson<'v> {
    let differences = check.differences.iter();
    CheckJson {
        kind: check.kind.name(),
        span,
        speaker: check.speaker.as_deref(),
        verdict: check.verdict.name(),
        holds: check.holds(is_strict),
        said_by: &check.said_by,
        differences: differences
            .map(|Difference { kind, was, is }| DifferenceJson { kind: kind.name(), was, is })
            .collect(),
        places: check.places.iter().map(place_json).collect(),
        original: check.original.as_ref().map(place_json),
    }
}

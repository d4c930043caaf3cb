//! Words by their place.

use crate::arguments::{SourceSpan, text, within};
use crate::refusal::Refusal;
use rapporteur_engine::case::Case;
use serde_json::{Value, json};

const CONTEXT: u32 = 200;
const MAX_CONTEXT: u32 = 2_000;
/// Code points that are given at once.
const MAX_SPAN: usize = 20_000;

/// The exact words from one position of an article's text to another, with those around them.
pub(crate) fn source_span(case: &Case, asked: SourceSpan) -> Result<Value, Refusal> {
    let context = within("context", asked.context, CONTEXT, 0, MAX_CONTEXT)?;
    let name = text("article", Some(asked.article))?.unwrap_or_default();
    let Some((article, text)) = case.source_with_text(&name)? else {
        return Err(Refusal::new("no article, or more than one, is called that", "lineage lists the ids of articles"));
    };
    let (start, end) = (asked.start as usize, asked.end as usize);
    let n_chars = text.chars().count();
    if start >= end || end > n_chars {
        let hint = format!("the text has {n_chars} code points: start comes before end, and end is at most {n_chars}");
        return Err(Refusal::new(format!("there is nothing from {start} to {end}"), hint));
    }
    if end - start > MAX_SPAN {
        return Err(Refusal::new("that is too much at once", format!("ask for at most {MAX_SPAN} code points")));
    }
    let words = |from: usize, to: usize| text.chars().skip(from).take(to - from).collect::<String>();
    Ok(json!({
        "article": article.id,
        "article_name": article.name,
        "published": article.published,
        "start": start,
        "end": end,
        "n_code_points": n_chars,
        "before": { "untrusted_text": words(start.saturating_sub(context), start) },
        "untrusted_text": words(start, end),
        "after": { "untrusted_text": words(end, (end + context).min(n_chars)) },
    }))
}

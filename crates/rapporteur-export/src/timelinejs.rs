//! TimelineJS3 (<https://timeline.knightlab.com/docs/json-format.html>): the timeline as slides.
//!
//! It takes text for HTML, so that all text is escaped; words stand in `bdi`, so that their direction stays theirs.

use crate::Error;
use crate::dates::{Entry, days, each_entry, shortened, time_of_day};
use crate::source::Texts;
use jiff::civil::Date;
use quick_xml::escape::escape;
use rapporteur_store::SqlReader;
use serde_json::{Value, json};
use std::io::Write;

/// How a file with a timeline begins.
pub const TIMELINE_START: &str = "{\"scale\":\"human\",\"events\":[";
/// A headline is read at a glance; below it stand the words as they are.
const N_HEADLINE: usize = 100;

/// Writes the entries that have days and gives their number.
pub(crate) fn write((sql, texts): (&mut SqlReader, &mut Texts), out: &mut (dyn Write + Send)) -> Result<usize, Error> {
    out.write_all(TIMELINE_START.as_bytes())?;
    let mut n_written = 0;
    each_entry(sql, texts, &mut |entry| {
        let Some(days) = days(&entry.time) else { return Ok(()) };
        out.write_all(if n_written == 0 { b"\n" } else { b",\n" })?;
        serde_json::to_writer(&mut *out, &slide(&entry, days))?;
        n_written += 1;
        Ok(())
    })?;
    out.write_all(b"\n]}\n")?;
    out.flush()?;
    Ok(n_written)
}

fn slide(entry: &Entry, (first, last): (Date, Date)) -> Value {
    let shown = |text: &str| escape(visible(text)).into_owned();
    let words = format!("<blockquote><bdi>{}</bdi></blockquote>", shown(&entry.words));
    let article = match entry.article.web() {
        Some(url) => format!("<a href=\"{}\"><bdi>{}</bdi></a>", escape(url), shown(&entry.article.told())),
        None => format!("<bdi>{}</bdi>", shown(&entry.article.told())),
    };
    let support = format!("{} of {}", count(entry.n_articles, "article"), origins(entry.n_origins));
    let planned = if entry.is_planned { ", lay ahead when it was told" } else { "" };
    let status = entry.status.as_deref().map(|status| format!(", {}", shown(status))).unwrap_or_default();
    let mut slide = json!({
        "unique_id": entry.id,
        "group": entry.kind,
        "start_date": date(&entry.time, first),
        "text": {
            "headline": shown(&shortened(&entry.words, N_HEADLINE)),
            "text": format!("{words}<p>{article}</p><p>{support}{status}{planned}</p>"),
        },
    });
    if first != last && slide["start_date"].get("day").is_some() {
        slide["end_date"] = json!({ "year": last.year(), "month": last.month(), "day": last.day() });
    }
    slide
}

/// A date as exact as it is told.
fn date(value: &str, first: Date) -> Value {
    let date = value.split('T').next().unwrap_or_default();
    let is_number = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    match date.split('-').collect::<Vec<_>>()[..] {
        [year] if year.len() == 4 => json!({ "year": first.year() }),
        [_, month] if is_number(month) => json!({ "year": first.year(), "month": first.month() }),
        _ => {
            let mut date = json!({ "year": first.year(), "month": first.month(), "day": first.day() });
            if let Some((hour, minute)) = time_of_day(value) {
                date["hour"] = json!(hour);
                date["minute"] = json!(minute);
            }
            date
        }
    }
}

/// Text whose controls are shown and not obeyed; line breaks stay.
fn visible(text: &str) -> String {
    let show = |c: char| match c {
        '\n' | '\t' => c,
        '\0'..='\x1f' => char::from_u32(0x2400 + c as u32).unwrap_or('\u{fffd}'),
        _ => c,
    };
    text.chars().map(show).collect()
}

pub(crate) fn count(n: i64, what: &str) -> String {
    format!("{n} {what}{}", if n == 1 { "" } else { "s" })
}

pub(crate) fn origins((min, max): (i64, i64)) -> String {
    if min == max { count(min, "independent origin") } else { format!("{min} to {max} independent origins") }
}

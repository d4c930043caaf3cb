//! iCalendar (RFC 5545): what the articles announced for a day that lies ahead.
//!
//! Ahead is what is not before the day of the last article. Without a zone in the text a time of day is that of the place,
//! which RFC 5545 calls floating.

use crate::Error;
use crate::annotations::name;
use crate::dates::{Entry, days, each_entry, shortened, time_of_day};
use crate::source::{Texts, each_row, text};
use crate::timelinejs::{count, origins};
use icalendar::{Calendar, Component, Event, Property};
use jiff::civil::Date;
use rapporteur_store::SqlReader;
use std::io::Write;

/// How a calendar of this program begins.
pub const CALENDAR_START: &str = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Rapporteur//";
const N_SUMMARY: usize = 75;

/// Writes the calendar and gives the number of its entries.
pub(crate) fn write((sql, texts): (&mut SqlReader, &mut Texts), out: &mut (dyn Write + Send)) -> Result<usize, Error> {
    let (mut today, mut stamp) = (None, None);
    each_row(
        sql,
        "SELECT max(substr(published, 1, 10)), (SELECT coalesce(ended, started) FROM run ORDER BY number DESC LIMIT 1) FROM article",
        &mut |row| {
            today = text(&row[0]).and_then(days);
            stamp = text(&row[1]).map(str::to_string);
            Ok(())
        },
    )?;
    let stamp = stamp.as_deref().and_then(universal).unwrap_or_else(|| "19700101T000000Z".to_string());
    let mut calendar = Calendar::empty();
    calendar.append_property(("VERSION", "2.0"));
    calendar.append_property(("PRODID", concat!("-//Rapporteur//", env!("CARGO_PKG_VERSION"), "//EN")));
    calendar.append_property(("CALSCALE", "GREGORIAN"));
    let mut n_written = 0;
    each_entry(sql, texts, &mut |entry| {
        let Some((day, last)) = days(&entry.time).filter(|_| entry.is_planned) else { return Ok(()) };
        if day == last && today.is_none_or(|(today, _)| day >= today) {
            calendar.push(event(&entry, day, &stamp));
            n_written += 1;
        }
        Ok(())
    })?;
    out.write_all(calendar.to_string().as_bytes())?;
    out.flush()?;
    Ok(n_written)
}

fn event(entry: &Entry, day: Date, stamp: &str) -> Event {
    let mut event = Event::new();
    let date = day.strftime("%Y%m%d").to_string();
    event.add_property("UID", format!("{}@rapporteur", name(&entry.id)));
    event.add_property("DTSTAMP", stamp);
    match time_of_day(&entry.time) {
        Some((hour, minute)) => event.add_property("DTSTART", format!("{date}T{hour:02}{minute:02}00")),
        None => event.append_property(Property::new("DTSTART", &date).add_parameter("VALUE", "DATE").done()),
    };
    event.summary(&plain(&shortened(&entry.words, N_SUMMARY)));
    let support = format!("{} of {}", count(entry.n_articles, "article"), origins(entry.n_origins));
    let told = entry.article.told();
    event.description(&plain(&format!("“{}”\n{told}\n{support}\n{}", entry.words, entry.id)));
    if let Some(forum) = &entry.forum {
        event.add_property("CATEGORIES", plain(forum).replace(',', " "));
    }
    if let Some(url) = entry.article.web() {
        event.add_property("URL", url);
    }
    event.add_property("STATUS", "TENTATIVE");
    event.add_property("TRANSP", "TRANSPARENT");
    event.done()
}

/// Text as RFC 5545 may hold it: without controls, with line feeds for line ends.
fn plain(text: &str) -> String {
    let ends = text.replace("\r\n", "\n").replace('\r', "\n");
    ends.chars().map(|c| if c.is_control() && !matches!(c, '\n' | '\t') { '\u{fffd}' } else { c }).collect()
}

/// A moment in universal time as RFC 5545 writes it.
fn universal(moment: &str) -> Option<String> {
    let timestamp: jiff::Timestamp = moment.parse().ok()?;
    Some(timestamp.strftime("%Y%m%dT%H%M%SZ").to_string())
}

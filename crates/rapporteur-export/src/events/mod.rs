//! Events in the tables of event data: PLOVER, CAMEO and the shape of GDELT 2.0.
//!
//! All three are made of the happenings of a case. PLOVER has a row for each; CAMEO and GDELT have a row for each pair of
//! somebody who acts and somebody toward whom. docs/EXPORT.md describes the columns.

mod cameo;
mod gdelt;
mod plover;

pub(crate) use gdelt::GDELT_START;
pub use gdelt::N_GDELT_COLUMNS;

use crate::source::{Texts, each_row, integer, text};
use crate::tables::{FIRST_PLACES, Formulas, Sheet};
use crate::{Error, EventFormat};
use rapporteur_store::{Cell, SqlReader};
use std::borrow::Cow;
use std::collections::{HashMap, HashSet};
use std::io::Write;

/// How the first line of an event table begins, which tells it from other files.
pub fn first_line_start(format: EventFormat) -> &'static str {
    match format {
        EventFormat::Plover => "event_id,event_date,event_type,",
        EventFormat::Cameo => "event_id,event_date,source_code,",
        EventFormat::Gdelt => GDELT_START,
    }
}

/// Somebody who takes part.
#[derive(Debug, Clone, Default)]
struct Participant {
    id: String,
    name: String,
    kind: String,
    /// The affiliation and the role, as [`rapporteur_model::ActorCode`] has them.
    affiliation: Option<String>,
    role: Option<String>,
    /// The three letters of a state of the real world, where it is or belongs to one that the case has as an actor.
    country: Option<String>,
}

impl Participant {
    /// The code as CAMEO writes it, the state with the role behind it.
    fn code(&self) -> String {
        [self.country.as_deref(), self.role.as_deref()].into_iter().flatten().collect()
    }

    /// The code as the case has it.
    fn own_code(&self) -> String {
        [self.affiliation.as_deref(), self.role.as_deref()].into_iter().flatten().collect::<Vec<_>>().join(" ")
    }
}

/// A happening with its best words.
#[derive(Debug, Clone)]
struct Event {
    id: String,
    kind: String,
    sources: Vec<Participant>,
    targets: Vec<Participant>,
    status: String,
    time: String,
    place: String,
    n_articles: i64,
    n_origins: (i64, i64),
    n_mentions: i64,
    /// The article with the words, its name, location and address, and when it was published.
    article: [String; 5],
    /// When the article was put into the case.
    added: String,
    start: Option<i64>,
    end: Option<i64>,
    words: String,
}

impl Event {
    /// Each who acts with each toward whom it is done; where one of them is not told, the other alone.
    fn pairs(&self) -> Vec<(Participant, Participant)> {
        let or_nobody =
            |list: &[Participant]| if list.is_empty() { vec![Participant::default()] } else { list.to_vec() };
        let (sources, targets) = (or_nobody(&self.sources), or_nobody(&self.targets));
        let pairs =
            sources.iter().flat_map(|source| targets.iter().map(move |target| (source.clone(), target.clone())));
        // Talks have all that take part on both sides.
        pairs.filter(|(source, target)| source.id != target.id || source.id.is_empty()).collect()
    }
}

/// Writes an event table and gives the number of its rows.
pub(crate) fn write(
    (sql, texts): (&mut SqlReader, &mut Texts),
    format: EventFormat,
    formulas: Formulas,
    out: &mut (dyn Write + Send),
) -> Result<usize, Error> {
    let actors = actors(sql)?;
    match format {
        EventFormat::Plover => {
            let mut sheet = Sheet::new(out, &plover::COLUMNS)?;
            each_event(sql, texts, &actors, &mut |event| plover::row(event, formulas, &mut sheet))?;
            sheet.end()
        }
        EventFormat::Cameo => {
            let mut sheet = Sheet::new(out, &cameo::COLUMNS)?;
            each_event(sql, texts, &actors, &mut |event| cameo::row(event, formulas, &mut sheet))?;
            sheet.end()
        }
        EventFormat::Gdelt => {
            let mut table = gdelt::Gdelt::new(out, formulas)?;
            each_event(sql, texts, &actors, &mut |event| table.row(event))?;
            table.end()
        }
    }
}

/// A number as a field.
fn number(number: i64) -> Cow<'static, str> {
    Cow::Owned(number.to_string())
}

/// A position as a field; nothing where there is none.
fn place(position: Option<i64>) -> Cow<'static, str> {
    position.map(number).unwrap_or_default()
}

fn actors(sql: &mut SqlReader) -> Result<HashMap<String, Participant>, Error> {
    let mut actors: HashMap<String, Participant> = HashMap::new();
    each_row(sql, "SELECT id, name, kind, code FROM actor", &mut |row| {
        let string = |cell: &Cell| text(cell).unwrap_or_default().to_string();
        let code = text(&row[3]).unwrap_or_default();
        // A code of one part is an affiliation or a role.
        let (affiliation, role) = match code.split_once(' ') {
            Some((affiliation, role)) => (Some(affiliation), Some(role)),
            None if code.is_empty() => (None, None),
            None if cameo::is_role(code) => (None, Some(code)),
            None => (Some(code), None),
        };
        let participant = Participant {
            id: string(&row[0]),
            name: string(&row[1]),
            kind: string(&row[2]),
            affiliation: affiliation.map(str::to_string),
            role: role.map(str::to_string),
            country: None,
        };
        actors.insert(participant.id.clone(), participant);
        Ok(())
    })?;
    // Organisations have keys of three letters as well.
    let is_code = |key: &&String| key.len() == 3 && key.bytes().all(|byte| byte.is_ascii_uppercase());
    let states = actors.values().filter(|actor| actor.kind == "state").filter_map(|actor| actor.affiliation.as_ref());
    let states: HashSet<String> = states.filter(is_code).cloned().collect();
    for actor in actors.values_mut() {
        actor.country = actor.affiliation.clone().filter(|key| states.contains(key));
    }
    Ok(actors)
}

fn each_event(
    sql: &mut SqlReader,
    texts: &mut Texts,
    actors: &HashMap<String, Participant>,
    on_event: &mut dyn FnMut(&Event) -> Result<(), Error>,
) -> Result<(), Error> {
    let question = format!(
        "WITH w AS MATERIALIZED ({FIRST_PLACES} AND layer = 'happening'),
            m AS MATERIALIZED (SELECT item, count(*) AS n FROM place WHERE layer = 'happening' GROUP BY item)
        SELECT h.id, h.type, h.sources, h.targets, h.status, h.time, h.place, h.n_articles, h.n_origins_min,
            h.n_origins_max, m.n, w.start, w.\"end\", w.words, a.id, a.name, a.location, a.url, a.published, r.started
        FROM happening h LEFT JOIN m ON m.item = h.id LEFT JOIN w ON w.item = h.id LEFT JOIN article a ON a.id = w.article
            LEFT JOIN run r ON r.number = a.run
        ORDER BY h.id"
    );
    each_row(sql, &question, &mut |row| {
        let string = |at: usize| text(&row[at]).unwrap_or_default().to_string();
        let number = |at: usize| integer(&row[at]).unwrap_or_default();
        let event = Event {
            id: string(0),
            kind: string(1),
            sources: participants(text(&row[2]), actors),
            targets: participants(text(&row[3]), actors),
            status: string(4),
            time: string(5),
            place: string(6),
            n_articles: number(7),
            n_origins: (number(8), number(9)),
            n_mentions: number(10),
            start: integer(&row[11]),
            end: integer(&row[12]),
            words: string(13),
            article: [14, 15, 16, 17, 18].map(string),
            added: string(19),
        };
        if let (Some(start), Some(end)) = (event.start, event.end) {
            texts.check(&event.article[0], start, end, &event.words)?;
        }
        on_event(&event)
    })
}

/// Who a list of ids names.
fn participants(ids: Option<&str>, actors: &HashMap<String, Participant>) -> Vec<Participant> {
    let ids: Vec<String> = ids.and_then(|ids| serde_json::from_str(ids).ok()).unwrap_or_default();
    let unknown = |id: &String| Participant { id: id.clone(), name: id.clone(), ..Participant::default() };
    ids.iter().map(|id| actors.get(id).cloned().unwrap_or_else(|| unknown(id))).collect()
}

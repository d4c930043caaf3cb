//! What every page has around it: where one is, what the case holds, what was just done.

use crate::room::{Moment, Reading, Room};
use rapporteur_engine::Error;
use rapporteur_engine::case::Shown;
use rapporteur_view::{count, on_one_line};

/// The rooms, with the letter that leads there after `g`.
pub(crate) const ROOMS: [(&str, &str, char); 9] = [
    ("/", "Overview", 'o'),
    ("/positions", "Positions", 'p'),
    ("/statements", "Statements", 's'),
    ("/timeline", "Timeline", 't'),
    ("/tensions", "Tensions", 'n'),
    ("/sources", "Sources", 'r'),
    ("/actors", "Actors", 'a'),
    ("/changes", "Changes", 'c'),
    ("/corrections", "Corrections", 'l'),
];

/// What stands around a page.
pub(crate) struct Frame {
    pub(crate) title: String,
    /// The name of the case.
    pub(crate) case: String,
    /// What it holds, in a few words.
    pub(crate) holds: String,
    pub(crate) rooms: Vec<RoomLink>,
    /// The address of the room that the page is in.
    pub(crate) of: String,
    pub(crate) notice: Option<Notice>,
    pub(crate) token: String,
    /// The page itself, to come back to.
    pub(crate) here: String,
    /// Whether articles are being read just now.
    pub(crate) is_reading: bool,
}

pub(crate) struct RoomLink {
    pub(crate) href: &'static str,
    pub(crate) name: &'static str,
    /// Leads there after `g`.
    pub(crate) key: char,
    pub(crate) is_here: bool,
}

/// What was just done by hand.
pub(crate) struct Notice {
    pub(crate) text: String,
    /// The entry, which can be taken back.
    pub(crate) correction: String,
}

impl Frame {
    /// The frame of a page; `room` is the address of its room, `here` its own, `noted` an entry of the log that was just made.
    pub(crate) fn of(
        shared: &Room,
        case: &Moment<'_>,
        room: &str,
        here: &str,
        title: &str,
        noted: Option<&str>,
    ) -> Result<Self, Error> {
        let summary = case.summary()?;
        let name = shared.settings.case.file_name().map(|name| name.to_string_lossy().into_owned());
        let holds = if summary.n_articles == 0 {
            "no articles yet".to_string()
        } else {
            let told = if summary.n_told < summary.n_articles {
                format!(", the story is told of {}", summary.n_told)
            } else {
                String::new()
            };
            format!(
                "{} from {}{told}",
                count(summary.n_articles, "article"),
                count(summary.n_origins, "independent origin")
            )
        };
        let rooms = ROOMS.iter().map(|(href, name, key)| RoomLink { href, name, key: *key, is_here: *href == room });
        let notice = match noted.map(|id| case.show(id, 0)).transpose()?.flatten() {
            Some(Shown::Correction(mark)) => {
                Some(Notice { text: done(&mark.act).to_string(), correction: mark.correction })
            }
            _ => None,
        };
        Ok(Frame {
            title: title.to_string(),
            case: on_one_line(&name.unwrap_or_default()),
            holds,
            rooms: rooms.collect(),
            of: room.to_string(),
            notice,
            token: shared.token.clone(),
            here: here.to_string(),
            is_reading: matches!(shared.reading(), Reading::Going(_)),
        })
    }
}

/// What an act has done, as people say it.
pub(crate) fn done(act: &str) -> &str {
    match act {
        "merge" => "Merged",
        "split" => "Split",
        "rename" => "Renamed",
        "attribute" => "Attributed to somebody else",
        "reject" => "Rejected",
        "accept" => "Accepted",
        "note" => "Note added",
        "tag" => "Tag added",
        "rate" => "Rated",
        "add" => "Statement added",
        "undo" => "Taken back",
        other => other,
    }
}

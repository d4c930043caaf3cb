//! Articles go in: files are chosen or dropped, and how far their reading is.

use super::{Failure, frame, shown};
use crate::frame::Frame;
use crate::room::{Moment, Reading, Room};
use askama::Template;
use axum::extract::State;
use axum::http::Uri;
use axum::response::Response;
use rapporteur_view::{count, on_one_line, thousands};
use std::sync::Arc;

/// Inputs that were not read are named, so many of them.
const MAX_SKIPPED: usize = 50;

#[derive(Template)]
#[template(path = "add.html")]
struct Add {
    frame: Frame,
    has_examples: bool,
    going: Option<Going>,
    done: Vec<String>,
    skipped: Vec<String>,
    failed: Option<String>,
}

struct Going {
    text: String,
    percent: u64,
}

pub(crate) async fn page(State(room): State<Arc<Room>>, uri: Uri) -> Response {
    shown(room, move |room, case| add(room, case, &uri)).await
}

fn add(room: &Room, case: &Moment<'_>, uri: &Uri) -> Result<Add, Failure> {
    let mut page = Add {
        frame: frame(room, case, uri, "/add", "Add articles")?,
        has_examples: !room.settings.examples.is_empty() && case.summary()?.n_articles == 0,
        going: None,
        done: Vec::new(),
        skipped: Vec::new(),
        failed: None,
    };
    match room.reading() {
        Reading::None => {}
        Reading::Going(progress) => {
            let percent = progress.n_bytes_done.saturating_mul(100) / progress.n_bytes_total.max(1);
            let text = match progress.n_done {
                0 => "Getting ready to read".to_string(),
                n => format!("{} read; the story is told when all are", count(n, "article")),
            };
            page.going = Some(Going { text, percent: percent.min(100) });
        }
        Reading::Done(done) => {
            let line = |n: usize, what: &str| (n > 0).then(|| format!("{} {what}", thousands(n)));
            let lines = [
                line(done.n_added, "added"),
                line(done.n_known, "known before"),
                line(done.n_replaced, "in the place of an older one"),
                line(done.n_purged, "left out, because they were taken out for good before"),
                line(done.changed.n_new, "new entries of the story"),
                line(done.changed.n_changed, "told otherwise"),
                line(done.changed.n_withdrawn, "gone"),
            ];
            page.done = lines.into_iter().flatten().collect();
            if page.done.is_empty() {
                page.done.push("nothing was added".to_string());
            }
            let skipped = done.skipped.iter().take(MAX_SKIPPED).map(|skipped| {
                let hint = skipped.hint.as_ref().map(|hint| format!(" ({hint})")).unwrap_or_default();
                on_one_line(&format!("{}: {}{hint}", skipped.location, skipped.reason))
            });
            page.skipped = skipped.collect();
        }
        Reading::Failed(why) => page.failed = Some(on_one_line(&why)),
    }
    Ok(page)
}

//! Which keys do what.

use super::{frame, shown};
use crate::frame::{Frame, ROOMS};
use crate::room::Room;
use askama::Template;
use axum::extract::State;
use axum::http::Uri;
use axum::response::Response;
use std::sync::Arc;

#[derive(Template)]
#[template(path = "help.html")]
struct Help {
    frame: Frame,
    rooms: Vec<(&'static str, char)>,
}

pub(crate) async fn page(State(room): State<Arc<Room>>, uri: Uri) -> Response {
    shown(room, move |room, case| {
        let rooms = ROOMS.iter().map(|(_, name, letter)| (*name, *letter)).collect();
        Ok(Help { frame: frame(room, case, &uri, "/help", "Keys")?, rooms })
    })
    .await
}

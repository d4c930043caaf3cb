//! What changes something: corrections and their undoing, articles that come in.

use crate::guard::is_token;
use crate::links;
use crate::pages::Failure;
use crate::room::Room;
use axum::Form;
use axum::extract::{Multipart, Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use rapporteur_engine::case::{self, Case, Draft};
use rapporteur_engine::{Error, Input};
use rapporteur_model::{Credibility, Reliability, StatementClass};
use std::collections::BTreeMap;
use std::sync::Arc;

/// The fields of a form by name; of those that come more than once all.
struct Fields(BTreeMap<String, Vec<String>>);

impl Fields {
    fn of(pairs: Vec<(String, String)>) -> Self {
        let mut fields: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for (name, value) in pairs {
            fields.entry(name).or_default().push(value);
        }
        Fields(fields)
    }

    fn text(&self, name: &str) -> Option<String> {
        let value = self.0.get(name)?.first()?.trim();
        (!value.is_empty()).then(|| value.to_string())
    }

    fn needed(&self, name: &str, what: &str) -> Result<String, Error> {
        self.text(name).ok_or_else(|| Error::new(format!("{what} is missing")))
    }

    fn all(&self, name: &str) -> Vec<String> {
        self.0.get(name).cloned().unwrap_or_default()
    }
}

/// Adds an entry to the log and goes back.
pub(crate) async fn correct(State(room): State<Arc<Room>>, Form(pairs): Form<Vec<(String, String)>>) -> Response {
    let fields = Fields::of(pairs);
    if !fields.text("token").is_some_and(|token| is_token(&room, &token)) {
        return no_token();
    }
    let back = fields.text("back").unwrap_or_default();
    noted(room, back, draft(&fields)).await
}

/// Takes an entry of the log back.
pub(crate) async fn undo(
    State(room): State<Arc<Room>>,
    Path(path): Path<String>,
    Form(pairs): Form<Vec<(String, String)>>,
) -> Response {
    // The id has a slash in it.
    let Some(id) = path.strip_suffix("/undo").map(str::to_string) else {
        return Failure::Nothing(format!("there is no page /corrections/{path}")).into_response();
    };
    let fields = Fields::of(pairs);
    if !fields.text("token").is_some_and(|token| is_token(&room, &token)) {
        return no_token();
    }
    let back = fields.text("back").unwrap_or_default();
    noted(room, back, Ok(Draft::Undo(id))).await
}

async fn noted(room: Arc<Room>, back: String, draft: Result<Draft, Error>) -> Response {
    let made = tokio::task::spawn_blocking(move || {
        let settings = &room.settings;
        room.write(|| {
            let opened = Case::open(&settings.case).map_err(Error::from)?;
            let entry = draft?.entry(&opened, &settings.author, &(settings.now)(), None)?;
            drop(opened);
            case::correct(&settings.case, std::slice::from_ref(&entry), &settings.options, &settings.now)?;
            Ok(entry)
        })
    });
    match made.await {
        Ok(Ok(entry)) => {
            let (page, anchor) = links::back(&back).split_once('#').unwrap_or((links::back(&back), ""));
            let separator = if page.contains('?') { '&' } else { '?' };
            let anchor = if anchor.is_empty() { String::new() } else { format!("#{anchor}") };
            let noted = links::encoded(entry.id.as_str());
            Redirect::to(&format!("{page}{separator}noted={noted}{anchor}")).into_response()
        }
        Ok(Err(error)) => Failure::Wrong(crate::room::told(&error)).into_response(),
        Err(_) => Failure::Broken("the program failed on this correction".to_string()).into_response(),
    }
}

/// What a form asks for.
fn draft(fields: &Fields) -> Result<Draft, Error> {
    let item = || fields.needed("item", "what it is about");
    let act = fields.needed("act", "what to do")?;
    Ok(match act.as_str() {
        "accept" => Draft::Accept(item()?),
        "reject" => Draft::Reject(item()?),
        "note" => Draft::Note(item()?, fields.needed("text", "the note")?),
        "tag" => Draft::Tag(item()?, fields.needed("tag", "the tag")?),
        "rename" => Draft::Rename(item()?, fields.needed("name", "the name")?),
        "attribute" => Draft::Attribute(item()?, fields.text("speaker")),
        "split" => Draft::Split(item()?, fields.all("article")),
        "merge" => {
            let other = fields.needed("other", "the other one")?;
            Draft::Merge(vec![item()?, other])
        }
        "rate" => {
            let grade = |name: &str| fields.text(name).map(serde_json::Value::String);
            let reliability: Option<Reliability> =
                grade("reliability").map(serde_json::from_value).transpose().map_err(|_| no_grade())?;
            let credibility = fields.text("credibility").map(|grade| {
                let number: Option<u8> = grade.parse().ok();
                number.and_then(|number| Credibility::try_from(number).ok()).ok_or_else(no_grade)
            });
            Draft::Rate(item()?, reliability, credibility.transpose()?)
        }
        "add" => {
            let class = fields.text("class").unwrap_or_else(|| StatementClass::Speech.name().to_string());
            let known = StatementClass::ALL.into_iter().find(|known| known.name() == class);
            let class = known.ok_or_else(|| Error::new(format!("{class} is no class of statement")))?;
            let article = fields.needed("article", "the article")?;
            Draft::Add(article, fields.needed("words", "the words")?, fields.text("speaker"), class)
        }
        other => return Err(Error::new(format!("nothing here is called {other}"))),
    })
}

fn no_grade() -> Error {
    Error::new("that is no grade").with_hint("reliability goes from A to F, credibility from 1 to 6")
}

/// Files come in.
pub(crate) async fn add(State(room): State<Arc<Room>>, mut form: Multipart) -> Response {
    let mut is_ours = false;
    let mut inputs = Vec::new();
    loop {
        let field = match form.next_field().await {
            Ok(Some(field)) => field,
            Ok(None) => break,
            Err(error) => return Failure::Wrong(error.body_text()).into_response(),
        };
        match (field.name(), field.file_name().map(str::to_string)) {
            (Some("token"), None) => is_ours = field.text().await.is_ok_and(|token| is_token(&room, &token)),
            (Some("files"), Some(name)) => {
                // The token stands before the files, so that what is not ours is not taken in.
                if !is_ours {
                    return no_token();
                }
                match field.bytes().await {
                    Ok(bytes) if name.is_empty() && bytes.is_empty() => {}
                    Ok(bytes) => inputs.push(Input::Bytes { name: base_name(&name), bytes: bytes.to_vec() }),
                    Err(error) => {
                        let hint = "larger ones go in by `rapporteur read INPUT --case CASE`";
                        return Failure::Wrong(format!("{} ({hint})", error.body_text())).into_response();
                    }
                }
            }
            _ => {}
        }
    }
    if !is_ours {
        return no_token();
    }
    taken_in(&room, inputs)
}

/// The example coverage comes in.
pub(crate) async fn add_examples(State(room): State<Arc<Room>>, Form(pairs): Form<Vec<(String, String)>>) -> Response {
    if !Fields::of(pairs).text("token").is_some_and(|token| is_token(&room, &token)) {
        return no_token();
    }
    let examples = room.settings.examples.clone();
    taken_in(&room, examples)
}

fn taken_in(room: &Arc<Room>, inputs: Vec<Input>) -> Response {
    if inputs.is_empty() {
        return Failure::Wrong("no file was chosen".to_string()).into_response();
    }
    if !room.read(inputs) {
        return Failure::Wrong("other files are being read just now; wait until they are".to_string()).into_response();
    }
    Redirect::to("/add").into_response()
}

/// The last part of a name: where a file lay on somebody's disk is nobody's business.
fn base_name(name: &str) -> String {
    name.rsplit(['/', '\\']).next().unwrap_or(name).to_string()
}

fn no_token() -> Response {
    (StatusCode::FORBIDDEN, "the form is of another run of the server: load the page anew\n").into_response()
}

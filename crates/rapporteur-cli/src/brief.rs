//! `rapporteur brief`: the state of play on the terminal, or a document to hand over.

use crate::arguments::{BriefArguments, BriefFormat, BriefLength};
use crate::failure::Failure;
use crate::page_file::Kind;
use crate::{Outcome, case, page_file, terminal};
use rapporteur_engine::case::Case;
use rapporteur_view::Style;
use rapporteur_view::case::{Question, ask, to_text};
use rapporteur_view::document::{self, Length};
use std::path::Path;

pub(crate) fn run(arguments: &BriefArguments) -> Result<Outcome, Failure> {
    let format = format(arguments)?;
    let out = arguments.out.as_deref();
    match format {
        BriefFormat::Text if arguments.length.is_some() => {
            return Err(Failure::with_hint("the text of a brief has one length", "name a format: `--format markdown`"));
        }
        BriefFormat::Text if out.is_none() => return case::answer(&arguments.case, &Question::Brief),
        BriefFormat::Docx if out.is_none() && terminal::is_watched() => {
            let hint = "name a file: `--out brief.docx`";
            return Err(Failure::with_hint("a terminal cannot show a DOCX document", hint));
        }
        _ => {}
    }
    if let Some(path) = out {
        page_file::check(path, kind(format))?;
    }
    let case = Case::open(&arguments.case.case).map_err(rapporteur_engine::Error::from)?;
    let n_articles = case.summary().map_err(rapporteur_engine::Error::from)?.n_articles;
    let content = content(&case, format, arguments.length)?;
    match out {
        Some(path) => {
            page_file::write(path, &content)?;
            terminal::say(&format!("wrote {}", path.display()));
        }
        None => terminal::write_bytes(&content)?,
    }
    Ok(if n_articles == 0 { Outcome::NothingFound } else { Outcome::Done })
}

fn content(case: &Case, format: BriefFormat, length: Option<BriefLength>) -> Result<Vec<u8>, Failure> {
    let length = match length {
        Some(BriefLength::Page) => Length::Page,
        Some(BriefLength::Full) | None => Length::Full,
    };
    let compose = || document::compose(case, length).map_err(rapporteur_engine::Error::from);
    Ok(match format {
        BriefFormat::Text => {
            let answer = ask(case, &Question::Brief).map_err(rapporteur_engine::Error::from)?;
            to_text(&answer, Style::default()).into_bytes()
        }
        BriefFormat::Markdown => document::to_markdown(&compose()?).into_bytes(),
        BriefFormat::Html => document::to_html(&compose()?)?.into_bytes(),
        BriefFormat::Docx => document::to_docx(&compose()?)?,
        BriefFormat::Json => document::to_json(&compose()?)?.into_bytes(),
    })
}

/// The format that was asked for, or the one that the file's name tells.
fn format(arguments: &BriefArguments) -> Result<BriefFormat, Failure> {
    let Some(path) = arguments.out.as_deref().filter(|_| arguments.format.is_none()) else {
        return Ok(arguments.format.unwrap_or(BriefFormat::Text));
    };
    let extension = path.extension().map(|extension| extension.to_string_lossy().to_ascii_lowercase());
    Ok(match extension.as_deref().unwrap_or_default() {
        "txt" => BriefFormat::Text,
        "md" | "markdown" => BriefFormat::Markdown,
        "html" | "htm" => BriefFormat::Html,
        "docx" => BriefFormat::Docx,
        "json" => BriefFormat::Json,
        _ => return Err(no_format(path)),
    })
}

fn no_format(path: &Path) -> Failure {
    Failure::with_hint(
        format!("the name of {} tells no format", path.display()),
        "name one, as in `--format docx`, or a file that ends in .md, .html, .docx, .json or .txt",
    )
}

fn kind(format: BriefFormat) -> Kind {
    match format {
        BriefFormat::Text => Kind::Text,
        BriefFormat::Markdown => Kind::Markdown,
        BriefFormat::Html => Kind::Page,
        BriefFormat::Docx => Kind::Docx,
        BriefFormat::Json => Kind::Json,
    }
}

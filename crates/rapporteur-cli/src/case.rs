//! The commands over a case: articles go in, questions are asked, things are put right.

use crate::arguments::{Act, CaseArgument, CorrectArguments, PurgeArguments, ReadArguments, SearchArguments};
use crate::failure::Failure;
use crate::progress::Bar;
use crate::{Outcome, terminal};
use rapporteur_engine::case::{self, Case, Done, SearchQuery, Shown};
use rapporteur_model::{ArticleId, Correction, Instant};
use rapporteur_view::case::{Answer, Question, ask, correction_of, log_line, run_json, run_text, to_json, to_text};
use std::io::Read;
use std::path::Path;

/// Reads inputs into a case, or all of its articles anew.
pub(crate) fn read(arguments: &ReadArguments, path: &Path) -> Result<Outcome, Failure> {
    let bar = Bar::new("reading");
    let on_progress = |progress| bar.show(progress);
    let options = arguments.options();
    let done = if arguments.again {
        case::read_again(path, &options, &now, &on_progress)
    } else {
        case::read_into(path, &arguments.inputs(), &options, arguments.read_into(), &now, &on_progress)
    };
    bar.finish();
    let done = done?;
    terminal::say_skipped(&done.skipped);
    tell(&done, arguments.json)?;
    Ok(if done.n_articles == 0 { Outcome::NothingFound } else { Outcome::Done })
}

/// Puts a question to a case and writes the answer.
pub(crate) fn answer(case: &CaseArgument, question: &Question) -> Result<Outcome, Failure> {
    let opened = Case::open(&case.case).map_err(rapporteur_engine::Error::from)?;
    let answer = ask(&opened, question).map_err(rapporteur_engine::Error::from)?;
    write(&answer, case.json)
}

/// Words, phrases, speakers …
pub(crate) fn search(arguments: &SearchArguments) -> Result<Outcome, Failure> {
    let query: SearchQuery = arguments
        .line()
        .parse()
        .map_err(|error: rapporteur_engine::case::SearchError| Failure::with_hint(error.to_string(), error.hint()))?;
    answer(&arguments.case, &Question::Search { query, limit: arguments.limit() })
}

/// Where the texts of a case come from.
pub(crate) fn sources(path: &Path, limit: usize, as_json: bool) -> Result<Outcome, Failure> {
    let case = CaseArgument { case: path.to_path_buf(), json: as_json };
    answer(&case, &Question::Sources { article: None, limit })
}

/// Whether a path names a case: what `sources` takes beside inputs.
pub(crate) fn is_case(path: &Path) -> bool {
    path.is_file() && Case::open(path).is_ok()
}

/// Adds to the log of corrections, or shows it.
pub(crate) fn correct(arguments: &CorrectArguments) -> Result<Outcome, Failure> {
    let open = || Case::open(&arguments.case).map_err(rapporteur_engine::Error::from);
    match &arguments.act {
        Act::List { orphaned } => {
            let answer = ask(&open()?, &Question::Corrections { is_orphaned: *orphaned });
            write(&answer.map_err(rapporteur_engine::Error::from)?, arguments.json)
        }
        Act::Export => {
            let log = open()?.corrections().map_err(rapporteur_engine::Error::from)?;
            let lines = log.iter().map(log_line).collect::<Result<String, _>>()?;
            terminal::write_data(&lines)?;
            Ok(if log.is_empty() { Outcome::NothingFound } else { Outcome::Done })
        }
        Act::Import { file } => import(arguments, file),
        act => {
            let author = author(arguments.signed.author.as_deref())?;
            let draft = act.draft().ok_or_else(|| Failure::new("nothing to correct"))?;
            let entry = draft.entry(&open()?, &author, &now(), arguments.signed.reason.as_deref())?;
            let done = case::correct(&arguments.case, std::slice::from_ref(&entry), &arguments.options(), &now)?;
            if !arguments.json {
                terminal::say(&format!("noted as {}", entry.id));
            }
            tell(&done, arguments.json)?;
            Ok(Outcome::Done)
        }
    }
}

/// Takes in the log of another case. A line that is none is named, and the rest goes in.
fn import(arguments: &CorrectArguments, file: &Path) -> Result<Outcome, Failure> {
    let name = file.display();
    let mut text = String::new();
    let read = if file == Path::new("-") {
        std::io::stdin().lock().read_to_string(&mut text)
    } else {
        std::fs::File::open(file).and_then(|mut file| file.read_to_string(&mut text))
    };
    read.map_err(|error| Failure::new(format!("{name}: {error}")))?;
    let (mut entries, mut n_wrong): (Vec<Correction>, usize) = (Vec::new(), 0);
    for (line, number) in text.lines().zip(1..).filter(|(line, _)| !line.trim().is_empty()) {
        match correction_of(line) {
            Ok(entry) => entries.push(entry),
            Err(error) => {
                n_wrong += 1;
                terminal::say_failure(&Failure::new(format!("{name}:{number}: {error}")));
            }
        }
    }
    if !entries.is_empty() {
        tell(&case::correct(&arguments.case, &entries, &arguments.options(), &now)?, arguments.json)?;
    }
    if n_wrong > 0 {
        let hint = "lines of a log are those that `rapporteur correct CASE export` writes; the others were taken in";
        return Err(Failure::with_hint(format!("{n_wrong} lines of {name} are no corrections"), hint));
    }
    Ok(if entries.is_empty() { Outcome::NothingFound } else { Outcome::Done })
}

/// Takes an article out for good.
pub(crate) fn purge(arguments: &PurgeArguments) -> Result<Outcome, Failure> {
    let path = &arguments.case.case;
    let shown = Case::open(path).and_then(|case| case.show(&arguments.article, 0));
    let id = match shown.map_err(rapporteur_engine::Error::from)? {
        Some(Shown::Article { article, .. }) => ArticleId::new(article.id),
        // A purge that was stopped is gone on with.
        Some(Shown::Gap(gap)) => ArticleId::new(gap.id),
        _ => {
            terminal::say(&format!("the case has no article {}", arguments.article));
            terminal::say_hint(
                "`rapporteur sources CASE` lists articles and gaps; that of a gap finishes a purge that was stopped",
            );
            return Ok(Outcome::NothingFound);
        }
    };
    let author = author(arguments.signed.author.as_deref())?;
    let reason = arguments.signed.reason.as_deref();
    match case::purge(path, &id, &author, reason, &arguments.options(), &now)? {
        Some(done) => {
            tell(&done, arguments.case.json)?;
            Ok(Outcome::Done)
        }
        None => Ok(Outcome::NothingFound),
    }
}

fn write(answer: &Answer, as_json: bool) -> Result<Outcome, Failure> {
    let data = if as_json { to_json(answer)? } else { to_text(answer, terminal::style()) };
    terminal::write_data(&data)?;
    Ok(if answer.is_empty() { Outcome::NothingFound } else { Outcome::Done })
}

/// What a run has done.
pub(crate) fn tell(done: &Done, as_json: bool) -> Result<(), Failure> {
    let counts = [
        ("added", done.n_added),
        ("known", done.n_known),
        ("replaced", done.n_replaced),
        ("purged before", done.n_purged),
        ("skipped", done.skipped.len()),
        ("articles", done.n_articles),
        ("new in the story", done.changed.n_new),
        ("changed", done.changed.n_changed),
        ("withdrawn", done.changed.n_withdrawn),
        ("corrections that hold on nothing", done.n_orphans),
    ];
    terminal::write_data(&if as_json { run_json(done.run, &counts)? } else { run_text(done.run, &counts) })
}

/// Who signs: the flag, the environment, the user's name.
pub(crate) fn author(flag: Option<&str>) -> Result<String, Failure> {
    let from_environment = |name| std::env::var(name).ok();
    let mut named = flag
        .map(str::to_string)
        .into_iter()
        .chain(["RAPPORTEUR_AUTHOR", "USER", "LOGNAME", "USERNAME"].into_iter().filter_map(from_environment));
    let named = named.find(|name| !name.trim().is_empty());
    named.ok_or_else(|| Failure::with_hint("nobody signs the correction", "give --author NAME"))
}

/// The moment, to the microsecond: entries that follow each other in a script keep their order.
pub(crate) fn now() -> Instant {
    Instant::new(jiff::Timestamp::now().strftime("%Y-%m-%dT%H:%M:%S%.6fZ").to_string())
}

//! Answers as people read them.

use super::{Answer, State, lines};
use crate::page::{Emphasis, Page, Style};
use crate::visible::on_one_line;
use crate::wording::{self, count, thousands};
use rapporteur_model::{Correction, Orphan, TargetLayer};
use rapporteur_store::{Change, ChangeKind, Items, Problem, Run, Shown, SourceRow, Sources, Summary, TextHit};

/// The answer in words and line breaks.
pub fn to_text(answer: &Answer, style: Style) -> String {
    let mut page = Page::new(style);
    match answer {
        Answer::Brief(state) => brief(&mut page, state),
        Answer::Items(layer, items) => list(&mut page, *layer, items),
        Answer::Sources(found) => sources(&mut page, found),
        Answer::Found { utterances, texts, is_more } => found(&mut page, utterances, texts, *is_more),
        Answer::Shown(shown) => self::shown(&mut page, shown.as_ref()),
        Answer::Changes { since, changes } => self::changes(&mut page, *since, changes),
        Answer::Corrections(log) => corrections(&mut page, log),
        Answer::Runs(runs) => runs.iter().for_each(|run| self::run(&mut page, run)),
        Answer::Check(problems) => check(&mut page, problems),
    }
    page.finish()
}

fn brief(page: &mut Page, state: &State) {
    summary(page, &state.summary);
    let parts = [
        ("WHO SPEAKS MOST", &state.actors, "who"),
        ("POSITIONS", &state.positions, "positions"),
        ("WHAT MOST ORIGINS REPORT", &state.utterances, "search"),
        ("TENSIONS", &state.tensions, "tensions"),
        ("END OF THE TIMELINE", &state.timeline, "timeline"),
    ];
    for (heading, items, command) in parts {
        if items.items.is_empty() {
            continue;
        }
        page.heading(heading);
        items.items.iter().for_each(|item| lines::item(page, item));
        more(page, items, command);
    }
}

fn summary(page: &mut Page, summary: &Summary) {
    let days = summary.published.as_ref().map(|(first, last)| format!(", published {first} to {last}"));
    let mut told = format!(
        "{} with {} of {}{}.",
        articles(summary.n_articles),
        count(summary.n_texts, "different text"),
        count(summary.n_origins, "independent origin"),
        days.unwrap_or_default()
    );
    if summary.n_told != summary.n_articles {
        told.push_str(&format!(
            " The story is told of {} of them so far: a run goes on or was stopped; `rapporteur read` with the same \
             inputs goes on with it.",
            thousands(summary.n_told)
        ));
    }
    page.paragraph(0, 0, &told, Emphasis::Plain);
    let [actors, utterances, happenings, issues, positions, timeline, tensions] = summary.n_items;
    let items = [
        (actors, "actor"),
        (utterances, "act of speech"),
        (happenings, "event"),
        (issues, "issue"),
        (positions, "position"),
        (timeline, "date"),
        (tensions, "tension"),
    ];
    let items = items.map(|(n, noun)| match noun {
        "act of speech" => format!("{} act{} of speech", thousands(n), if n == 1 { "" } else { "s" }),
        _ => format!("{} {noun}{}", thousands(n), if n == 1 { "" } else { "s" }),
    });
    page.paragraph(0, 0, &format!("{}.", items.join(", ")), Emphasis::Plain);
    let (n_corrections, n_orphaned) = summary.n_corrections;
    if n_corrections > 0 {
        let orphaned =
            if n_orphaned > 0 { format!(", {n_orphaned} of them hold on nothing any more") } else { String::new() };
        page.paragraph(0, 0, &format!("{}{orphaned}.", count(n_corrections, "correction")), Emphasis::Plain);
    }
    if summary.n_gaps > 0 {
        page.paragraph(0, 0, &format!("{} taken out for good.", articles(summary.n_gaps)), Emphasis::Plain);
    }
    if summary.n_skipped > 0 {
        page.paragraph(0, 0, &format!("{} could not be read.", count(summary.n_skipped, "input")), Emphasis::Plain);
    }
}

fn articles(n: usize) -> String {
    format!("{} article{}", thousands(n), if n == 1 { "" } else { "s" })
}

fn list(page: &mut Page, layer: TargetLayer, items: &Items) {
    let mut issue = None;
    for item in &items.items {
        if layer == TargetLayer::Position && item.issue != issue {
            issue.clone_from(&item.issue);
            page.heading(&issue.as_ref().map(|issue| on_one_line(&issue.label)).unwrap_or_default());
        }
        lines::item(page, item);
    }
    more(page, items, "");
}

fn more(page: &mut Page, items: &Items, command: &str) {
    let n_more = items.n_total.saturating_sub(items.items.len());
    if n_more > 0 {
        let how = if command.is_empty() {
            "`--limit` shows more".to_string()
        } else {
            format!("`rapporteur {command}` has them")
        };
        page.paragraph(2, 4, &format!("… and {} more; {how}", thousands(n_more)), Emphasis::Dim);
    }
}

fn sources(page: &mut Page, sources: &Sources) {
    let told = format!("{} of {}.", articles(sources.n_articles), count(sources.n_origins, "independent origin"));
    page.paragraph(0, 0, &told, Emphasis::Plain);
    page.heading("ARTICLES");
    let named = |article: &SourceRow| {
        let mut same = sources.articles.iter().filter(|other| other.origin == article.origin);
        let first = same.find(|other| other.is_first).map(|first| on_one_line(&first.name));
        first.unwrap_or_else(|| article.origin.clone())
    };
    for article in &sources.articles {
        source(page, article, &named(article));
    }
    let n_more = sources.n_articles.saturating_sub(sources.articles.len());
    if n_more > 0 && sources.articles.len() > 1 {
        page.paragraph(2, 4, &format!("… and {} more; `--limit` shows more", thousands(n_more)), Emphasis::Dim);
    }
    if !sources.links.is_empty() {
        page.heading("PAIRS");
    }
    let name = |id: &str| {
        let row = sources.articles.iter().find(|article| article.id == id);
        row.map_or_else(|| id.to_string(), |article| on_one_line(&article.name))
    };
    for link in &sources.links {
        let derived = match &link.derived {
            Some(derived) => format!("; {} descends from the other", name(derived)),
            None => String::new(),
        };
        let line = format!(
            "{} and {}: {}, prose {} % and {} %, quotations {} % and {} %{derived}",
            name(&link.a),
            name(&link.b),
            wording::relation(link.relation),
            link.prose.0,
            link.prose.1,
            link.quotations.0,
            link.quotations.1
        );
        page.paragraph(2, 4, &line, Emphasis::Plain);
    }
    let n_more = sources.n_links.saturating_sub(sources.links.len());
    if n_more > 0 && sources.articles.len() > 1 {
        page.paragraph(2, 4, &format!("… and {} more pairs", thousands(n_more)), Emphasis::Dim);
    }
    for gap in &sources.gaps {
        self::gap(page, gap);
    }
}

fn gap(page: &mut Page, gap: &rapporteur_store::Gap) {
    let why = gap.reason.as_ref().map(|reason| format!(": {}", on_one_line(reason))).unwrap_or_default();
    let line = format!("an article was taken out for good by {}, {}{why}", on_one_line(&gap.author), gap.at);
    page.paragraph(2, 4, &line, Emphasis::Plain);
    page.paragraph(4, 6, &gap.id, Emphasis::Dim);
}

/// An article, which counts once with those of its origin; `origin` names the first of them.
fn source(page: &mut Page, article: &SourceRow, origin: &str) {
    let published = article.published.as_ref().map(|date| format!(", {date}")).unwrap_or_default();
    let outlet = article.outlet.as_ref().map(|outlet| format!(", {}", on_one_line(outlet))).unwrap_or_default();
    page.paragraph(2, 4, &format!("{}{outlet}{published}", on_one_line(&article.name)), Emphasis::Bold);
    if let Some(title) = &article.title {
        page.paragraph(4, 6, &on_one_line(title), Emphasis::Plain);
    }
    let mut told = vec![count(usize::try_from(article.n_statements).unwrap_or_default(), "statement")];
    told.push(if article.is_first { "first of its origin".to_string() } else { format!("counts with {origin}") });
    told.extend(article.unseen_source.as_ref().map(|source| format!("from {}", on_one_line(source))));
    told.extend(article.flaws.as_ref().map(|flaws| format!("text: {flaws}")));
    told.extend(article.version_of.as_ref().map(|other| format!("replaces {other}")));
    page.paragraph(4, 6, &told.join(", "), Emphasis::Plain);
    article.marks.iter().for_each(|mark| lines::mark(page, mark));
    page.paragraph(4, 6, &format!("{}  {}", article.id, on_one_line(&article.location)), Emphasis::Dim);
}

fn found(page: &mut Page, utterances: &Items, texts: &[TextHit], is_more: bool) {
    if !utterances.items.is_empty() {
        page.heading("SAID");
        utterances.items.iter().for_each(|item| lines::item(page, item));
        more(page, utterances, "");
    }
    if !texts.is_empty() {
        page.heading("IN ARTICLES");
    }
    for hit in texts {
        let published = hit.article.published.as_ref().map(|date| format!(", {date}")).unwrap_or_default();
        page.paragraph(
            2,
            4,
            &format!("{}{published}, ¶{}", on_one_line(&hit.article.name), hit.paragraph),
            Emphasis::Bold,
        );
        page.paragraph(4, 4, &on_one_line(&hit.exact), Emphasis::Plain);
    }
    if is_more {
        page.paragraph(2, 4, "… and more articles; `--limit` shows more", Emphasis::Dim);
    }
}

fn shown(page: &mut Page, shown: Option<&Shown>) {
    match shown {
        None => page.paragraph(0, 0, "nothing in the case has this id", Emphasis::Plain),
        Some(Shown::Item(item)) => lines::whole_item(page, item),
        Some(Shown::Article { article, text }) => {
            source(page, article, &article.origin);
            page.blank();
            for line in text.lines() {
                page.paragraph(0, 0, &on_one_line(line), Emphasis::Plain);
            }
        }
        Some(Shown::Correction(entry)) => lines::mark(page, entry),
        Some(Shown::Gap(shown)) => gap(page, shown),
    }
}

fn changes(page: &mut Page, since: i64, changes: &[Change]) {
    page.paragraph(0, 0, &format!("{} since run {since}.", count(changes.len(), "change")), Emphasis::Plain);
    let headings = [(ChangeKind::New, "NEW"), (ChangeKind::Changed, "CHANGED"), (ChangeKind::Withdrawn, "WITHDRAWN")];
    for (kind, heading) in headings {
        let of_kind: Vec<&Change> = changes.iter().filter(|change| change.kind == kind).collect();
        if of_kind.is_empty() {
            continue;
        }
        page.heading(heading);
        for change in of_kind {
            let words = change.words.as_deref().map_or_else(|| change.id.clone(), on_one_line);
            page.paragraph(2, 4, &format!("{}: {words}", change.layer.name()), Emphasis::Bold);
            page.paragraph(4, 6, &on_one_line(&change.why), Emphasis::Plain);
            page.paragraph(4, 6, &change.id, Emphasis::Dim);
        }
    }
}

fn corrections(page: &mut Page, log: &[(Correction, Option<Orphan>)]) {
    for (entry, orphan) in log {
        page.paragraph(0, 2, &lines::act(entry), Emphasis::Bold);
        page.paragraph(2, 4, &format!("{}, {}  {}", on_one_line(&entry.author), entry.at, entry.id), Emphasis::Dim);
        if let Some(orphan) = orphan {
            page.paragraph(2, 4, &format!("orphaned: {}", orphan.reason), Emphasis::Color(33));
        }
    }
}

fn run(page: &mut Page, run: &Run) {
    let ended = run.ended.as_ref().map_or_else(|| "not ended".to_string(), |ended| format!("ended {ended}"));
    let line = format!("run {}: {}, started {}, {ended}, {}", run.number, run.kind.name(), run.started, run.program);
    page.paragraph(0, 2, &line, Emphasis::Bold);
    let counts = run.counts.iter().filter(|(_, n)| **n != 0).map(|(name, n)| format!("{n} {name}")).collect::<Vec<_>>();
    if !counts.is_empty() {
        page.paragraph(2, 4, &counts.join(", "), Emphasis::Plain);
    }
}

fn check(page: &mut Page, problems: &[Problem]) {
    if problems.is_empty() {
        page.paragraph(0, 0, "the case is whole", Emphasis::Plain);
    }
    for problem in problems {
        let place =
            problem.location.as_ref().map(|location| format!("{}: ", on_one_line(location))).unwrap_or_default();
        page.paragraph(0, 2, &format!("{place}{}", on_one_line(&problem.message)), Emphasis::Plain);
    }
}

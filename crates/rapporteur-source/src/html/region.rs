//! Which lines of a page are the report.
//!
//! What is something else is taken out first ([`prune`](super::prune)). Of what remains the smallest element that holds
//! nearly all running text is the *core*. The report begins after the headline, where that stands above the core, and
//! ends with the core, before what sites put under their reports.

use super::blocks::{Block, Blocks, Role};
use super::mass::{MIN_PROSE_LETTERS, Sums, lines_in};
use super::prune::{Reason, prune};
use super::tree::{NodeId, Tree};
use super::words::is_tail;
use crate::lines::fold;
use std::collections::{HashMap, HashSet};
use std::ops::Range;

/// What a line of a page is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Fate {
    Report,
    /// Something else, inside the report or at its edge.
    Boxed(Reason),
    /// Outside the report.
    Outside,
}

/// The fate of each line. `headline` are the lines that say the headline, which goes before the report.
pub(crate) fn fates(tree: &Tree, page: &Blocks, headline: Option<&Range<usize>>) -> Vec<Fate> {
    let blocks = &page.blocks;
    let reasons = prune(tree, blocks, headline);
    let sums = Sums::of(blocks, |at| reasons[at].is_none());
    let core = core(tree, blocks, &sums);
    let mut fates: Vec<Fate> = reasons.iter().map(|reason| reason.map_or(Fate::Report, Fate::Boxed)).collect();
    frame(blocks, &sums, core, headline, &mut fates);
    drop_repetitions(page, &mut fates);
    cut_tail(page, &mut fates);
    if !fates.contains(&Fate::Report) {
        // Nothing looks like a report, as where a heading was never closed: all that is not something else may be one.
        for (at, fate) in fates.iter_mut().enumerate() {
            let is_headline = headline.is_some_and(|lines| lines.contains(&at));
            if reasons[at].is_none() && !is_headline {
                *fate = Fate::Report;
            }
        }
    }
    fates
}

/// What stands beside an element with this share of the running text is a notice or a teaser. Between .8 and .97 the
/// text F of the 161 pages looked at is .958 to .960.
const MIN_CORE_SHARE: f64 = 0.85;

/// The lines of the smallest element that holds nearly all running text.
fn core(tree: &Tree, blocks: &[Block], sums: &Sums) -> Range<usize> {
    let mut node = NodeId::ROOT;
    let mut inside = 0..blocks.len();
    loop {
        let least = MIN_CORE_SHARE * f64::from(sums.mass(&inside).prose);
        let children = tree.children(node).filter(|child| tree.name(*child).is_some());
        let ranges = children.map(|child| (child, lines_in(blocks, tree, child)));
        let holds_core = |(_, range): &(NodeId, Range<usize>)| {
            let prose = sums.mass(range).prose;
            prose > 0 && f64::from(prose) >= least
        };
        match ranges.into_iter().find(holds_core) {
            // An element inside a line is part of it.
            Some((child, range)) if blocks[range.start].node >= child => {
                node = child;
                inside = range;
            }
            _ => return inside,
        }
    }
}

/// Above the headline stand breadcrumbs and notices, and what a blog says of itself; where more of the core's running
/// text does, by this share, it is the headline of something else.
const MAX_PROSE_ABOVE: f64 = 0.25;

/// Sets the beginning and the end of the report around its core.
fn frame(blocks: &[Block], sums: &Sums, core: Range<usize>, headline: Option<&Range<usize>>, fates: &mut [Fate]) {
    let most_above = MAX_PROSE_ABOVE * f64::from(sums.mass(&core).prose);
    let is_above_report =
        |end: &usize| *end <= core.end && f64::from(sums.mass(&(core.start.min(*end)..*end)).prose) <= most_above;
    let first_heading = || {
        let is_heading = |at: &usize| fates[*at] == Fate::Report && blocks[*at].role == Role::Heading(1);
        (0..core.end).find(is_heading).map(|at| at + 1)
    };
    let end_of_headline = headline.map(|lines| lines.end).or_else(first_heading).filter(is_above_report);
    let start = end_of_headline.unwrap_or(core.start);
    let is_prose = |at: usize| blocks[at].n_prose_letters > 0;
    // What stands above the core: summaries, sentences of lists, headings.
    let is_text = |block: &Block| match block.role {
        Role::Item | Role::Paragraph => block.n_stops > 0,
        Role::Heading(_) => true,
        _ => block.n_prose_letters > 0,
    };
    for (at, fate) in fates.iter_mut().enumerate() {
        let is_headline = headline.is_some_and(|lines| lines.contains(&at));
        if !(start..core.end).contains(&at) || is_headline {
            *fate = Fate::Outside;
        } else if at < core.start && *fate == Fate::Report && !is_text(&blocks[at]) {
            *fate = Fate::Boxed(Reason::Meta);
        }
    }
    // Date, author and reading time stand between headline and report.
    for (at, fate) in fates.iter_mut().enumerate().take(core.end).skip(start) {
        match fate {
            Fate::Report if blocks[at].role == Role::Plain && !is_prose(at) => *fate = Fate::Boxed(Reason::Meta),
            Fate::Report => break,
            Fate::Boxed(_) | Fate::Outside => {}
        }
    }
    // A heading without text is what is left of a box; a short link leads away.
    let leads_away = |block: &Block| {
        matches!(block.role, Role::Heading(_)) || (block.n_letters < MIN_PROSE_LETTERS && is_link(block))
    };
    for at in (start..core.end).rev() {
        match fates[at] {
            Fate::Report if leads_away(&blocks[at]) => fates[at] = Fate::Outside,
            Fate::Report => break,
            Fate::Boxed(_) | Fate::Outside => {}
        }
    }
}

/// A line of which more is a link is a link.
const MIN_LINK_SHARE: f64 = 0.8;

pub(crate) fn is_link(block: &Block) -> bool {
    f64::from(block.n_link_letters) > MIN_LINK_SHARE * f64::from(block.n_letters)
}

/// A link that stands twice may be above and below the report.
const MIN_BUTTONS: usize = 3;

/// Takes out what stands twice, as a summary above the report or a second copy for small screens, and the buttons that
/// stand at every entry of a list.
fn drop_repetitions(page: &Blocks, fates: &mut [Fate]) {
    let report: Vec<usize> = (0..fates.len()).filter(|at| fates[*at] == Fate::Report).collect();
    let mut n_times: HashMap<&str, usize> = HashMap::new();
    for at in &report {
        *n_times.entry(page.text_of(&page.blocks[*at])).or_default() += 1;
    }
    let mut seen = HashSet::new();
    for at in report {
        let block = &page.blocks[at];
        let text = page.text_of(block);
        let is_loose = matches!(block.role, Role::Plain | Role::Paragraph | Role::Quotation);
        if is_loose && is_link(block) && block.n_letters < MIN_PROSE_LETTERS && n_times[text] >= MIN_BUTTONS {
            fates[at] = Fate::Boxed(Reason::Button);
        } else if is_loose && block.n_prose_letters > 0 && !seen.insert(text) {
            fates[at] = Fate::Outside;
        }
    }
}

/// More than this share of the report is no tail: at .25 a section "More posts" in the middle of one of 161 pages was
/// taken for one.
const MAX_TAIL_SHARE: f64 = 0.2;
/// Longer lines do not begin a list.
const MAX_TAIL_HEADING_BYTES: usize = 80;

/// Ends the report before the first line that begins what sites put under reports: "Related articles", "About the
/// author".
fn cut_tail(page: &Blocks, fates: &mut [Fate]) {
    let is_report = |at: &usize| fates[*at] == Fate::Report;
    let n_letters = |at: usize| f64::from(page.blocks[at].n_letters);
    let whole: f64 = (0..fates.len()).filter(is_report).map(n_letters).sum();
    let mut rest = whole;
    let mut cut = None;
    for at in (0..fates.len()).filter(is_report) {
        let block = &page.blocks[at];
        if rest <= MAX_TAIL_SHARE * whole && begins_tail(block, page.text_of(block)) {
            cut = Some(at);
            break;
        }
        rest -= n_letters(at);
    }
    if let Some(cut) = cut {
        fates[cut..].fill(Fate::Outside);
    }
}

fn begins_tail(block: &Block, text: &str) -> bool {
    let is_heading = matches!(block.role, Role::Heading(_));
    let is_possible = is_heading || matches!(block.role, Role::Plain | Role::Paragraph);
    is_possible
        && text.len() <= MAX_TAIL_HEADING_BYTES
        && is_tail(fold(text).trim_matches(|c: char| !c.is_alphanumeric()), is_heading)
}

//! From the lines of a page to the text of an article: the headline first, then the report with what stands inside it.

use super::blocks::{Block, Blocks, Role};
use super::prune::Reason;
use super::region::{Fate, is_link};
use super::title::collapse;
use super::tree::{NodeId, Tree};
use crate::credits::byline_names;
use crate::furniture::Markup;
use crate::lines::Line;
use rapporteur_model::{FurnitureKind, Segment};

/// The text of an article, with what the markup says of each of its lines.
#[derive(Debug, Default)]
pub(crate) struct Rendered {
    pub(crate) text: String,
    /// One entry for each line.
    pub(crate) markup: Vec<Markup>,
    /// Where its lines stand in the source of the page.
    pub(crate) segments: Vec<Segment>,
    /// How many letters and digits of it are the report.
    pub(crate) n_report_letters: u32,
}

/// A box inside the report with more lines is a part of the page, not of the article: a list of all sections, a
/// calendar, a feed.
const MAX_BOX_LINES: usize = 8;

/// Writes the text of an article. `headline` goes before the report; its node is the first of its texts.
pub(crate) fn render(tree: &Tree, page: &Blocks, fates: &[Fate], headline: Option<(&str, NodeId)>) -> Rendered {
    let mut rendered = Rendered::under(headline.map(|(words, _)| words));
    if let Some((_, node)) = headline {
        rendered.segments.push(Segment { text: 0.into(), source: tree.source(node).start.into() });
    }
    let Some(last) = fates.iter().rposition(|fate| *fate == Fate::Report) else { return rendered };
    let mut at = 0;
    while at <= last {
        let n = fates[at..].iter().take_while(|fate| **fate == fates[at]).count();
        let enters = match fates[at] {
            Fate::Report => true,
            Fate::Boxed(Reason::Chrome | Reason::Comments) | Fate::Outside => false,
            Fate::Boxed(_) => n <= MAX_BOX_LINES,
        };
        for block in page.blocks[at..at + n].iter().filter(|_| enters) {
            rendered.add(tree, page, block, fates[at]);
        }
        at += n;
    }
    rendered
}

/// The text of an article that the metadata of a page hold as a whole.
pub(crate) fn render_words(words: &str, headline: Option<&str>) -> Rendered {
    let mut rendered = Rendered::under(headline);
    for line in words.lines().map(collapse).filter(|line| !line.is_empty()) {
        if !rendered.text.is_empty() {
            rendered.text.push_str("\n\n");
        }
        rendered.n_report_letters += line.chars().filter(|c| c.is_alphanumeric()).count() as u32;
        rendered.text.push_str(&line);
        rendered.markup.push(Markup::default());
    }
    rendered
}

impl Rendered {
    fn under(headline: Option<&str>) -> Self {
        let mut rendered = Rendered::default();
        if let Some(headline) = headline {
            rendered.text.push_str(headline);
            rendered.markup.push(Markup { kind: Some(FurnitureKind::Title), ..Markup::default() });
        }
        rendered
    }

    fn add(&mut self, tree: &Tree, page: &Blocks, block: &Block, fate: Fate) {
        let text = page.text_of(block);
        if !self.text.is_empty() {
            self.text.push_str(if block.is_continued && self.markup.len() > 1 { "\n" } else { "\n\n" });
        }
        if fate == Fate::Report {
            self.n_report_letters += block.n_letters;
        }
        let source = tree.source(block.first_text).start;
        self.segments.push(Segment { text: self.text.len().into(), source: source.into() });
        self.text.push_str(text);
        let line = Line::new(0, text);
        self.markup.push(Markup {
            kind: kind(&line, block, fate),
            is_text: !matches!(block.role, Role::Plain | Role::Heading(_)),
            is_link: is_link(block),
        });
    }
}

fn kind(line: &Line, block: &Block, fate: Fate) -> Option<FurnitureKind> {
    match fate {
        Fate::Boxed(Reason::Caption) => Some(FurnitureKind::Caption),
        Fate::Boxed(Reason::Share | Reason::Button | Reason::Chrome | Reason::Comments) => {
            Some(FurnitureKind::ShareBar)
        }
        Fate::Boxed(Reason::Links | Reason::Aside) => Some(FurnitureKind::LinkBox),
        Fate::Boxed(Reason::Meta) if byline_names(line).is_some() => Some(FurnitureKind::Byline),
        Fate::Boxed(Reason::Meta) => Some(FurnitureKind::Header),
        Fate::Report | Fate::Outside => match block.role {
            Role::Caption => Some(FurnitureKind::Caption),
            // Some pages set whole paragraphs as headings.
            Role::Heading(_) if !line.is_prose() => Some(FurnitureKind::Heading),
            _ => None,
        },
    }
}

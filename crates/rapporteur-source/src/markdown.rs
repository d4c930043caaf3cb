//! Markdown → text: paragraphs as lines, without marks. Headings are known as such.

use crate::entry::{Entry, Told};
use crate::fields::Record;
use crate::furniture::Layout;
use crate::kinds::{Kind, kind_by_media_type, kind_by_name};
use crate::options::FieldMap;
use pulldown_cmark::{Event, HeadingLevel, Options, Parser, Tag, TagEnd};
use rapporteur_model::{Evidence, Evidenced, Furniture, FurnitureKind, Span};

/// A rendered text.
pub(crate) struct Rendered {
    pub(crate) text: String,
    /// Its headings in order, with their levels.
    headings: Vec<(Span, HeadingLevel)>,
    /// What its front matter tells.
    pub(crate) told: Told,
}

/// The text of an entry that is Markdown.
pub(crate) fn rendered(entry: &Entry, text: &str) -> Option<Rendered> {
    if is_markdown(entry, text) { render(text) } else { None }
}

/// Whether the entry is Markdown by its media type or its name, or begins with front matter.
fn is_markdown(entry: &Entry, text: &str) -> bool {
    let name = entry.location.rsplit(['/', '#']).next().unwrap_or_default();
    let name = crate::kinds::uncompressed_name(name);
    let told = entry.media_type.as_deref().and_then(kind_by_media_type).or_else(|| kind_by_name(&name));
    match told {
        Some(kind) => kind == Kind::Markdown,
        None => split_front_matter(text).0.is_some(),
    }
}

/// Longer texts are not rendered: nobody writes them.
const MAX_BYTES: usize = 8 * 1024 * 1024;

/// Renders the text; `None` where it is too long for Markdown.
fn render(source: &str) -> Option<Rendered> {
    if source.len() > MAX_BYTES {
        return None;
    }
    let (front_matter, body) = split_front_matter(source);
    let told =
        front_matter.map(|lines| record_of(lines).told(&FieldMap::default(), "front matter")).unwrap_or_default();
    let mut writer = Writer::default();
    let options = Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH | Options::ENABLE_FOOTNOTES;
    Parser::new_ext(body, options).for_each(|event| writer.write(event));
    Some(Rendered { text: writer.text, headings: writer.headings, told })
}

/// Takes the headings of the markup for what they are: the first of all lines is the headline, the others are headings.
/// A headline that front matter tells stands, unless the first line has the same words.
pub(crate) fn mark_headings(layout: &mut Layout, rendered: &Rendered, text: &str) {
    let is_first = |span: Span| text[..span.start.get()].trim().is_empty();
    let told = rendered.told.title.as_ref();
    let mut title = layout.furniture.iter().find(|furniture| furniture.kind == FurnitureKind::Title).map(|f| f.span);
    let mut headings: Vec<Furniture> = Vec::with_capacity(rendered.headings.len());
    for (span, level) in &rendered.headings {
        let words = span.of(text);
        let is_headline = is_first(*span) || (*level == HeadingLevel::H1 && layout.title.is_none());
        if is_headline && told.is_none_or(|told| told.value.trim() == words.trim()) {
            title = Some(*span);
            layout.title = Some(Evidenced { value: words.to_string(), evidence: Evidence::Stated(*span) });
        }
        headings.push(Furniture { span: *span, kind: FurnitureKind::Heading });
    }
    for heading in headings.iter_mut().filter(|heading| title == Some(heading.span)) {
        heading.kind = FurnitureKind::Title;
    }
    // Both lists are in order: what else was found in a heading, or was taken for the headline, goes.
    let mut next = 0;
    layout.furniture.retain(|furniture| {
        while headings.get(next).is_some_and(|heading| heading.span.end <= furniture.span.start) {
            next += 1;
        }
        let is_other_title = furniture.kind == FurnitureKind::Title && title != Some(furniture.span);
        !is_other_title && !headings.get(next).is_some_and(|heading| heading.span.overlaps(furniture.span))
    });
    layout.furniture.extend(headings);
    layout.furniture.sort_by_key(|furniture| furniture.span);
}

#[derive(Default)]
struct Writer {
    text: String,
    headings: Vec<(Span, HeadingLevel)>,
    heading_start: Option<usize>,
    /// In how many pictures the text stands: their descriptions are no text of the article.
    n_pictures: usize,
    in_cell: bool,
}

impl Writer {
    fn write(&mut self, event: Event) {
        match event {
            Event::Start(Tag::Image { .. }) => self.n_pictures += 1,
            Event::End(TagEnd::Image) => self.n_pictures = self.n_pictures.saturating_sub(1),
            _ if self.n_pictures > 0 => {}
            Event::Start(Tag::Heading { .. }) => {
                self.begin_block();
                self.heading_start = Some(self.text.len());
            }
            Event::End(TagEnd::Heading(level)) => self.end_heading(level),
            Event::Start(Tag::TableCell) => {
                if self.in_cell {
                    self.text.push_str(" | ");
                }
                self.in_cell = true;
            }
            Event::End(TagEnd::TableRow | TagEnd::TableHead) => {
                self.in_cell = false;
                self.text.push('\n');
            }
            Event::Start(
                Tag::Paragraph
                | Tag::BlockQuote(_)
                | Tag::CodeBlock(_)
                | Tag::Item
                | Tag::Table(_)
                | Tag::HtmlBlock
                | Tag::FootnoteDefinition(_)
                | Tag::DefinitionListTitle
                | Tag::DefinitionListDefinition,
            )
            | Event::Rule => self.begin_block(),
            Event::Text(text) | Event::Code(text) | Event::InlineMath(text) | Event::DisplayMath(text) => {
                self.text.push_str(&text);
            }
            Event::InlineHtml(tag) if tag.to_ascii_lowercase().starts_with("<br") => self.text.push('\n'),
            Event::Html(markup) => self.text.push_str(&without_tags(&markup)),
            Event::SoftBreak => self.text.push(' '),
            Event::HardBreak => self.text.push('\n'),
            _ => {}
        }
    }

    fn begin_block(&mut self) {
        let len = self.text.trim_end_matches([' ', '\n']).len();
        self.text.truncate(len);
        if len > 0 {
            self.text.push_str("\n\n");
        }
    }

    fn end_heading(&mut self, level: HeadingLevel) {
        let Some(start) = self.heading_start.take() else { return };
        let written = &self.text[start..];
        let start = start + (written.len() - written.trim_start().len());
        let end = start + self.text[start..].trim_end().len();
        if start < end {
            self.headings.push((Span::new(start, end), level));
        }
    }
}

/// The text of markup that stands in Markdown as it is.
fn without_tags(markup: &str) -> String {
    let mut text = String::new();
    let mut in_tag = false;
    for c in markup.chars() {
        match c {
            '<' => in_tag = true,
            '>' if in_tag => in_tag = false,
            c if !in_tag => text.push(c),
            _ => {}
        }
    }
    text
}

/// The lines between the fences at the start, and the rest.
fn split_front_matter(source: &str) -> (Option<&str>, &str) {
    for fence in ["---", "+++"] {
        let Some(rest) = source.strip_prefix(fence) else { continue };
        let Some(rest) = rest.strip_prefix('\n').or_else(|| rest.strip_prefix("\r\n")) else { continue };
        let mut at = 0;
        for line in rest.split_inclusive('\n') {
            let is_end = line.trim_end() == fence || (fence == "---" && line.trim_end() == "...");
            if is_end {
                let lines = &rest[..at];
                // A rule at the start of a text is no fence: there are no fields below it.
                let has_field = lines.lines().any(|line| field_of(line).is_some());
                return if has_field { (Some(lines), &rest[at + line.len()..]) } else { (None, source) };
            }
            at += line.len();
            if at > MAX_FRONT_MATTER_BYTES {
                break;
            }
        }
    }
    (None, source)
}

/// Front matter has some dozens of short lines.
const MAX_FRONT_MATTER_BYTES: usize = 64 * 1024;

/// The fields of front matter. Of YAML and TOML only what tells of an article is read: a name with a value on its line,
/// or with a list of them.
pub(crate) fn record_of(lines: &str) -> Record {
    let mut fields: Vec<(String, Vec<String>)> = Vec::new();
    for line in lines.lines() {
        if let Some((name, value)) = field_of(line) {
            let values = value.strip_prefix('[').and_then(|list| list.strip_suffix(']'));
            let values: Vec<String> = match values {
                Some(list) => list.split(',').map(unquoted).filter(|value| !value.is_empty()).collect(),
                None => Some(unquoted(value)).filter(|value| !value.is_empty()).into_iter().collect(),
            };
            fields.push((name.to_string(), values));
        } else if let Some(item) = line.trim_start().strip_prefix("- ")
            && let Some((_, values)) = fields.last_mut()
        {
            let item = item.trim().strip_prefix("name:").unwrap_or(item);
            values.push(unquoted(item));
        }
    }
    let mut record = Record::default();
    for (name, values) in fields {
        record.push(&name, values.join(", ").into_bytes());
    }
    record
}

/// `name: value` or `name = value`, at the start of a line.
fn field_of(line: &str) -> Option<(&str, &str)> {
    let len = line.find(|c: char| !(c.is_alphanumeric() || matches!(c, '_' | '-' | '.')))?;
    let (name, rest) = line.split_at(len);
    let rest = rest.trim_start();
    let value = rest.strip_prefix(':').or_else(|| rest.strip_prefix('='))?;
    (!name.is_empty()).then_some((name, value.trim()))
}

fn unquoted(value: &str) -> String {
    let value = value.trim();
    let inner = |mark: char| value.strip_prefix(mark)?.strip_suffix(mark);
    inner('"').or_else(|| inner('\'')).unwrap_or(value).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn marks_go_and_words_stay() {
        let source = "# Talks *open*\n\nThe [envoy](https://a.example) of **Karsk**\nleft early.  \nAll\\* saw it. \
                      ![map](m.png)\n\n- one\n- two\n\n> quoted\n\na | b\n--|--\n1 | 2\n\n<div>kept</div>\n";
        let rendered = render(source).unwrap();
        assert_eq!(
            rendered.text.trim_end(),
            "Talks open\n\nThe envoy of Karsk left early.\nAll* saw it.\n\none\n\ntwo\n\nquoted\n\na | b\n1 | 2\n\nkept"
        );
    }

    #[test]
    fn front_matter_tells_and_is_no_text() {
        let source = "---\ntitle: \"Talks: open\"\ndate: 2031-03-09\nauthors:\n  - name: Mara Tellin\n  - A. Sole\ntags: [x, y]\n---\nText.\n";
        let rendered = render(source).unwrap();
        let value = |told: Option<Evidenced<String>>| told.unwrap().value;
        assert_eq!(value(rendered.told.title), "Talks: open");
        assert_eq!(value(rendered.told.published), "2031-03-09");
        assert_eq!(value(rendered.told.byline), "Mara Tellin, A. Sole");
        assert_eq!(rendered.text, "Text.");
        assert_eq!(split_front_matter("---\nTalks open\n---\n").0, None);
    }

    proptest! {
        #[test]
        fn any_text_is_rendered_and_headings_stand_in_it(source in "[-#*_>|`\\[\\]()<>!:=+ a\n]{0,200}") {
            let rendered = render(&source).unwrap();
            for (span, _) in rendered.headings {
                prop_assert!(!span.of(&rendered.text).trim().is_empty());
            }
        }
    }
}

//! The dates in the body of a page, with what tells how likely each is the date of publication: the names of the
//! elements around it, the words beside it, how far from the headline it stands and in which part of the page.

use super::date_words::{DateWords, Region, Role, date_words};
use super::headline::Headline;
use super::tree::{NodeId, Tree};
use crate::date_line::parse;
use crate::dates::Reading;
use crate::lexicon::{Label, lexicon};
use crate::lines::words;
use crate::moment::{Moment, told_date};
use rapporteur_model::Instant;
use std::collections::HashMap;

/// A date in the body of a page.
#[derive(Debug, Clone)]
pub(crate) struct Sighting {
    pub(crate) reading: Reading,
    pub(crate) at: Option<Instant>,
    pub(crate) is_universal: bool,
    pub(crate) kind: Kind,
    /// What the words beside it say.
    pub(crate) label: Option<Role>,
    /// What the names of the elements around it say.
    pub(crate) class: Option<Role>,
    pub(crate) region: Option<Region>,
    /// Characters of visible text from the end of the headline, negative before it.
    pub(crate) from_headline: Option<i64>,
    /// Name and classes of the element it belongs to: the same for all dates of a list.
    pub(crate) signature: String,
    pub(crate) place: String,
    pub(crate) words: String,
}

/// How a date stands in the page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Kind {
    /// In an attribute of an element, for machines.
    Attribute,
    /// In the text of a `<time>`.
    Time,
    /// On a line with little else.
    Line,
    /// Before the first words of a paragraph.
    Start,
    /// Within a sentence.
    Prose,
}

/// A page with more dates is a list or a table.
const MAX_SIGHTINGS: usize = 400;
/// A line is looked at up to here; what is longer is prose.
const MAX_LINE_BYTES: usize = 400;
/// Words of a line with a date on it: "By Ana Lind, Karsk Courier, 9 March 2031, 10:30, 4 min read".
const MAX_LINE_WORDS: usize = 14;
/// Words between a label and its date: "Published by the Karsk Courier on 9 March".
const MAX_WORDS_TO_LABEL: usize = 5;
/// An element of which the class says what a date in it is holds no more nodes than a byline does.
const MAX_CLASS_NODES: usize = 40;
/// How far up from a date the names of elements are asked.
const MAX_CLASS_DEPTH: usize = 4;

/// All dates in the body, in the order of the page.
pub(crate) fn sightings(tree: &Tree, headline: Option<&Headline>) -> Vec<Sighting> {
    let mut body = Body {
        tree,
        words: date_words(),
        headline,
        regions: Vec::with_capacity(tree.n_nodes()),
        classes: HashMap::new(),
        line: String::new(),
        pieces: Vec::new(),
        block: NodeId::ROOT,
        last_label: None,
        n_chars: 0,
        sightings: Vec::new(),
        headline_end: None,
    };
    body.walk();
    let headline_end = body.headline_end;
    let mut sightings = body.sightings;
    for sighting in &mut sightings {
        sighting.from_headline = headline_end.and_then(|end| Some(sighting.from_headline? - end));
    }
    sightings
}

struct Body<'t> {
    tree: &'t Tree,
    words: &'static DateWords,
    headline: Option<&'t Headline>,
    /// By node.
    regions: Vec<Option<Region>>,
    /// What class names say, by the names: the same stand on many elements.
    classes: HashMap<&'t str, (Option<Role>, Option<Region>)>,
    line: String,
    /// Where the texts of the line begin, with their nodes.
    pieces: Vec<(usize, NodeId)>,
    /// The element whose line is being read.
    block: NodeId,
    /// The label that stood alone on the line before.
    last_label: Option<Role>,
    n_chars: i64,
    sightings: Vec<Sighting>,
    headline_end: Option<i64>,
}

impl<'t> Body<'t> {
    fn walk(&mut self) {
        let mut skip_to = NodeId::ROOT;
        for node in std::iter::once(NodeId::ROOT).chain(self.tree.descendants(NodeId::ROOT)) {
            let region = self.region_of(node);
            self.regions.push(region);
            let is_past = |headline: &Headline| self.tree.after(headline.node) <= node;
            if self.headline_end.is_none() && self.headline.is_some_and(is_past) {
                self.end_line();
                self.headline_end = Some(self.n_chars);
            }
            if node < skip_to || self.sightings.len() >= MAX_SIGHTINGS {
                continue;
            }
            match self.tree.name(node) {
                Some(name) if UNSEEN.contains(&name) => skip_to = self.tree.after(node),
                Some("br" | "hr") => self.end_line(),
                Some(name) => self.read_attributes(node, name),
                None => self.read_text(node),
            }
        }
        self.end_line();
    }

    fn region_of(&mut self, node: NodeId) -> Option<Region> {
        let inherited = self.tree.parent(node).and_then(|parent| self.regions[parent.idx()]);
        let Some(name) = self.tree.name(node) else { return inherited };
        // What holds the headline is the article, whatever it is called.
        let holds_headline =
            self.headline.is_some_and(|headline| node <= headline.node && headline.node < self.tree.after(node));
        if holds_headline || matches!(name, "" | "html" | "body" | "main") {
            return None;
        }
        let own = match name {
            "nav" | "dialog" => Some(Region::Chrome),
            // What is quoted or embedded has a date of its own.
            "aside" | "blockquote" | "figure" => Some(Region::Related),
            "footer" if !self.tree.ancestors(node).any(|above| self.tree.is(above, &["article"])) => {
                Some(Region::Chrome)
            }
            _ => {
                let of_class = self.class_of(node, "class").1;
                of_class.or_else(|| self.class_of(node, "id").1)
            }
        };
        own.or(inherited)
    }

    fn class_of(&mut self, node: NodeId, attribute: &str) -> (Option<Role>, Option<Region>) {
        let Some(names) = self.tree.attribute(node, attribute).filter(|names| !names.is_empty()) else {
            return (None, None);
        };
        let words = self.words;
        *self.classes.entry(names).or_insert_with(|| (words.role_of_class(names), words.region_of_class(names)))
    }

    /// What the names of an element say of a date in it.
    fn role_of(&mut self, node: NodeId) -> Option<Role> {
        let roles = ["class", "id", "itemprop", "property", "data-testid"].map(|name| self.class_of(node, name).0);
        let roles = roles.into_iter().flatten();
        roles.min_by_key(|role| if *role == Role::Unsure { 1 } else { 0 })
    }

    fn read_attributes(&mut self, node: NodeId, name: &str) {
        self.read_named_attributes(node, name);
        let role = self.role_of(node);
        if (name != "time" && role.is_none()) || matches!(name, "meta" | "img" | "link" | "a") {
            return;
        }
        let is_pubdate = self.tree.attribute(node, "pubdate").is_some();
        let role = if is_pubdate { Some(Role::Published) } else { role };
        for attribute in &self.words.attributes {
            let Some(value) = self.tree.attribute(node, attribute) else { continue };
            let Some(moment) = told_date(value).filter(|moment| is_day(&moment.reading)) else { continue };
            let place = match self.tree.attribute(node, "class").filter(|class| !class.is_empty()) {
                Some(class) => format!("{name} class=\"{}\" {attribute}", class.trim()),
                None => format!("{name} {attribute}"),
            };
            // A tooltip beside the words of a date says what the words say.
            let class = if *attribute == "title" && name != "abbr" && name != "time" { None } else { role };
            let class = class.or(Some(Role::Unsure));
            let words = value.trim().to_string();
            self.see(node, Kind::Attribute, moment, None, class, Shown { place, words });
            return;
        }
    }

    /// Attributes that say by their own names that they are dates: `data-pubdate`.
    fn read_named_attributes(&mut self, node: NodeId, name: &str) {
        let tree = self.tree;
        for (attribute, value) in tree.attributes(node) {
            let may_be_date = attribute.contains("date") || attribute.contains("time") || attribute.contains("publi");
            if !may_be_date || self.words.attributes.contains(&attribute) {
                continue;
            }
            let role = self.words.role_of_meta(attribute).filter(|role| *role != Role::Unsure);
            let moment = told_date(value).filter(|moment| is_day(&moment.reading));
            if let (Some(role), Some(moment)) = (role, moment) {
                let shown = Shown { place: format!("{name} {attribute}"), words: value.trim().to_string() };
                self.see(node, Kind::Attribute, moment, None, Some(role), shown);
            }
        }
    }

    fn read_text(&mut self, node: NodeId) {
        let Some(text) = self.tree.text(node) else { return };
        let block = self.tree.ancestors(node).find(|above| !self.tree.is(*above, INLINE)).unwrap_or(NodeId::ROOT);
        if block != self.block {
            self.end_line();
            self.block = block;
        }
        for word in text.split_whitespace() {
            if !self.line.is_empty() {
                self.line.push(' ');
            }
            if self.pieces.last().is_none_or(|(_, last)| *last != node) {
                self.pieces.push((self.line.len(), node));
            }
            self.line.push_str(word);
        }
    }

    fn end_line(&mut self) {
        let line = std::mem::take(&mut self.line);
        let pieces = std::mem::take(&mut self.pieces);
        if line.is_empty() {
            return;
        }
        self.read_line(&line, &pieces);
        self.n_chars += line.len() as i64 + 1;
        // The buffers are used again.
        self.line = line;
        self.pieces = pieces;
        self.line.clear();
        self.pieces.clear();
    }

    fn read_line(&mut self, line: &str, pieces: &[(usize, NodeId)]) {
        let label_before = self.last_label.take();
        let line = &line[..line.floor_char_boundary(MAX_LINE_BYTES)];
        if line.bytes().filter(u8::is_ascii_digit).count() < MIN_DIGITS {
            self.last_label = lone_label(line);
            return;
        }
        let parsed = parse(line);
        let n_words = words(line).count();
        let mut from = 0;
        for (idx, date) in parsed.dates.iter().enumerate() {
            let until = parsed.dates.get(idx + 1).map_or(line.len(), |next| next.start);
            let kind = if n_words <= MAX_LINE_WORDS || parsed.is_only_dates() {
                Kind::Line
            } else if words(&line[..date.start]).count() <= MAX_WORDS_BEFORE_START {
                Kind::Start
            } else {
                Kind::Prose
            };
            let label = label_in(&line[from..date.start], true)
                .or_else(|| label_before.filter(|_| idx == 0 && words(&line[..date.start]).count() == 0))
                .or_else(|| label_in(&line[date.end..until], false).filter(|label| *label != Role::Other));
            from = date.end;
            let at = pieces.partition_point(|(start, _)| *start <= date.start).saturating_sub(1);
            let Some((_, node)) = pieces.get(at) else { continue };
            // The time and the zone that follow the date.
            let written = &line[date.start..until.min(line.floor_char_boundary(date.end + MAX_TIME_BYTES))];
            let moment = Moment { reading: date.reading, ..told_date(written).unwrap_or_else(|| moment(date.reading)) };
            let shown = line[date.start..date.end].to_string();
            self.see_text(*node, moment, kind, label, shown);
        }
    }

    fn see_text(&mut self, node: NodeId, moment: Moment, kind: Kind, label: Option<Role>, words: String) {
        let above: Vec<NodeId> = self.tree.ancestors(node).take(MAX_CLASS_DEPTH).collect();
        let mut class = None;
        let mut is_time = false;
        let mut named = None;
        for node in above {
            if self.tree.after(node).idx() - node.idx() > MAX_CLASS_NODES {
                break;
            }
            is_time |= self.tree.is(node, &["time"]);
            let role = self.role_of(node);
            if role.is_some() && named.is_none() {
                named = Some(node);
            }
            class = match (class, role) {
                (None | Some(Role::Unsure), Some(role)) => Some(role),
                (class, _) => class,
            };
        }
        let kind = if is_time { Kind::Time } else { kind };
        let element = named.or(self.tree.parent(node)).unwrap_or(NodeId::ROOT);
        let name = self.tree.name(element).unwrap_or_default();
        let place = match self.tree.attribute(element, "class").filter(|class| !class.is_empty()) {
            Some(class) => format!("{name} class=\"{}\"", class.trim()),
            None if name.is_empty() => "text".to_string(),
            None => name.to_string(),
        };
        self.see(element, kind, moment, label, class, Shown { place, words });
    }

    /// Keeps a date that belongs to the element `node`.
    fn see(
        &mut self,
        node: NodeId,
        kind: Kind,
        moment: Moment,
        label: Option<Role>,
        class: Option<Role>,
        shown: Shown,
    ) {
        let class_names = self.tree.attribute(node, "class").unwrap_or_default();
        let signature = format!("{} {class_names}", self.tree.name(node).unwrap_or_default());
        let Moment { reading, at, is_universal, .. } = moment;
        let region = self.regions[node.idx()];
        let from_headline = Some(self.n_chars);
        let Shown { place, words } = shown;
        self.sightings.push(Sighting {
            reading,
            at,
            is_universal,
            kind,
            label,
            class,
            region,
            from_headline,
            signature,
            place,
            words,
        });
    }
}

/// Where a date stands, and its words.
struct Shown {
    place: String,
    words: String,
}

/// A day, a month and a year of two digits.
const MIN_DIGITS: usize = 5;
/// "Karsk, 9 March 2031. The envoys …", "(9 March 2031) The envoys …"
const MAX_WORDS_BEFORE_START: usize = 2;
/// The time and zone after a date: " - 10:30:00 Uhr (MEZ)".
const MAX_TIME_BYTES: usize = 32;

fn moment(reading: Reading) -> Moment {
    Moment { reading, at: None, is_universal: false, start: 0 }
}

fn is_day(reading: &Reading) -> bool {
    !matches!(reading, Reading::Month(..))
}

/// The label nearest to the date in the words before or after it.
fn label_in(text: &str, is_before: bool) -> Option<Role> {
    let near: Vec<&str> = match is_before {
        true => {
            let mut last: Vec<&str> = words(text).collect();
            last.reverse();
            last.truncate(MAX_WORDS_TO_LABEL);
            last
        }
        false => words(text).take(MAX_WORDS_TO_LABEL).collect(),
    };
    near.into_iter().find_map(|word| label_of(&word.to_lowercase()))
}

fn label_of(word: &str) -> Option<Role> {
    let known = lexicon().labels.get(word).map(|label| match label {
        Label::Published => Role::Published,
        Label::Updated => Role::Modified,
    });
    known.or_else(|| date_words().labels.get(word).copied())
}

/// The label on a line that holds hardly more: "Published on".
fn lone_label(line: &str) -> Option<Role> {
    (words(line).count() <= MAX_WORDS_OF_LABEL).then(|| label_in(line, true))?
}

const MAX_WORDS_OF_LABEL: usize = 3;

/// Elements of which nothing is seen, or only by choosing.
const UNSEEN: &[&str] = &[
    "title", "script", "style", "template", "svg", "select", "datalist", "textarea", "iframe", "object", "canvas",
    "audio", "video", "math", "noscript",
];

/// Elements that go on with the line they stand in.
const INLINE: &[&str] = &[
    "a", "abbr", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn", "em", "font", "i", "ins", "label",
    "mark", "nobr", "q", "s", "samp", "small", "span", "strike", "strong", "sub", "sup", "time", "tt", "u", "var",
    "wbr",
];

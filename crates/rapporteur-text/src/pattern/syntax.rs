//! Reads Python's regular expression syntax into a tree.

use crate::error::Error;
use crate::unicode;

/// Groups nested deeper than this are refused: the reader and the compiler recurse on them.
const MAX_DEPTH: usize = 64;

/// A part of a pattern.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Node {
    /// One character of the class.
    Class(Class),
    /// One after the other.
    Sequence(Vec<Node>),
    /// The first of these that leads to a match.
    Alternatives(Vec<Node>),
    /// `{min,max}`, `*`, `+`, `?`.
    Repeat { node: Box<Node>, min: u32, max: Option<u32>, is_greedy: bool },
    /// `^`.
    Start,
    /// `$`.
    End,
    /// `(?=…)`, `(?!…)`, `(?<=…)`, `(?<!…)`.
    Look { node: Box<Node>, is_behind: bool, is_negative: bool },
}

/// A set of characters.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct Class {
    /// Bit `c` for the ASCII character `c`.
    ascii: u128,
    /// Ranges above ASCII, sorted, both ends included.
    ranges: Vec<(char, char)>,
    /// Kinds of characters above ASCII.
    kinds: Vec<Kind>,
    is_negated: bool,
}

/// `\d`, `\s`, `\w` and their opposites.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Kind {
    named: NamedKind,
    is_negated: bool,
}

#[derive(Debug, Clone, Copy, PartialEq)]
enum NamedKind {
    Decimal,
    Space,
    Word,
}

impl Kind {
    fn contains(self, c: char) -> bool {
        let is_named = match self.named {
            NamedKind::Decimal => unicode::is_decimal(c),
            NamedKind::Space => unicode::is_space(c),
            NamedKind::Word => unicode::is_word(c),
        };
        is_named != self.is_negated
    }
}

impl Class {
    fn any_but_newline() -> Class {
        let mut class = Class::default();
        class.add_range('\n', '\n');
        Class { is_negated: true, ..class }
    }

    fn add_range(&mut self, first: char, last: char) {
        for code in first as u32..=(last as u32).min(127) {
            self.ascii |= 1 << code;
        }
        if last as u32 > 127 {
            self.ranges.push((first.max('\u{80}'), last));
        }
    }

    fn add_kind(&mut self, kind: Kind) {
        for code in 0..128u8 {
            if kind.contains(code as char) {
                self.ascii |= 1 << code;
            }
        }
        self.kinds.push(kind);
    }

    fn finish(mut self) -> Class {
        self.ranges.sort_unstable();
        let mut merged: Vec<(char, char)> = Vec::new();
        for (first, last) in self.ranges {
            match merged.last_mut() {
                Some(previous) if first <= previous.1 => previous.1 = previous.1.max(last),
                _ => merged.push((first, last)),
            }
        }
        Class { ranges: merged, ..self }
    }

    pub(super) fn contains(&self, c: char) -> bool {
        if c.is_ascii() {
            return self.contains_ascii(c as u8);
        }
        let n_begun = self.ranges.partition_point(|&(first, _)| first <= c);
        let is_in_range = n_begun > 0 && c <= self.ranges[n_begun - 1].1;
        (is_in_range || self.kinds.iter().any(|kind| kind.contains(c))) != self.is_negated
    }

    pub(super) fn contains_ascii(&self, c: u8) -> bool {
        (self.ascii >> c & 1 == 1) != self.is_negated
    }
}

impl Node {
    /// The first part of a sequence, or the node itself.
    pub(super) fn first(&self) -> Option<&Node> {
        if let Node::Sequence(nodes) = self { nodes.first() } else { Some(self) }
    }

    /// The last part of a sequence, or the node itself.
    pub(super) fn last(&self) -> Option<&Node> {
        if let Node::Sequence(nodes) = self { nodes.last() } else { Some(self) }
    }

    /// Most characters that a match can have; `None` without limit, or with one beyond counting.
    pub(super) fn max_chars(&self) -> Option<usize> {
        match self {
            Node::Class(_) => Some(1),
            Node::Sequence(nodes) => nodes.iter().try_fold(0usize, |sum, node| sum.checked_add(node.max_chars()?)),
            Node::Alternatives(nodes) => {
                nodes.iter().map(Node::max_chars).try_fold(0, |most, chars| Some(most.max(chars?)))
            }
            Node::Repeat { node, max, .. } => node.max_chars()?.checked_mul((*max)? as usize),
            Node::Start | Node::End | Node::Look { .. } => Some(0),
        }
    }

    /// Fewest characters that a match can have.
    pub(super) fn min_chars(&self) -> usize {
        match self {
            Node::Class(_) => 1,
            Node::Sequence(nodes) => nodes.iter().fold(0, |sum, node| sum.saturating_add(node.min_chars())),
            Node::Alternatives(nodes) => nodes.iter().map(Node::min_chars).min().unwrap_or(0),
            Node::Repeat { node, min, .. } => node.min_chars().saturating_mul(*min as usize),
            Node::Start | Node::End | Node::Look { .. } => 0,
        }
    }

    /// The classes of all characters that a match can consume.
    pub(super) fn consumed(&self) -> Vec<Class> {
        match self {
            Node::Class(class) => vec![class.clone()],
            Node::Sequence(nodes) | Node::Alternatives(nodes) => nodes.iter().flat_map(Node::consumed).collect(),
            Node::Repeat { node, .. } => node.consumed(),
            Node::Start | Node::End | Node::Look { .. } => Vec::new(),
        }
    }
}

/// Reads a pattern.
pub(super) fn parse(source: &str) -> Result<Node, Error> {
    let chars: Vec<char> = source.chars().collect();
    let mut parser = Parser { chars: &chars, at: 0 };
    parser.eat_str("(?u)");
    let node = parser.alternatives(0)?;
    if parser.at < chars.len() {
        return Err(parser.error("unbalanced parenthesis"));
    }
    Ok(node)
}

struct Parser<'a> {
    chars: &'a [char],
    at: usize,
}

impl Parser<'_> {
    fn error(&self, what: &str) -> Error {
        Error::corrupt(format!("pattern, character {}: {what}", self.at))
    }

    fn unsupported(&self, what: &str) -> Error {
        Error::unsupported(format!("{what} in a pattern, character {}", self.at))
    }

    fn peek(&self) -> Option<char> {
        self.chars.get(self.at).copied()
    }

    fn next(&mut self) -> Option<char> {
        let c = self.peek()?;
        self.at += 1;
        Some(c)
    }

    fn eat(&mut self, c: char) -> bool {
        let is_next = self.peek() == Some(c);
        self.at += usize::from(is_next);
        is_next
    }

    fn eat_str(&mut self, string: &str) -> bool {
        let is_next = string.chars().enumerate().all(|(n, c)| self.chars.get(self.at + n) == Some(&c));
        if is_next {
            self.at += string.chars().count();
        }
        is_next
    }

    fn alternatives(&mut self, depth: usize) -> Result<Node, Error> {
        if depth > MAX_DEPTH {
            return Err(self.unsupported("groups nested deeper than 64"));
        }
        let mut alternatives = vec![self.sequence(depth)?];
        while self.eat('|') {
            alternatives.push(self.sequence(depth)?);
        }
        Ok(if alternatives.len() == 1 { alternatives.remove(0) } else { Node::Alternatives(alternatives) })
    }

    fn sequence(&mut self, depth: usize) -> Result<Node, Error> {
        let mut nodes = Vec::new();
        while let Some(c) = self.peek() {
            if c == '|' || c == ')' {
                break;
            }
            let node = self.atom(depth)?;
            nodes.push(self.repeated(node)?);
        }
        Ok(if nodes.len() == 1 { nodes.remove(0) } else { Node::Sequence(nodes) })
    }

    fn atom(&mut self, depth: usize) -> Result<Node, Error> {
        let Some(c) = self.next() else { return Err(self.error("it ends too early")) };
        let mut class = Class::default();
        match c {
            '^' => return Ok(Node::Start),
            '$' => return Ok(Node::End),
            '(' => return self.group(depth),
            '.' => class = Class::any_but_newline(),
            '[' => class = self.class()?,
            '*' | '+' | '?' => return Err(self.error("nothing to repeat")),
            '\\' => match self.escape()? {
                Escape::Char(c) => class.add_range(c, c),
                Escape::Kind(kind) => class.add_kind(kind),
            },
            c => class.add_range(c, c),
        }
        Ok(Node::Class(class.finish()))
    }

    fn group(&mut self, depth: usize) -> Result<Node, Error> {
        let look = [("?=", false, false), ("?!", false, true), ("?<=", true, false), ("?<!", true, true)];
        let kind = look.into_iter().find(|(prefix, ..)| self.eat_str(prefix));
        if kind.is_none() && !self.eat_str("?:") && self.peek() == Some('?') {
            return Err(self.unsupported("this kind of group"));
        }
        let node = self.alternatives(depth + 1)?;
        if !self.eat(')') {
            return Err(self.error("missing )"));
        }
        let Some((_, is_behind, is_negative)) = kind else { return Ok(node) };
        if is_behind && node.max_chars() != Some(node.min_chars()) {
            return Err(self.unsupported("look-behind of varying length"));
        }
        Ok(Node::Look { node: Box::new(node), is_behind, is_negative })
    }

    fn repeated(&mut self, node: Node) -> Result<Node, Error> {
        let Some((min, max)) = self.count()? else { return Ok(node) };
        if node.max_chars() == Some(0) {
            return Err(self.unsupported("a repeat of nothing"));
        }
        let is_greedy = !self.eat('?');
        if matches!(self.peek(), Some('*' | '+' | '?')) {
            return Err(self.error("multiple repeat"));
        }
        Ok(Node::Repeat { node: Box::new(node), min, max, is_greedy })
    }

    /// A repeat count at this place, as its bounds.
    fn count(&mut self) -> Result<Option<(u32, Option<u32>)>, Error> {
        let count = match self.peek() {
            Some('*') => (0, None),
            Some('+') => (1, None),
            Some('?') => (0, Some(1)),
            Some('{') => return self.braces(),
            _ => return Ok(None),
        };
        self.at += 1;
        Ok(Some(count))
    }

    fn braces(&mut self) -> Result<Option<(u32, Option<u32>)>, Error> {
        let begin = self.at;
        self.at += 1;
        let low = self.number()?;
        let bounds = if self.eat(',') { Some((low.unwrap_or(0), self.number()?)) } else { low.map(|n| (n, Some(n))) };
        let is_closed = self.eat('}');
        match bounds {
            Some((min, Some(max))) if is_closed && min > max => Err(self.error("least repeat above most")),
            Some(bounds) if is_closed => Ok(Some(bounds)),
            _ => {
                // Not a count: the brace is a character like any other.
                self.at = begin;
                Ok(None)
            }
        }
    }

    fn number(&mut self) -> Result<Option<u32>, Error> {
        let begin = self.at;
        while self.peek().is_some_and(|c| c.is_ascii_digit()) {
            self.at += 1;
        }
        let digits: String = self.chars[begin..self.at].iter().collect();
        if digits.is_empty() {
            return Ok(None);
        }
        digits.parse().map(Some).map_err(|_| self.error("a repeat count out of range"))
    }

    fn class(&mut self) -> Result<Class, Error> {
        let mut class = Class { is_negated: self.eat('^'), ..Class::default() };
        let begin = self.at;
        loop {
            let first = match self.next() {
                None => return Err(self.error("missing ]")),
                Some(']') if self.at > begin + 1 => return Ok(class.finish()),
                Some('\\') => match self.escape()? {
                    Escape::Char(c) => c,
                    Escape::Kind(kind) => {
                        class.add_kind(kind);
                        continue;
                    }
                },
                Some(c) => c,
            };
            let is_range = self.peek() == Some('-') && self.chars.get(self.at + 1).is_some_and(|&c| c != ']');
            if !is_range {
                class.add_range(first, first);
                continue;
            }
            self.at += 1;
            let last = match self.next() {
                Some('\\') => match self.escape()? {
                    Escape::Char(c) => c,
                    Escape::Kind(_) => return Err(self.error("a range that ends in a kind of characters")),
                },
                Some(c) => c,
                None => return Err(self.error("missing ]")),
            };
            if first > last {
                return Err(self.error("a range that runs backwards"));
            }
            class.add_range(first, last);
        }
    }

    fn escape(&mut self) -> Result<Escape, Error> {
        let Some(c) = self.next() else { return Err(self.error("it ends in a backslash")) };
        let kind = |named, is_negated| Ok(Escape::Kind(Kind { named, is_negated }));
        let control = |c| Ok(Escape::Char(c));
        match c {
            'd' => kind(NamedKind::Decimal, false),
            'D' => kind(NamedKind::Decimal, true),
            's' => kind(NamedKind::Space, false),
            'S' => kind(NamedKind::Space, true),
            'w' => kind(NamedKind::Word, false),
            'W' => kind(NamedKind::Word, true),
            'n' => control('\n'),
            't' => control('\t'),
            'r' => control('\r'),
            'f' => control('\u{c}'),
            'v' => control('\u{b}'),
            'a' => control('\u{7}'),
            'x' => self.code_point(2),
            'u' => self.code_point(4),
            'U' => self.code_point(8),
            c if c.is_ascii_alphanumeric() => Err(self.unsupported(&format!("\\{c}"))),
            c => Ok(Escape::Char(c)),
        }
    }

    fn code_point(&mut self, n_digits: usize) -> Result<Escape, Error> {
        let digits: String = self.chars[self.at..].iter().take(n_digits).collect();
        let code = u32::from_str_radix(&digits, 16).ok().filter(|_| digits.len() == n_digits);
        let Some(code) = code else { return Err(self.error("a character number that is none")) };
        self.at += n_digits;
        // Half of a surrogate pair stands in no text; the neighbour keeps a range that ends there whole.
        let c = char::from_u32(code).or_else(|| (0xd800..0xe000).contains(&code).then_some('\u{d7ff}'));
        c.map(Escape::Char).ok_or_else(|| self.error("a character number that is none"))
    }
}

enum Escape {
    Char(char),
    Kind(Kind),
}

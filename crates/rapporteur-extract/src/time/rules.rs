//! Reads `time-patterns.txt`: what expressions of time look like, and what they tell.
//!
//! A pattern is compiled to a small program, as in Thompson's construction (1968) without loops, so that a
//! match looks at a bounded number of words whatever the text is.

use super::fields::Field;
use super::starts::Starts;
use super::words::{ClassId, WordId, Words, field_of, for_each_part};
use crate::data_file::{DataFile, Entry, Line};
use crate::error::{Error, Mistake};
use rapporteur_model::TimexKind;

/// How the value of an expression is reckoned from what its words tell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Reckoning {
    /// A point of the calendar; what is not said comes from the anchor.
    Point,
    /// So many units before or after the anchor.
    Offset,
    /// A stretch of time by its length.
    Duration,
    /// Something that comes again.
    Set,
    /// The past, the present, the future.
    Reference,
    /// The unit that was spoken of before: "that year", "the quarter".
    Same,
    /// No expression of time, so that no shorter pattern finds one here.
    Nothing,
}

const RECKONINGS: [(&str, Reckoning); 7] = [
    ("point", Reckoning::Point),
    ("offset", Reckoning::Offset),
    ("duration", Reckoning::Duration),
    ("set", Reckoning::Set),
    ("ref", Reckoning::Reference),
    ("same", Reckoning::Same),
    ("nothing", Reckoning::Nothing),
];

const KINDS: [(&str, TimexKind); 4] =
    [("DATE", TimexKind::Date), ("TIME", TimexKind::Time), ("DURATION", TimexKind::Duration), ("SET", TimexKind::Set)];

/// One step of a program.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Step {
    /// One of these words.
    Word(Box<[WordId]>),
    /// A word, phrase or figure of the class; its value goes to the field.
    Class {
        class: ClassId,
        field: Option<Field>,
        only: Option<i32>,
    },
    Set(Field, i32),
    /// Go on at the first, and if that leads nowhere at the second.
    Split(u32, u32),
    Jump(u32),
    Check(Check),
    Accept,
}

/// What must hold or must not.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Check {
    pub(super) is_negated: bool,
    pub(super) what: What,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum What {
    /// The word before the expression.
    Before(Box<[WordId]>, Box<[ClassId]>),
    /// The word that comes next.
    Next(Box<[WordId]>, Box<[ClassId]>),
    /// The tag of the last word begins so.
    Tag(Box<[Box<str>]>),
    /// The tag of the next word begins so.
    NextTag(Box<[Box<str>]>),
    /// The last word is in a named entity of this type.
    Entity(Box<str>),
    /// The last word begins with a capital letter.
    Capital,
    /// No space before the next word.
    Glued,
    /// A sentence starts with the expression.
    SentenceStart,
}

/// One pattern.
#[derive(Debug)]
pub(super) struct Rule {
    pub(super) name: Box<str>,
    pub(super) kind: TimexKind,
    pub(super) reckoning: Reckoning,
    pub(super) program: Box<[Step]>,
}

/// All patterns, and which of them can begin with a word.
#[derive(Debug)]
pub(super) struct Rules {
    pub(super) rules: Vec<Rule>,
    pub(super) starts: Starts,
}

/// What a line says.
enum Body<'t> {
    Part(&'t str),
    Rule { kind: TimexKind, reckoning: Reckoning, pattern: &'t str },
}

impl Rules {
    pub(super) fn parse(file: DataFile<'_>, words: &mut Words) -> Result<Self, Error> {
        let entries = file.entries(take_apart)?;
        let mut compile =
            |pattern| Compiler { words, entries: &entries, program: Vec::new(), depth: 0 }.compile(pattern);
        let at =
            |entry: &Entry<'_, Body<'_>>, mistake| file.error(Line { number: entry.line, text: entry.word }, mistake);
        // A mistake in a part of a user's own is told at its line, not at that of a built-in pattern that it stands in.
        for entry in entries.iter().filter(|entry| entry.is_own) {
            let Body::Part(pattern) = entry.value else { continue };
            compile(pattern).map_err(|mistake| at(entry, mistake))?;
        }
        let mut rules = Vec::new();
        for entry in &entries {
            let Body::Rule { kind, reckoning, pattern } = entry.value else { continue };
            let program = compile(pattern).map_err(|mistake| {
                // A built-in one fails where a part that it needs is gone or became long.
                if entry.is_own {
                    at(entry, mistake)
                } else {
                    Error::new(file.name, None, mistake.of_builtin(entry.word))
                }
            })?;
            rules.push(Rule { name: entry.word.into(), kind, reckoning, program });
        }
        if u16::try_from(rules.len()).is_err() {
            return Err(Error::new(file.name, None, Mistake::new("more than 65,535 patterns")));
        }
        let starts = Starts::of(&rules, words);
        Ok(Rules { rules, starts })
    }
}

fn take_apart(line: &str) -> Result<(&str, Body<'_>), Mistake> {
    let hint = "write: NAME; TYPE; RECKONING; PATTERN, or @NAME = PATTERN";
    if line.starts_with('@') {
        let (name, pattern) = line.split_once('=').ok_or_else(|| Mistake::with_hint("no equals sign", hint))?;
        return Ok((name.trim(), Body::Part(pattern)));
    }
    let mut parts = line.splitn(4, ';').map(str::trim);
    let (Some(name), Some(kind), Some(reckoning), Some(pattern)) =
        (parts.next(), parts.next(), parts.next(), parts.next())
    else {
        return Err(Mistake::with_hint("not four fields between semicolons", hint));
    };
    let kind = KINDS.iter().find(|(known, _)| *known == kind).map(|(_, kind)| *kind).ok_or_else(|| {
        Mistake::with_hint(format!("unknown type {kind:?}"), "the types are: DATE, TIME, DURATION, SET")
    })?;
    let reckoning =
        RECKONINGS.iter().find(|(known, _)| *known == reckoning).map(|(_, value)| *value).ok_or_else(|| {
            let names = RECKONINGS.map(|(name, _)| name).join(", ");
            Mistake::with_hint(format!("unknown reckoning {reckoning:?}"), format!("the reckonings are: {names}"))
        })?;
    Ok((name, Body::Rule { kind, reckoning, pattern }))
}

/// How deep parts may stand in parts; deeper means that a part holds itself.
const MAX_DEPTH: usize = 12;
/// How long a program may be; parts inside parts of a user's own could make it very long.
const MAX_PROGRAM_STEPS: usize = 4000;

struct Compiler<'c, 't> {
    words: &'c mut Words,
    entries: &'c [Entry<'t, Body<'t>>],
    program: Vec<Step>,
    depth: usize,
}

impl<'t> Compiler<'_, 't> {
    fn compile(mut self, pattern: &'t str) -> Result<Box<[Step]>, Mistake> {
        self.pattern(pattern)?;
        self.program.push(Step::Accept);
        Ok(self.program.into())
    }

    fn pattern(&mut self, pattern: &'t str) -> Result<(), Mistake> {
        self.depth += 1;
        if self.depth > MAX_DEPTH {
            return Err(Mistake::new("a part of the pattern holds itself"));
        }
        let items: Vec<&str> = pattern.split_whitespace().collect();
        let mut at = 0;
        self.choice(&items, &mut at)?;
        if at < items.len() {
            return Err(Mistake::new("a closing bracket without an opening one"));
        }
        self.depth -= 1;
        Ok(())
    }

    /// `a b | c`, up to a closing bracket or the end.
    fn choice(&mut self, items: &[&'t str], at: &mut usize) -> Result<(), Mistake> {
        let mut jumps = Vec::new();
        loop {
            let split = self.program.len();
            self.program.push(Step::Split(0, 0));
            self.sequence(items, at)?;
            let is_last = items.get(*at) != Some(&"|");
            if is_last {
                self.program[split] = Step::Jump(split as u32 + 1);
                break;
            }
            *at += 1;
            jumps.push(self.program.len());
            self.program.push(Step::Jump(0));
            self.program[split] = Step::Split(split as u32 + 1, self.program.len() as u32);
        }
        let end = self.program.len() as u32;
        for jump in jumps {
            self.program[jump] = Step::Jump(end);
        }
        Ok(())
    }

    fn sequence(&mut self, items: &[&'t str], at: &mut usize) -> Result<(), Mistake> {
        while let Some(&item) = items.get(*at) {
            if item == "|" || item == ")" || item == ")?" {
                break;
            }
            *at += 1;
            let split = self.program.len();
            self.program.push(Step::Jump(split as u32 + 1));
            let is_optional = if item == "(" {
                self.choice(items, at)?;
                let close = items.get(*at).ok_or_else(|| Mistake::new("an opening bracket without a closing one"))?;
                *at += 1;
                *close == ")?"
            } else {
                let bare = item.strip_suffix('?').filter(|bare| !bare.is_empty());
                self.item(bare.unwrap_or(item))?;
                bare.is_some()
            };
            if is_optional {
                self.program[split] = Step::Split(split as u32 + 1, self.program.len() as u32);
            }
        }
        Ok(())
    }

    fn item(&mut self, item: &'t str) -> Result<(), Mistake> {
        if self.program.len() > MAX_PROGRAM_STEPS {
            return Err(Mistake::new("the pattern is too long"));
        }
        if let Some(set) = item.strip_prefix('{').and_then(|item| item.strip_suffix('}')) {
            let (field, value) = set.split_once('=').ok_or_else(|| Mistake::new(format!("no value in {item:?}")))?;
            let field = field_named(field)?;
            let value = field.parse(value).ok_or_else(|| {
                let hint = format!("the values are: {}", field.choices());
                Mistake::with_hint(format!("{value:?} is no value in {item:?}"), hint)
            })?;
            self.program.push(Step::Set(field, value));
        } else if item.starts_with('@') {
            let part = self.entries.iter().find(|entry| entry.word == item);
            let Some(Body::Part(pattern)) = part.map(|entry| &entry.value) else {
                return Err(Mistake::new(format!("there is no part {item:?}")));
            };
            self.pattern(pattern)?;
        } else if let Some(class) = item.strip_prefix('<').and_then(|item| item.strip_suffix('>')) {
            let step = self.class(class)?;
            self.program.push(step);
        } else if let Some(check) = self.check(item)? {
            self.program.push(Step::Check(check));
        } else {
            self.literal(item);
        }
        Ok(())
    }

    /// `word/other`: one of the words. A word with a hyphen stands for its parts.
    fn literal(&mut self, item: &str) {
        if item.len() > 1 && item.contains('-') && !item.contains('/') {
            let mut parts = Vec::new();
            for_each_part(item, |part| parts.push(self.words.intern(part)));
            self.program.extend(parts.into_iter().map(|word| Step::Word([word].into())));
        } else {
            let words = self.alternatives(item).0;
            self.program.push(Step::Word(words));
        }
    }

    /// `month`, `num=day` (into another field), `unit:Y` (only this value).
    fn class(&mut self, text: &str) -> Result<Step, Mistake> {
        let (text, only) = text.split_once(':').map_or((text, None), |(text, only)| (text, Some(only)));
        let (name, field) = text.split_once('=').map_or((text, None), |(name, field)| (name, Some(field)));
        let class = self.words.class(name).ok_or_else(|| Mistake::new(format!("there is no list {name:?}")))?;
        let field = match field {
            Some("none") => None,
            Some(field) => Some(field_named(field)?),
            None => field_of(name),
        };
        let only = match (only, field) {
            (Some(only), Some(field)) => {
                Some(field.parse(only).ok_or_else(|| Mistake::new(format!("{only:?} is no value of <{name}>")))?)
            }
            (Some(_), None) => return Err(Mistake::new(format!("<{name}> has no values"))),
            (None, _) => None,
        };
        Ok(Step::Class { class, field, only })
    }

    fn check(&mut self, item: &'t str) -> Result<Option<Check>, Mistake> {
        let (is_negated, test) = match item.strip_prefix('!') {
            Some(test) if !test.is_empty() => (true, test),
            _ => (false, item),
        };
        let tags = |tags: &str| tags.split('/').map(Box::from).collect();
        let what = if test == "~" {
            What::Glued
        } else if test == "^" {
            What::Capital
        } else if test == "start:" {
            What::SentenceStart
        } else if let Some(words) = test.strip_prefix("before:") {
            let (words, classes) = self.alternatives(words);
            What::Before(words, classes)
        } else if let Some(words) = test.strip_prefix("next:") {
            let (words, classes) = self.alternatives(words);
            What::Next(words, classes)
        } else if let Some(list) = test.strip_prefix("tag:") {
            What::Tag(tags(list))
        } else if let Some(list) = test.strip_prefix("next-tag:") {
            What::NextTag(tags(list))
        } else if let Some(label) = test.strip_prefix("entity:") {
            What::Entity(label.into())
        } else if is_negated {
            return Err(Mistake::new(format!("{item:?} is no check")));
        } else {
            return Ok(None);
        };
        Ok(Some(Check { is_negated, what }))
    }

    fn alternatives(&mut self, text: &str) -> (Box<[WordId]>, Box<[ClassId]>) {
        if text == "/" {
            return ([self.words.intern("/")].into(), [].into());
        }
        let mut words = Vec::new();
        let mut classes = Vec::new();
        for part in text.split('/').filter(|part| !part.is_empty()) {
            match part.strip_prefix('<').and_then(|part| part.strip_suffix('>')) {
                Some(class) => classes.extend(self.words.class(class)),
                None => words.push(self.words.intern(part)),
            }
        }
        (words.into(), classes.into())
    }
}

fn field_named(name: &str) -> Result<Field, Mistake> {
    Field::named(name).ok_or_else(|| Mistake::new(format!("there is no field {name:?}")))
}

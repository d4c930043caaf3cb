//! What words report speech, and what they take: the cue files of `data/`, and the word lists beside them.

use crate::codes::RoleWords;
use crate::data_file::{DataFile, content_lines, in_lower_case};
use crate::error::{Error, Mistake};
use crate::knowledge::Files;
use crate::quantities::QuantityWords;
use crate::word_lists::{Names, WordLists};
use hashbrown::HashMap;
use rapporteur_model::StatementClass;
use std::collections::BTreeSet;
use std::sync::LazyLock;

/// One way in which a cue carries its content; the data files explain each.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Frame {
    Quote,
    Clause,
    Infinitive,
    /// An infinitive that makes an act report: "declined to comment".
    ActInfinitive,
    Gerund,
    /// The infinitive of an object; the object may hang on a preposition ("called on them to …").
    ObjectInfinitive(Option<&'static str>),
    WantInfinitive,
    Object,
    Topic,
    Predicate,
    As,
    /// The object of a preposition is the content.
    To(&'static str),
    /// The object of a preposition names the subject only.
    About(&'static str),
    /// The object of a preposition after a direct object is the content.
    ObjectTo(&'static str),
    /// The content is what was reported just before: "…, others disagreed".
    Echo,
}

/// A word that reports.
#[derive(Debug)]
pub(crate) struct Cue {
    pub(crate) class: StatementClass,
    /// The frames with the class that some have of their own.
    pub(crate) frames: Vec<(Frame, Option<StatementClass>)>,
    /// One of the plainest verbs of saying.
    pub(crate) is_say: bool,
    /// Counts only where the subject can speak or think.
    pub(crate) needs_animate: bool,
    /// Its -ing form after a comma carries on with the same speaker.
    pub(crate) is_tail: bool,
    /// Counts only where a poll, a report or a study is the subject.
    pub(crate) needs_study: bool,
}

impl Cue {
    /// Whether the cue takes `frame`.
    pub(crate) fn takes(&self, frame: Frame) -> bool {
        self.frames.iter().any(|(known, _)| *known == frame)
    }

    /// The class that the cue has with `frame`, if it takes that.
    pub(crate) fn class_with(&self, frame: Frame) -> Option<StatementClass> {
        let taken = self.frames.iter().find(|(known, _)| *known == frame)?;
        Some(taken.1.unwrap_or(self.class))
    }

    /// The prepositions on which an object may hang whose infinitive is the content.
    pub(crate) fn object_infinitive_prepositions(&self) -> impl Iterator<Item = &'static str> {
        self.frames.iter().filter_map(|(frame, _)| match *frame {
            Frame::ObjectInfinitive(preposition) => preposition,
            _ => None,
        })
    }

    /// Whether the object of preposition `word` may be its content.
    pub(crate) fn takes_to(&self, word: &str) -> bool {
        self.frames.iter().any(|(frame, _)| matches!(frame, Frame::To(name) if *name == word))
    }

    /// `word`, where one of the frames has it as its preposition.
    pub(crate) fn preposition(&self, word: &str) -> Option<&'static str> {
        self.frames.iter().find_map(|(frame, _)| match *frame {
            Frame::ObjectInfinitive(Some(name)) | Frame::To(name) | Frame::About(name) | Frame::ObjectTo(name) => {
                (name == word).then_some(name)
            }
            _ => None,
        })
    }
}

/// The cue files and the small word lists.
#[derive(Debug)]
pub(crate) struct Lexicon {
    pub(crate) verbs: HashMap<String, Cue>,
    pub(crate) nouns: HashMap<String, Cue>,
    pub(crate) adjectives: HashMap<String, Cue>,
    /// Lists of `data/words.txt`.
    pub(crate) words: WordLists,
    /// Lists of `data/people.txt`.
    pub(crate) people: WordLists,
    /// Lists of `data/state-evidence.txt`.
    pub(crate) evidence: WordLists,
    /// Lists of `data/circumstances.txt`.
    pub(crate) circumstances: WordLists,
    /// Lists of `data/event-words.txt`.
    pub(crate) event_words: WordLists,
    /// Lists of `data/role-nouns.txt`: for each wide noun the words of the roles that it covers.
    pub(crate) role_nouns: WordLists,
    /// Lists of `data/roles.txt`: the words for each role of an event code.
    pub(crate) roles: RoleWords,
    /// Phrases that attribute, as lower-case words.
    pub(crate) according_phrases: Vec<Vec<String>>,
    /// Words of numbers and around numbers.
    pub(crate) quantities: QuantityWords,
}

impl Lexicon {
    pub(crate) fn parse(files: Files<'_>) -> Result<Self, Error> {
        let lists = |name| WordLists::parse(files.get(name), Names::Fixed);
        let according = files.get("according.txt").entries(|line| Ok((in_lower_case(line)?, ())))?;
        Ok(Lexicon {
            verbs: parse_cues(files.get("cue-verbs.txt"))?,
            nouns: parse_cues(files.get("cue-nouns.txt"))?,
            adjectives: parse_cues(files.get("cue-adjectives.txt"))?,
            words: lists("words.txt")?,
            people: lists("people.txt")?,
            evidence: lists("state-evidence.txt")?,
            circumstances: lists("circumstances.txt")?,
            event_words: lists("event-words.txt")?,
            role_nouns: WordLists::parse(files.get("role-nouns.txt"), Names::Open)?,
            roles: RoleWords::parse(files.get("roles.txt"))?,
            according_phrases: according
                .iter()
                .map(|entry| entry.word.split_whitespace().map(str::to_string).collect())
                .collect(),
            quantities: QuantityWords::parse(files.get("quantities.txt"))?,
        })
    }
}

fn parse_cues(file: DataFile<'_>) -> Result<HashMap<String, Cue>, Error> {
    let cues = file.entries(parse_cue)?;
    Ok(cues.into_iter().map(|entry| (entry.word.to_string(), entry.value)).collect())
}

/// The flags of a cue.
const FLAGS: [&str; 4] = ["say", "animate", "tail", "study"];

fn parse_cue(line: &str) -> Result<(&str, Cue), Mistake> {
    let fields: Vec<&str> = line.split(';').map(str::trim).collect();
    let ([lemma, class, frames] | [lemma, class, frames, _]) = fields[..] else {
        let hint = "write: lemma; class; frames; flags";
        return Err(Mistake::with_hint("not three or four fields between semicolons", hint));
    };
    let flags: Vec<&str> = fields.get(3).map_or_else(Vec::new, |flags| flags.split_whitespace().collect());
    if let Some(flag) = flags.iter().find(|flag| !FLAGS.contains(flag)) {
        let hint = format!("the flags are: {}", FLAGS.join(", "));
        return Err(Mistake::with_hint(format!("unknown flag {flag:?} of {lemma:?}"), hint));
    }
    let has = |flag| flags.contains(&flag);
    let cue = Cue {
        class: parse_class(class)?,
        frames: frames.split_whitespace().map(parse_frame).collect::<Result<_, _>>()?,
        is_say: has("say"),
        needs_animate: has("animate"),
        is_tail: has("tail"),
        needs_study: has("study"),
    };
    Ok((in_lower_case(lemma)?, cue))
}

fn parse_class(name: &str) -> Result<StatementClass, Mistake> {
    let known = StatementClass::ALL.into_iter().find(|class| class.name() == name);
    known.ok_or_else(|| {
        let hint = format!("the classes are: {}", StatementClass::ALL.map(StatementClass::name).join(", "));
        Mistake::with_hint(format!("unknown class {name:?}"), hint)
    })
}

/// A frame, with its own class where the file has one: "to:for=demand".
fn parse_frame(field: &str) -> Result<(Frame, Option<StatementClass>), Mistake> {
    let (frame, class) = match field.split_once('=') {
        Some((frame, class)) => (frame, Some(parse_class(class)?)),
        None => (field, None),
    };
    Ok((parse_frame_name(frame)?, class))
}

/// What a frame may be, for a hint.
const FRAMES: &str = "quote, clause, inf, act-inf, gerund, object-inf, object-inf:P, want-inf, object, topic, predicate, as, \
                      echo, to:P, about:P, object-to:P, where P is a preposition";

fn parse_frame_name(frame: &str) -> Result<Frame, Mistake> {
    let (name, preposition) = match frame.split_once(':') {
        Some((name, preposition)) => (name, Some(parse_preposition(preposition)?)),
        None => (frame, None),
    };
    Ok(match (name, preposition) {
        ("quote", None) => Frame::Quote,
        ("clause", None) => Frame::Clause,
        ("inf", None) => Frame::Infinitive,
        ("act-inf", None) => Frame::ActInfinitive,
        ("gerund", None) => Frame::Gerund,
        ("object-inf", preposition) => Frame::ObjectInfinitive(preposition),
        ("want-inf", None) => Frame::WantInfinitive,
        ("object", None) => Frame::Object,
        ("topic", None) => Frame::Topic,
        ("predicate", None) => Frame::Predicate,
        ("as", None) => Frame::As,
        ("echo", None) => Frame::Echo,
        ("to", Some(preposition)) => Frame::To(preposition),
        ("about", Some(preposition)) => Frame::About(preposition),
        ("object-to", Some(preposition)) => Frame::ObjectTo(preposition),
        _ => {
            let hint = format!("the frames are: {FRAMES}");
            return Err(Mistake::with_hint(format!("unknown frame {frame:?}"), hint));
        }
    })
}

/// The prepositions of `data/prepositions.txt`. The language has no others, so that they are no part of what
/// a user adds to, and a frame needs no text of its own.
static PREPOSITIONS: LazyLock<BTreeSet<&'static str>> = LazyLock::new(|| {
    let lines = content_lines(include_str!("../data/prepositions.txt"));
    lines.flat_map(|line| line.text.split(',')).map(str::trim).filter(|word| !word.is_empty()).collect()
});

/// `word` as `data/prepositions.txt` has it, if it is one of its prepositions and particles.
pub(crate) fn preposition(word: &str) -> Option<&'static str> {
    PREPOSITIONS.get(word).copied()
}

fn parse_preposition(word: &str) -> Result<&'static str, Mistake> {
    PREPOSITIONS.get(word).copied().ok_or_else(|| {
        let known: Vec<&str> = PREPOSITIONS.iter().copied().collect();
        let hint = format!("the prepositions are: {}", known.join(", "));
        Mistake::with_hint(format!("unknown preposition {word:?}"), hint)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Knowledge;

    #[test]
    fn the_data_files_are_well_formed() {
        let lexicon = &Knowledge::builtin().lexicon;
        assert!(lexicon.verbs.len() > 200 && lexicon.nouns.len() > 40 && lexicon.adjectives.len() > 20);
        assert!(lexicon.verbs["say"].takes(Frame::Quote) && lexicon.verbs["say"].is_say);
        assert!(lexicon.verbs["accuse"].takes(Frame::ObjectTo("of")));
        assert!(lexicon.words.names().count() > 10 && lexicon.people.names().count() > 10);
        assert_eq!(lexicon.evidence.names().count(), 5);
    }

    #[test]
    fn mistakes_in_a_cue_are_told() {
        let mistake = |text| {
            let file = DataFile { name: "cue-verbs.txt", builtin: text, own: None };
            parse_cues(file).unwrap_err().to_string()
        };
        assert_eq!(mistake("say"), "cue-verbs.txt:1: not three or four fields between semicolons");
        assert!(mistake("say; speech; quote; say; tail").contains("not three or four fields"));
        assert!(mistake("say; speech; quote; loud").ends_with(r#"unknown flag "loud" of "say""#));
        assert!(mistake("say; noise; quote;").ends_with(r#"unknown class "noise""#));
        assert!(mistake("say; speech; to:of=noise;").ends_with(r#"unknown class "noise""#));
        assert!(mistake("say; speech; sing;").ends_with(r#"unknown frame "sing""#));
        assert!(mistake("say; speech; clause:of;").ends_with(r#"unknown frame "clause:of""#));
        assert!(mistake("say; speech; to:fro;").ends_with(r#"unknown preposition "fro""#));
        assert!(mistake("Say; speech; quote").ends_with(r#""Say" has capital letters"#));
        assert!(mistake("; speech; quote").ends_with("the entry begins without a word"));
        assert_eq!(
            mistake("say; speech; quote;\n\n# again\nsay; speech; quote;"),
            r#"cue-verbs.txt:4: "say" stands in line 1 already"#
        );
    }

    #[test]
    fn the_hint_on_frames_names_frames() {
        for name in FRAMES.split(", where ").next().unwrap().split(", ") {
            let name = name.replace(":P", ":of");
            assert!(parse_frame_name(&name).is_ok(), "{name}");
        }
    }
}

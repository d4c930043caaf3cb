//! What words report speech, and what they take: the cue files of `data/`, parsed once.

use crate::word_lists::{WordLists, content_lines};
use rapporteur_model::StatementClass;
use std::collections::HashMap;
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
    pub(crate) verbs: HashMap<&'static str, Cue>,
    pub(crate) nouns: HashMap<&'static str, Cue>,
    pub(crate) adjectives: HashMap<&'static str, Cue>,
    /// Lists of `data/words.txt`.
    pub(crate) words: WordLists,
    /// Lists of `data/people.txt`.
    pub(crate) people: WordLists,
    /// Lists of `data/state-evidence.txt`.
    pub(crate) evidence: WordLists,
    /// Lists of `data/circumstances.txt`.
    pub(crate) circumstances: WordLists,
    /// Phrases that attribute, as lower-case words.
    pub(crate) according_phrases: Vec<Vec<&'static str>>,
}

static LEXICON: LazyLock<Lexicon> = LazyLock::new(|| Lexicon::parse().expect("a test checks the data files"));

impl Lexicon {
    /// The lexicon that is built in.
    pub(crate) fn get() -> &'static Lexicon {
        &LEXICON
    }

    fn parse() -> Result<Self, String> {
        Ok(Lexicon {
            verbs: parse_cues(include_str!("../data/cue-verbs.txt"))?,
            nouns: parse_cues(include_str!("../data/cue-nouns.txt"))?,
            adjectives: parse_cues(include_str!("../data/cue-adjectives.txt"))?,
            words: WordLists::parse(include_str!("../data/words.txt"))?,
            people: WordLists::parse(include_str!("../data/people.txt"))?,
            evidence: WordLists::parse(include_str!("../data/state-evidence.txt"))?,
            circumstances: WordLists::parse(include_str!("../data/circumstances.txt"))?,
            according_phrases: content_lines(include_str!("../data/according.txt"))
                .map(|line| line.split(' ').collect())
                .collect(),
        })
    }
}

fn parse_cues(file: &'static str) -> Result<HashMap<&'static str, Cue>, String> {
    let mut cues = HashMap::new();
    for line in content_lines(file) {
        let mut fields = line.split(';').map(str::trim);
        let (Some(lemma), Some(class), Some(frames)) = (fields.next(), fields.next(), fields.next()) else {
            return Err(format!("not enough fields: {line:?}"));
        };
        let flags: Vec<&str> = fields.next().unwrap_or_default().split_whitespace().collect();
        if let Some(flag) = flags.iter().find(|flag| !["say", "animate", "tail", "study"].contains(flag)) {
            return Err(format!("unknown flag {flag:?} of {lemma:?}"));
        }
        let class = parse_class(class)?;
        let frames = frames.split_whitespace().map(parse_frame).collect::<Result<_, _>>()?;
        let has = |flag| flags.contains(&flag);
        let cue = Cue {
            class,
            frames,
            is_say: has("say"),
            needs_animate: has("animate"),
            is_tail: has("tail"),
            needs_study: has("study"),
        };
        if cues.insert(lemma, cue).is_some() {
            return Err(format!("{lemma:?} stands twice"));
        }
    }
    Ok(cues)
}

fn parse_class(class: &str) -> Result<StatementClass, String> {
    serde_json::from_value(class.into()).map_err(|_| format!("unknown class {class:?}"))
}

/// A frame, with its own class where the file has one: "to:for=demand".
fn parse_frame(field: &'static str) -> Result<(Frame, Option<StatementClass>), String> {
    let (frame, class) = match field.split_once('=') {
        Some((frame, class)) => (frame, Some(parse_class(class)?)),
        None => (field, None),
    };
    Ok((parse_frame_name(frame)?, class))
}

fn parse_frame_name(frame: &'static str) -> Result<Frame, String> {
    let (name, preposition) = match frame.split_once(':') {
        Some((name, preposition)) => (name, Some(preposition)),
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
        _ => return Err(format!("unknown frame {frame:?}")),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_data_files_are_well_formed() {
        let lexicon = Lexicon::parse().unwrap();
        assert!(lexicon.verbs.len() > 200 && lexicon.nouns.len() > 40 && lexicon.adjectives.len() > 20);
        assert!(lexicon.verbs["say"].takes(Frame::Quote) && lexicon.verbs["say"].is_say);
        assert!(lexicon.verbs["accuse"].takes(Frame::ObjectTo("of")));
        assert!(lexicon.words.names().count() > 10 && lexicon.people.names().count() > 10);
        assert_eq!(lexicon.evidence.names().count(), 5);
    }

    #[test]
    fn mistakes_in_a_data_file_are_told() {
        assert!(parse_cues("say; speech; quote; loud").unwrap_err().contains("loud"));
        assert!(parse_cues("say; noise; quote;").unwrap_err().contains("class"));
        assert!(parse_cues("say; speech; sing;").unwrap_err().contains("sing"));
        assert!(parse_cues("say; speech; quote;\nsay; speech; quote;").unwrap_err().contains("twice"));
    }
}

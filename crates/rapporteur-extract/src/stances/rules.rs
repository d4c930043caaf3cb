//! What shows a stance: the table of classes and the rules of `data/stances.txt`.

use crate::data_file::DataFile;
use crate::error::{Error, Mistake};
use crate::knowledge::Files;
use hashbrown::HashMap;
use rapporteur_model::{EventType, StanceKind, StatementClass};

/// The rules that show stances.
#[derive(Debug)]
pub(crate) struct Rules {
    by_class: HashMap<&'static str, StanceKind>,
    /// By the kind of the rule and what it is about.
    by_rule: HashMap<String, Option<StanceKind>>,
    /// The words of phrases, by the first of them; longer phrases first.
    phrases: HashMap<String, Vec<(Vec<String>, StanceKind)>>,
}

/// The kinds of rules.
const KINDS: [&str; 5] = ["event", "modal", "own-modal", "own-refusal", "phrase"];

impl Rules {
    pub(crate) fn parse(files: Files<'_>) -> Result<Self, Error> {
        let mut rules = Rules {
            by_class: parse_classes(files.get("predications.txt"))?,
            by_rule: HashMap::new(),
            phrases: HashMap::new(),
        };
        // An entry is its rule with what it is about, so that a user's own takes the place of a built-in one.
        let entries = files.get("stances.txt").entries(|line| {
            let (rule, stance) = line.rsplit_once(';').ok_or_else(bad_line)?;
            let (kind, about) = rule.split_once(';').ok_or_else(bad_line)?;
            let kind = kind.trim();
            if !KINDS.contains(&kind) {
                let hint = format!("the kinds of rules are: {}", KINDS.join(", "));
                return Err(Mistake::with_hint(format!("unknown kind of rule {kind:?}"), hint));
            }
            Ok((rule.trim(), (kind, about.trim(), parse_stance(stance.trim())?)))
        })?;
        for entry in entries.into_iter().rev() {
            let (kind, about, stance) = entry.value;
            let words: Vec<String> = about.split_whitespace().map(str::to_string).collect();
            if kind == "phrase" {
                if let (Some(first), Some(stance)) = (words.first(), stance) {
                    rules.phrases.entry(first.clone()).or_default().push((words.clone(), stance));
                }
            } else {
                rules.by_rule.insert(format!("{kind} {}", words.join(" ")), stance);
            }
        }
        for phrases in rules.phrases.values_mut() {
            phrases.sort_by_key(|(words, _)| std::cmp::Reverse(words.len()));
        }
        Ok(rules)
    }

    /// The stance that a statement of a class shows.
    pub(super) fn of_class(&self, class: StatementClass) -> Option<StanceKind> {
        self.by_class.get(class.name()).copied()
    }

    /// The stance that an event shows, with the rule.
    pub(super) fn of_event(&self, event: EventType, mode: Option<&str>) -> Option<(StanceKind, String)> {
        let name = event.name().to_lowercase();
        let with_mode = mode.map(|mode| format!("event {name} {mode}"));
        let rule = with_mode.filter(|rule| self.by_rule.contains_key(rule)).unwrap_or(format!("event {name}"));
        let stance = (*self.by_rule.get(&rule)?)?;
        Some((stance, rule))
    }

    /// The stance that a word of duty or will shows; `kind` is the kind of the rule.
    pub(super) fn of_word(&self, kind: &str, word: &str) -> Option<(StanceKind, String)> {
        let rule = format!("{kind} {word}");
        let stance = (*self.by_rule.get(&rule)?)?;
        Some((stance, rule))
    }

    /// The phrase that begins with a word and goes on as `words` tells, with its length.
    pub(super) fn phrase(
        &self,
        first: [&str; 2],
        goes_on: impl Fn(usize, &str) -> bool,
    ) -> Option<(StanceKind, &[String])> {
        first.into_iter().find_map(|first| {
            let phrases = self.phrases.get(first)?;
            let fits = |words: &[String]| words.iter().enumerate().skip(1).all(|(nth, word)| goes_on(nth, word));
            phrases.iter().find(|(words, _)| fits(words)).map(|(words, stance)| (*stance, words.as_slice()))
        })
    }
}

fn bad_line() -> Mistake {
    Mistake::with_hint("not three fields between semicolons", "write: kind of rule; what it is about; kind of stance")
}

fn parse_stance(name: &str) -> Result<Option<StanceKind>, Mistake> {
    if matches!(name, "-" | "") {
        return Ok(None);
    }
    let known = StanceKind::ALL.into_iter().find(|kind| kind.name() == name);
    known.map(Some).ok_or_else(|| {
        let hint = format!("the kinds are: {}", StanceKind::ALL.map(StanceKind::name).join(", "));
        Mistake::with_hint(format!("unknown kind of stance {name:?}"), hint)
    })
}

fn parse_classes(file: DataFile<'_>) -> Result<HashMap<&'static str, StanceKind>, Error> {
    let entries = file.entries(|line| {
        let fields: Vec<&str> = line.split(';').map(str::trim).collect();
        let [class, _, _, stance] = fields[..] else {
            let hint = "write: class; type of event; mode; kind of stance; all but the class may be empty";
            return Err(Mistake::with_hint("not four fields between semicolons", hint));
        };
        Ok((class, parse_stance(stance)?))
    })?;
    let of_entry = |class: &str, stance: Option<StanceKind>| {
        let class = StatementClass::ALL.into_iter().find(|known| known.name() == class)?;
        Some((class.name(), stance?))
    };
    Ok(entries.into_iter().filter_map(|entry| of_entry(entry.word, entry.value)).collect())
}

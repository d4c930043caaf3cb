//! What shows a stance: the table of classes and the rules of `data/stances.txt`.

use crate::class_table::{ClassRow, event_type, stance_kind};
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
const KINDS: [&str; 6] = ["event", "own-event", "modal", "own-modal", "own-refusal", "phrase"];

impl Rules {
    pub(crate) fn parse(files: Files<'_>, table: &[ClassRow<'_>]) -> Result<Self, Error> {
        let mut rules = Rules {
            by_class: table.iter().filter_map(|row| Some((row.class.name(), row.stance?))).collect(),
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
            if matches!(kind, "event" | "own-event") {
                event_type(about.split_whitespace().next().unwrap_or_default())?;
            }
            let stance = match stance.trim() {
                "-" => None,
                name => Some(stance_kind(name)?),
            };
            Ok((rule.trim(), (kind, about.trim(), stance)))
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

#[cfg(test)]
mod tests {
    use crate::Knowledge;

    #[test]
    fn mistakes_in_a_rule_are_told() {
        for (text, expected) in [
            ("event; request", "not three fields between semicolons"),
            ("song; request; demand", "unknown kind of rule \"song\""),
            ("event; noise; demand", "unknown type \"noise\""),
            ("event; request; noise", "unknown kind of stance \"noise\""),
        ] {
            assert_eq!(Knowledge::extended(&[("stances.txt", text)]).unwrap_err().message(), expected);
        }
    }

    #[test]
    fn a_rule_of_ones_own_takes_the_place_of_a_built_in_one() {
        let own = Knowledge::extended(&[("stances.txt", "event; request; hope")]).unwrap();
        let stance = own.stance_rules.of_event(rapporteur_model::EventType::Request, Some("demand"));
        assert_eq!(stance.map(|(kind, _)| kind.name()), Some("hope"));
    }
}

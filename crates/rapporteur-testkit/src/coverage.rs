//! A seeded generator of news coverage with its records, for benchmarks and tests of what comes after extraction.
//!
//! Stories are drawn one after the other: two states meet, strike, demand, refuse; people speak for them. Five to twenty
//! articles tell of each: in their own words, as copies of earlier ones, or with a part of one. Their names are mixed, so
//! that the articles of one story do not stand beside each other in a reading. All names are invented.

use crate::Draft;
use crate::pile::{Random, Words};
use crate::reported::{Done, Holding, Saying, event, said, stance};
use rapporteur_model::{Article, EventType, Record, StanceKind, StatementClass, Status, Uttered};

/// Articles of about 250 words with their records, always the same for the same seed; a longer one of the same seed
/// begins with the shorter one.
pub fn coverage(seed: u64, n_articles: usize) -> impl Iterator<Item = (Article, Record)> {
    let words = Words::new();
    let mut random = Random(seed);
    let mut story = News::drawn(&words, &mut random);
    let mut n_left = 5 + random.below(16);
    let mut told: Vec<Vec<Line>> = Vec::new();
    (0..n_articles).map(move |number| {
        if n_left == 0 {
            story = News::drawn(&words, &mut random);
            n_left = 5 + random.below(16);
            told.clear();
        }
        n_left -= 1;
        let lines = match random.below(10) {
            0..3 if !told.is_empty() => copied(random.of(&told).clone(), &mut random),
            3..5 if !told.is_empty() => {
                let part = random.of(&told).clone();
                let first = random.below(part.len() / 2);
                let mut lines = story.telling(&words, &mut random, 5);
                lines.extend(part.into_iter().skip(first).take(5));
                lines
            }
            _ => story.telling(&words, &mut random, 11),
        };
        told.push(lines.clone());
        let published = story.day + random.below(4);
        // An odd factor leaves no two numbers the same.
        let name = format!("{:05x}-{seed}", number * 0x9e37b % (1 << 20));
        let draft = story.cast(Draft::new(&name, &date(published)));
        lines.iter().fold(draft, Line::write).build()
    })
}

/// A copy lacks its last lines now and then.
fn copied(mut lines: Vec<Line>, random: &mut Random) -> Vec<Line> {
    if random.below(3) == 0 {
        lines.truncate(lines.len() - lines.len() / 4);
    }
    lines
}

/// A line and what it tells.
#[derive(Clone, Default)]
struct Line {
    text: String,
    /// Expressions of time with their values, in text order.
    times: Vec<(String, String)>,
    saying: Option<Saying>,
    done: Option<Done>,
    holding: Option<Holding>,
}

impl Line {
    fn write(draft: Draft, line: &Line) -> Draft {
        let draft = line.times.iter().fold(draft.line(&line.text), |draft, (words, value)| draft.time(words, value));
        let draft = line.saying.iter().fold(draft, |draft, saying| draft.says(saying.clone()));
        let draft = line.done.iter().fold(draft, |draft, done| draft.event(done.clone()));
        line.holding.iter().fold(draft, |draft, holding| draft.holds(holding.clone()))
    }
}

/// What a story is made of.
enum Fact {
    /// Somebody says these words.
    Said { person: usize, words: Vec<String> },
    /// The first state does something to the second, or the second to the first.
    Done { deed: &'static Deed, is_back: bool, status: Status },
    /// A person, or where there is none a state, holds something of an object with this head.
    Held { view: &'static View, person: Option<usize>, object: String, head: String, condition: Option<String> },
    /// What lies behind.
    Background { year: String, words: String },
}

/// One story: two states and their people, a place, a day and what happens.
struct News {
    states: [&'static str; 2],
    people: Vec<String>,
    place: String,
    /// Days after the first of January 2031.
    day: usize,
    facts: Vec<Fact>,
}

impl News {
    fn drawn(words: &Words, random: &mut Random) -> Self {
        let first = random.below(STATES.len());
        let second = (first + 1 + random.below(STATES.len() - 1)) % STATES.len();
        // The people of a state are the same in all its stories: its own stretch of the list of names.
        let person = |random: &mut Random, state: usize| {
            let at = 64 * state + 2 * random.below(8);
            format!("{} {}", words.names[at], words.names[at + 1])
        };
        let mut people = Vec::new();
        for state in [first, first, second, second] {
            people.push(person(random, state));
        }
        let place = words.places[random.rank(words.places.len())].clone();
        let mut news =
            News { states: [STATES[first], STATES[second]], people, place, day: random.below(120), facts: Vec::new() };
        let n_facts = 10 + random.below(6);
        news.facts = (0..n_facts).map(|_| news.fact(words, random)).collect();
        news
    }

    fn fact(&self, words: &Words, random: &mut Random) -> Fact {
        match random.below(10) {
            0..4 => {
                let sentence = words.clause(random);
                Fact::Said { person: random.below(4), words: sentence.split(' ').map(str::to_string).collect() }
            }
            4..6 => Fact::Done {
                deed: random.of(DEEDS),
                is_back: random.below(3) == 0,
                status: if random.below(4) == 0 { Status::Planned } else { Status::Happened },
            },
            6..9 => {
                let (object, head) = if random.below(4) == 0 {
                    let noun = words.nouns[random.rank(words.nouns.len())].clone();
                    (format!("the {noun} of {}", self.place), noun)
                } else {
                    let (object, head) = random.of(OBJECTS);
                    (object.to_string(), head.to_string())
                };
                let condition = (random.below(5) == 0).then(|| format!("if {} is settled", random.of(OBJECTS).0));
                let person = Some(random.below(4)).filter(|_| random.below(2) == 0);
                Fact::Held { view: random.of(VIEWS), person, object, head, condition }
            }
            _ => Fact::Background { year: (1990 + random.below(40)).to_string(), words: words.clause(random) },
        }
    }

    /// Brings in the two states and their people.
    fn cast(&self, draft: Draft) -> Draft {
        let key = |state: &str| format!("state:{}", state.to_lowercase());
        let draft = self.states.iter().fold(draft, |draft, state| draft.state(state, &key(state)));
        // One person may be drawn twice.
        let people = self.people.iter().enumerate().filter(|(n, person)| !self.people[..*n].contains(person));
        people.fold(draft, |draft, (n, person)| draft.person(person, &key(self.states[n / 2])))
    }

    /// An article in words of its own: most facts, and lines that tell nothing in between.
    fn telling(&self, words: &Words, random: &mut Random, n_lines: usize) -> Vec<Line> {
        let first = random.below(self.facts.len());
        let mut lines = Vec::new();
        for n in 0..n_lines {
            let fact = &self.facts[(first + n) % self.facts.len()];
            let mut line = match random.below(10) {
                0..4 => Line { text: words.sentence(random, &self.people, &[&self.place]), ..Line::default() },
                _ => self.line(fact, random),
            };
            // Reporters who write on their own share what was said and done, and not whole sentences.
            if !line.times.is_empty() {
                line.text =
                    format!("{}, {} {}.", line.text.trim_end_matches('.'), random.of(JOINTS), words.clause(random));
            }
            lines.push(line);
        }
        lines
    }

    fn line(&self, fact: &Fact, random: &mut Random) -> Line {
        let (weekday, value) = (WEEKDAYS[self.day % 7], date(self.day));
        let times = vec![(weekday.to_string(), value)];
        match fact {
            Fact::Said { person, words } => said_line(&self.people[*person], words, weekday, times, random),
            Fact::Done { deed, is_back, status } => {
                let [first, second] = self.states;
                let (source, target) = if *is_back { (second, first) } else { (first, second) };
                let (verb, place) = (deed.verb, &self.place);
                let text = match random.below(3) {
                    0 => {
                        format!("{source} {verb} {target} in {place} on {weekday}, officials of both sides said later.")
                    }
                    1 => format!("It was on {weekday} in {place} that {source} {verb} {target}."),
                    _ => format!("On {weekday} came the news that {source} {verb} {target} at the edge of {place}."),
                };
                let done = event(deed.kind, verb).by(source).to(target).at(place).on(weekday).status(*status);
                Line { text, times, done: Some(done), ..Line::default() }
            }
            Fact::Held { view, person, object, head, condition } => {
                let who = person.map_or(self.states[0], |person| &self.people[person]);
                let condition = condition.as_deref().unwrap_or_default();
                let told = format!("{} {object}", view.verb);
                let text = match random.below(2) {
                    0 => format!("On {weekday} {who} {told} {condition}."),
                    _ => format!("In a note of {weekday} {who} {told} {condition}, to nobody's surprise."),
                };
                let mut holding = stance(view.kind, who, &told).about(object, head).on(weekday);
                if !condition.is_empty() {
                    holding = holding.given(condition);
                }
                let saying = said(who, view.verb, object).class(view.class).on(weekday);
                Line { text, times, holding: Some(holding), saying: Some(saying), ..Line::default() }
            }
            Fact::Background { year, words } => {
                let text = match random.below(2) {
                    0 => format!("In {year} {words}, as many in the region still recall."),
                    _ => format!("Few have forgotten that {words} in {year}."),
                };
                Line { text, times: vec![(year.clone(), year.clone())], ..Line::default() }
            }
        }
    }
}

/// A statement: in quotation marks, in part, or in the words of the reporter, who changes one now and then.
fn said_line(who: &str, words: &[String], day: &str, times: Vec<(String, String)>, random: &mut Random) -> Line {
    let mut words = words.to_vec();
    let form = random.below(4);
    if form > 1 && random.below(3) == 0 {
        let at = random.below(words.len());
        words[at] = "certain".into();
    }
    let content = words.join(" ");
    let half = words.len() / 2;
    let (text, saying) = match form {
        0 => {
            let content = content[..1].to_uppercase() + &content[1..];
            let text = format!("“{content},” {who} said on {day} at a briefing for the press.");
            (text, said(who, "said", &content).quoting(&content).through("at a briefing for the press"))
        }
        1 => {
            let (before, quoted) = (words[..half].join(" "), words[half..].join(" "));
            let content = format!("{before} “{quoted}");
            let text = format!("{who} told a crowd on {day} that {content}”.");
            (text, said(who, "told", &content).quoting(&quoted))
        }
        2 if random.below(6) == 0 => {
            let saying = said(who, "is to say", &content).uttered(Uttered::Planned);
            (format!("{who} is to say on {day} that {content}."), saying)
        }
        2 => (format!("{who} said on {day} that {content}."), said(who, "said", &content)),
        _ => (format!("According to {who}, who spoke on {day}, {content}."), said(who, "According to", &content)),
    };
    Line { text, times, saying: Some(saying.on(day)), ..Line::default() }
}

/// A day of the year 2031, counted from nought.
fn date(mut day: usize) -> String {
    let mut month = 1;
    for n_days in [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31] {
        if day < n_days {
            break;
        }
        day -= n_days;
        month += 1;
    }
    format!("2031-{month:02}-{:02}", day + 1)
}

/// The first of January 2031 is a Wednesday.
const WEEKDAYS: [&str; 7] = ["Wednesday", "Thursday", "Friday", "Saturday", "Sunday", "Monday", "Tuesday"];

/// What joins a clause of the reporter's own to what is reported.
const JOINTS: &[&str] = &["although", "while", "but not before", "because", "even where", "just when"];

const STATES: &[&str] = &[
    "Karsk", "Osmia", "Velmora", "Talmeria", "Brenhold", "Fennland", "Orvath", "Selmaria", "Ustrana", "Galdovia",
    "Nordmark", "Zemlin", "Halsk", "Lysmar", "Quillon", "Tarvia",
];

/// Something that one state does to another.
struct Deed {
    kind: EventType,
    verb: &'static str,
}

const DEEDS: &[Deed] = &[
    Deed { kind: EventType::Consult, verb: "met with" },
    Deed { kind: EventType::Consult, verb: "held talks with" },
    Deed { kind: EventType::Sanction, verb: "imposed new duties on" },
    Deed { kind: EventType::Assault, verb: "opened fire on" },
    Deed { kind: EventType::Threaten, verb: "threatened to blockade" },
    Deed { kind: EventType::Mobilize, verb: "massed troops against" },
    Deed { kind: EventType::Aid, verb: "sent relief to" },
    Deed { kind: EventType::Accuse, verb: "brought charges against" },
];

/// How somebody takes a stance.
struct View {
    kind: StanceKind,
    class: StatementClass,
    verb: &'static str,
}

const VIEWS: &[View] = &[
    View { kind: StanceKind::Demand, class: StatementClass::Demand, verb: "demanded" },
    View { kind: StanceKind::Refusal, class: StatementClass::Refusal, verb: "ruled out" },
    View { kind: StanceKind::Openness, class: StatementClass::Offer, verb: "was ready to discuss" },
    View { kind: StanceKind::Offer, class: StatementClass::Offer, verb: "offered" },
    View { kind: StanceKind::Threat, class: StatementClass::Threat, verb: "threatened with" },
    View { kind: StanceKind::Hope, class: StatementClass::Hope, verb: "hoped for" },
];

/// What stances are about, with the lemma of its head.
const OBJECTS: &[(&str, &str)] = &[
    ("the withdrawal of all troops", "withdrawal"),
    ("an end to the expansion of the alliance", "end"),
    ("the lifting of sanctions", "lifting"),
    ("a ceasefire along the river", "ceasefire"),
    ("an exchange of prisoners", "exchange"),
    ("written security guarantees", "guarantee"),
    ("lower tariffs on timber", "tariff"),
    ("a joint inspection of cargo", "inspection"),
    ("the removal of missiles from the border", "removal"),
    ("a corridor for humanitarian aid", "corridor"),
    ("the return of the cathedral bells", "return"),
    ("a pension for the old miners", "pension"),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_longer_coverage_begins_with_the_shorter_one() {
        let short: Vec<(Article, Record)> = coverage(7, 40).collect();
        let long: Vec<(Article, Record)> = coverage(7, 60).collect();
        assert_eq!(short[..], long[..40]);
        assert!(coverage(8, 40).ne(short));
    }

    #[test]
    fn it_is_about_as_long_and_as_rich_as_news() {
        let drawn: Vec<(Article, Record)> = coverage(7, 400).collect();
        let mean = |count: fn(&(Article, Record)) -> usize| drawn.iter().map(count).sum::<usize>() / drawn.len();
        let n_words = mean(|(article, _)| article.text.split_whitespace().count());
        assert!((200..300).contains(&n_words), "{n_words} words");
        assert!(mean(|(_, record)| record.statements.len()) >= 4);
        assert!(mean(|(_, record)| record.stances.len()) >= 1);
        assert!(mean(|(_, record)| record.events.len()) >= 1);
        assert!(mean(|(_, record)| record.timexes.len()) >= 6);
        let names: std::collections::BTreeSet<&str> = drawn.iter().map(|(article, _)| article.name.as_str()).collect();
        assert_eq!(names.len(), drawn.len());
    }

    #[test]
    fn days_of_the_year_are_dates() {
        assert_eq!(
            [date(0), date(31), date(58), date(59), date(122)],
            ["2031-01-01", "2031-02-01", "2031-02-28", "2031-03-01", "2031-05-03"]
        );
    }
}

//! The lines of `examples/STORY.md`, and how each is looked up in a story.

use rapporteur_model::*;
use std::collections::BTreeSet;

/// What ends a line that the program does not get.
const MARK: &str = "(not yet)";

/// A line of a list.
pub(crate) struct Line<'p> {
    /// Counted from 1.
    pub(crate) number: usize,
    /// The heading that it stands under.
    heading: &'p str,
    /// What stands between the bars.
    parts: Vec<&'p str>,
    /// The line without its mark.
    pub(crate) words: &'p str,
    /// Whether it is marked as not found yet.
    pub(crate) is_marked: bool,
}

impl Line<'_> {
    /// Whether it names articles that are not found yet.
    pub(crate) fn is_in_part(&self) -> bool {
        self.words.contains("; ") && self.words.contains("not yet")
    }
}

/// The lines of all lists of the page.
pub(crate) fn lines(page: &str) -> Vec<Line<'_>> {
    let mut heading = "";
    let mut lines = Vec::new();
    for (line, number) in page.lines().zip(1..) {
        if let Some(words) = line.strip_prefix("## ") {
            heading = words;
        }
        let Some(words) = line.strip_prefix("- ") else { continue };
        let unmarked = words.strip_suffix(MARK).map(str::trim_end);
        let is_marked = unmarked.is_some();
        let words = unmarked.unwrap_or(words);
        lines.push(Line { number, heading, parts: words.split('|').map(str::trim).collect(), words, is_marked });
    }
    lines
}

/// A reading that lines are looked up in.
pub(crate) struct Expected<'r> {
    pub(crate) reading: &'r Reading,
}

impl Expected<'_> {
    /// Whether the story has what the line says.
    ///
    /// # Panics
    ///
    /// Where the page has a heading with a list that nothing here knows, or a line has not the parts of its list.
    pub(crate) fn holds(&self, line: &Line<'_>) -> bool {
        match (line.heading, line.parts.as_slice()) {
            ("Who is who", [name, others, titles, party, articles]) => {
                self.has_actor(name, others, titles, party, articles)
            }
            ("Who speaks through a spokesman", [name, master, articles]) => self.actors().iter().any(|actor| {
                let of = actor.spokesperson_of.as_ref().map(|id| self.actor(id));
                is_called(actor, name)
                    && of.is_some_and(|of| is_called(of, master))
                    && self.are(actor.members.iter().map(|member| &member.article), articles)
            }),
            ("What counts once", [first, articles]) => self.reading.story.origins.iter().any(|origin| {
                let is_first = match origin.first.as_ref() {
                    Some(id) => self.short_name(id) == *first,
                    None => origin.articles.len() == 1,
                };
                is_first && self.are(&origin.articles, articles)
            }),
            ("Who copied whom", [later, relation, earlier]) => self.reading.story.links.iter().any(|link| {
                let derived = link.direction.derived.as_ref().map(|id| self.short_name(id));
                self.are([&link.a, &link.b], &format!("{later}, {earlier}"))
                    && is_variant(link.relation, relation)
                    && (link.relation == Relation::QuoteOnly || derived == Some(*later))
            }),
            ("What was said", [speaker, words, articles]) => self.reading.story.utterances.iter().any(|utterance| {
                utterance.speaker.as_ref().is_some_and(|id| is_called(self.actor(id), speaker))
                    && utterance.reports.iter().any(|id| holds_words(self.content(id), words))
                    && self.are(&utterance.support.articles, articles)
            }),
            ("What happened", [kind, who, day, place, status, articles]) => {
                let is_it = |happening: &&Happening| {
                    happening.kind.name() == *kind
                        && self.take_part(happening, who)
                        && is_open_or(day, |day| happening.time.as_deref().is_some_and(|time| time.starts_with(day)))
                        && is_open_or(place, |place| {
                            happening.place.as_deref().is_some_and(|words| holds_words(words, place))
                        })
                        && is_open_or(status, |status| is_variant(happening.status, status))
                        && self.are(&happening.support.articles, articles)
                };
                self.reading.story.happenings.iter().any(|happening| is_it(&happening))
            }
            ("Who holds what", [party, issues, kind, articles]) => {
                let of_party = self.reading.story.positions.iter().filter(|position| {
                    is_called(self.actor(&position.party), party) && is_one_of(position.issue.as_str(), issues)
                });
                let mut stances = of_party.flat_map(|position| &position.stances);
                stances.any(|stance| stance.kind.name() == *kind && self.are(&stance.support.articles, articles))
            }
            ("Where the parties stand", [issues, standing]) => {
                let mut named = self.reading.story.issues.iter().filter(|issue| is_one_of(issue.id.as_str(), issues));
                named.any(|issue| is_variant(issue.standing, standing))
            }
            ("When", [day, words, tense, articles]) => self.reading.story.timeline.iter().any(|entry| {
                day_of(&entry.value) == *day
                    && entry.places.iter().any(|place| holds_words(self.words(place), words))
                    && entry.is_planned == is_planned(tense)
                    && self.are(&entry.support.articles, articles)
            }),
            ("Where the accounts cannot all stand", [kind, sides @ ..]) if sides.len() > 1 => {
                let mut of_kind = self.reading.story.tensions.iter().filter(|tension| tension.kind.name() == *kind);
                of_kind.any(|tension| sides.iter().all(|side| self.has_side(tension, side)))
            }
            ("Which texts cannot be read as they stand", [flaw, article]) => {
                let mut flaws = self.reading.story.text_flaws.iter().filter(|known| is_variant(known.kind, flaw));
                let is_told = flaws.any(|known| self.short_name(&known.article) == *article);
                let tensions = &self.reading.story.tensions;
                let mut corrupt = tensions.iter().filter(|tension| tension.kind == TensionKind::Corruption);
                is_told && corrupt.any(|it| it.sides.iter().any(|side| self.are(&side.support.articles, article)))
            }
            (heading, parts) => panic!("line {}: {heading:?} has no lines of {} parts", line.number, parts.len()),
        }
    }

    fn actors(&self) -> &[Actor] {
        &self.reading.story.actors
    }

    fn actor(&self, id: &ActorId) -> &Actor {
        self.actors().iter().find(|actor| actor.id == *id).expect("ids of the story name its actors")
    }

    fn article(&self, id: &ArticleId) -> &Article {
        self.reading.articles.iter().find(|article| article.id == *id).expect("ids of the story name articles")
    }

    /// The last word of the name of an article: "press".
    fn short_name(&self, id: &ArticleId) -> &str {
        let name = &self.article(id).name;
        name.rsplit_once('-').map_or(name.as_str(), |(_, last)| last)
    }

    fn words(&self, place: &Place) -> &str {
        place.span.of(&self.article(&place.article).text)
    }

    /// Whether `ids` are the articles that the line names: all of "the four; hub not yet" but those that are not found yet.
    fn are<'i>(&self, ids: impl IntoIterator<Item = &'i ArticleId>, named: &str) -> bool {
        let (named, missing) = match named.split_once(';') {
            Some((named, missing)) => {
                (named.trim(), missing.trim().strip_suffix("not yet").expect("a mark is \"not yet\""))
            }
            None => (named.trim(), ""),
        };
        let mut named: BTreeSet<&str> = match named {
            "all" => ["press", "blog", "observer", "hub", "courier"].into(),
            "the four" => ["press", "blog", "observer", "hub"].into(),
            names => names.split(',').map(str::trim).collect(),
        };
        for missing in missing.split(',').map(str::trim).filter(|missing| !missing.is_empty()) {
            assert!(named.remove(missing), "{missing:?} is none of {named:?}");
        }
        let known: BTreeSet<&str> = self.reading.articles.iter().map(|article| self.short_name(&article.id)).collect();
        assert!(named.is_subset(&known), "no articles are called {named:?}");
        ids.into_iter().map(|id| self.short_name(id)).collect::<BTreeSet<_>>() == named
    }

    fn has_actor(&self, name: &str, others: &str, titles: &str, party: &str, articles: &str) -> bool {
        let mut named = self.actors().iter().filter(|actor| is_called(actor, name));
        let (Some(actor), None) = (named.next(), named.next()) else { return false };
        let has_title = |title: &str| actor.roles.iter().any(|role| holds_words(&role.text, title));
        let is_of_party = |party: &str| self.party(actor).id != actor.id && is_called(self.party(actor), party);
        is_open_or(others, |others| others.split(',').all(|other| is_called(actor, other.trim())))
            && is_open_or(titles, |titles| titles.split(',').all(|title| has_title(title.trim())))
            && is_open_or(party, is_of_party)
            && self.are(actor.members.iter().map(|member| &member.article), articles)
    }

    /// The state or organisation that an actor speaks for; else the actor itself.
    fn party<'a>(&'a self, actor: &'a Actor) -> &'a Actor {
        let key = actor.allegiance.as_deref();
        let named = self.actors().iter().find(|other| key.is_some() && other.entity_key.as_deref() == key);
        named.unwrap_or(actor)
    }

    /// "Karsk to Veldria": the one acts, to the other it is done; "Karsk with Veldria": both take part.
    fn take_part(&self, happening: &Happening, who: &str) -> bool {
        let parties = |ids: &[ActorId]| -> Vec<&Actor> { ids.iter().map(|id| self.party(self.actor(id))).collect() };
        let (sources, targets) = (parties(&happening.sources), parties(&happening.targets));
        let all = |names: &str, among: &[&Actor]| {
            names.split(',').all(|name| among.iter().any(|actor| is_called(actor, name.trim())))
        };
        if let Some((from, to)) = who.split_once(" to ") {
            return all(from, &sources) && all(to, &targets);
        }
        let (one, other) = who.split_once(" with ").expect("a line tells who with whom");
        let either = [sources, targets].concat();
        all(one, &either) && all(other, &either)
    }

    /// The words of a statement, from the first that is reported to the last.
    fn content(&self, id: &StatementId) -> &str {
        let mut records = self.reading.records.iter();
        let found = records.find_map(|record| Some((record, record.statements.iter().find(|it| it.id == *id)?)));
        let (record, statement) = found.expect("ids of the story name statements");
        let hull = statement.content.iter().copied().reduce(Span::hull).unwrap_or_default();
        hull.of(&self.article(&record.article).text)
    }

    /// Whether the tension has a side such as "six hours (the four)": by its value or by the words of a place.
    fn has_side(&self, tension: &Tension, side: &str) -> bool {
        let (words, articles) =
            side.strip_suffix(')').and_then(|side| side.rsplit_once('(')).expect("a side has articles");
        tension.sides.iter().any(|known| {
            let has_words = known.places.iter().any(|place| holds_words(self.words(place), words.trim()));
            has_words && self.are(&known.support.articles, articles)
        })
    }
}

/// Whether the actor has the name: as its own, or as an alias; a description may say more or less.
fn is_called(actor: &Actor, name: &str) -> bool {
    let name = plain(name);
    let mut names = actor.aliases.iter().map(|alias| alias.text.as_str()).chain([actor.name.as_str()]);
    let begins = |more: &str, less: &str| more.strip_prefix(less).is_some_and(|rest| rest.starts_with([' ', ',']));
    let fits = |known: &str| known == name || !actor.is_named && (begins(known, &name) || begins(&name, known));
    names.any(|known| fits(&plain(known)))
}

/// Without an article before it, in small letters.
fn plain(name: &str) -> String {
    let name = comparable(name);
    let article = ["a ", "an ", "the "].into_iter().find_map(|article| name.strip_prefix(article));
    article.map(str::to_string).unwrap_or(name)
}

/// Small letters, one kind of quotation mark, single spaces.
fn comparable(words: &str) -> String {
    let words = words.to_lowercase().replace(['“', '”'], "\"").replace("''", "\"").replace('’', "'");
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn holds_words(text: &str, words: &str) -> bool {
    comparable(text).contains(&comparable(words))
}

/// A value without the time of day.
fn day_of(value: &str) -> &str {
    value.get(.."2024-03-12".len()).unwrap_or(value)
}

/// Whether a part is a dash, or fits.
fn is_open_or(part: &str, fits: impl Fn(&str) -> bool) -> bool {
    part == "-" || fits(part)
}

/// Whether `key` is one of "customs or monitoring".
fn is_one_of(key: &str, keys: &str) -> bool {
    keys.split(" or ").any(|known| known == key)
}

/// Whether a value of a list is the one of that name, as it is written in JSON.
fn is_variant(value: impl std::fmt::Debug, name: &str) -> bool {
    format!("{value:?}").to_lowercase() == name.replace('-', "")
}

fn is_planned(tense: &str) -> bool {
    assert!(matches!(tense, "planned" | "happened"), "{tense:?} is neither planned nor happened");
    tense == "planned"
}

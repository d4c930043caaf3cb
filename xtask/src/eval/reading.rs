//! What `rapporteur read --json` prints (docs/JSON.md), as far as the scorer asks for it, and the
//! scorer's formats made of it.

use super::events::{Event, Predication, Stance};
use super::pile::Pile;
use super::story::Story;
use anyhow::{Context, Result, ensure};
use serde::Deserialize;
use serde_json::{Value, json};
use std::collections::HashMap;

/// The document of `read --json`.
#[derive(Debug, Deserialize)]
pub(super) struct Reading {
    format: String,
    version: u32,
    pub(super) articles: Vec<Article>,
    /// One for each article, in the same order.
    pub(super) records: Vec<Record>,
    pub(super) story: Story,
}

#[derive(Debug, Deserialize)]
pub(super) struct Article {
    pub(super) id: String,
    /// The file's stem.
    pub(super) name: String,
}

#[derive(Debug, Deserialize)]
pub(super) struct Record {
    mentions: Vec<Mention>,
    actors: Vec<Actor>,
    statements: Vec<Statement>,
    #[serde(default)]
    quantities: Vec<Quantity>,
    /// Not there in what older versions print.
    #[serde(default)]
    timexes: Vec<Timex>,
    #[serde(default)]
    pub(super) predications: Vec<Predication>,
    #[serde(default)]
    pub(super) events: Vec<Event>,
    #[serde(default)]
    pub(super) stances: Vec<Stance>,
}

#[derive(Debug, Deserialize)]
struct Quantity {
    span: Span,
    value: String,
    upper: Option<String>,
}

/// An expression of time.
#[derive(Debug, Deserialize)]
struct Timex {
    span: Span,
    value: String,
}

impl Timex {
    fn fields(&self) -> Value {
        json!({ "start": self.span.start, "end": self.span.end, "value": self.value })
    }
}

#[derive(Debug, Deserialize)]
struct Mention {
    span: Span,
    /// Index into the record's actors.
    actor: Option<usize>,
}

#[derive(Debug, Deserialize)]
struct Actor {
    name: String,
    is_named: bool,
    mentions: Vec<usize>,
}

/// An actor in an event code.
#[derive(Debug, Deserialize)]
pub(super) struct Code {
    pub(super) affiliation: Option<String>,
}

#[derive(Debug, Deserialize)]
struct Statement {
    id: String,
    kind: String,
    class: String,
    content: Vec<Span>,
    source: Option<Span>,
    cue: Option<Span>,
    /// Index into the record's actors.
    speaker: Option<usize>,
    // What the scorer does not ask for and `scripts/circumstances.py` does.
    addressee: Option<Span>,
    medium: Option<Span>,
    occasion: Option<Span>,
    relay: Option<Span>,
    time: Option<Span>,
    #[serde(default)]
    polarity: String,
    #[serde(default)]
    uttered: String,
    nested_in: Option<String>,
}

impl Statement {
    /// Every span of it.
    fn spans(&self) -> impl Iterator<Item = &Span> {
        let circumstances = [&self.addressee, &self.medium, &self.occasion, &self.relay, &self.time];
        self.content.iter().chain(&self.source).chain(&self.cue).chain(circumstances.into_iter().flatten())
    }
}

/// A stretch of an article, in Unicode code points.
#[derive(Debug, Deserialize)]
pub(super) struct Span {
    pub(super) start: usize,
    pub(super) end: usize,
    exact: String,
}

#[derive(Debug, Deserialize)]
pub(super) struct StoryActor {
    pub(super) id: String,
    #[serde(default)]
    pub(super) entity_key: Option<String>,
    #[serde(default)]
    pub(super) code: Option<Code>,
    name: String,
    is_named: bool,
    members: Vec<Member>,
}

#[derive(Debug, Deserialize)]
struct Member {
    article: String,
    actor: usize,
}

impl Reading {
    /// Makes sure that this is the format known here, that there is one record for each article, and that every span holds the words that
    /// it says it holds, in the text as it was given.
    pub(super) fn check(&self, pile: &Pile) -> Result<()> {
        let known = self.format == "rapporteur.reading" && self.version == 1;
        ensure!(known, "an unknown format: {} {}", self.format, self.version);
        ensure!(self.articles.len() == self.records.len(), "there is not one record for each article");
        for (article, record) in self.articles.iter().zip(&self.records) {
            let text: Vec<char> = pile.text_of(&article.name)?.text.chars().collect();
            let spans = record.statements.iter().flat_map(Statement::spans);
            let quantities = record.quantities.iter().map(|quantity| &quantity.span);
            let timexes = record.timexes.iter().map(|timex| &timex.span);
            let mentions = record.mentions.iter().map(|mention| &mention.span);
            let predications = record.predications.iter().flat_map(Predication::spans);
            for span in spans.chain(quantities).chain(timexes).chain(mentions).chain(predications) {
                let there = text.get(span.start..span.end).map(|chars| chars.iter().collect::<String>());
                ensure!(
                    there.as_deref() == Some(span.exact.as_str()),
                    "article {}: the text at {}..{} is {there:?}, not {:?}",
                    article.name,
                    span.start,
                    span.end,
                    span.exact
                );
            }
        }
        Ok(())
    }

    /// The story's actor that each article's actor belongs to.
    fn story_actors(&self) -> HashMap<(&str, usize), &StoryActor> {
        let members =
            self.story.actors.iter().flat_map(|actor| actor.members.iter().map(move |member| (member, actor)));
        members.map(|(member, actor)| ((member.article.as_str(), member.actor), actor)).collect()
    }
}

/// The statements of one article of a statements set.
pub(super) fn statement_prediction(reading: &Reading, article_idx: usize, pile: &Pile) -> Result<Value> {
    let (article, record) = (&reading.articles[article_idx], &reading.records[article_idx]);
    let story_actors = reading.story_actors();
    let row = |statement: &Statement| -> Result<Value> {
        let speaker = statement.speaker.map(|actor_idx| speaker_name(record, article, actor_idx, &story_actors));
        let mut row = statement_fields(statement);
        row["speaker"] = speaker.transpose()?.into();
        row["id"] = statement.id.as_str().into();
        row["via"] = via(record, article, statement, &story_actors)?.into();
        Ok(row)
    };
    let statements = record.statements.iter().map(row).collect::<Result<Vec<_>>>()?;
    Ok(json!({ "id": pile.text_of(&article.name)?.id, "statements": statements }))
}

/// The expressions of time of one article of a time set.
pub(super) fn time_prediction(reading: &Reading, article_idx: usize, pile: &Pile) -> Result<Value> {
    let timexes: Vec<Value> = reading.records[article_idx].timexes.iter().map(Timex::fields).collect();
    Ok(json!({ "id": pile.text_of(&reading.articles[article_idx].name)?.id, "timex": timexes }))
}

/// The expressions of time of the seeds.
pub(super) fn seeds_timexes(reading: &Reading, pile: &Pile) -> Result<Vec<Value>> {
    let mut rows = Vec::new();
    for (article, record) in reading.articles.iter().zip(&reading.records) {
        let doc = &pile.text_of(&article.name)?.id;
        for timex in &record.timexes {
            let mut row = timex.fields();
            row["doc"] = doc.as_str().into();
            rows.push(row);
        }
    }
    Ok(rows)
}

/// The statements and the actors of the seeds.
pub(super) fn seeds_predictions(reading: &Reading, pile: &Pile) -> Result<(Vec<Value>, Vec<Value>)> {
    let story_actors = reading.story_actors();
    let mut statements = Vec::new();
    let mut mentions: HashMap<&str, Vec<Value>> = HashMap::new();
    for (article, record) in reading.articles.iter().zip(&reading.records) {
        let doc = &pile.text_of(&article.name)?.id;
        for statement in &record.statements {
            let actor = statement.speaker.and_then(|idx| story_actors.get(&(article.id.as_str(), idx)));
            let mut row = statement_fields(statement);
            row["id"] = statement.id.as_str().into();
            row["doc"] = doc.as_str().into();
            row["actor"] = actor.map(|actor| actor.id.as_str()).into();
            statements.push(row);
        }
        for (actor_idx, actor) in record.actors.iter().enumerate() {
            let Some(story_actor) = story_actors.get(&(article.id.as_str(), actor_idx)) else { continue };
            let of_actor = mentions.entry(&story_actor.id).or_default();
            for mention_idx in &actor.mentions {
                let mention = record.mentions.get(*mention_idx).context("an actor has a mention that is not there")?;
                of_actor.push(json!({ "doc": doc, "start": mention.span.start, "end": mention.span.end }));
            }
        }
    }
    let actor = |actor: &StoryActor| Some(json!({ "id": actor.id, "mentions": mentions.get(actor.id.as_str())? }));
    Ok((statements, reading.story.actors.iter().filter_map(actor).collect()))
}

/// The quantities of the seeds; a range has both ends.
pub(super) fn quantity_predictions(reading: &Reading, pile: &Pile) -> Result<Vec<Value>> {
    let number =
        |text: &str| -> Result<Value> { serde_json::from_str(text).with_context(|| format!("{text:?} is no number")) };
    let mut rows = Vec::new();
    for (article, record) in reading.articles.iter().zip(&reading.records) {
        let doc = &pile.text_of(&article.name)?.id;
        for quantity in &record.quantities {
            let value = number(&quantity.value)?;
            let value = match &quantity.upper {
                Some(upper) => json!([value, number(upper)?]),
                None => value,
            };
            rows.push(json!({ "doc": doc, "start": quantity.span.start, "end": quantity.span.end, "value": value }));
        }
    }
    Ok(rows)
}

/// What both formats of a statement have in common.
fn statement_fields(statement: &Statement) -> Value {
    let pair = |span: &Span| json!([span.start, span.end]);
    json!({
        "content": statement.content.iter().map(pair).collect::<Vec<_>>(),
        "source": statement.source.as_ref().map(pair),
        "cue": statement.cue.as_ref().map(pair),
        "kind": statement.kind,
        "class": statement.class,
        "addressee": statement.addressee.as_ref().map(pair),
        "medium": statement.medium.as_ref().map(pair),
        "occasion": statement.occasion.as_ref().map(pair),
        "time": statement.time.as_ref().map(pair),
        "polarity": statement.polarity,
        "uttered": statement.uttered,
        "nested_in": statement.nested_in,
    })
}

/// Who relays a statement, by name: the speaker of the statement that holds it, else the actor of a mention in the
/// relay's words; the words where those have no name.
fn via(
    record: &Record,
    article: &Article,
    statement: &Statement,
    story_actors: &HashMap<(&str, usize), &StoryActor>,
) -> Result<Option<String>> {
    let Some(relay) = &statement.relay else { return Ok(None) };
    let outer = statement.nested_in.as_ref().and_then(|id| record.statements.iter().find(|outer| &outer.id == id));
    let speaker = outer.filter(|outer| outer.source.as_ref().is_some_and(|source| source.start == relay.start));
    let mut mentions = record.mentions.iter();
    let mentioned = mentions.find(|mention| mention.span.start >= relay.start && mention.span.end <= relay.end);
    let actor_idx = speaker.and_then(|outer| outer.speaker).or(mentioned.and_then(|mention| mention.actor));
    let name = actor_idx.map(|actor_idx| speaker_name(record, article, actor_idx, story_actors)).transpose()?;
    Ok(name.filter(|name| !name.starts_with("unnamed ")).or_else(|| Some(relay.exact.clone())))
}

/// A speaker's name over all articles; the scorer knows people without a name by "unnamed".
fn speaker_name(
    record: &Record,
    article: &Article,
    actor_idx: usize,
    story_actors: &HashMap<(&str, usize), &StoryActor>,
) -> Result<String> {
    let actor = record.actors.get(actor_idx).context("a statement has a speaker that is not there")?;
    let (name, is_named) = match story_actors.get(&(article.id.as_str(), actor_idx)) {
        Some(story_actor) => (&story_actor.name, story_actor.is_named),
        None => (&actor.name, actor.is_named),
    };
    Ok(if is_named { name.clone() } else { format!("unnamed {name}") })
}

#[cfg(test)]
mod tests {
    use super::super::pile::Text;
    use super::*;

    /// "Déjà vu" before the names makes code points and bytes differ.
    const TEXT: &str = "Déjà vu: Oren Vale said it was late. “Go,” an aide said.";

    fn reading() -> Reading {
        serde_json::from_value(json!({
            "format": "rapporteur.reading", "version": 1,
            "articles": [{ "id": "a1", "name": "000000", "title": null }],
            "records": [{
                "article": "a1",
                "mentions": [
                    { "span": { "start": 9, "end": 18, "exact": "Oren Vale" }, "form": "name", "actor": 0 },
                    { "span": { "start": 43, "end": 50, "exact": "an aide" }, "form": "nominal", "actor": 1 }
                ],
                "actors": [
                    { "name": "Vale", "is_named": true, "mentions": [0] },
                    { "name": "an aide", "is_named": false, "mentions": [1] }
                ],
                "statements": [
                    { "id": "s0", "kind": "indirect", "class": "speech",
                      "content": [{ "start": 24, "end": 35, "exact": "it was late" }],
                      "source": { "start": 9, "end": 18, "exact": "Oren Vale" },
                      "cue": { "start": 19, "end": 23, "exact": "said" }, "speaker": 0 },
                    { "id": "s1", "kind": "direct", "class": "speech",
                      "content": [{ "start": 38, "end": 40, "exact": "Go" }],
                      "source": null, "cue": null, "speaker": 1 }
                ]
            }],
            "story": { "actors": [
                { "id": "p1", "name": "Oren Vale", "is_named": true, "members": [{ "article": "a1", "actor": 0 }] }
            ] }
        }))
        .unwrap()
    }

    fn pile(text: &str) -> Pile {
        Pile::write(vec![Text { id: "news/1".to_owned(), text: text.to_owned(), dct: None, is_broad: false }]).unwrap()
    }

    #[test]
    fn a_span_whose_words_stand_elsewhere_is_refused() {
        assert!(reading().check(&pile(TEXT)).is_ok());
        assert!(reading().check(&pile(&TEXT.replace('é', "ee"))).is_err());
        assert!(reading().check(&pile("short")).is_err());
    }

    #[test]
    fn a_speaker_has_the_storys_name_and_an_unnamed_one_says_so() {
        let row = statement_prediction(&reading(), 0, &pile(TEXT)).unwrap();
        assert_eq!(row["id"], "news/1");
        let statements = row["statements"].as_array().unwrap();
        assert_eq!(statements[0]["speaker"], "Oren Vale");
        assert_eq!(statements[0]["content"], json!([[24, 35]]));
        assert_eq!(statements[0]["source"], json!([9, 18]));
        assert_eq!(statements[1]["speaker"], "unnamed an aide");
        assert_eq!(statements[1]["source"], Value::Null);
    }

    #[test]
    fn the_seeds_get_statements_with_actors_and_actors_with_mentions() {
        let (statements, actors) = seeds_predictions(&reading(), &pile(TEXT)).unwrap();
        assert_eq!(statements[0]["actor"], "p1");
        assert_eq!(statements[1]["actor"], Value::Null);
        assert_eq!(statements[0]["doc"], "news/1");
        let expected = json!({ "id": "p1", "mentions": [{ "doc": "news/1", "start": 9, "end": 18 }] });
        assert_eq!(actors, [expected]);
    }
}

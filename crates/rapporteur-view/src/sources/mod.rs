//! Where does the text of each article come from, and how many of them report on their own? [`sources`] gives it as
//! plain types, [`to_text`] and [`to_json`] in words and as data.

mod json;
mod text;

pub use json::{schema, to_json};
pub use text::to_text;
pub(crate) use text::write;

use crate::Error;
use crate::lookup::labels;
use crate::visible::on_one_line;
use crate::wording;
use rapporteur_model::{
    Article, ArticleId, DirectionKind, Evidence, Independence, Place, Relation, Shares, Skipped, Story, TextFlawKind,
};
use schemars::JsonSchema;
use serde::Serialize;
use std::collections::BTreeMap;

/// The answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Sources {
    /// The articles, in the order of the reading.
    pub articles: Vec<SourceLine>,
    /// Number of independent origins at least: all that share any prose taken as one.
    pub n_origins_least: usize,
    /// Number of independent origins at most.
    pub n_origins_most: usize,
    /// What counts once, those with most articles first.
    pub origins: Vec<OriginLine>,
    /// Pairs of articles that share wording, strongest first.
    pub links: Vec<LinkLine>,
    /// Articles whose text is altered or out of order.
    pub flaws: Vec<FlawLine>,
    /// Articles that replace others.
    pub versions: Vec<VersionLine>,
    /// Inputs that were not read.
    pub skipped: Vec<Skipped>,
}

/// An article. Positions elsewhere are positions in the list of these.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct SourceLine {
    /// The article.
    pub id: ArticleId,
    /// Its short name, unique in the list.
    pub label: String,
    /// Where it came from.
    pub location: String,
    /// Who published it.
    pub outlet: Option<String>,
    /// The date of publication as ISO 8601.
    pub published: Option<String>,
    /// Whether that date is inferred.
    pub is_date_inferred: bool,
    /// The headline.
    pub title: Option<String>,
    /// The address.
    pub url: Option<String>,
    /// The line that credits an agency or an outlet.
    pub credit: Option<String>,
    /// The language of the report, as an ISO 639 code.
    pub language: Option<String>,
}

/// Articles that count once.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct OriginLine {
    /// The articles.
    pub articles: Vec<usize>,
    /// The one from which the others descend.
    pub first: Option<usize>,
    /// The source outside the pile that they share: its name, or null where it has none.
    pub unseen_source: Option<UnseenLine>,
    /// Positions in the list of origins of those that share a smaller part with this one.
    pub overlaps: Vec<usize>,
}

/// A source outside the pile.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct UnseenLine {
    /// Its name.
    pub name: Option<String>,
    /// What shows it.
    pub reason: String,
}

/// Two articles that share wording.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct LinkLine {
    /// The first.
    pub a: usize,
    /// The second.
    pub b: usize,
    /// How they are related.
    pub relation: Relation,
    /// How much of the prose of each stands in the other.
    pub prose: Shares,
    /// How much of what each quotes the other quotes too.
    pub quotations: Shares,
    /// Number of passages.
    pub n_passages: usize,
    /// Number of places where words of one stand for other words of the other.
    pub n_replacements: usize,
    /// The one that descends from the other.
    pub derived: Option<usize>,
    /// What shows the direction, or speaks against it.
    pub evidence: Vec<EvidenceLine>,
}

/// Something that shows which of two articles descends from the other.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct EvidenceLine {
    /// What it is.
    pub kind: DirectionKind,
    /// The article that it shows to be derived.
    pub derived: usize,
    /// What was seen.
    pub reason: String,
    /// The words that show it.
    pub words: Vec<String>,
}

/// An article whose text is altered or out of order.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct FlawLine {
    /// The article.
    pub article: usize,
    /// What is wrong.
    pub kind: TextFlawKind,
    /// What was seen.
    pub reason: String,
    /// Altered words with what stands elsewhere, or usually, instead.
    pub examples: Vec<ExampleLine>,
    /// Its paragraphs, counted from one, in the order that is proposed.
    pub proposed_order: Vec<usize>,
}

/// Altered words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct ExampleLine {
    /// As they stand.
    pub words: String,
    /// For what they stand.
    pub instead_of: String,
    /// The article that has it so; null where a data file tells.
    pub article: Option<usize>,
}

/// An article that replaces another.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct VersionLine {
    /// The later one.
    pub article: usize,
    /// The one before.
    pub version_of: usize,
    /// What shows it.
    pub reason: String,
}

/// Where the texts of `articles` come from, as `story` has it. `words` gives the words at a place, and examples without
/// words are left out; the articles need not hold their texts.
///
/// # Errors
/// If the story speaks of articles that are not there.
pub fn sources(
    articles: &[Article],
    story: &Story,
    skipped: &[Skipped],
    words: &dyn Fn(&Place) -> Option<String>,
) -> Result<Sources, Error> {
    let positions: BTreeMap<&ArticleId, usize> = articles.iter().enumerate().map(|(idx, a)| (&a.id, idx)).collect();
    let told = Told { positions, words };
    let labels = labels(articles);
    let lines = articles.iter().zip(labels).map(|(article, label)| source_line(article, label));
    let independent = Independence::of(story).n_origins(articles.iter().map(|article| &article.id));
    Ok(Sources {
        articles: lines.collect(),
        n_origins_least: *independent.start(),
        n_origins_most: *independent.end(),
        origins: told.origins(story)?,
        links: story.links.iter().map(|link| told.link(link)).collect::<Result<_, _>>()?,
        flaws: story.text_flaws.iter().map(|flaw| told.flaw(flaw)).collect::<Result<_, _>>()?,
        versions: story.versions.iter().map(|version| told.version(version)).collect::<Result<_, _>>()?,
        skipped: skipped.to_vec(),
    })
}

/// The places whose words [`sources`] shows.
pub fn cited_places(story: &Story) -> impl Iterator<Item = &Place> {
    let examples = story.text_flaws.iter().flat_map(|flaw| &flaw.examples);
    let of_flaws = examples.flat_map(|example| std::iter::once(&example.place).chain(&example.instead_of));
    let evidence = story.links.iter().flat_map(|link| &link.direction.evidence);
    of_flaws.chain(evidence.flat_map(|evidence| &evidence.places))
}

fn source_line(article: &Article, label: String) -> SourceLine {
    let text = |value: &Option<rapporteur_model::Evidenced<String>>| value.as_ref().map(|v| on_one_line(&v.value));
    let is_inferred = |date: &rapporteur_model::Evidenced<_>| matches!(date.evidence, Evidence::Inferred(_));
    SourceLine {
        id: article.id.clone(),
        label,
        location: on_one_line(&article.location),
        outlet: text(&article.outlet),
        published: article.published.as_ref().map(|date| date.value.to_string()),
        is_date_inferred: article.published.as_ref().is_some_and(is_inferred),
        title: text(&article.title),
        url: text(&article.url),
        credit: text(&article.credit),
        language: text(&article.language),
    }
}

/// What is needed to tell of articles by their positions.
struct Told<'a> {
    positions: BTreeMap<&'a ArticleId, usize>,
    words: &'a dyn Fn(&Place) -> Option<String>,
}

impl Told<'_> {
    fn position(&self, id: &ArticleId) -> Result<usize, Error> {
        self.positions.get(id).copied().ok_or_else(|| Error::new(format!("there is no article {id}")))
    }

    fn words(&self, place: &Place) -> Option<String> {
        (self.words)(place).map(|words| on_one_line(&words))
    }

    fn origins(&self, story: &Story) -> Result<Vec<OriginLine>, Error> {
        let mut order: Vec<usize> = (0..story.origins.len()).collect();
        order.sort_by_key(|idx| (std::cmp::Reverse(story.origins[*idx].articles.len()), *idx));
        let mut place_of = vec![0; order.len()];
        order.iter().enumerate().for_each(|(place, idx)| place_of[*idx] = place);
        let line = |idx: &usize| {
            let origin = &story.origins[*idx];
            let unseen = origin.unseen_source.as_ref();
            Ok(OriginLine {
                articles: origin.articles.iter().map(|id| self.position(id)).collect::<Result<_, _>>()?,
                first: origin.first.as_ref().map(|id| self.position(id)).transpose()?,
                unseen_source: unseen.map(|source| UnseenLine {
                    name: source.name.as_deref().map(on_one_line),
                    reason: source.reason.clone(),
                }),
                overlaps: origin.overlaps.iter().map(|other| place_of[*other]).collect(),
            })
        };
        order.iter().map(line).collect()
    }

    fn link(&self, link: &rapporteur_model::ArticleLink) -> Result<LinkLine, Error> {
        let evidence = link.direction.evidence.iter().map(|evidence| {
            Ok(EvidenceLine {
                kind: evidence.kind,
                derived: self.position(&evidence.derived)?,
                reason: on_one_line(&evidence.reason),
                words: evidence.places.iter().filter_map(|place| self.words(place)).collect(),
            })
        });
        Ok(LinkLine {
            a: self.position(&link.a)?,
            b: self.position(&link.b)?,
            relation: link.relation,
            prose: link.prose,
            quotations: link.quotations,
            n_passages: link.n_passages,
            n_replacements: link.n_replacements,
            derived: link.direction.derived.as_ref().map(|id| self.position(id)).transpose()?,
            evidence: evidence.collect::<Result<_, Error>>()?,
        })
    }

    fn flaw(&self, flaw: &rapporteur_model::TextFlaw) -> Result<FlawLine, Error> {
        let examples = flaw.examples.iter().filter_map(|example| {
            let elsewhere = example.instead_of.as_ref();
            let words = self.words(&example.place)?;
            let instead_of = elsewhere.map_or_else(|| example.usual.clone(), |place| self.words(place))?;
            let article = elsewhere.map(|place| self.position(&place.article)).transpose();
            Some(article.map(|article| ExampleLine { words, instead_of, article }))
        });
        Ok(FlawLine {
            article: self.position(&flaw.article)?,
            kind: flaw.kind,
            reason: on_one_line(&flaw.reason),
            examples: examples.collect::<Result<_, Error>>()?,
            proposed_order: flaw.proposed_order.clone(),
        })
    }

    fn version(&self, version: &rapporteur_model::Version) -> Result<VersionLine, Error> {
        Ok(VersionLine {
            article: self.position(&version.article)?,
            version_of: self.position(&version.version_of)?,
            reason: on_one_line(&version.reason),
        })
    }
}

impl Sources {
    /// "5 articles, 2 independent origins", "9 articles, 4 to 6 independent origins".
    pub fn summary(&self) -> String {
        let n_articles = wording::count(self.articles.len(), "article");
        let (least, most) = (self.n_origins_least, self.n_origins_most);
        if most == 0 {
            return n_articles;
        }
        let origins = if least == most {
            wording::count(most, "independent origin")
        } else {
            format!("{} to {}", wording::thousands(least), wording::count(most, "independent origin"))
        };
        format!("{n_articles}, {origins}")
    }
}

use super::selector::{Selector, Selectors};
use crate::{Error, wording};
use rapporteur_model::{Article, Diagnostic, Evidence, Evidenced, FurnitureKind};
use schemars::JsonSchema;
use serde::Serialize;

#[derive(Serialize, JsonSchema)]
pub(super) struct ArticleJson<'r> {
    id: &'r str,
    text_id: &'r str,
    name: &'r str,
    location: &'r str,
    format: &'static str,
    encoding: &'r str,
    title: Option<EvidencedJson<'r>>,
    published: Option<EvidencedJson<'r>>,
    published_at: Option<EvidencedJson<'r>>,
    modified: Option<EvidencedJson<'r>>,
    url: Option<EvidencedJson<'r>>,
    outlet: Option<EvidencedJson<'r>>,
    byline: Option<EvidencedJson<'r>>,
    dateline: Option<EvidencedJson<'r>>,
    credit: Option<EvidencedJson<'r>>,
    language: Option<EvidencedJson<'r>>,
    paragraphs: Vec<Selector<'r>>,
    furniture: Vec<FurnitureJson<'r>>,
    diagnostics: Vec<DiagnosticJson<'r>>,
    text: &'r str,
}

#[derive(Serialize, JsonSchema)]
pub(super) struct EvidencedJson<'r> {
    value: String,
    /// Where the article states it; `None` where it is inferred.
    stated: Option<Selector<'r>>,
    /// Where the input says so beside the text; `None` where it does not.
    metadata: Option<MetadataJson<'r>>,
    /// What it is inferred from; `None` where it is not.
    inferred: Option<&'r str>,
    /// Whether whoever started the reading said so.
    given: bool,
}

#[derive(Serialize, JsonSchema)]
struct MetadataJson<'r> {
    place: &'r str,
    words: &'r str,
}

#[derive(Serialize, JsonSchema)]
struct FurnitureJson<'r> {
    kind: FurnitureKind,
    span: Selector<'r>,
}

#[derive(Serialize, JsonSchema)]
pub(super) struct DiagnosticJson<'r> {
    span: Option<Selector<'r>>,
    message: &'r str,
    hint: Option<&'r str>,
}

pub(super) fn article<'r>(article: &'r Article, selectors: &Selectors<'r>) -> Result<ArticleJson<'r>, Error> {
    let furniture = article.furniture.iter();
    let furniture = furniture.map(|f| Ok(FurnitureJson { kind: f.kind, span: selectors.of(f.span)? }));
    Ok(ArticleJson {
        id: article.id.as_str(),
        text_id: article.text_id.as_str(),
        name: &article.name,
        location: &article.location,
        format: wording::format(article.format),
        encoding: wording::encoding(&article.encoding),
        title: evidenced(article.title.as_ref(), selectors)?,
        published: evidenced(article.published.as_ref(), selectors)?,
        published_at: evidenced(article.published_at.as_ref(), selectors)?,
        modified: evidenced(article.modified.as_ref(), selectors)?,
        url: evidenced(article.url.as_ref(), selectors)?,
        outlet: evidenced(article.outlet.as_ref(), selectors)?,
        byline: evidenced(article.byline.as_ref(), selectors)?,
        dateline: evidenced(article.dateline.as_ref(), selectors)?,
        credit: evidenced(article.credit.as_ref(), selectors)?,
        language: evidenced(article.language.as_ref(), selectors)?,
        paragraphs: selectors.of_each(&article.paragraphs)?,
        furniture: furniture.collect::<Result<_, Error>>()?,
        diagnostics: diagnostics(&article.diagnostics, selectors)?,
        text: &article.text,
    })
}

pub(super) fn evidenced<'r, T: ToString>(
    value: Option<&'r Evidenced<T>>,
    selectors: &Selectors<'r>,
) -> Result<Option<EvidencedJson<'r>>, Error> {
    let Some(Evidenced { value, evidence }) = value else { return Ok(None) };
    let mut shown =
        EvidencedJson { value: value.to_string(), stated: None, metadata: None, inferred: None, given: false };
    match evidence {
        Evidence::Stated(span) => shown.stated = Some(selectors.of(*span)?),
        Evidence::Metadata(told) => {
            shown.metadata = Some(MetadataJson { place: &told.place, words: &told.words });
        }
        Evidence::Inferred(from) => shown.inferred = Some(from),
        Evidence::Given => shown.given = true,
    }
    Ok(Some(shown))
}

pub(super) fn diagnostics<'r>(
    diagnostics: &'r [Diagnostic],
    selectors: &Selectors<'r>,
) -> Result<Vec<DiagnosticJson<'r>>, Error> {
    let export = |diagnostic: &'r Diagnostic| {
        Ok(DiagnosticJson {
            span: selectors.of_optional(diagnostic.span)?,
            message: &diagnostic.message,
            hint: diagnostic.hint.as_deref(),
        })
    };
    diagnostics.iter().map(export).collect()
}

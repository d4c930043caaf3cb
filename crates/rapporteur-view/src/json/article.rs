use super::selector::{Selector, Selectors};
use crate::{Error, wording};
use rapporteur_model::{Article, Diagnostic, Evidence, Evidenced, FurnitureKind};
use serde::Serialize;

#[derive(Serialize)]
pub(super) struct ArticleJson<'r> {
    id: &'r str,
    text_id: &'r str,
    name: &'r str,
    location: &'r str,
    encoding: &'static str,
    title: Option<EvidencedJson<'r>>,
    published: Option<EvidencedJson<'r>>,
    url: Option<EvidencedJson<'r>>,
    credit: Option<EvidencedJson<'r>>,
    paragraphs: Vec<Selector<'r>>,
    furniture: Vec<FurnitureJson<'r>>,
    diagnostics: Vec<DiagnosticJson<'r>>,
    text: &'r str,
}

#[derive(Serialize)]
pub(super) struct EvidencedJson<'r> {
    value: String,
    /// Where the article states it; `None` where it is inferred.
    stated: Option<Selector<'r>>,
    /// What it is inferred from; `None` where it is stated or given.
    inferred: Option<&'r str>,
    /// Whether whoever started the reading said so.
    given: bool,
}

#[derive(Serialize)]
struct FurnitureJson<'r> {
    kind: FurnitureKind,
    span: Selector<'r>,
}

#[derive(Serialize)]
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
        encoding: wording::encoding(article.encoding),
        title: evidenced(article.title.as_ref(), selectors)?,
        published: evidenced(article.published.as_ref(), selectors)?,
        url: evidenced(article.url.as_ref(), selectors)?,
        credit: evidenced(article.credit.as_ref(), selectors)?,
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
    let (stated, inferred) = match evidence {
        Evidence::Stated(span) => (Some(selectors.of(*span)?), None),
        Evidence::Inferred(from) => (None, Some(from.as_str())),
        Evidence::Given => (None, None),
    };
    let given = matches!(evidence, Evidence::Given);
    Ok(Some(EvidencedJson { value: value.to_string(), stated, inferred, given }))
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

//! What a text quotes and claims, and whom it names for it.

use crate::check::CheckKind;
use rapporteur_model::{Article, MentionForm, Record, Span, Statement, StatementKind};

/// Words to be held against the articles.
#[derive(Debug, Clone)]
pub struct Claim {
    pub(crate) kind: CheckKind,
    pub(crate) span: Span,
    /// Who says them, as the text names them.
    pub(crate) speaker: Option<String>,
    /// Names of the speaker; descriptions where it has no name.
    pub(crate) names: Vec<String>,
    pub(crate) is_named: bool,
}

/// The quotations of a text, and what it reports in its own words, in text order. `quoted` are the stretches between quotation
/// marks, without the marks.
pub fn claims(article: &Article, record: &Record, quoted: &[Span]) -> Vec<Claim> {
    let covers = |statement: &&Statement, span: Span| statement.content.iter().any(|content| overlap(*content, span));
    let mut claims: Vec<Claim> = Vec::new();
    for span in quoted {
        let statements = record.statements.iter().filter(|statement| covers(statement, *span));
        // Of one report inside another the inner one has the words.
        let statement =
            statements.min_by_key(|statement| statement.content.iter().map(|span| span.len_bytes()).sum::<usize>());
        claims.push(claim(article, record, CheckKind::Quotation, *span, statement));
    }
    for statement in &record.statements {
        if statement.kind == StatementKind::ActReport || statement.kind == StatementKind::Direct {
            continue;
        }
        let Some(span) = statement.content.iter().copied().reduce(Span::hull) else { continue };
        let n_quoted: usize =
            quoted.iter().filter(|quotation| overlap(**quotation, span)).map(|span| span.len_bytes()).sum();
        // What is quoted for the greater part was checked.
        if n_quoted * 2 < span.len_bytes() {
            claims.push(claim(article, record, CheckKind::Claim, span, Some(statement)));
        }
    }
    claims.sort_by_key(|claim| (claim.span, claim.kind == CheckKind::Claim));
    claims
}

fn claim(article: &Article, record: &Record, kind: CheckKind, span: Span, statement: Option<&Statement>) -> Claim {
    let nobody = Claim { kind, span, speaker: None, names: Vec::new(), is_named: false };
    let Some(statement) = statement else { return nobody };
    if let Some(actor) = statement.speaker.and_then(|speaker| record.actors.get(speaker.0 as usize)) {
        let mut names = vec![actor.name.clone()];
        if !actor.is_named {
            names.extend(actor.roles.iter().cloned());
        }
        return Claim { speaker: Some(actor.name.clone()), names, is_named: actor.is_named, ..nobody };
    }
    let is_pronoun = |source: Span| {
        record.mentions.iter().any(|mention| mention.form == MentionForm::Pronoun && overlap(mention.span, source))
    };
    match statement.source.filter(|source| !is_pronoun(*source)) {
        Some(source) => {
            let words = source.of(&article.text).to_string();
            Claim { speaker: Some(words.clone()), names: vec![words], ..nobody }
        }
        None => nobody,
    }
}

fn overlap(a: Span, b: Span) -> bool {
    a.start < b.end && b.start < a.end
}

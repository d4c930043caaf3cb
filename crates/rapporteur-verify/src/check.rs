//! What each quotation and each claim of a text comes to, held against the words of all articles of a case, and against who
//! says them there.

use crate::claims::Claim;
use crate::differences::Difference;
use crate::pile::{Match, Occurrence, Pile};
use crate::speakers::{Agreement, Speakers, utterances_at};
use rapporteur_model::{Article, CodePoints, Span};
use rapporteur_store::{ByArticle, Case, Error, ItemPlace, Shown, SourceRow};
use std::collections::BTreeSet;

/// Places that are told of each.
const MAX_PLACES: usize = 50;

/// What became of a text.
#[derive(Debug, Clone)]
pub struct Verified {
    /// The text.
    pub article: Article,
    /// Its quotations and claims, in the order of the text.
    pub checks: Vec<Check>,
}

/// A quotation or a claim, with what it comes to.
#[derive(Debug, Clone)]
pub struct Check {
    /// Whether the words stand in quotation marks.
    pub kind: CheckKind,
    /// Where they stand in the text.
    pub span: Span,
    /// Who says them, as the text names them; `None` where it tells nobody.
    pub speaker: Option<String>,
    /// What they come to.
    pub verdict: Verdict,
    /// The words of articles that they are, or nearly are, by article and position.
    pub places: Vec<ItemPlace>,
    /// Who says them there, by name.
    pub said_by: Vec<String>,
    /// What is different.
    pub differences: Vec<Difference>,
    /// Of words of a copy those of the article that it comes from.
    pub original: Option<ItemPlace>,
}

/// What is checked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CheckKind {
    /// Words between quotation marks.
    Quotation,
    /// Words that the text reports without marks.
    Claim,
}

/// What a quotation or a claim comes to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Verdict {
    /// The words stand in an article, and whoever is named says them there, or nobody is named.
    Verbatim,
    /// The words stand in an article, which does not tell who says them.
    SpeakerOpen,
    /// The words stand in an article, and somebody else says them.
    WrongSpeaker,
    /// The words stand only in a copy that has altered those of its source.
    Copy,
    /// Some of the words are other ones.
    Altered,
    /// Neither these words nor ones near them stand in an article.
    Absent,
}

impl CheckKind {
    /// Its name in JSON.
    pub fn name(self) -> &'static str {
        match self {
            CheckKind::Quotation => "quotation",
            CheckKind::Claim => "claim",
        }
    }
}

impl Verdict {
    /// All verdicts, the best first.
    pub const ALL: [Verdict; 6] = [
        Verdict::Verbatim,
        Verdict::SpeakerOpen,
        Verdict::WrongSpeaker,
        Verdict::Copy,
        Verdict::Altered,
        Verdict::Absent,
    ];

    /// Its name in JSON.
    pub fn name(self) -> &'static str {
        match self {
            Verdict::Verbatim => "verbatim",
            Verdict::SpeakerOpen => "speaker-open",
            Verdict::WrongSpeaker => "wrong-speaker",
            Verdict::Copy => "words-of-a-copy",
            Verdict::Altered => "altered",
            Verdict::Absent => "not-in-the-pile",
        }
    }
}

impl Check {
    /// Whether it holds. A claim in other words than any article's is no quotation, and nothing is known of it: it holds
    /// unless one is strict.
    pub fn holds(&self, is_strict: bool) -> bool {
        match self.verdict {
            Verdict::Verbatim => true,
            Verdict::Absent => self.kind == CheckKind::Claim && !is_strict,
            _ => false,
        }
    }
}

/// Holds texts, each with what it claims, against a case.
///
/// # Errors
/// If the case cannot be read or is damaged.
pub fn verify(texts: Vec<(Article, Vec<Claim>)>, case: &Case) -> Result<Vec<Verified>, Error> {
    case.at_one_moment(|case| against(texts, case))
}

fn against(texts: Vec<(Article, Vec<Claim>)>, case: &Case) -> Result<Vec<Verified>, Error> {
    let (mut pile, mut ids) = (Pile::default(), Vec::new());
    for (id, text) in case.texts_by_id()? {
        ids.push(id.to_string());
        pile.add(text);
    }
    let asked = Asked { case, pile, ids, by_article: case.by_article()? };
    let check = |article: &Article, claim: Claim| asked.check(article, claim);
    texts
        .into_iter()
        .map(|(article, claims)| {
            let checks = claims.into_iter().map(|claim| check(&article, claim)).collect::<Result<_, _>>()?;
            Ok(Verified { article, checks })
        })
        .collect()
}

/// What claims are held against.
struct Asked<'c> {
    case: &'c Case,
    pile: Pile,
    ids: Vec<String>,
    by_article: ByArticle,
}

impl Asked<'_> {
    fn check(&self, article: &Article, claim: Claim) -> Result<Check, Error> {
        let (found, differences) = match self.pile.compare(claim.span.of(&article.text)) {
            Match::Exact(found) => (found, None),
            Match::Near(found, differences) => (found, Some(differences)),
            Match::None => (Vec::new(), Some(Vec::new())),
        };
        let mut places = Vec::new();
        for occurrence in &found {
            places.extend(self.places(occurrence)?);
        }
        let speakers = Speakers::of(self.case, &self.by_article, &places)?;
        let mut original = None;
        let verdict = match &differences {
            Some(_) if found.is_empty() => Verdict::Absent,
            Some(_) => Verdict::Altered,
            None => match speakers.agree(&claim) {
                Agreement::Open => Verdict::SpeakerOpen,
                Agreement::Other => Verdict::WrongSpeaker,
                Agreement::Same => {
                    original = self.original(&places)?;
                    if original.is_some() { Verdict::Copy } else { Verdict::Verbatim }
                }
            },
        };
        places.truncate(MAX_PLACES);
        Ok(Check {
            kind: claim.kind,
            span: claim.span,
            speaker: claim.speaker,
            verdict,
            places,
            said_by: speakers.names(),
            differences: differences.unwrap_or_default(),
            original,
        })
    }

    fn places(&self, occurrence: &Occurrence) -> Result<Vec<ItemPlace>, Error> {
        let id = &self.ids[occurrence.article];
        let code_points = CodePoints::new(self.pile.text(occurrence.article));
        let mut places = Vec::new();
        for span in &occurrence.spans {
            let (start, end) = code_points.of(*span);
            places.extend(self.case.words(id, start, end)?);
        }
        Ok(places)
    }

    /// The words that stand in the place of these in the article from which they were copied and altered; `None` where the
    /// words are an article's own.
    fn original(&self, places: &[ItemPlace]) -> Result<Option<ItemPlace>, Error> {
        let mut known: BTreeSet<&str> = BTreeSet::new();
        let mut original = None;
        for place in places.iter().filter(|place| known.insert(&place.article.id)) {
            let Some((source, _)) = self.case.article(&place.article.id)? else { continue };
            if source.is_first || !is_spun(&source) {
                return Ok(None);
            }
            if original.is_none() {
                original = self.told_elsewhere(place, &source.origin)?;
            }
        }
        Ok(original)
    }

    /// Words of an unaltered article of the same origin for the act of speech in which a place stands.
    fn told_elsewhere(&self, place: &ItemPlace, origin: &str) -> Result<Option<ItemPlace>, Error> {
        for id in utterances_at(self.case, &self.by_article, place)? {
            let Some(Shown::Item(item)) = self.case.show(&id, MAX_PLACES)? else { continue };
            for other in item.places.into_iter().filter(|other| other.article.id != place.article.id) {
                let Some((source, _)) = self.case.article(&other.article.id)? else { continue };
                if source.origin == origin && !is_spun(&source) {
                    return Ok(Some(other));
                }
            }
        }
        Ok(None)
    }
}

/// Whether words of the article were replaced by a program for synonyms.
fn is_spun(source: &SourceRow) -> bool {
    source.flaws.as_deref().is_some_and(|flaws| flaws.contains("spun"))
}

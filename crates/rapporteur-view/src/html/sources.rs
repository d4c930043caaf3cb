//! Where the texts come from, for the page.

use crate::sources::Sources;
use crate::wording;

/// Articles that count once.
pub(super) struct OriginView<'s> {
    pub(super) members: Vec<MemberView<'s>>,
    /// The source outside the pile that they share.
    pub(super) unseen: Option<&'s str>,
    /// What shows that there is one.
    pub(super) reason: Option<&'s str>,
}

/// An article of an origin.
pub(super) struct MemberView<'s> {
    pub(super) number: usize,
    pub(super) label: &'s str,
    pub(super) is_first: bool,
}

/// An article whose text is altered or out of order.
pub(super) struct FlawView<'s> {
    pub(super) number: usize,
    pub(super) label: &'s str,
    pub(super) kind: &'static str,
    pub(super) reason: &'s str,
    /// Altered words with what stands elsewhere.
    pub(super) examples: Vec<(&'s str, &'s str)>,
    pub(super) order: Option<String>,
}

/// An article that replaces another.
pub(super) struct VersionView<'s> {
    pub(super) number: usize,
    pub(super) label: &'s str,
    pub(super) before_number: usize,
    pub(super) before_label: &'s str,
}

/// The origins with more than one article.
pub(super) fn origins(sources: &Sources) -> Vec<OriginView<'_>> {
    let shared = sources.origins.iter().filter(|origin| origin.articles.len() > 1);
    let view = shared.map(|origin| OriginView {
        members: origin
            .articles
            .iter()
            .map(|&number| MemberView {
                number,
                label: &sources.articles[number].label,
                is_first: origin.first == Some(number),
            })
            .collect(),
        unseen: origin.unseen_source.as_ref().map(|source| source.name.as_deref().unwrap_or("unknown")),
        reason: origin.unseen_source.as_ref().map(|source| source.reason.as_str()),
    });
    view.collect()
}

pub(super) fn flaws(sources: &Sources) -> Vec<FlawView<'_>> {
    let view = sources.flaws.iter().map(|flaw| {
        let order: Vec<String> = flaw.proposed_order.iter().map(usize::to_string).collect();
        FlawView {
            number: flaw.article,
            label: &sources.articles[flaw.article].label,
            kind: wording::text_flaw(flaw.kind),
            reason: &flaw.reason,
            examples: flaw.examples.iter().map(|e| (e.words.as_str(), e.instead_of.as_str())).collect(),
            order: (!order.is_empty()).then(|| order.join(" ")),
        }
    });
    view.collect()
}

pub(super) fn versions(sources: &Sources) -> Vec<VersionView<'_>> {
    let view = sources.versions.iter().map(|version| VersionView {
        number: version.article,
        label: &sources.articles[version.article].label,
        before_number: version.version_of,
        before_label: &sources.articles[version.version_of].label,
    });
    view.collect()
}

//! In what was it said? A paper, a channel, or a setting that is arranged for speaking.

use super::act::{Act, Tie};
use super::phrases::{Phrase, PhraseKind, noun_phrase};
use crate::analysis::TokenRange;

/// How far behind the name of an outlet the title of a programme may begin, in tokens.
const MAX_TITLE_GAP: usize = 2;
/// Longer words in quotation marks are no title.
const MAX_TITLE_TOKENS: usize = 10;

/// The medium of an act, with its preposition where it has one.
pub(super) fn find(act: &Act<'_, '_>) -> Option<TokenRange> {
    let phrases = || act.phrases.iter().filter(|phrase| phrase.kind == PhraseKind::Prepositional);
    let in_phrase = phrases().find(|phrase| is_medium(act, phrase)).map(|phrase| range_of(act, phrase));
    in_phrase.or_else(|| issued(act)).or_else(|| online(act))
}

/// Whether a prepositional phrase names a medium.
pub(super) fn is_medium(act: &Act<'_, '_>, phrase: &Phrase) -> bool {
    let head = phrase.head;
    let opener = act.analysis.lower(phrase.opener);
    let by_paper = opener == "with" && act.is_listed("sent-nouns", head);
    let to_outlet = opener == "to" && act.is_listed("own-outlets", head);
    if by_paper || to_outlet {
        return true;
    }
    if !act.is_listed("medium-prepositions", phrase.opener) || act.is_date(head) {
        return false;
    }
    let is_noun = act.analysis.token(head).pos() == "NOUN" || act.analysis.token(head).entity_type().is_empty();
    is_noun && (act.is_listed("media-nouns", head) || act.is_listed("forum-nouns", head)) || is_outlet(act, phrase)
}

/// "on Sky News", "on Twitter", "on “This Week”": an outlet or a programme by its name.
fn is_outlet(act: &Act<'_, '_>, phrase: &Phrase) -> bool {
    let analysis = act.analysis;
    let head = analysis.token(phrase.head);
    let is_name = head.pos() == "PROPN" || !head.entity_type().is_empty();
    if !is_name || !act.is_listed("outlet-prepositions", phrase.opener) {
        return false;
    }
    let mut tokens = phrase.range.start..=phrase.head;
    let is_word = |idx: usize| analysis.token(idx).pos() == "PROPN" && act.is_listed("outlet-words", idx);
    let is_named = |idx: usize| act.is_listed("outlets", idx) || is_word(idx);
    if tokens.any(is_named) {
        return true;
    }
    let is_last = act.is_listed("outlet-words", phrase.head) || act.is_listed("media-nouns", phrase.head);
    let is_programme =
        analysis.lower(phrase.opener) == "on" && (head.entity_type() == "WORK_OF_ART" || act.is_in_title(phrase.head));
    is_last || is_programme
}

/// From the preposition to the end of the noun phrase, without the addressee and the time.
fn range_of(act: &Act<'_, '_>, phrase: &Phrase) -> TokenRange {
    let keeps =
        |preposition: usize| !matches!(act.analysis.lower(preposition), "to" | "after" | "before" | "following" | "by");
    let date = (phrase.head + 1..phrase.range.end).find(|&idx| act.is_date(idx));
    let words = noun_phrase(act.analysis, phrase.opener, phrase.head, date.unwrap_or(phrase.range.end), keeps);
    with_title(act, words)
}

/// "on Channel Nine's “Morning Watch”": with the title in quotation marks that follows or is begun.
fn with_title(act: &Act<'_, '_>, words: TokenRange) -> TokenRange {
    let analysis = act.analysis;
    let near = words.end.saturating_sub(1)..analysis.doc.len().min(words.end + MAX_TITLE_GAP);
    let mut quotations = near.filter_map(|idx| analysis.quotation_mark_of(idx).or_else(|| analysis.quotation_at(idx)));
    let Some(title) = quotations.next().map(|quotation| analysis.quotations[quotation].outer_tokens) else {
        return words;
    };
    let gap = words.end..title.start.max(words.end);
    let is_joint = gap.into_iter().all(|idx| analysis.token(idx).tag() == "POS");
    let is_title = is_joint && title.len() <= MAX_TITLE_TOKENS && !(title.start..title.end).any(|idx| act.is_said(idx));
    if is_title { TokenRange::new(words.start, words.end.max(title.end)) } else { words }
}

/// "issued a statement saying …", "wrote a letter asking …": what the cue hangs on, or the object of that.
fn issued(act: &Act<'_, '_>) -> Option<TokenRange> {
    let is_paper = |idx: &usize| {
        act.analysis.token(*idx).pos() == "NOUN" && act.is_listed("media-nouns", *idx) && !act.is_source(*idx)
    };
    let above = act.holders.iter().filter(|holder| holder.tie == Tie::Above).map(|holder| holder.idx);
    let head = above.chain(act.objects_above()).find(is_paper)?;
    let below = act.analysis.below(head);
    Some(noun_phrase(act.analysis, below.start, head, below.end, |_| false))
}

/// "said online".
fn online(act: &Act<'_, '_>) -> Option<TokenRange> {
    let is_online = |phrase: &&Phrase| phrase.kind == PhraseKind::Bare && act.is_listed("media-adverbs", phrase.head);
    let bare = act.phrases.iter().find(is_online)?;
    Some(TokenRange::new(bare.head, bare.head + 1))
}

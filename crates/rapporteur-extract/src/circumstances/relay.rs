//! Who passes on what somebody else said, as far as one statement shows it by itself?

use super::act::{Act, Tie, is_listed};
use super::addressee;
use crate::analysis::{Analysis, TokenRange};
use crate::sources;
use crate::statements::Draft;
use rapporteur_model::{ArticleActor, ArticleActorIdx, Span, Statement};

/// Who relays the act.
pub(super) fn find(act: &Act<'_, '_>) -> Option<TokenRange> {
    quoted_by(act).or_else(|| obtained_by(act)).or_else(|| hearsay(act)).or_else(|| referred_to(act))
}

/// "was quoted by Reuters as saying", "Reuters quoted him as saying".
fn quoted_by(act: &Act<'_, '_>) -> Option<TokenRange> {
    let mut own = act.holders.iter().filter(|holder| holder.tie != Tie::Joined).map(|holder| holder.idx);
    let quoting = own.find(|&holder| act.is_listed("relay-verbs", holder))?;
    let is_passive = act.analysis.token(quoting).tag() == "VBN";
    if let Some((_, object)) = sources::agent(act.analysis, quoting).filter(|_| is_passive) {
        return Some(sources::noun_phrase(act.analysis, object, None).range).filter(|_| !act.is_source(object));
    }
    let verb = act.analysis.token(quoting);
    if verb.dep() == "acl" && !act.is_source(verb.head().idx()) {
        return Some(sources::noun_phrase(act.analysis, verb.head().idx(), Some(quoting)).range);
    }
    // "Citing two officials, Meridian Press reported": the subject of what the cue hangs on.
    let above = act.holders.iter().filter(|holder| holder.tie == Tie::Above).map(|holder| holder.idx);
    let (verb, subject) =
        std::iter::once(quoting).chain(above).find_map(|verb| Some((verb, act.analysis.subject(verb)?)))?;
    let limit = Some(verb).filter(|&verb| verb > subject);
    (!act.is_source(subject)).then(|| sources::noun_phrase(act.analysis, subject, limit).range)
}

/// "a letter seen by Reuters said", "…, said Vale, quoted by Reuters".
fn obtained_by(act: &Act<'_, '_>) -> Option<TokenRange> {
    let source = act.source?;
    let mut participles = act.analysis.token(source.head).children().filter(|child| child.dep() == "acl").take(4);
    let participle = participles.find(|child| {
        child.tag() == "VBN" && (act.is_listed("obtained", child.idx()) || act.is_listed("relay-verbs", child.idx()))
    })?;
    let (_, object) = sources::agent(act.analysis, participle.idx())?;
    Some(sources::noun_phrase(act.analysis, object, None).range)
}

/// "As Vale told Meridian Press, …": the article refers to what that outlet has published.
fn referred_to(act: &Act<'_, '_>) -> Option<TokenRange> {
    let mut children = act.analysis.token(act.anchor).children().take_while(|child| child.idx() < act.anchor);
    let is_referring = children.any(|child| child.dep() == "mark" && child.text().eq_ignore_ascii_case("as"));
    let outlet = addressee::find(act).filter(|_| is_referring)?;
    is_outlet(act.analysis, act.analysis.bytes(outlet)).then_some(outlet)
}

/// "was reportedly rejected".
fn hearsay(act: &Act<'_, '_>) -> Option<TokenRange> {
    let mut children = act.holders.iter().flat_map(|holder| act.children(holder.idx));
    let adverb = children.find(|child| child.dep() == "advmod" && act.is_listed("hearsay", child.idx()))?.idx();
    Some(TokenRange::new(adverb, adverb + 1))
}

/// "Meridian Press reported that two sources had seen the plan. The sources also said …": somebody unnamed who is
/// taken up again in the next sentence is passed on by the same outlet.
pub(super) fn carry_on(
    analysis: &Analysis<'_>,
    drafts: &[Draft],
    statements: &mut [Option<Statement>],
    actors: &[ArticleActor],
) {
    let speaker = |statement: &Option<Statement>| statement.as_ref().and_then(|statement| statement.speaker);
    let speakers: Vec<Option<ArticleActorIdx>> = statements.iter().map(speaker).collect();
    let mut last: Option<(usize, Span)> = None;
    for idx in 0..drafts.len() {
        last = last.filter(|&(before, _)| is_next_sentence(analysis, drafts[before].anchor, drafts[idx].anchor));
        let Some(statement) = &mut statements[idx] else { continue };
        if let (None, Some((before, relay))) = (statement.relay, last)
            && is_nobody_else(actors, speakers[before], statement.speaker)
            && takes_up(analysis, &drafts[before], &drafts[idx], relay)
        {
            statement.relay = Some(relay);
        }
        let relay = statement.relay.or(statement.source);
        last = relay.filter(|&relay| is_outlet(analysis, relay)).map(|relay| (idx, relay)).or(last);
    }
}

/// Whether the later speaker may be the earlier one: he is the same, or has no name.
fn is_nobody_else(actors: &[ArticleActor], before: Option<ArticleActorIdx>, after: Option<ArticleActorIdx>) -> bool {
    let actor = after.and_then(|after| actors.get(after.0 as usize));
    before == after || actor.is_none_or(|actor| !actor.is_named)
}

/// Whether `after` stands in the sentence of `before` or in the one that follows, in one paragraph.
fn is_next_sentence(analysis: &Analysis<'_>, before: usize, after: usize) -> bool {
    let end = analysis.sentence(before).end;
    let is_near = before <= after && (after < end || analysis.sentence(after).start == end);
    is_near && analysis.paragraph(before) == analysis.paragraph(after)
}

/// Whether the words name an agency, a newspaper, a broadcaster.
pub(super) fn is_outlet(analysis: &Analysis<'_>, words: Span) -> bool {
    let tokens = analysis.tokens_in(words);
    let is_word = |idx: usize| {
        ["agencies", "outlets", "outlet-words", "relay-nouns"].iter().any(|list| is_listed(analysis, list, idx))
    };
    (tokens.start..tokens.end).any(is_word)
}

/// Whether the source of `after` points back to somebody unnamed that `relay` passed on before.
fn takes_up(analysis: &Analysis<'_>, before: &Draft, after: &Draft, relay: Span) -> bool {
    let Some(source) = after.source else { return false };
    let is_definite = analysis.lower(source.range.start) == "the";
    if is_definite && is_listed(analysis, "unnamed-speakers", source.head) {
        return true;
    }
    // A pronoun for somebody passed on, not for the outlet itself.
    let earlier = before.source.filter(|earlier| analysis.bytes(earlier.range) != relay);
    let is_unnamed = earlier.is_some_and(|earlier| analysis.token(earlier.head).pos() != "PROPN");
    is_unnamed && analysis.token(source.head).tag() == "PRP"
}

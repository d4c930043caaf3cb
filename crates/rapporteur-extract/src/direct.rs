//! Whose words stand between the quotation marks? Ties quotations to the verbs of saying beside them.
//!
//! Parses of quoted text are weak, so this goes by the surface: a quotation that a reporting clause
//! follows ("…," she said), one that a verb announces (she said: "…"), and quotations that carry on.

use crate::analysis::{Analysis, TokenRange};
use crate::content::reporting_clause;
use crate::cues::{CueHit, CueKind};
use crate::lexicon::Frame;

/// Quotations that one cue reports.
pub(crate) struct DirectReport {
    /// Index of the cue among the hits.
    pub(crate) hit_idx: usize,
    /// Indices of the quotations, in text order.
    pub(crate) quotations: Vec<usize>,
    /// The words between a quotation and the cue that follows it; they hold the speaker.
    pub(crate) lead: TokenRange,
}

/// How far from its quotation a cue may stand, in tokens: "…," said the long-serving minister for …
const MAX_LEAD_TOKENS: usize = 30;
/// Quotations inside a reporting clause that may be stepped over: the name of a programme.
const MAX_SKIPPED_QUOTATIONS: usize = 2;
/// A quotation right after its verb without a comma counts as speech from this length on.
const MIN_SPEECH_TOKENS: usize = 4;

/// The reports of an article by their cues.
pub(crate) struct Reports {
    reports: Vec<DirectReport>,
    /// For each cue its report.
    of_hit: Vec<Option<usize>>,
    /// For each quotation the cue that reports it.
    hit_of_quotation: Vec<Option<usize>>,
}

impl Reports {
    /// All reports that the surface shows.
    pub(crate) fn find(analysis: &Analysis<'_>, hits: &[CueHit]) -> Self {
        let reports = attribute(analysis, hits);
        let mut of_hit = vec![None; hits.len()];
        let mut hit_of_quotation = vec![None; analysis.quotations.len()];
        for (idx, report) in reports.iter().enumerate() {
            of_hit[report.hit_idx] = Some(idx);
            for &quotation in &report.quotations {
                hit_of_quotation[quotation] = Some(report.hit_idx);
            }
        }
        Reports { reports, of_hit, hit_of_quotation }
    }

    /// The report of a cue.
    pub(crate) fn of(&self, hit_idx: usize) -> Option<&DirectReport> {
        self.of_hit[hit_idx].map(|idx| &self.reports[idx])
    }

    /// Whether another cue than `hit_idx` reports a quotation.
    pub(crate) fn claims(&self, quotation: usize, hit_idx: usize) -> bool {
        self.hit_of_quotation[quotation].is_some_and(|claimed_by| claimed_by != hit_idx)
    }
}

/// The quotations that cues report, in the order of the cues; no quotation twice.
fn attribute(analysis: &Analysis<'_>, hits: &[CueHit]) -> Vec<DirectReport> {
    let can_quote = |hit: &CueHit| {
        let mut children = analysis.token(hit.head).children().take(MAX_LEAD_TOKENS);
        let is_passive = children.any(|child| child.dep() == "auxpass");
        let may_quote = takes_quotation(hit) || touches_quotation(analysis, hit);
        may_quote && !is_passive && analysis.quotation_at(hit.head).is_none()
    };
    let mut claimed = vec![false; analysis.quotations.len()];
    let mut is_used = vec![false; hits.len()];
    let mut reports: Vec<DirectReport> = Vec::new();
    // Quotations before their cue first, with what carries on after it: the surest sign.
    for (hit_idx, hit) in hits.iter().enumerate().filter(|(_, hit)| can_quote(hit)) {
        if let Some((quotation, lead)) = quotation_before(analysis, hit)
            && !claimed[quotation]
        {
            claimed[quotation] = true;
            is_used[hit_idx] = true;
            reports.push(DirectReport { hit_idx, quotations: vec![quotation], lead });
        }
    }
    for report in &mut reports {
        carry_on(analysis, hits, report, &mut claimed);
    }
    let n_before = reports.len();
    for (hit_idx, hit) in hits.iter().enumerate().filter(|(_, hit)| can_quote(hit)) {
        if let Some(quotation) = quotation_after(analysis, hit, hits).filter(|_| !is_used[hit_idx])
            && !claimed[quotation]
        {
            claimed[quotation] = true;
            let lead = TokenRange::new(hit.head, hit.head);
            reports.push(DirectReport { hit_idx, quotations: vec![quotation], lead });
        }
    }
    for report in &mut reports[n_before..] {
        carry_on(analysis, hits, report, &mut claimed);
    }
    for report in &mut reports {
        lead_up(analysis, report, &mut claimed);
    }
    reports.sort_by_key(|report| report.hit_idx);
    reports
}

/// Adds the paragraphs of a speech before the one that names the speaker.
fn lead_up(analysis: &Analysis<'_>, report: &mut DirectReport, claimed: &mut [bool]) {
    let Some(&first) = report.quotations.first() else { return };
    let before = (0..first).rev().take_while(|&before| analysis.quotations[before].goes_on && !claimed[before]);
    let start = before.last().unwrap_or(first);
    claimed[start..first].fill(true);
    report.quotations.splice(0..0, start..first);
}

/// The quotation right before the reporting clause of `hit`, with the words between it and the cue.
fn quotation_before(analysis: &Analysis<'_>, hit: &CueHit) -> Option<(usize, TokenRange)> {
    let lowest = hit.words.start.saturating_sub(MAX_LEAD_TOKENS);
    let mut at = hit.words.start;
    let quotation = loop {
        at = at.checked_sub(1).filter(|&at| at >= lowest)?;
        if let Some(quotation) = analysis.quotation_mark_of(at).or_else(|| analysis.quotation_at(at)) {
            break quotation;
        }
        let token = analysis.token(at);
        if matches!(token.text(), "." | "!" | "?" | ";" | ":") || token.text().contains('\n') {
            return None;
        }
    };
    if !ends_like_speech(analysis, quotation) {
        return None;
    }
    let lead = TokenRange::new(analysis.quotations[quotation].outer_tokens.end, hit.words.start);
    let words: Vec<usize> = (lead.start..lead.end).filter(|&idx| !analysis.is_mark(idx)).collect();
    if words.is_empty() {
        return Some((quotation, lead));
    }
    if starts_sentence(analysis, quotation, words[0], hit) {
        return None;
    }
    let subject = analysis.subject(hit.head);
    let is_lead = |&idx: &usize| {
        let token = analysis.token(idx);
        let of_subject = subject.is_some_and(|subject| idx == subject || analysis.below(subject).contains(idx));
        let nominal =
            matches!(token.pos(), "NOUN" | "PROPN" | "PRON" | "DET" | "ADJ" | "ADP" | "NUM" | "ADV" | "PART" | "CCONJ");
        of_subject || nominal || token.head().idx() == hit.head
    };
    let last = *words.last()?;
    let last_is_noun =
        |idx: usize| matches!(analysis.token(idx).pos(), "NOUN" | "PROPN" | "PRON" | "ADV" | "NUM" | "ADJ");
    let is_sound = subject.is_some_and(|subject| lead.contains(subject)) || (words.len() <= 12 && last_is_noun(last));
    (is_sound && words.iter().all(is_lead)).then_some((quotation, lead))
}

/// Whether a quotation that ends in a full stop is followed by a sentence of its own: a capital letter
/// after it, and a cue that does not end the sentence.
fn starts_sentence(analysis: &Analysis<'_>, quotation: usize, first_word: usize, hit: &CueHit) -> bool {
    let text = &analysis.article.text;
    let ends_sentence = analysis.quotations[quotation].inner.of(text).trim_end().ends_with('.');
    let opens = analysis.token(first_word).text().starts_with(char::is_uppercase);
    let end = reporting_clause(analysis, hit).end;
    let closes = end >= analysis.doc.len() || analysis.is_mark(end) && analysis.token(end).text() != ",";
    ends_sentence && opens && !closes
}

/// Whether a quotation ends as reported speech does before its reporting clause.
fn ends_like_speech(analysis: &Analysis<'_>, quotation: usize) -> bool {
    let quotation = &analysis.quotations[quotation];
    let text = &analysis.article.text;
    // A quotation inside it may close with it.
    let words = quotation.inner.of(text).trim_end().trim_end_matches(['\'', '’']);
    let ends_inside = words.ends_with([',', '.', '?', '!', '…', '—', '–', '-']);
    let after = text[quotation.outer.end.get()..].trim_start();
    ends_inside || after.starts_with(',')
}

/// The quotation that `hit` announces.
fn quotation_after(analysis: &Analysis<'_>, hit: &CueHit, hits: &[CueHit]) -> Option<usize> {
    let after = hit.words.end;
    let quotation_idx = analysis.quotations.partition_point(|quotation| quotation.outer_tokens.start < after);
    let quotation = analysis.quotations.get(quotation_idx)?;
    let bridge = TokenRange::new(after, quotation.outer_tokens.start);
    if bridge.len() > MAX_LEAD_TOKENS {
        return None;
    }
    let mut breaks = (bridge.start..bridge.end).filter(|&idx| {
        let token = analysis.token(idx);
        matches!(token.text(), "." | "!" | "?") || token.text().contains('\n')
    });
    let last = (bridge.start..bridge.end).rev().find(|&idx| !analysis.token(idx).is_space());
    let announced_by = last.map(|idx| analysis.lower(idx));
    if breaks.next().is_some() && announced_by != Some(":") {
        return None;
    }
    if hits_in(hits, bridge).iter().any(takes_quotation) {
        return None;
    }
    let is_finite = |idx: usize| matches!(analysis.token(idx).tag(), "VBD" | "VBZ" | "VBP" | "MD");
    if announced_by != Some(":") && (bridge.start..bridge.end).any(is_finite) {
        return None;
    }
    let text = &analysis.article.text;
    let words = quotation.inner.of(text).trim();
    let has_verb = || {
        (quotation.tokens.start..quotation.tokens.end).any(|idx| matches!(analysis.token(idx).pos(), "VERB" | "AUX"))
    };
    let to_clause_end = || {
        let rest = text[quotation.outer.end.get()..].trim_start_matches(' ');
        rest.is_empty()
            || rest.starts_with(['.', ',', ';', '\n', '\r', '!', '?'])
            || words.ends_with(['.', '!', '?', ','])
    };
    let is_long = quotation.tokens.len() >= MIN_SPEECH_TOKENS;
    let is_announced = match announced_by {
        Some(":") => true,
        Some(",") => words.starts_with(|c: char| !c.is_lowercase()) || (is_long && has_verb()),
        Some("that") | None => is_long && has_verb() && to_clause_end(),
        Some(word) if analysis.lexicon.words.has("binding-words", word) => false,
        Some(_) => is_long && has_verb() && to_clause_end() && words.starts_with(char::is_uppercase),
    };
    is_announced.then_some(quotation_idx)
}

/// Adds the quotations that go on after the reporting clause, or right after one another.
fn carry_on(analysis: &Analysis<'_>, hits: &[CueHit], report: &mut DirectReport, claimed: &mut [bool]) {
    let hit = &hits[report.hit_idx];
    let mut n_skipped = 0;
    let Some(&first) = report.quotations.last() else { return };
    let mut end = analysis.quotations[first].outer_tokens.end;
    let mut over_clause = end <= hit.head;
    if over_clause {
        end = reporting_clause(analysis, hit).end;
        // "…," said Vale, who had come late, "…": the parser hangs the rest of the speech on what is beside it.
        let next = analysis.quotations.get(first + 1).filter(|next| next.tokens.len() >= MIN_SPEECH_TOKENS);
        let next = next.map(|next| next.outer_tokens.start);
        let next = next.filter(|&next| next > hit.head && analysis.token(next - 1).text() == ",");
        end = next.map_or(end, |next| end.min(next)).max(hit.words.end);
    }
    let paragraph = analysis.paragraph(hit.head);
    let rest = analysis.quotations.iter().zip(claimed).enumerate().skip(first + 1);
    for (next, (quotation, is_claimed)) in rest {
        if *is_claimed || quotation.outer_tokens.is_empty() || n_skipped > MAX_SKIPPED_QUOTATIONS {
            break;
        }
        let opening = quotation.outer_tokens.start;
        if opening < end {
            // Inside the reporting clause: the name of a programme.
            n_skipped += 1;
            end = end.max(quotation.outer_tokens.end);
            continue;
        }
        let same_paragraph = analysis.paragraph(opening) == paragraph.max(analysis.paragraph(end.saturating_sub(1)));
        if !same_paragraph {
            break;
        }
        let between = TokenRange::new(end, opening);
        let adjacent = analysis.is_all_marks(between);
        if !adjacent && (!over_clause || between.len() > 2 * MAX_LEAD_TOKENS) {
            break;
        }
        let takes = adjacent || goes_on_after(analysis, hits, hit, between);
        if takes {
            *is_claimed = true;
            report.quotations.push(next);
            end = quotation.outer_tokens.end;
            over_clause = false;
        } else {
            n_skipped += 1;
        }
    }
}

/// Whether what lies between a reporting clause and a quotation lets the speech go on.
fn goes_on_after(analysis: &Analysis<'_>, hits: &[CueHit], hit: &CueHit, between: TokenRange) -> bool {
    let mut rest: Vec<usize> = (between.start..between.end).filter(|&idx| !analysis.token(idx).is_space()).collect();
    while rest.last().is_some_and(|&idx| analysis.quotation_mark_of(idx).is_some()) {
        rest.pop();
    }
    let Some(&last) = rest.last() else { return true };
    let closes =
        |idx: usize| matches!(analysis.token(idx).text(), "." | "!" | "?") && analysis.quotation_at(idx).is_none();
    let in_between = &rest[..rest.len() - 1];
    let is_one_sentence = !in_between.iter().any(|&idx| closes(idx));
    let last_text = analysis.token(last).text();
    let opens = closes(last) || matches!(last_text, "," | ":" | ";" | "—" | "–") || {
        analysis.quotation_at(last).is_some() && matches!(last_text, "." | "!" | "?" | ",")
    };
    let has_other_cue = hits_in(hits, between).iter().filter(|other| other.head != hit.head).any(|other| {
        // An -ing form with a report of its own leaves the next sentence to the speaker.
        let is_tail = closes(last) && crate::content::is_tail(analysis, analysis.token(other.head));
        takes_quotation(other) && !is_tail && analysis.quotation_at(other.head).is_none()
    });
    is_one_sentence && opens && !has_other_cue
}

/// The hits whose heads lie in `range`.
fn hits_in<'h, 'k>(hits: &'h [CueHit<'k>], range: TokenRange) -> &'h [CueHit<'k>] {
    let [start, end] = [range.start, range.end].map(|at| hits.partition_point(|hit| hit.head < at));
    &hits[start..end]
}

/// Whether a finite verb that no list has stands between its subject and a quotation, a comma or a colon at
/// most between them: "…," mumbled Vale; Vale reasoned, "…".
fn touches_quotation(analysis: &Analysis<'_>, hit: &CueHit) -> bool {
    let is_open = hit.kind == CueKind::Verb && hit.entry.is_none();
    if !is_open || !matches!(analysis.token(hit.head).tag(), "VBD" | "VBZ" | "VBP") {
        return false;
    }
    let touches = |distance: Option<usize>| distance.is_some_and(|n_tokens| n_tokens <= 2);
    let after = hit.words.end;
    let announces = after < analysis.doc.len()
        && matches!(analysis.token(after).text(), "," | ":")
        && touches(analysis.distance_to_quotation_after(after));
    announces || touches(analysis.distance_to_quotation_before(hit.words.start))
}

fn takes_quotation(hit: &CueHit) -> bool {
    hit.kind == CueKind::Verb && hit.entry.is_some_and(|entry| entry.takes(Frame::Quote))
}

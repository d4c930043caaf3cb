//! Entries of a log of corrections, by the words that they are about.

use rapporteur_model::{Anchor, Article, Correction, CorrectionAct, CorrectionId, Instant, Target, TargetLayer};

/// Entry `n` of a log, made in the `n`th minute of a day; its id is `cN`.
pub fn correction(n: u32, act: CorrectionAct) -> Correction {
    Correction {
        id: CorrectionId::new(format!("c{n}")),
        at: Instant::new(format!("2031-03-20T{:02}:{:02}:00Z", n / 60, n % 60)),
        author: "Dana".into(),
        act,
        reason: None,
    }
}

/// Something that stands at these words of articles, each the first of its article.
pub fn target(layer: TargetLayer, id: &str, label: &str, places: &[(&Article, &str)]) -> Target {
    let places = places.iter().map(|(article, words)| anchor(article, words)).collect();
    Target { layer, id: id.into(), label: label.into(), places }
}

/// The first place of an article that has these words.
pub fn anchor(article: &Article, words: &str) -> Anchor {
    let text = article.text.as_str();
    let at = text.find(words).unwrap_or_else(|| panic!("{words:?} is not in {}", article.name));
    let (before, after) = (&text[..at], &text[at + words.len()..]);
    let n_before = before.chars().count();
    Anchor {
        article: article.id.clone(),
        text: article.text_id.clone(),
        location: article.location.clone(),
        start: n_before as u32,
        end: (n_before + words.chars().count()) as u32,
        exact: words.into(),
        prefix: before.chars().skip(n_before.saturating_sub(32)).collect(),
        suffix: after.chars().take(32).collect(),
    }
}

//! In which language an article is written.
//!
//! The words of the report tell it (`whatlang`, trigrams of letters); what the input tells beside the text decides
//! where these leave it open. Only English is read further on, so nothing that may be English is called otherwise.

use crate::lexicon::sections;
use rapporteur_model::{Evidence, Evidenced, Furniture, FurnitureKind, Span};
use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

/// So many bytes of the report are looked at: some 600 words, after which the detection does not change.
const MAX_SAMPLE_BYTES: usize = 4096;
/// Fewer words tell nothing: of cuts of 20 words from the English sets none is called another language, of cuts of
/// 10 some are.
const MIN_WORDS: usize = 20;
/// In fewer words, names alone can look like another language: no word of English may be among them.
const MIN_SURE_WORDS: usize = 60;
/// Scripts without spaces between words have fewer, longer ones.
const MIN_LETTERS: usize = 60;
/// English prose has a third of these words, other languages of Europe under a twentieth.
const MIN_ENGLISH_SHARE: f64 = 0.12;

struct Languages {
    /// The code of an article by the code of the detection, by other codes and by names.
    codes: HashMap<&'static str, &'static str>,
    english_words: HashSet<&'static str>,
}

fn languages() -> &'static Languages {
    static LANGUAGES: LazyLock<Languages> = LazyLock::new(|| {
        let sections = sections(include_str!("../data/languages.txt"));
        let names = |line: &&'static str| {
            let code = line.split_whitespace().nth(1).unwrap_or(line);
            line.split_whitespace().map(move |name| (name, code)).collect::<Vec<_>>()
        };
        Languages {
            codes: sections["languages"].iter().flat_map(names).collect(),
            english_words: sections["english words"].iter().copied().collect(),
        }
    });
    &LANGUAGES
}

/// The language of an article. `told` is what the input says beside the text, the surest first.
pub(crate) fn language(
    text: &str,
    paragraphs: &[Span],
    furniture: &[Furniture],
    told: &[Evidenced<String>],
) -> Option<Evidenced<String>> {
    let sample = sample(text, paragraphs, furniture);
    let told = told.iter().find_map(|told| Some((code_of(&told.value)?, &told.evidence)));
    let n_words = sample.split_whitespace().count();
    let n_letters = sample.chars().filter(|c| c.is_alphabetic()).count();
    let is_long = n_letters >= MIN_LETTERS && (n_words >= MIN_WORDS || is_unspaced(n_words, n_letters));
    let most_english = if n_words < MIN_SURE_WORDS { 0.0 } else { MIN_ENGLISH_SHARE / 2.0 };
    let by_words = || Evidence::Inferred("its letters and words".to_string());
    let english_share = english_share(&sample);
    if is_long && english_share >= MIN_ENGLISH_SHARE {
        return Some(Evidenced { value: "en".to_string(), evidence: by_words() });
    }
    let detected = whatlang::detect(&sample)?;
    let code = languages().codes.get(detected.lang().code()).copied().unwrap_or(detected.lang().code());
    let as_told = |code: &str, evidence: &Evidence| Evidenced { value: code.to_string(), evidence: evidence.clone() };
    match told {
        Some(("en", evidence)) if english_share >= MIN_ENGLISH_SHARE / 2.0 => Some(as_told("en", evidence)),
        Some((told, evidence)) if told == code => Some(as_told(told, evidence)),
        // Kin languages are told apart by whoever wrote the text.
        Some((told, evidence)) if is_long && told != "en" && code != "en" => Some(as_told(told, evidence)),
        _ if is_long && detected.is_reliable() && (code == "en" || english_share <= most_english) => {
            Some(Evidenced { value: code.to_string(), evidence: by_words() })
        }
        _ => None,
    }
}

/// The beginning of the report, furniture left out but for the headline.
fn sample(text: &str, paragraphs: &[Span], furniture: &[Furniture]) -> String {
    let masked = furniture.iter().filter(|furniture| furniture.kind != FurnitureKind::Title);
    let mut masked = masked.peekable();
    let mut sample = String::new();
    for paragraph in paragraphs {
        while masked.peek().is_some_and(|furniture| furniture.span.end <= paragraph.start) {
            masked.next();
        }
        // A date or a credit that is only a part of its paragraph does not tell the language.
        let is_masked = masked.peek().is_some_and(|furniture| furniture.span.contains(*paragraph));
        if is_masked {
            continue;
        }
        let rest = MAX_SAMPLE_BYTES - sample.len();
        let paragraph = paragraph.of(text);
        let is_last = paragraph.len() >= rest;
        sample.push_str(&paragraph[..paragraph.floor_char_boundary(rest.min(paragraph.len()))]);
        if is_last || sample.len() + 1 >= MAX_SAMPLE_BYTES {
            break;
        }
        sample.push('\n');
    }
    sample
}

/// Whether words are so long that no spaces stand between them.
fn is_unspaced(n_words: usize, n_letters: usize) -> bool {
    n_letters >= MAX_WORD_LETTERS * n_words.max(1)
}

/// German and Finnish have six to eight letters a word on average.
const MAX_WORD_LETTERS: usize = 14;

/// The share of words that only English has.
fn english_share(sample: &str) -> f64 {
    let (mut n, mut n_english) = (0, 0);
    for word in crate::lines::words(sample) {
        n += 1;
        n_english += usize::from(languages().english_words.contains(word.to_lowercase().as_str()));
    }
    f64::from(n_english as u32) / f64::from(n.max(1))
}

/// The code of a language that an input tells: "en-GB", "de_AT", "deu", "German".
fn code_of(told: &str) -> Option<&'static str> {
    let told = told.trim().to_lowercase();
    let primary = told.split(['-', '_', ',', ';', ' ']).next()?;
    languages().codes.get(primary).copied()
}

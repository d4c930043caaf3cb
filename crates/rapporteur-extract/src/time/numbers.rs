//! Numbers in words and figures: "twenty-four", "two hundred", "nineteen ninety-six".

use super::atoms::Atom;
use super::words::{ClassId, WordId, Words};

/// Longest number in words that is read; nobody says a longer one.
const MAX_ATOMS: usize = 12;
const MAX_VALUE: i32 = 999_999_999;

/// The words that numbers are made of.
#[derive(Debug, Clone, Copy)]
pub(super) struct NumberWords {
    number: ClassId,
    scale: ClassId,
    and: WordId,
    hyphen: WordId,
}

impl NumberWords {
    /// `None` where the file has no such lists, which the built-in one has.
    pub(super) fn of(words: &mut Words) -> Option<Self> {
        let (and, hyphen) = (words.intern("and"), words.intern("-"));
        Some(NumberWords { number: words.class("number-word")?, scale: words.class("scale")?, and, hyphen })
    }

    /// The number that begins at the atom, and how many atoms it takes.
    pub(super) fn number_at(self, words: &Words, atoms: &[Atom], at: usize) -> Option<(i32, usize)> {
        let first = atoms.get(at)?;
        if let Some(figures) = first.number() {
            let scale = atoms.get(at + 1).and_then(|next| words.value(next.word, self.scale));
            return match scale {
                Some(scale) => Some((figures.saturating_mul(scale).min(MAX_VALUE), 2)),
                None => Some((figures, 1)),
            };
        }
        let (mut total, mut current, mut end) = (0i32, None::<i32>, at);
        let mut next = at;
        while next < atoms.len().min(at + MAX_ATOMS) {
            let word = atoms[next].word;
            if let Some(value) = words.value(word, self.number) {
                let fits = match current {
                    None => true,
                    Some(current) => {
                        let room = current % 100;
                        room == 0 && current > 0 || room >= 20 && room % 10 == 0 && (1..10).contains(&value)
                    }
                };
                if !fits {
                    break;
                }
                current = Some(current.unwrap_or(0).saturating_add(value));
            } else if let Some(scale) = words.value(word, self.scale) {
                let count = current.unwrap_or(1).max(1);
                if scale == 100 {
                    current = Some(count.saturating_mul(100).min(MAX_VALUE));
                } else {
                    total = total.saturating_add(count.saturating_mul(scale)).min(MAX_VALUE);
                    current = Some(0);
                }
            } else if next > at && (word == self.hyphen || word == self.and && (total > 0 || current >= Some(100))) {
                // Only between two words of the number; the end does not move past it.
                next += 1;
                if atoms.get(next).is_none_or(|atom| words.value(atom.word, self.number).is_none()) {
                    break;
                }
                continue;
            } else {
                break;
            }
            next += 1;
            end = next;
        }
        (end > at).then(|| (total.saturating_add(current.unwrap_or(0)).min(MAX_VALUE), end - at))
    }

    /// The year that begins at the atom: four figures, "nineteen ninety-six", "two thousand and one".
    pub(super) fn year_at(self, words: &Words, atoms: &[Atom], at: usize) -> Option<(i32, usize)> {
        let first = atoms.get(at)?;
        if let Some(figures) = first.number() {
            let is_year = first.n_digits == 4 && (1000..2200).contains(&figures) && !is_in_decimal(atoms, at);
            return is_year.then_some((figures, 1));
        }
        let century = words.value(first.word, self.number)?;
        if (10..=20).contains(&century) {
            let (rest, n) = self.number_at(words, atoms, at + 1)?;
            return (10..100).contains(&rest).then_some((100 * century + rest, n + 1));
        }
        let (value, n) = self.number_at(words, atoms, at)?;
        (n >= 2 && (1000..3000).contains(&value)).then_some((value, n))
    }
}

/// Whether the figures are part of a number with a point or a comma: "2613.73".
fn is_in_decimal(atoms: &[Atom], at: usize) -> bool {
    let is_mark = |atom: &Atom| atom.is_glued && atom.n_digits == 0 && atom.end - atom.start == 1;
    let figures_after = |at: usize| {
        let (Some(mark), Some(next)) = (atoms.get(at), atoms.get(at + 1)) else { return false };
        // A hyphen or a slash between figures is that of a date.
        is_mark(mark) && mark.is_point && next.is_glued && next.n_digits > 0
    };
    // "18.03.2013" has two points.
    let is_date = at >= 4 && figures_after(at - 3) && atoms[at - 4].n_digits > 0;
    // "555-1234" is no year, "1990-1995" are two, "12-10-1998" is a date.
    let is_telephone = |mark: &Atom, before: &Atom| is_mark(mark) && mark.is_hyphen && matches!(before.n_digits, 1..=3);
    if at >= 2 && is_telephone(&atoms[at - 1], &atoms[at - 2]) && !(at >= 4 && is_mark(&atoms[at - 3])) {
        return true;
    }
    figures_after(at + 1) || at >= 2 && figures_after(at - 1) && atoms[at - 2].n_digits > 0 && !is_date
}

//! When do two spellings name the same person? Full names, short names, initials, misspellings.

/// The parts of a person's name that tell people apart, in lower case: without initials and possessive.
pub(crate) fn parts(name: &str) -> Vec<String> {
    let words = name.split(|c: char| c.is_whitespace()).map(|word| {
        let word = word.trim_end_matches("'s").trim_end_matches("’s");
        word.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase()
    });
    let words: Vec<String> = words.filter(|word| !word.is_empty()).collect();
    let full: Vec<String> = words.iter().filter(|word| word.chars().count() > 1).cloned().collect();
    if full.is_empty() { words } else { full }
}

/// How well the name `short` fits the name `long`: `None` where it does not, else lower is better.
pub(crate) fn distance(short: &[String], long: &[String]) -> Option<u32> {
    let (Some(short_last), Some(long_last)) = (short.last(), long.last()) else { return None };
    if short == long {
        return Some(0);
    }
    if short.len() == 1 {
        if short_last == long_last {
            return Some(1);
        }
        let is_other_part = long.len() > 1 && long.contains(short_last);
        return if is_other_part { Some(3) } else { similar(short_last, long_last).then_some(4) };
    }
    if long.len() == 1 {
        return (short_last == long_last).then_some(1);
    }
    let same_last = short_last == long_last;
    let (first, other) = (&short[0], &long[0]);
    let same_first = first == other || similar(first, other) || is_short_form(first, other);
    match (same_last, same_first) {
        (true, true) => Some(2),
        (false, true) if first == other && similar(short_last, long_last) => Some(4),
        // "Maria Silva Reyes" and "Maria Silva".
        (false, true) if first == other && (long.contains(short_last) || short.contains(long_last)) => Some(5),
        _ => None,
    }
}

/// "Joe" and "Joseph", "Alex" and "Alexander": one begins with the other's first letters.
fn is_short_form(a: &str, b: &str) -> bool {
    let common = a.chars().zip(b.chars()).take_while(|(x, y)| x == y).count();
    common >= 2 && (common >= a.chars().count().saturating_sub(1) || common >= b.chars().count().saturating_sub(1))
}

/// Whether two words differ by so little that one is likely a misspelling of the other: one edit from
/// five letters on, two from nine on; the first letter agrees.
pub(crate) fn similar(a: &str, b: &str) -> bool {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    let length = a.len().max(b.len());
    let allowed = match length {
        0..=4 => return false,
        5..=8 => 1,
        _ => 2,
    };
    length <= 40 && a.first() == b.first() && a.len().abs_diff(b.len()) <= allowed && edits(&a, &b) <= allowed
}

/// The number of single-letter edits, neighbours swapped counting as one (optimal string alignment).
fn edits(a: &[char], b: &[char]) -> usize {
    let mut before_last: Vec<usize> = Vec::new();
    let mut last: Vec<usize> = (0..=b.len()).collect();
    for i in 1..=a.len() {
        let mut row = vec![i; b.len() + 1];
        for j in 1..=b.len() {
            let cost = usize::from(a[i - 1] != b[j - 1]);
            row[j] = (last[j] + 1).min(row[j - 1] + 1).min(last[j - 1] + cost);
            if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                row[j] = row[j].min(before_last[j - 2] + 1);
            }
        }
        before_last = std::mem::replace(&mut last, row);
    }
    last[b.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fits(short: &str, long: &str) -> bool {
        distance(&parts(short), &parts(long)).is_some()
    }

    #[test]
    fn short_names_and_misspellings_fit() {
        assert!(fits("Vale", "Oren Vale"));
        assert!(fits("Oren J. Vale", "Oren Vale"));
        assert!(fits("Merrick’s", "Dana Merrick"));
        assert!(fits("Mrrick", "Dana Merrick"));
        assert!(fits("Sergej Tolvin", "Sergey Tolvin"));
        assert!(fits("Alex Tolvin", "Alexander Tolvin"));
    }

    #[test]
    fn other_people_do_not_fit() {
        assert!(!fits("Pell", "Oren Vale"));
        assert!(!fits("Dana Vale", "Oren Vale"));
        assert!(!fits("Vane", "Oren Vale"));
        assert!(!fits("Derrick", "Dana Merrick"));
    }
}

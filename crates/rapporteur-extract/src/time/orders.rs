//! Dates in figures whose parts may stand in either order: "03/04/98". The article's own evidence tells.

use super::fields::{Field, Fields};
use super::matcher::Match;

/// Tells day and month apart in every such date of the article. A number over 12 in one of them shows the order
/// of all; without one the month goes first, as in the United States.
pub(super) fn settle(matches: &mut [Match]) {
    let pair = |fields: &Fields| Some((fields.get(Field::FIRST)?, fields.get(Field::SECOND_NUMBER)?));
    let pairs = || matches.iter().filter_map(|found| pair(&found.fields));
    let n_day_first = pairs().filter(|&(first, second)| first > 12 && second <= 12).count();
    let n_month_first = pairs().filter(|&(first, second)| first <= 12 && second > 12).count();
    let is_day_first = n_day_first > n_month_first;
    for found in matches {
        if let Some((first, second)) = pair(&found.fields) {
            let is_day_first = first > 12 || is_day_first && second <= 12;
            let (month, day) = if is_day_first { (second, first) } else { (first, second) };
            found.fields.set(Field::MONTH, month);
            found.fields.set(Field::DAY, day);
        }
        if let Some(compact) = found.fields.get(Field::COMPACT) {
            found.fields.set(Field::YEAR, compact / 10_000);
            found.fields.set(Field::MONTH, compact / 100 % 100);
            found.fields.set(Field::DAY, compact % 100);
        }
    }
}

//! What the plans ask of two articles, and of lists of articles that share something.

use crate::functions::RowFunction;
use crate::functions::arrays::{Bytes, Lists, bytes_column, constant, numbers, numbers_column};
use crate::functions::values::{PassageValue, shared_bytes, shared_of, tie_bytes, to_bytes, told_of};
use datafusion::arrow::array::{Array, ArrayRef, AsArray};
use datafusion::arrow::compute::cast;
use datafusion::arrow::datatypes::{DataType, UInt32Type};
use datafusion::error::Result;
use rapporteur_model::{CodePoints, Place};
use rapporteur_story::steps::{Counts, Pair, Shared, Told, frequent_pairs};

pub(super) fn functions() -> Vec<RowFunction> {
    vec![
        // pairs(members): all pairs of a list, the lower number in the upper half of each.
        RowFunction::new("pairs", 1, numbers(), |columns| {
            let members = Lists::of(&columns[0]);
            numbers_column((0..columns[0].len()).map(|row| {
                let members = sorted(&members, row)?;
                let of = |(at, a): (usize, &u64)| members[at + 1..].iter().map(|b| a << 32 | b).collect::<Vec<u64>>();
                Ok(members.iter().enumerate().flat_map(of).collect())
            }))
        }),
        // chained_pairs(members): each with the first of a list and with the one before it.
        RowFunction::new("chained_pairs", 1, numbers(), |columns| {
            let members = Lists::of(&columns[0]);
            numbers_column((0..columns[0].len()).map(|row| {
                let members = sorted(&members, row)?.into_iter().map(|number| number as u32);
                Ok(frequent_pairs(members).map(|(a, b)| u64::from(a) << 32 | u64::from(b)).collect())
            }))
        }),
        // shared(a, b, counts of a, counts of b, n_articles): what two share; null where it is nothing.
        RowFunction::new("shared", 5, DataType::Binary, |columns| {
            let both = Both::of(&columns[..5])?;
            bytes_column(both.rows().map(|pair| Ok(pair?.1.shared().as_ref().map(shared_bytes))))
        }),
        // whole(n_words): what two copies share.
        RowFunction::new("whole", 1, DataType::Binary, |columns| {
            let lengths = cast(&columns[0], &DataType::UInt32)?;
            let lengths = lengths.as_primitive::<UInt32Type>();
            let whole = |n_words: Option<u32>| Shared::whole(n_words.unwrap_or_default() as usize);
            bytes_column(lengths.iter().map(|n_words| Ok(whole(n_words).as_ref().map(shared_bytes))))
        }),
        // turned(shared): the same as seen from the other.
        RowFunction::new("turned", 1, DataType::Binary, |columns| {
            let shared = Bytes::of(&columns[0])?;
            let turned = |bytes: &[u8]| shared_bytes(&shared_of(bytes).turned());
            bytes_column(shared.array()?.iter().map(|bytes| Ok(bytes.map(turned))))
        }),
        // tie(a, b, counts of a, counts of b, n_articles, shared): how two are tied; null where they are not.
        RowFunction::new("tie", 6, DataType::Binary, |columns| {
            let (both, shared) = (Both::of(&columns[..5])?, Bytes::of(&columns[5])?);
            let shared = shared.array()?;
            bytes_column(
                both.rows()
                    .enumerate()
                    .map(|(row, pair)| pair?.1.relate(&shared_of(shared.value(row))).map(tie_bytes).transpose()),
            )
        }),
        // passages(a, b, counts of a, counts of b, n_articles, shared): the passages that they share.
        RowFunction::new("passages", 6, DataType::Binary, |columns| {
            let (both, shared) = (Both::of(&columns[..5])?, Bytes::of(&columns[5])?);
            let shared = shared.array()?;
            bytes_column(both.rows().enumerate().map(|(row, pair)| {
                let (told, pair) = pair?;
                let [a, b] = told.each_ref().map(|told| CodePoints::new(&told.article.text));
                let of = |points: &CodePoints<'_>, place: &Place| points.of(place.span);
                let passages = pair.passages(&shared_of(shared.value(row))).into_iter();
                let values: Vec<PassageValue> = passages
                    .map(|passage| PassageValue { places: [of(&a, &passage.a), of(&b, &passage.b)], passage })
                    .collect();
                to_bytes(&values).map(Some)
            }))
        }),
    ]
}

fn sorted(members: &Lists, row: usize) -> Result<Vec<u64>> {
    let mut members = members.numbers(row)?;
    members.sort_unstable();
    Ok(members)
}

/// Pairs of articles with the counts of their words.
struct Both {
    told: [Bytes; 2],
    of_words: [Lists; 2],
    n_articles: usize,
}

impl Both {
    fn of(columns: &[ArrayRef]) -> Result<Self> {
        Ok(Both {
            told: [Bytes::of(&columns[0])?, Bytes::of(&columns[1])?],
            of_words: [Lists::of(&columns[2]), Lists::of(&columns[3])],
            n_articles: constant(&columns[4])?,
        })
    }

    fn rows(&self) -> impl Iterator<Item = Result<([Told; 2], Pair)>> {
        let n_rows = self.told[0].array().map_or(0, |rows| rows.len());
        (0..n_rows).map(|row| {
            let [a, b] = [self.told[0].array()?, self.told[1].array()?].map(|told| told_of(told.value(row)));
            let told = [a?, b?];
            let [mut of_words, of_other] = [self.of_words[0].counts(row)?, self.of_words[1].counts(row)?];
            of_words.extend(of_other);
            let pair = Pair::new(&told[0], &told[1], &Counts { n_articles: self.n_articles, of_words });
            Ok((told, pair))
        })
    }
}

//! What the plans ask of one article.

use crate::functions::RowFunction;
use crate::functions::arrays::{Bytes, Lists, Texts, bytes_column, constant, numbers, numbers_column};
use crate::functions::values::{damaged, from_bytes, told_bytes, told_of};
use datafusion::arrow::array::{Array, ArrayRef, StringArray, UInt32Array, UInt64Array};
use datafusion::arrow::datatypes::DataType;
use datafusion::error::Result;
use rapporteur_engine::case::unpack_record;
use rapporteur_model::Article;
use rapporteur_story::steps::{Counts, Told, site_of};
use std::path::Path;
use std::sync::Arc;

pub(super) fn functions() -> Vec<RowFunction> {
    vec![
        // told(article, text, record): an article with what its record quotes.
        RowFunction::new("told", 3, DataType::Binary, told),
        // site(told): its site.
        RowFunction::new("site", 1, DataType::Utf8, |columns| {
            let told = Bytes::of(&columns[0])?;
            let sites = each(&told, |told| Ok(site_of(&told.article)));
            Ok(Arc::new(sites.collect::<Result<StringArray>>()?))
        }),
        // paragraphs(told) and paragraph_words(told): hashes of its paragraphs, and their numbers of words.
        RowFunction::new("paragraphs", 1, numbers(), |columns| {
            let told = Bytes::of(&columns[0])?;
            numbers_column(each(&told, |told| Ok(told.paragraphs().iter().map(|(hash, _)| *hash).collect())))
        }),
        RowFunction::new("paragraph_words", 1, numbers(), |columns| {
            let told = Bytes::of(&columns[0])?;
            numbers_column(each(&told, |told| Ok(told.paragraphs().iter().map(|(_, n)| u64::from(*n)).collect())))
        }),
        // masked(told, hashes): it with what its site repeats.
        RowFunction::new("masked", 2, DataType::Binary, masked),
        // words(told): hashes of its different words.
        RowFunction::new("words", 1, numbers(), |columns| {
            let told = Bytes::of(&columns[0])?;
            numbers_column(each(&told, |told| Ok(told.words())))
        }),
        // wording(told): a hash of all its words.
        RowFunction::new("wording", 1, DataType::UInt64, |columns| {
            let told = Bytes::of(&columns[0])?;
            Ok(Arc::new(each(&told, |told| Ok(Some(told.wording()))).collect::<Result<UInt64Array>>()?))
        }),
        // n_words(told): how many they are.
        RowFunction::new("n_words", 1, DataType::UInt32, |columns| {
            let told = Bytes::of(&columns[0])?;
            Ok(Arc::new(each(&told, |told| Ok(Some(told.n_words() as u32))).collect::<Result<UInt32Array>>()?))
        }),
        // runs(told): its features of the first kind.
        RowFunction::new("runs", 1, numbers(), |columns| {
            let told = Bytes::of(&columns[0])?;
            numbers_column(each(&told, |told| Ok(told.runs())))
        }),
        // rare_pairs(told, counts, n_articles): its features of the second kind.
        RowFunction::new("rare_pairs", 3, numbers(), rare_pairs),
        // bare(told): it without its text.
        RowFunction::new("bare", 1, DataType::Binary, |columns| {
            let told = Bytes::of(&columns[0])?;
            bytes_column(each(&told, |told| crate::functions::values::to_bytes(&told.bare()).map(Some)))
        }),
    ]
}

/// What `make` makes of each article.
fn each<'c, T>(told: &'c Bytes, make: impl Fn(Told) -> Result<T> + 'c) -> impl Iterator<Item = Result<T>> + 'c {
    let rows = told.array().into_iter().flat_map(|rows| rows.iter());
    rows.map(move |bytes| make(told_of(bytes.unwrap_or_default())?))
}

fn told(columns: &[ArrayRef]) -> Result<ArrayRef> {
    let [article, text] = [Texts::of(&columns[0])?, Texts::of(&columns[1])?];
    let record = Bytes::of(&columns[2])?;
    let (article, text, record) = (article.array()?, text.array()?, record.array()?);
    bytes_column((0..article.len()).map(|row| {
        let mut known: Article = from_bytes(article.value(row).as_bytes())?;
        known.text = text.value(row).to_string();
        let record = unpack_record(record.value(row), Path::new("articles")).map_err(damaged)?;
        told_bytes(Told::new(known, &record)).map(Some)
    }))
}

fn masked(columns: &[ArrayRef]) -> Result<ArrayRef> {
    let (told, hashes) = (Bytes::of(&columns[0])?, Lists::of(&columns[1]));
    let told = told.array()?;
    bytes_column((0..told.len()).map(|row| {
        let repeated = hashes.numbers(row)?;
        if repeated.is_empty() {
            return Ok(Some(told.value(row).to_vec()));
        }
        told_bytes(Told { repeated, ..told_of(told.value(row))? }).map(Some)
    }))
}

fn rare_pairs(columns: &[ArrayRef]) -> Result<ArrayRef> {
    let (told, of_words) = (Bytes::of(&columns[0])?, Lists::of(&columns[1]));
    let n_articles = constant(&columns[2])?;
    let told = told.array()?;
    numbers_column((0..told.len()).map(|row| {
        let counts = Counts { n_articles, of_words: of_words.counts(row)? };
        Ok(told_of(told.value(row))?.rare_pairs(&counts))
    }))
}

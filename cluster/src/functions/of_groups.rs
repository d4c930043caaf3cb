//! What the plans ask of the articles that anything ties together.

use crate::functions::RowFunction;
use crate::functions::arrays::{Bytes, Lists, many_bytes, many_bytes_column};
use crate::functions::values::{LinkValue, OriginValue, from_bytes, shared_of, tie_of, to_bytes};
use datafusion::arrow::array::{Array, ArrayRef, AsArray, StructArray, UInt64Array};
use datafusion::arrow::datatypes::{DataType, Field, Fields, UInt32Type};
use datafusion::error::Result;
use rapporteur_model::{Article, Origin};
use rapporteur_story::steps::{Gathered, Tied, gather};
use std::sync::Arc;

pub(super) fn functions() -> Vec<RowFunction> {
    vec![
        // gathered(members, ties): the origins and the telling links of a group. A member has a number, itself without its
        // text, and the number of its words; a tie two numbers, what these share, and how it ties them.
        RowFunction::new("gathered", 2, DataType::Struct(fields()), |columns| {
            let groups: Result<Vec<Group>> = (0..columns[0].len()).map(|row| Group::of(columns, row)).collect();
            let (origins, links): (Vec<_>, Vec<_>) = groups?.into_iter().map(Group::gather).unzip();
            let columns = vec![many_bytes_column(origins.into_iter())?, many_bytes_column(links.into_iter())?];
            Ok(Arc::new(StructArray::try_new(fields(), columns, None)?))
        }),
        // link_pair(link): the numbers of its two articles, the lower one in the upper half.
        RowFunction::new("link_pair", 1, DataType::UInt64, |columns| {
            let links = Bytes::of(&columns[0])?;
            let pair = |bytes: Option<&[u8]>| {
                let LinkValue { a, b, .. } = from_bytes(bytes.unwrap_or_default())?;
                Ok(Some(u64::from(a) << 32 | u64::from(b)))
            };
            Ok(Arc::new(links.array()?.iter().map(pair).collect::<Result<UInt64Array>>()?))
        }),
    ]
}

fn fields() -> Fields {
    ["origins", "links"].into_iter().map(|name| Field::new(name, many_bytes(), true)).collect()
}

/// Articles that are tied together.
struct Group {
    numbers: Vec<u32>,
    articles: Vec<Article>,
    lengths: Vec<usize>,
    tied: Vec<Tied>,
}

/// A list of values of which each is bytes.
type ManyBytes = Result<Vec<Vec<u8>>>;

impl Group {
    fn of(columns: &[ArrayRef], row: usize) -> Result<Self> {
        let (members, ties) = (Lists::of(&columns[0]), Lists::of(&columns[1]));
        let mut rows: Vec<(u32, Article, usize)> = Vec::new();
        if let Some([numbers, articles, lengths]) =
            members.fields(row, [DataType::UInt32, DataType::Binary, DataType::UInt32])?
        {
            let (numbers, lengths) = (numbers.as_primitive::<UInt32Type>(), lengths.as_primitive::<UInt32Type>());
            let articles = articles.as_binary::<i32>();
            for at in 0..numbers.len() {
                rows.push((numbers.value(at), from_bytes(articles.value(at))?, lengths.value(at) as usize));
            }
        }
        rows.sort_by_key(|(number, ..)| *number);
        let numbers: Vec<u32> = rows.iter().map(|(number, ..)| *number).collect();
        let position = |number: u32| numbers.binary_search(&number).unwrap_or_default();
        let mut tied = Vec::new();
        if let Some([a, b, shared, tie]) =
            ties.fields(row, [DataType::UInt32, DataType::UInt32, DataType::Binary, DataType::Binary])?
        {
            let (a, b) = (a.as_primitive::<UInt32Type>(), b.as_primitive::<UInt32Type>());
            let (shared, tie) = (shared.as_binary::<i32>(), tie.as_binary::<i32>());
            for at in 0..a.len() {
                tied.push(Tied {
                    a: position(a.value(at)),
                    b: position(b.value(at)),
                    shared: shared_of(shared.value(at)),
                    tie: tie_of(tie.value(at))?,
                });
            }
        }
        tied.sort_by_key(|tied| (tied.a, tied.b));
        let (articles, lengths) = rows.into_iter().map(|(_, article, length)| (article, length)).unzip();
        Ok(Group { numbers, articles, lengths, tied })
    }

    /// Its origins and its links.
    fn gather(self) -> (ManyBytes, ManyBytes) {
        let Group { numbers, articles, lengths, tied } = self;
        let Gathered { origins, links } = gather(&articles, &lengths, tied);
        let origin = |origin: Origin| {
            let first = articles.iter().position(|article| Some(&article.id) == origin.articles.first());
            to_bytes(&OriginValue { number: first.map(|first| numbers[first]).unwrap_or_default(), origin })
        };
        let links = links.into_iter().map(|(a, b, link)| to_bytes(&LinkValue { a: numbers[a], b: numbers[b], link }));
        (origins.into_iter().map(origin).collect(), links.collect())
    }
}

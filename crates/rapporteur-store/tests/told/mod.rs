//! A case with articles, their records and their story.

use rapporteur_model::{Article, Instant, Record};
use rapporteur_store::{Case, Incoming, KeepBytes, RunKind, Telling};
use std::collections::BTreeMap;

/// A case in the file `a.case` of a folder.
pub(crate) fn told(folder: &tempfile::TempDir, both: impl Iterator<Item = (Article, Record)>) -> Case {
    let (articles, records): (Vec<_>, Vec<_>) = both.unzip();
    let story = rapporteur_story::tell(&articles, &records);
    let mut case = Case::open_or_create(&folder.path().join("a.case")).unwrap();
    let run = case.begin(RunKind::Read, &Instant::new("2031-03-09T14:30:00Z"), &BTreeMap::new()).unwrap();
    let incoming: Vec<Incoming> = articles
        .iter()
        .zip(&records)
        .map(|(a, r)| Incoming { article: a.clone(), original: a.text.clone().into_bytes().into(), record: r.clone() })
        .collect();
    case.add(run, &incoming, KeepBytes::Yes).unwrap();
    let telling = Telling {
        articles: &articles,
        records: &records,
        story: &story,
        corrected: &Default::default(),
        rejections: &Default::default(),
    };
    case.tell(run, &telling).unwrap();
    case
}

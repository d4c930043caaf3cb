//! A case whose articles hold what breaks formats.

use rapporteur_export::{Export, Exporter, Formulas};
use rapporteur_model::{Article, EventType, Instant, Record, StanceKind, StatementClass, Status};
use rapporteur_store::{Case, Incoming, KeepBytes, RunKind, Telling};
use rapporteur_testkit::{Draft, event, said, stance};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// Names and words with formulas, quotation marks, controls, direction overrides, markup and characters beyond the first plane.
pub(crate) const NAMES: [&str; 2] = ["=Vale & \"Sons\"", "<script>Karsk</script>]]>"];
pub(crate) const WORDS: &str =
    "=cmd|'/C calc'!A1, \"shut\"; \u{202e}🙂 <script>alert(1)</script> ]]> \u{1}\u{b}\u{7f} it\\n,\u{2028}stays";

fn draft(name: &str, published: &str) -> Draft {
    let [person, state] = NAMES;
    Draft::new(name, published)
        .state(state, "state:karsk")
        .person(person, "state:karsk")
        .line(&format!("{person} demanded on Monday that {WORDS} in 2030."))
        .time("Monday", "2031-03-10")
        .says(said(person, "demanded", WORDS).class(StatementClass::Demand).on("Monday"))
        .holds(stance(StanceKind::Demand, person, "demanded").about(WORDS, "calc").on("Monday"))
        .line(&format!("{state} shelled the @bridge, 🙂 harbour\tof =Halsk on Tuesday and {person} watched."))
        .time("Tuesday", "2031-03-11")
        .event(event(EventType::Assault, "shelled").by(state).to(person).on("Tuesday").status(Status::Happened))
        .line("The delegations 🙂, \"all\" of them; will meet on 14 March at the <b>bridge</b>.")
        .time("14 March", "2031-03-14T14:30")
        .event(event(EventType::Consult, "meet").by(state).to(person).on("14 March").status(Status::Planned))
}

/// The case, in a folder.
pub(crate) fn case(folder: &tempfile::TempDir) -> PathBuf {
    let both = [
        draft("-first", "2031-03-11").build(),
        draft("-first", "2031-03-11").copied("@second", "2031-03-12").build(),
        Draft::new("third", "").line("Nothing of this is in the \"third\", which has\rno date.").build(),
    ];
    told(folder, both.into_iter())
}

/// A case of articles with their records.
pub(crate) fn told(folder: &tempfile::TempDir, both: impl Iterator<Item = (Article, Record)>) -> PathBuf {
    let (articles, records): (Vec<_>, Vec<_>) = both.unzip();
    let story = rapporteur_story::tell(&articles, &records);
    let path = folder.path().join("a.case");
    let mut case = Case::open_or_create(&path).unwrap();
    let run = case.begin(RunKind::Read, &Instant::new("2031-03-12T14:30:00.25Z"), &BTreeMap::new()).unwrap();
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
    path
}

/// The bytes of an export and the number of its items.
pub(crate) fn exported(path: &Path, export: Export, formulas: Formulas) -> (Vec<u8>, usize) {
    let mut bytes = Vec::new();
    let mut exporter = Exporter::open(path).unwrap();
    let n = exporter.at_one_moment(|moment| moment.write(export, formulas, &mut bytes)).unwrap();
    (bytes, n)
}

/// The same as text.
pub(crate) fn text(path: &Path, export: Export) -> (String, usize) {
    let (bytes, n) = exported(path, export, Formulas::Inert);
    (String::from_utf8(bytes).unwrap(), n)
}

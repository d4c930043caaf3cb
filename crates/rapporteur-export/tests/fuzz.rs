//! A file that an export would replace: any bytes, told to be an earlier export or not.

use rapporteur_export::tables::TABLES;
use rapporteur_export::{
    ANNOTATIONS_START, CALENDAR_START, EventFormat, Export, GRAPHML_START, Graph, TableFormat, is_own,
};
use rapporteur_testkit::Fuzz;

#[test]
fn fuzz_earlier_export() {
    let table = |format| Export::Table(&TABLES[0], format);
    let exports = [
        table(TableFormat::Csv),
        table(TableFormat::Jsonl),
        table(TableFormat::Parquet),
        Export::Events(EventFormat::Plover),
        Export::Annotations,
        Export::Graph(Graph::Positions),
        Export::TimelineJs,
        Export::Calendar,
    ];
    let seeds = [
        ANNOTATIONS_START,
        CALENDAR_START,
        GRAPHML_START,
        "PAR1 rapporteur version 1",
        "{\"id\":\"a\",\"name\":1}\n",
        "id,name\r\n",
        "x",
    ];
    Fuzz::new("earlier-export", seeds).words(&["PAR1", "{\"", "\r\n", "é"]).hold(|bytes| {
        let (start, end) = bytes.split_at(bytes.len() / 2);
        let n_own = exports.iter().filter(|export| is_own(**export, start, end)).count();
        assert!(n_own <= 1 || start.is_empty(), "a file is an export of two kinds");
    });
}

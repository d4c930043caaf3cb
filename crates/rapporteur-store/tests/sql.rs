//! Questions in SQL: what they give, and that they can do nothing else.
#![allow(clippy::unwrap_used, reason = "in tests a panic is the message")]

mod told;

use rapporteur_store::{Case, Cell, SqlError, SqlLimits, SqlReader, VIEWS};
use rapporteur_testkit::coverage;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};
use told::told;

fn case(folder: &tempfile::TempDir) -> PathBuf {
    told(folder, coverage(5, 12)).path().to_path_buf()
}

fn ask(path: &Path, question: &str, limits: SqlLimits) -> Result<(Vec<String>, Vec<Vec<Cell>>), SqlError> {
    let (mut columns, mut rows) = (Vec::new(), Vec::new());
    let mut reader = SqlReader::open(path)?;
    reader.ask(question, limits, &mut |names| columns = names.to_vec(), &mut |row| rows.push(row))?;
    Ok((columns, rows))
}

fn answer(path: &Path, question: &str) -> Result<(Vec<String>, Vec<Vec<Cell>>), SqlError> {
    ask(path, question, SqlLimits::default())
}

#[test]
fn every_view_is_described_and_can_be_asked() {
    let folder = tempfile::tempdir().unwrap();
    let path = case(&folder);
    let (_, described) = include_str!("../../../docs/CASE.md").split_once("## Views").unwrap();
    let mut n_rows = 0;
    for view in VIEWS {
        let (columns, rows) = answer(&path, &format!("SELECT * FROM {view}")).unwrap();
        let line = described.lines().find(|line| line.starts_with(&format!("| `{view}` |"))).unwrap();
        for column in &columns {
            assert!(line.contains(&format!("`{column}`")), "{view}.{column} is described");
        }
        n_rows += rows.len();
    }
    assert!(n_rows > 300, "{n_rows}");
    let made = include_str!("../src/schema/views.sql").matches("CREATE VIEW ").count();
    assert_eq!(made, VIEWS.len());
}

#[test]
fn an_answer_has_the_words_of_the_articles() {
    let folder = tempfile::tempdir().unwrap();
    let path = case(&folder);
    let question = "SELECT p.words, substr(a.text, p.start + 1, p.end - p.start) AS again, p.start, p.end
        FROM place p JOIN article a ON a.id = p.article";
    let (columns, rows) = answer(&path, question).unwrap();
    assert_eq!(columns, ["words", "again", "start", "end"]);
    assert!(rows.len() > 100 && rows.iter().all(|row| row[0] == row[1] && matches!(row[2], Cell::Integer(_))));
    let (_, told) = answer(&path, "SELECT words, source FROM utterance WHERE source IS NOT NULL").unwrap();
    assert!(!told.is_empty());
    let (_, json) = answer(&path, "SELECT value FROM actor, json_each(actor.aliases) LIMIT 3").unwrap();
    assert!(json.iter().all(|row| matches!(row[0], Cell::Text(_))));
    let recursive = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 5) SELECT sum(i) FROM n";
    assert_eq!(answer(&path, recursive).unwrap().1, [[Cell::Integer(15)]]);
}

#[test]
fn a_question_only_reads_and_only_the_views() {
    let folder = tempfile::tempdir().unwrap();
    let path = case(&folder);
    let before = std::fs::read(&path).unwrap();
    let other = folder.path().join("other.db");
    let attach = format!("ATTACH '{}' AS o", other.display());
    let vacuum = format!("VACUUM INTO '{}'", other.display());
    for question in [
        "INSERT INTO run VALUES (1, 2, 3, 4, 5, 6, 7)",
        "INSERT INTO _setting VALUES ('a', 'b')",
        "UPDATE _entry SET label = 'x'",
        "DELETE FROM _place",
        "DROP TABLE _entry",
        "DROP VIEW article",
        "DROP VIEW temp.article",
        "CREATE TABLE t (a)",
        "CREATE TEMP TABLE t (a)",
        "CREATE TEMP VIEW article AS SELECT 1",
        "CREATE TRIGGER t AFTER INSERT ON _run BEGIN SELECT 1; END",
        attach.as_str(),
        "ATTACH ':memory:' AS m",
        vacuum.as_str(),
        "VACUUM",
        "REINDEX",
        "ANALYZE",
        "BEGIN",
        "BEGIN IMMEDIATE",
        "SAVEPOINT s",
        "PRAGMA query_only = 0",
        "PRAGMA writable_schema = 1",
        "PRAGMA journal_mode = off",
        "PRAGMA hard_heap_limit = 1",
        "SELECT * FROM pragma_database_list",
        "SELECT load_extension('x')",
        "SELECT fts3_tokenizer('simple')",
        "SELECT writefile('x', 'y')",
        "SELECT * FROM _text",
        "SELECT text FROM main._text",
        "SELECT * FROM sqlite_master",
        "SELECT * FROM sqlite_temp_schema",
        "SELECT * FROM _text_index WHERE _text_index MATCH 'a'",
        "SELECT (SELECT max(key) FROM _entry) FROM article",
        "SELECT * FROM (SELECT * FROM _entry) AS article",
        "SELECT article.label FROM _entry AS article",
        "WITH article AS (SELECT * FROM _entry) SELECT * FROM article",
        "SELECT 1; SELECT 2",
        "SELECT 1; DROP TABLE _entry",
        "EXPLAIN DELETE FROM _entry",
        "",
        "-- nothing",
        "no question",
        "SELECT nothing FROM article",
        "SELECT * FROM article WHERE \0",
    ] {
        let error = answer(&path, question).unwrap_err();
        assert!(matches!(error, SqlError::Question { .. }), "{question}: {error:?}");
    }
    assert_eq!(std::fs::read(&path).unwrap(), before);
    assert!(!other.exists());
    assert!(Case::open(&path).unwrap().check().unwrap().is_empty());
    let hint = answer(&path, "SELECT * FROM _text").unwrap_err();
    assert!(hint.hint().unwrap().contains("utterance"), "{hint:?}");
}

#[test]
fn a_question_ends() {
    let folder = tempfile::tempdir().unwrap();
    let path = case(&folder);
    let limits = SqlLimits { time: Duration::from_millis(300), rows: 1_000, bytes: 1 << 20 };
    let forever = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) ";
    let begun = Instant::now();
    for question in [
        format!("{forever} SELECT sum(i) FROM n"),
        format!("{forever} SELECT i FROM n WHERE i < 0"),
        format!("{forever} SELECT i FROM n ORDER BY i DESC"),
        format!("{forever} SELECT i FROM n"),
        format!("{forever} SELECT group_concat(i) FROM n"),
        "SELECT a.text FROM article a, article b, article c, article d, place".to_string(),
        "SELECT count(*) FROM place a, place b, place c, place d WHERE a.words LIKE '%' || b.words || '%'".to_string(),
    ] {
        let error = ask(&path, &question, limits).unwrap_err();
        assert!(matches!(error, SqlError::TooMuch { .. }), "{question}: {error:?}");
        assert!(error.hint().is_some());
    }
    assert!(begun.elapsed() < Duration::from_secs(60), "far more than all limits together");
    for question in
        ["SELECT zeroblob(1000000000)", "SELECT printf('%.*c', 1000000000, 'x')", "SELECT hex(zeroblob(33000000))"]
    {
        assert!(ask(&path, question, limits).is_err(), "{question}");
    }
    // And the next one is answered.
    assert_eq!(ask(&path, "SELECT 1", limits).unwrap().1, [[Cell::Integer(1)]]);
}

#[test]
fn the_views_are_those_of_the_program() {
    let folder = tempfile::tempdir().unwrap();
    let path = case(&folder);
    // A file that came from elsewhere.
    let stranger = rusqlite::Connection::open(&path).unwrap();
    stranger
        .execute_batch("DROP VIEW article; CREATE VIEW article AS SELECT load_extension('x') AS id, * FROM _text")
        .unwrap();
    drop(stranger);
    let (columns, _) = answer(&path, "SELECT * FROM article").unwrap();
    assert!(columns.contains(&"sha256".to_string()), "{columns:?}");
}

#[test]
fn a_single_call_of_a_function_ends_too() {
    let folder = tempfile::tempdir().unwrap();
    let path = case(&folder);
    let limits = SqlLimits { time: Duration::from_millis(500), ..SqlLimits::default() };
    let long = "hex(zeroblob(8000000))";
    let letters = "(WITH RECURSIVE c(n) AS (SELECT 60 UNION ALL SELECT n + 1 FROM c WHERE n < 20000)
        SELECT group_concat(char(n), '') FROM c)";
    let begun = Instant::now();
    for question in [
        format!("SELECT length(replace({long}, hex(zeroblob(4000000)) || '1', 'x'))"),
        format!("SELECT instr({long}, hex(zeroblob(4000000)) || '1')"),
        format!("SELECT {long} LIKE '%' || hex(zeroblob(20000)) || '1'"),
        format!("SELECT {long} LIKE '%' || hex(zeroblob(20000)) || '1' ESCAPE 'x'"),
        format!("SELECT {long} GLOB '*' || hex(zeroblob(20000)) || '1'"),
        format!("SELECT length(trim({long}, {letters} || '0'))"),
        format!("SELECT length(unhex({long}, hex(zeroblob(1000000))))"),
        // Each call is short enough, but there are many.
        "WITH RECURSIVE c(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c)
            SELECT sum(hex(zeroblob(1000000 + n)) LIKE '%0000000000000000000000001') FROM c"
            .to_string(),
    ] {
        let error = ask(&path, &question, limits).unwrap_err();
        assert!(matches!(error, SqlError::Question { .. } | SqlError::TooMuch { .. }), "{question}: {error:?}");
    }
    assert!(begun.elapsed() < Duration::from_secs(60), "{:?}", begun.elapsed());
}

#[test]
fn functions_give_what_they_give_everywhere() {
    let folder = tempfile::tempdir().unwrap();
    let path = case(&folder);
    let text = |text: &str| Cell::Text(text.to_string());
    for (question, expected) in [
        ("SELECT instr('äbc', 'c')", Cell::Integer(3)),
        ("SELECT instr(NULL, 'c')", Cell::Null),
        ("SELECT instr(12345, 34)", Cell::Integer(3)),
        ("SELECT replace('abab', 'a', 'x')", text("xbxb")),
        ("SELECT 'Karsk' LIKE 'k_r%'", Cell::Integer(1)),
        ("SELECT 'a%c' LIKE 'a!%c' ESCAPE '!'", Cell::Integer(1)),
        ("SELECT 'Karsk' GLOB 'k*'", Cell::Integer(0)),
        ("SELECT 'Karsk' GLOB '[A-K]*k'", Cell::Integer(1)),
        ("SELECT trim('xxaxx', 'x')", text("a")),
        ("SELECT ltrim('xxaxx', 'x')", text("axx")),
        ("SELECT rtrim('xxaxx', 'x')", text("xxa")),
        ("SELECT json_patch('{\"a\":1}', '{\"b\":2}')", text("{\"a\":1,\"b\":2}")),
    ] {
        assert_eq!(answer(&path, question).unwrap().1, [[expected]], "{question}");
    }
    assert!(!answer(&path, "SELECT id FROM article WHERE text LIKE '%the%'").unwrap().1.is_empty());
}

#[test]
fn several_questions_are_asked_of_one_state() {
    let folder = tempfile::tempdir().unwrap();
    let path = case(&folder);
    let mut reader = SqlReader::open(&path).unwrap();
    let n_runs = |reader: &mut SqlReader| {
        let mut n = Vec::new();
        let ask = reader.ask("SELECT number FROM run", SqlLimits::default(), &mut |_| {}, &mut |row| n.push(row));
        ask.map(|()| n.len())
    };
    let mut writer = Case::open_to_write(&path).unwrap();
    let counted = reader.at_one_moment(|reader| -> Result<_, rapporteur_store::Error> {
        let before = n_runs(reader).unwrap();
        writer.begin(
            rapporteur_store::RunKind::Read,
            &rapporteur_model::Instant::new("2031-03-10T14:30:00Z"),
            &Default::default(),
        )?;
        Ok((before, n_runs(reader).unwrap()))
    });
    assert_eq!(counted.unwrap(), (1, 1));
    assert_eq!(n_runs(&mut reader).unwrap(), 2);
}

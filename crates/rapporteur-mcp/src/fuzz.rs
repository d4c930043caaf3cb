//! Arguments of tools, mutated: each call gives an answer or a refusal. `scripts/check_mcp.py` calls through the protocol.

use crate::server::Desk;
use crate::tools::tools;
use rapporteur_engine::Options;
use rapporteur_engine::case::Case;
use rapporteur_testkit::Fuzz;

#[test]
fn fuzz_arguments() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("talks.case");
    drop(Case::open_or_create(&path).unwrap());
    let desk = Desk::open(&path, Options { model: Some("no/such/folder".into()), ..Options::default() }).unwrap();
    let names: Vec<String> = tools().into_iter().map(|(tool, _)| tool.name.to_string()).collect();
    let seeds = [
        r#"["search_statements", {"query": "class:demand \"the talks\"", "limit": 3}]"#,
        r#"["positions", {"party": "Karsk", "issue": "strait", "limit": 1, "offset": 2}]"#,
        r#"["timeline", {"from": "2031-03", "to": "2031-04-02", "kind": "happening"}]"#,
        r#"["tensions", {"kind": "number", "limit": 100}]"#,
        r#"["lineage", {"article": "a", "limit": 1}]"#,
        r#"["source_span", {"article": "a", "start": 0, "end": 9, "context": 40}]"#,
        r#"["context_pack", {"budget": 1000, "unit": "characters", "query": "talks"}]"#,
        r#"["verify_quotes", {"text": "Vale said: \"No.\"", "strict": true}]"#,
    ];
    let words = [
        "null",
        "-1",
        "4294967296",
        "1e99",
        "\"\"",
        "{}",
        "[]",
        "\"limit\":",
        "\"offset\":",
        "\\u0000",
        "\\ud800",
        "2031-13",
        "NEAR(",
        "\"x\":1,",
        "🕊️",
    ];
    Fuzz::new("mcp-arguments", seeds).words(&words).hold(|bytes| {
        let Ok((name, given)) = serde_json::from_slice::<(String, serde_json::Map<String, serde_json::Value>)>(bytes)
        else {
            return;
        };
        assert_eq!(desk.call(&name, given).is_some(), names.contains(&name), "a tool that there is answers");
    });
}

//! GraphML (<http://graphml.graphdrawing.org>): who holds what on which issue, and which article descends from which.

use crate::Error;
use crate::source::{each_row, integer, text};
use quick_xml::escape::escape;
use rapporteur_store::{Cell, SqlReader};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::io::Write;

/// Which graph.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Graph {
    /// Parties and issues, with an edge for each stance.
    Positions,
    /// Articles, with an edge from each to the one that it shares wording with or descends from.
    Lineage,
}

/// How a file with a graph begins.
pub const GRAPHML_START: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<!-- A graph as Rapporteur wrote it -->\n<graphml xmlns=\"http://graphml.graphdrawing.org/xmlns\"";

/// What is told of a node or an edge: its key, the type of its values.
type Keys = &'static [(&'static str, &'static str)];

/// What is told of one node or edge under a key.
type Datum = (&'static str, Option<String>);

const POSITION_NODES: Keys =
    &[("kind", "string"), ("name", "string"), ("actor_kind", "string"), ("standing", "string"), ("n_articles", "long")];
const POSITION_EDGES: Keys = &[
    ("stance", "string"),
    ("is_last", "boolean"),
    ("first", "string"),
    ("last", "string"),
    ("n_articles", "long"),
    ("n_origins_min", "long"),
    ("n_origins_max", "long"),
    ("position", "string"),
];
const LINEAGE_NODES: Keys = &[
    ("name", "string"),
    ("title", "string"),
    ("outlet", "string"),
    ("published", "string"),
    ("location", "string"),
    ("origin", "string"),
    ("is_first_of_origin", "boolean"),
    ("flaws", "string"),
    ("n_statements", "long"),
];
const LINEAGE_EDGES: Keys = &[
    ("relation", "string"),
    ("is_derived", "boolean"),
    ("prose_source", "long"),
    ("prose_target", "long"),
    ("quotations_source", "long"),
    ("quotations_target", "long"),
    ("n_passages", "long"),
    ("n_replacements", "long"),
];

/// Writes a graph and gives the number of its edges.
pub(crate) fn write(sql: &mut SqlReader, graph: Graph, out: &mut (dyn Write + Send)) -> Result<usize, Error> {
    match graph {
        Graph::Positions => positions(sql, out),
        Graph::Lineage => lineage(sql, out),
    }
}

/// A graph as it is written: nodes first, then edges.
struct Writer<'o> {
    out: &'o mut (dyn Write + Send),
    n_edges: usize,
}

impl<'o> Writer<'o> {
    fn begin(out: &'o mut (dyn Write + Send), id: &str, nodes: Keys, edges: Keys) -> Result<Self, Error> {
        writeln!(
            out,
            "{GRAPHML_START} xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" \
            xsi:schemaLocation=\"http://graphml.graphdrawing.org/xmlns http://graphml.graphdrawing.org/xmlns/1.0/graphml.xsd\">"
        )?;
        for (of, keys) in [("node", nodes), ("edge", edges)] {
            for (name, holds) in keys {
                writeln!(out, "  <key id=\"{of}_{name}\" for=\"{of}\" attr.name=\"{name}\" attr.type=\"{holds}\"/>")?;
            }
        }
        writeln!(out, "  <graph id=\"{id}\" edgedefault=\"directed\">")?;
        Ok(Writer { out, n_edges: 0 })
    }

    fn node(&mut self, id: &str, data: &[Datum]) -> Result<(), Error> {
        writeln!(self.out, "    <node id=\"{}\">", xml(id))?;
        self.data("node", data)?;
        Ok(writeln!(self.out, "    </node>")?)
    }

    fn edge(&mut self, (from, to): (&str, &str), data: &[Datum]) -> Result<(), Error> {
        writeln!(self.out, "    <edge id=\"e{}\" source=\"{}\" target=\"{}\">", self.n_edges, xml(from), xml(to))?;
        self.data("edge", data)?;
        self.n_edges += 1;
        Ok(writeln!(self.out, "    </edge>")?)
    }

    fn data(&mut self, of: &str, data: &[Datum]) -> Result<(), Error> {
        for (name, value) in data {
            if let Some(value) = value {
                writeln!(self.out, "      <data key=\"{of}_{name}\">{}</data>", xml(value))?;
            }
        }
        Ok(())
    }

    fn end(self) -> Result<usize, Error> {
        writeln!(self.out, "  </graph>\n</graphml>")?;
        self.out.flush()?;
        Ok(self.n_edges)
    }
}

/// Text as XML holds it: without markup, with carriage returns as references, which a reader would take for line ends, and
/// with U+FFFD for characters that XML 1.0 does not have (section 2.2).
fn xml(text: &str) -> String {
    let allowed: String = text
        .chars()
        .map(|c| match c {
            '\t' | '\n' | '\r' => c,
            '\0'..='\u{1f}' | '\u{fffe}' | '\u{ffff}' => '\u{fffd}',
            _ => c,
        })
        .collect();
    let escaped = escape(&allowed).replace('\r', "&#13;");
    // In an attribute a reader makes spaces of them.
    escaped.replace('\n', "&#10;").replace('\t', "&#9;")
}

fn string(cell: &Cell) -> Option<String> {
    match cell {
        Cell::Text(text) => Some(text.clone()),
        Cell::Integer(number) => Some(number.to_string()),
        Cell::Real(_) | Cell::Null | Cell::Blob(_) => None,
    }
}

fn boolean(cell: &Cell) -> Option<String> {
    integer(cell).map(|number| (number != 0).to_string())
}

fn positions(sql: &mut SqlReader, out: &mut (dyn Write + Send)) -> Result<usize, Error> {
    let mut issues: BTreeMap<String, [Option<String>; 3]> = BTreeMap::new();
    each_row(sql, "SELECT id, name, standing, n_articles FROM issue", &mut |row| {
        issues.insert(text(&row[0]).unwrap_or_default().to_string(), [1, 2, 3].map(|at| string(&row[at])));
        Ok(())
    })?;
    // Parties that hold something, and each stance.
    let mut parties: BTreeSet<String> = BTreeSet::new();
    let mut edges: Vec<(String, String, Vec<Datum>)> = Vec::new();
    each_row(sql, "SELECT id, stances FROM position ORDER BY id", &mut |row| {
        let id = text(&row[0]).unwrap_or_default();
        let Some((party, issue)) = parts(id, &issues) else {
            return Err(Error::defect(format!("{id} is on no issue of the case")));
        };
        let stances: Vec<Value> = text(&row[1]).map_or(Ok(Vec::new()), serde_json::from_str)?;
        parties.insert(party.to_string());
        for (n, stance) in stances.iter().enumerate() {
            let told = |name: &str| match stance.get(name) {
                Some(Value::String(text)) => Some(text.clone()),
                Some(Value::Number(number)) => Some(number.to_string()),
                _ => None,
            };
            let data = vec![
                ("stance", told("kind")),
                ("is_last", Some((n + 1 == stances.len()).to_string())),
                ("first", told("first")),
                // Where it was told once, the last time is the first.
                ("last", told("last").or_else(|| told("first"))),
                ("n_articles", told("n")),
                ("n_origins_min", told("min")),
                ("n_origins_max", told("max")),
                ("position", Some(id.to_string())),
            ];
            edges.push((party.to_string(), issue.to_string(), data));
        }
        Ok(())
    })?;
    let mut writer = Writer::begin(out, "positions", POSITION_NODES, POSITION_EDGES)?;
    each_row(sql, "SELECT id, name, kind, n_articles FROM actor ORDER BY id", &mut |row| {
        let id = text(&row[0]).unwrap_or_default();
        if !parties.remove(id) {
            return Ok(());
        }
        let kind = ("kind", Some("actor".to_string()));
        let data = [kind, ("name", string(&row[1])), ("actor_kind", string(&row[2])), ("n_articles", string(&row[3]))];
        writer.node(&format!("actor/{id}"), &data)
    })?;
    // Whoever is no actor of the case any more.
    for id in &parties {
        writer.node(&format!("actor/{id}"), &[("kind", Some("actor".to_string())), ("name", Some(id.clone()))])?;
    }
    for (id, [name, standing, n_articles]) in issues {
        let kind = ("kind", Some("issue".to_string()));
        let data = [kind, ("name", name), ("standing", standing), ("n_articles", n_articles)];
        writer.node(&format!("issue/{id}"), &data)?;
    }
    for (party, issue, data) in &edges {
        writer.edge((&format!("actor/{party}"), &format!("issue/{issue}")), data)?;
    }
    writer.end()
}

/// The party and the issue of a position, of its id.
fn parts<'i>(id: &'i str, issues: &BTreeMap<String, [Option<String>; 3]>) -> Option<(&'i str, &'i str)> {
    let both = id.strip_prefix("position/")?;
    let splits = both.match_indices('/').map(|(at, _)| (&both[..at], &both[at + 1..]));
    splits.into_iter().find(|(_, issue)| issues.contains_key(*issue))
}

fn lineage(sql: &mut SqlReader, out: &mut (dyn Write + Send)) -> Result<usize, Error> {
    let mut writer = Writer::begin(out, "lineage", LINEAGE_NODES, LINEAGE_EDGES)?;
    let names: Vec<&str> = LINEAGE_NODES.iter().map(|(name, _)| *name).collect();
    let question = format!("SELECT id, {} FROM article ORDER BY location, id", names.join(", "));
    each_row(sql, &question, &mut |row| {
        let data: Vec<_> = LINEAGE_NODES
            .iter()
            .zip(&row[1..])
            .map(|((name, holds), cell)| (*name, if *holds == "boolean" { boolean(cell) } else { string(cell) }))
            .collect();
        writer.node(text(&row[0]).unwrap_or_default(), &data)
    })?;
    let question =
        "SELECT a, b, derived, relation, prose_a, prose_b, quotations_a, quotations_b, n_passages, n_replacements
        FROM link ORDER BY a, b";
    each_row(sql, question, &mut |row| {
        let (a, b) = (text(&row[0]).unwrap_or_default(), text(&row[1]).unwrap_or_default());
        let derived = text(&row[2]);
        // From the article that descends to the one from which; where that is not known, as the pair stands.
        let is_turned = derived == Some(b);
        let pair = |first: usize, second: usize| {
            if is_turned {
                (string(&row[second]), string(&row[first]))
            } else {
                (string(&row[first]), string(&row[second]))
            }
        };
        let (prose, quotations) = (pair(4, 5), pair(6, 7));
        let data = [
            ("relation", string(&row[3])),
            ("is_derived", Some(derived.is_some().to_string())),
            ("prose_source", prose.0),
            ("prose_target", prose.1),
            ("quotations_source", quotations.0),
            ("quotations_target", quotations.1),
            ("n_passages", string(&row[8])),
            ("n_replacements", string(&row[9])),
        ];
        writer.edge(if is_turned { (b, a) } else { (a, b) }, &data)
    })?;
    writer.end()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_never_markup_and_always_xml() {
        assert_eq!(xml("<a b=\"c\">&'"), "&lt;a b=&quot;c&quot;&gt;&amp;&apos;");
        assert_eq!(xml("a\u{0}b\u{ffff}\u{1f}漢🙂]]>"), "a\u{fffd}b\u{fffd}\u{fffd}漢🙂]]&gt;");
        assert_eq!(xml("a\r\n\tb"), "a&#13;&#10;&#9;b");
    }

    #[test]
    fn a_position_names_party_and_issue() {
        let issues = BTreeMap::from([("talks/pace".to_string(), [None, None, None])]);
        assert_eq!(parts("position/state/karsk/talks/pace", &issues), Some(("state/karsk", "talks/pace")));
        assert_eq!(parts("position/state/karsk/other", &issues), None);
    }
}

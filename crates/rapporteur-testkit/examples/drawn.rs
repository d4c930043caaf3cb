//! Writes drawn coverage as JSON Lines, for measurements of whole commands: `cargo run --release -p rapporteur-testkit
//! --example drawn -- 10000 5 > drawn.jsonl`. The numbers are those of the articles and the seed; `copies` behind them gives
//! short articles of which many are copies, instead of coverage of one crisis.

use std::io::{self, BufWriter, Write};

fn main() -> io::Result<()> {
    let mut arguments = std::env::args().skip(1).map(|argument| argument.parse::<u64>().ok());
    let mut number = || arguments.next().flatten();
    let (Some(n_articles), Some(seed)) = (number(), number()) else {
        return Err(io::Error::other("name the number of articles and the seed"));
    };
    let mut out = BufWriter::new(io::stdout().lock());
    if std::env::args().nth(3).is_some_and(|kind| kind == "copies") {
        for drawn in rapporteur_testkit::pile(seed, n_articles as usize) {
            writeln!(out, "{}", serde_json::json!({ "name": drawn.id, "text": drawn.text }))?;
        }
        return out.flush();
    }
    for (article, _) in rapporteur_testkit::coverage(seed, n_articles as usize) {
        let date = article.published.as_ref().map(|date| date.value.to_string());
        let line = serde_json::json!({ "name": article.name, "date": date, "text": article.text });
        writeln!(out, "{line}")?;
    }
    out.flush()
}

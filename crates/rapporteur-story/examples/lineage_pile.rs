//! Relates a drawn pile and tells how long it took and how much memory: `lineage_pile N_ARTICLES`. With a file as second
//! argument it writes the pile there as JSON Lines instead, for other programs.
//!
//! Times are of one thread: adding the articles (their words), relating them, and both together.

use std::io::Write;
use std::time::Instant;

const SEED: u64 = 5;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut arguments = std::env::args().skip(1);
    let n_articles: usize = arguments.next().ok_or("usage: lineage_pile N_ARTICLES [FILE]")?.parse()?;
    if let Some(path) = arguments.next() {
        let mut file = std::io::BufWriter::new(std::fs::File::create(path)?);
        for drawn in rapporteur_testkit::pile(SEED, n_articles) {
            // Nothing in a drawn text needs escaping but quotation marks and line ends.
            let text = drawn.text.replace('"', "\\\"").replace('\n', "\\n");
            writeln!(file, "{{\"id\":\"{}\",\"text\":\"{text}\"}}", drawn.id)?;
        }
        return Ok(());
    }
    let mut index = rapporteur_story::LineageIndex::default();
    let (mut adding, mut n_bytes) = (std::time::Duration::ZERO, 0);
    for drawn in rapporteur_testkit::pile(SEED, n_articles) {
        let article = rapporteur_testkit::article(&drawn.id, &drawn.text);
        n_bytes += article.text.len();
        let start = Instant::now();
        index.add(article, None);
        adding += start.elapsed();
    }
    let start = Instant::now();
    let (_, story) = index.relate();
    let relating = start.elapsed();
    let both = adding + relating;
    println!("{n_articles} articles, {:.1} MB of text", n_bytes as f64 / 1e6);
    println!("{} links, {} origins, {} flaws", story.links.len(), story.origins.len(), story.text_flaws.len());
    println!(
        "adding {adding:.2?}, relating {relating:.2?}, together {:.0} articles/s",
        n_articles as f64 / both.as_secs_f64()
    );
    println!("peak memory {} MB", peak_memory_mb().map_or_else(|| "unknown".to_string(), |mb| mb.to_string()));
    Ok(())
}

/// The peak of the resident memory of this process, where the system tells.
fn peak_memory_mb() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find(|line| line.starts_with("VmHWM:"))?;
    let kilobytes: u64 = line.split_whitespace().nth(1)?.parse().ok()?;
    Some(kilobytes / 1024)
}

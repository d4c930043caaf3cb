//! Lists what inputs hold: `cargo run -p rapporteur-source --example entries -- pile.zip`.
//!
//! One line for each entry on standard output, with place, length and title; what is skipped goes to standard error.

use rapporteur_source::{ReadOptions, entries, find};
use std::ops::ControlFlow;

fn main() {
    let inputs: Vec<std::ffi::OsString> = std::env::args_os().skip(1).collect();
    let (locations, skipped) = find(&inputs);
    for skipped in skipped {
        eprintln!("{}: {}", skipped.location, skipped.reason);
    }
    for location in locations {
        entries(&location, &ReadOptions::default(), &mut |entry| {
            match entry {
                Ok(entry) => {
                    let title = entry.told.title.map(|title| title.value).unwrap_or_default();
                    println!("{}\t{}\t{title}", entry.location, entry.bytes.len());
                }
                Err(skipped) => {
                    let hint = skipped.hint.unwrap_or_default();
                    eprintln!("{}: {}; hint: {hint}", skipped.location, skipped.reason);
                }
            }
            ControlFlow::Continue(())
        });
    }
}

//! Any bytes as an input that is called `RAPPORTEUR_FUZZ_NAME`, of which the extension counts: articles or reasons come out, and
//! every span lies inside its text. A panic of a library that the program catches and tells as damage is no find.

#![no_main]

#[path = "../../crates/rapporteur-source/tests/fuzz/law.rs"]
mod law;

use std::sync::LazyLock;

static NAME: LazyLock<String> = LazyLock::new(|| std::env::var("RAPPORTEUR_FUZZ_NAME").unwrap_or_else(|_| "a".into()));

libfuzzer_sys::fuzz_target!(
    // In place of the one that ends the process before anything can be caught; what nobody catches ends it all the same.
    init: std::panic::set_hook(Box::new(|info| eprintln!("{info}"))),
    |bytes: &[u8]| {
        law::read(&NAME, bytes);
    }
);

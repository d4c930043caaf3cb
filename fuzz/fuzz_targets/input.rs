//! Any bytes as an input that is called `RAPPORTEUR_FUZZ_NAME`, of which the extension counts: articles or reasons come out, and
//! every span lies inside its text.

#![no_main]

#[path = "../../crates/rapporteur-source/tests/fuzz/law.rs"]
mod law;

use std::sync::LazyLock;

static NAME: LazyLock<String> = LazyLock::new(|| std::env::var("RAPPORTEUR_FUZZ_NAME").unwrap_or_else(|_| "a".into()));

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    law::read(&NAME, bytes);
});

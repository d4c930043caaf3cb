#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    rapporteur_source::entries_from_bytes("a.html", bytes, &Default::default(), &mut |entry| {
        let _ = entry.and_then(|entry| rapporteur_source::article(&entry));
        std::ops::ControlFlow::Continue(())
    });
});

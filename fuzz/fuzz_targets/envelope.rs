#![no_main]
libfuzzer_sys::fuzz_target!(|data: &[u8]| keepwell_fuzz_targets::envelope(data));

//! `keepwell-cli`: the same door from a terminal.
fn main() {}

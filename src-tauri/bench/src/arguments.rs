//! What can be asked for.

use clap::{Parser, ValueEnum};
use std::path::PathBuf;

/// Measures Keepwell beside its peers, in one process and in turns.
#[derive(Debug, Clone, Parser)]
#[command(name = "cargo xtask bench")]
pub(crate) struct Arguments {
    /// Smaller counts: 100,000 rows become 20,000, and the door is measured at 1,000 and 16,000 patients.
    #[arg(long)]
    pub(crate) quick: bool,
    /// Also a bulk load of 1,000,000 rows.
    #[arg(long)]
    pub(crate) full: bool,
    /// Only these workloads.
    #[arg(long, value_enum)]
    pub(crate) only: Vec<Workload>,
    /// Ends badly where a ratio misses its bound, or was not measured.
    #[arg(long)]
    pub(crate) gate: bool,
    /// Where the stores are made and kept.
    #[arg(long, default_value = "target/bench")]
    pub(crate) stores: PathBuf,
    /// Where the figures go.
    #[arg(long, default_value = "target/bench/bench.json")]
    pub(crate) json: PathBuf,
    /// These sizes through the door, in patients, instead of the usual ones.
    #[arg(long)]
    pub(crate) patients: Vec<u64>,
    /// One size alone, in this process.
    #[arg(long, hide = true)]
    pub(crate) alone: Option<u64>,
    /// The memory of one side, in this process.
    #[arg(long, hide = true)]
    pub(crate) memory_of: Option<usize>,
    /// The practice with ten million entries.
    #[arg(long, hide = true)]
    pub(crate) long_log: bool,
    /// Gives SQLCipher ordinary tables with an index instead of tables WITHOUT ROWID.
    #[arg(long)]
    pub(crate) sqlcipher_rowid: bool,
    /// How many rounds; the median over them counts.
    #[arg(long, default_value_t = 5)]
    pub(crate) rounds: usize,
    /// What all made-up records follow from.
    #[arg(long, default_value_t = 1)]
    pub(crate) seed: u64,
}

/// One group of measurements.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Workload {
    /// Durable saves: a new record with six indexes and its log entry, a correction, a record alone, an entry alone.
    Save,
    /// Bulk load of records with time-ordered and with random keys, and the size of the files.
    Load,
    /// Reads by id, by blinded index, of a day, of everything; warm and cold.
    Reads,
    /// Opening a store that was closed well, or was not; and memory.
    Open,
    /// Four readers while somebody writes.
    Readers,
    /// The real thing through the door, at several sizes.
    Door,
    /// A backup with saves beside it, its proof, a restore and new keys, at 100,000 patients.
    Keeping,
    /// The calendar: a day, a week, openings and bookings among a quarter of a million visits.
    Calendar,
}

impl Arguments {
    /// Says whether a workload is to be run.
    pub(crate) fn wants(&self, workload: Workload) -> bool {
        self.only.is_empty() || self.only.contains(&workload)
    }
}

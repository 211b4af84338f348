#![doc = include_str!("../README.md")]
#![cfg(target_os = "linux")]

mod arguments;
mod calendar;
mod chance;
mod desk;
mod disk;
mod door;
mod door_work;
mod keeping;
mod load;
mod machine;
mod opening;
mod own;
mod past;
mod peers;
mod practices;
mod queries;
mod readers;
mod reads;
mod records;
mod redb_peer;
mod report;
mod samples;
mod save;
mod save_script;
mod seam;
mod shelf;
#[cfg(feature = "sqlcipher")]
mod sqlcipher_peer;
mod workloads;

pub use workloads::run;

/// What ends a measurement early; the words reach the terminal as they are.
type Failed = Box<dyn std::error::Error + Send + Sync>;

/// The outcome of a step of a measurement.
type Done<T> = Result<T, Failed>;

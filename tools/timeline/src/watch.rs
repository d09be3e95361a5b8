//! Watching a program in the terminal.
use std::process::{ExitCode, Termination};
/// Runs.
pub fn watch<T: Termination>(program: impl FnOnce() -> T) -> ExitCode {
    program().report()
}

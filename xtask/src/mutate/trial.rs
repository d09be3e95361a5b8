//! Running the proof of a changed program.

use std::{
    error::Error,
    fmt, fs,
    process::Stdio,
    sync::atomic::{AtomicBool, Ordering},
    thread,
    time::{Duration, Instant},
};

use anyhow::{Context, Result};
#[cfg(windows)]
use process_wrap::std::JobObject;
#[cfg(unix)]
use process_wrap::std::ProcessGroup;
use process_wrap::std::{ChildWrapper, CommandWrap};

use super::batch::{Batch, Variant};

/// No proof takes as long. On the wall clock, one that fails is tried with longer and longer
/// seconds before.
const NEVER: Duration = Duration::from_secs(20);
const NEVER_ON_WALL: Duration = Duration::from_secs(90);

/// How long the proof of an unchanged program may take, on a busy machine.
const UNCHANGED: Duration = Duration::from_secs(600);

/// How often a program is run that behaves differently from run to run. The chance that a change
/// is missed which shows in every second run is one in a million million.
const RANDOM_RUNS: usize = 40;

/// How often a running proof is looked after.
const POLL: Duration = Duration::from_millis(5);

/// What proofs end with that were killed because of something else.
#[derive(Debug)]
struct Stopped;

impl fmt::Display for Stopped {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str("stopped")
    }
}

impl Error for Stopped {}

/// The error because of which the others were stopped, if there is any.
pub(super) fn cause(results: impl IntoIterator<Item = Result<()>>) -> Result<()> {
    let errors = results.into_iter().filter_map(Result::err);
    errors.min_by_key(|error| error.is::<Stopped>()).map_or(Ok(()), Err)
}

/// What a proof says about a change.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Outcome {
    Failed,
    NotCompiled,
    NeverEnded,
    Passed,
}

/// Runs the proofs of an unchanged listing. Returns what the one printed that failed, if any.
pub(super) fn without_change(batch: &Batch, stop: &AtomicBool) -> Result<Option<String>> {
    for proof in 0..batch.proofs {
        let file = batch.folder.join(format!("proof-{proof}.log"));
        let log = fs::File::create(&file)?;
        let also = log.try_clone()?;
        let ended = run(batch, Variant(None), proof, UNCHANGED, [log.into(), also.into()], stop)?;
        if ended != Some(true) {
            let said = fs::read(&file)?;
            return Ok(Some(String::from_utf8_lossy(&said).into_owned()));
        }
    }
    Ok(None)
}

/// Runs the proofs of a changed listing.
pub(super) fn outcome(
    batch: &Batch,
    variant: Variant,
    is_on_wall: bool,
    is_random: bool,
    stop: &AtomicBool,
) -> Result<Outcome> {
    if !batch.has(variant) {
        return Ok(Outcome::NotCompiled);
    }
    let limit = if is_on_wall { NEVER_ON_WALL } else { NEVER };
    for _ in 0..if is_random { RANDOM_RUNS } else { 1 } {
        for proof in 0..batch.proofs {
            match run(batch, variant, proof, limit, [Stdio::null(), Stdio::null()], stop)? {
                Some(true) => {}
                Some(false) => return Ok(Outcome::Failed),
                None => return Ok(Outcome::NeverEnded),
            }
        }
    }
    Ok(Outcome::Passed)
}

/// Runs a proof: whether it passed, or nothing if it took longer than `limit` and was killed, with
/// all that it had started.
fn run(
    batch: &Batch,
    variant: Variant,
    proof: usize,
    limit: Duration,
    [stdout, stderr]: [Stdio; 2],
    stop: &AtomicBool,
) -> Result<Option<bool>> {
    let mut command = batch.command(variant, proof);
    command.stdout(stdout).stderr(stderr);
    let mut command = CommandWrap::from(command);
    #[cfg(unix)]
    command.wrap(ProcessGroup::leader());
    #[cfg(windows)]
    command.wrap(JobObject);
    let mut child: Box<dyn ChildWrapper> =
        command.spawn().with_context(|| format!("cannot run {}", batch.executable.display()))?;
    let start = Instant::now();
    loop {
        if let Some(status) = child.try_wait()? {
            return Ok(Some(status.success()));
        }
        let is_stopped = stop.load(Ordering::Relaxed);
        if is_stopped || start.elapsed() > limit {
            child.kill()?;
            child.wait()?;
            if is_stopped {
                return Err(Stopped.into());
            }
            return Ok(None);
        }
        thread::sleep(POLL);
    }
}

#[cfg(test)]
mod tests {
    use anyhow::anyhow;

    use super::{Stopped, cause};

    #[test]
    fn the_cause_is_reported_and_not_what_it_stopped() {
        let results = [Ok(()), Err(Stopped.into()), Err(anyhow!("no space")), Err(Stopped.into())];
        assert_eq!(cause(results).unwrap_err().to_string(), "no space");
        assert_eq!(cause([Err(Stopped.into()), Ok(())]).unwrap_err().to_string(), "stopped");
        assert!(cause([Ok(()), Ok(())]).is_ok());
    }
}

//! Runs that are not the recorded ones, kept until somebody has looked at them.

use std::{
    fs, io,
    path::{Path, PathBuf},
};

use crate::{RecordingError, Run, table, table::difference};

/// A run that a test has compared with its recording, and that is not the recorded one. The test
/// has left it next to the recording, as `<recording>.new`.
#[derive(Debug)]
pub struct Pending {
    recording: PathBuf,
    recorded: Result<Run, RecordingError>,
    run: Run,
}

impl Pending {
    /// The file of the recording.
    pub fn recording(&self) -> &Path {
        &self.recording
    }

    /// The run that is not the recorded one.
    pub fn run(&self) -> &Run {
        &self.run
    }

    /// Both runs as tables, the cells that differ marked `»so«`. Without a recording that can be
    /// read, why not, and the new run.
    pub fn difference(&self) -> String {
        match &self.recorded {
            Ok(recorded) => difference(recorded, &self.run),
            Err(error) => format!("{error}\n\nthis run:\n{}", table(&self.run)),
        }
    }

    /// Makes the run the recorded one.
    ///
    /// # Errors
    ///
    /// [`RecordingError::Io`].
    pub fn accept(self) -> Result<(), RecordingError> {
        let new = new_file(&self.recording);
        fs::rename(&new, &self.recording).map_err(|source| RecordingError::Io { path: new, source })
    }

    /// Deletes the run; the recording stays as it is.
    ///
    /// # Errors
    ///
    /// [`RecordingError::Io`].
    pub fn reject(self) -> Result<(), RecordingError> {
        let new = new_file(&self.recording);
        fs::remove_file(&new).map_err(|source| RecordingError::Io { path: new, source })
    }
}

/// Where a test leaves a run that is not the recorded one.
pub(crate) fn new_file(recording: &Path) -> PathBuf {
    let mut name = recording.as_os_str().to_owned();
    name.push(".new");
    name.into()
}

/// The runs in this folder and all below it that are not the recorded ones, in the order of their
/// files. Hidden folders, `target` and `node_modules` are not searched.
///
/// ```no_run
/// for pending in timeline::pending(".".as_ref())? {
///     println!("{}\n\n{}", pending.recording().display(), pending.difference());
///     pending.accept()?;
/// }
/// # Ok::<(), timeline::RecordingError>(())
/// ```
///
/// # Errors
///
/// [`RecordingError::Io`] if a folder cannot be read; [`RecordingError::Malformed`] if a file is not
/// a recording.
pub fn pending(root: &Path) -> Result<Vec<Pending>, RecordingError> {
    let mut pending = Vec::new();
    let mut folders = vec![root.to_owned()];
    while let Some(folder) = folders.pop() {
        let entries = fs::read_dir(&folder).and_then(|entries| {
            entries.map(|entry| entry.and_then(|it| Ok((it.file_type()?, it.path())))).collect()
        });
        let entries: Vec<_> = entries
            .map_err(|source: io::Error| RecordingError::Io { path: folder.clone(), source })?;
        for (kind, path) in entries {
            let name = path.file_name().unwrap_or_default().to_string_lossy();
            if kind.is_dir() {
                if !name.starts_with('.') && name != "target" && name != "node_modules" {
                    folders.push(path);
                }
            } else if name == "timeline.toml.new" || name.ends_with(".timeline.toml.new") {
                let recording = path.with_extension("");
                let recorded = Run::read(&recording);
                pending.push(Pending { run: Run::read(&path)?, recording, recorded });
            }
        }
    }
    pending.sort_by(|one, other| one.recording.cmp(&other.recording));
    Ok(pending)
}

//! [axe-core](https://github.com/dequelabs/axe-core), which looks for what shuts readers out.

use std::{
    env, fs,
    path::{Path, PathBuf},
    process::Command,
    sync::LazyLock,
};

use serde_json::Value;

use crate::Browser;

const VERSION: &str = "4.14.1";

/// The script, or why there is none.
static SCRIPT: LazyLock<Result<String, String>> = LazyLock::new(fetch);

/// Fetches the script once, by npm, into the target directory.
fn fetch() -> Result<String, String> {
    let tests = env::current_exe().map_err(|error| error.to_string())?;
    let target = tests.ancestors().nth(2).unwrap_or(Path::new("."));
    let folder: PathBuf = target.join(format!("axe-core-{VERSION}"));
    let script = folder.join("node_modules/axe-core/axe.min.js");
    if !script.is_file() {
        let npm = Command::new("npm")
            .args([
                "install",
                "--no-save",
                "--no-audit",
                "--no-fund",
                "--fetch-retries=5",
                "--prefix",
            ])
            .arg(&folder)
            .arg(format!("axe-core@{VERSION}"))
            .output()
            .map_err(|error| format!("npm: {error}; install Node"))?;
        if !npm.status.success() {
            return Err(format!("npm install: {}", String::from_utf8_lossy(&npm.stderr)));
        }
    }
    fs::read_to_string(&script).map_err(|error| format!("{}: {error}", script.display()))
}

impl Browser {
    /// What axe-core finds wrong with the page as it is now: a line for each element. `None`, and
    /// a word of it, if axe-core cannot be had.
    ///
    /// # Panics
    ///
    /// Under CI, if axe-core cannot be had.
    pub async fn violations(&self) -> Option<Vec<String>> {
        let script = match &*SCRIPT {
            Ok(script) => script,
            Err(reason) => {
                assert!(env::var_os("CI").is_none(), "no axe-core: {reason}");
                eprintln!("not run: no axe-core: {reason}");
                return None;
            }
        };
        self.execute(script, vec![]).await.expect("axe-core runs");
        let found = self
            .eval(
                "(await axe.run({
                     resultTypes: ['violations'],
                     rules: { 'target-size': { enabled: true } },
                 })).violations.flatMap(rule =>
                     rule.nodes.map(node => `${rule.id}: ${node.target.join(' ')}: ${
                         node.failureSummary.split('\\n').slice(1).join(' ').trim()}`))",
            )
            .await;
        let found = found.as_array().expect("a list").iter();
        Some(found.filter_map(Value::as_str).map(str::to_owned).collect())
    }
}

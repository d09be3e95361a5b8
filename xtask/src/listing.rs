//! The listings of the workspace, as their manifests describe them.

use std::{
    fs,
    path::{Path, PathBuf},
};

use anyhow::{Context, Result, bail, ensure};
use serde::Deserialize;
use toml::Spanned;

use crate::mutate::changes::{Change, Kind};

/// A listing.
#[derive(Debug)]
pub(crate) struct Listing {
    /// Its name, which is that of its package and of its folder.
    pub(crate) name: String,
    /// Its folder, relative to the root of the workspace.
    pub(crate) folder: PathBuf,
    /// The changes that leave what the program does as it was.
    pub(crate) exemptions: Vec<Exemption>,
}

/// `[[package.metadata.mutate.equivalent]]`: changes that no proof can notice.
#[derive(Debug)]
pub(crate) struct Exemption {
    /// The line of the manifest, counted from 1.
    pub(crate) line: usize,
    /// Which changes they are.
    pub(crate) changes: Equivalent,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Equivalent {
    kind: Kind,
    /// The line that the changed program has; without it, all changes of the kind are meant.
    line: Option<String>,
    reason: String,
}

impl Exemption {
    /// Whether it depends on chance that such a change is noticed.
    pub(crate) fn is_random(&self) -> bool {
        self.changes.kind.is_random()
    }

    /// Whether a change is one of these.
    pub(crate) fn covers(&self, change: &Change) -> bool {
        self.changes.kind == change.kind
            && self.changes.line.as_ref().is_none_or(|line| *line == change.text)
    }
}

#[derive(Deserialize)]
struct Manifest {
    package: Package,
}

#[derive(Deserialize)]
struct Package {
    name: String,
    #[serde(default)]
    metadata: Metadata,
}

#[derive(Deserialize, Default)]
struct Metadata {
    #[serde(default)]
    mutate: Mutate,
}

#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields)]
struct Mutate {
    #[serde(default)]
    equivalent: Vec<Spanned<Equivalent>>,
}

/// Reads the listings of a workspace, sorted by chapter and name.
pub(crate) fn load(root: &Path) -> Result<Vec<Listing>> {
    let mut folders = Vec::new();
    for chapter in subfolders(&root.join("listings"))? {
        folders.extend(subfolders(&chapter)?);
    }
    let manifests = folders.iter().filter(|folder| folder.join("Cargo.toml").is_file());
    manifests.map(|folder| load_one(root, folder)).collect()
}

fn load_one(root: &Path, folder: &Path) -> Result<Listing> {
    let folder = folder.strip_prefix(root)?.to_owned();
    let file = folder.join("Cargo.toml");
    let text = fs::read_to_string(root.join(&file))
        .with_context(|| format!("cannot read {}", file.display()))?;
    let Manifest { package } =
        toml::from_str(&text).with_context(|| format!("cannot use {}", file.display()))?;
    if folder.file_name().is_none_or(|name| name != &*package.name) {
        bail!(
            "{}: the package is called `{}`; give it the name of its folder",
            file.display(),
            package.name
        );
    }
    let exemptions = package.metadata.mutate.equivalent.into_iter().map(|equivalent| {
        let line = text[..equivalent.span().start].matches('\n').count() + 1;
        let changes = equivalent.into_inner();
        ensure!(
            !changes.reason.trim().is_empty(),
            "{}:{line}: say in `reason` why no proof can notice the change",
            file.display()
        );
        Ok(Exemption { line, changes })
    });
    Ok(Listing { name: package.name, exemptions: exemptions.collect::<Result<_>>()?, folder })
}

/// The folders in a folder, sorted by name.
pub(crate) fn subfolders(folder: &Path) -> Result<Vec<PathBuf>> {
    let entries =
        fs::read_dir(folder).with_context(|| format!("cannot read {}", folder.display()))?;
    let mut folders = Vec::new();
    for entry in entries {
        let path = entry?.path();
        if path.is_dir() {
            folders.push(path);
        }
    }
    folders.sort();
    Ok(folders)
}

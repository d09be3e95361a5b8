//! `cargo bench -p proofs-build`: what it takes to prove 100, 300 and 1,000 listings at once.
//!
//! The listings are copies of `join`, in a workspace that is made in `target/scale`. The first column
//! is a `cargo test` for which every listing has to be compiled, the second the best of three after
//! it, with nothing changed: what else the machine does only ever adds time.
//!
//! `cargo bench -p proofs-build -- 50 2000` takes other numbers of listings.

use std::{
    env, fs,
    path::{Path, PathBuf},
    process::Command,
    time::{Duration, Instant},
};

use proofs_build::MARK;

/// The listing that is copied.
const LISTING: &str = "listings/concurrent/join";

fn main() {
    let asked: Vec<usize> =
        env::args().skip(1).filter_map(|argument| argument.parse().ok()).collect();
    let counts = if asked.is_empty() { vec![100, 300, 1000] } else { asked };
    // What all of them depend on.
    Workspace::generate(1).prove();
    println!("listings     compiled first   nothing changed   one more");
    let mut last: Option<(usize, Duration)> = None;
    for count in counts {
        let workspace = Workspace::generate(count);
        let first = workspace.prove();
        let again = [(); 3].map(|()| workspace.prove()).into_iter().min().unwrap_or_default();
        let one_more = last.filter(|&(fewer, _)| fewer < count).map(|(fewer, time)| {
            let seconds = again.as_secs_f64() - time.as_secs_f64();
            format!("{:.0} ms", 1000.0 * seconds / (count - fewer) as f64)
        });
        println!(
            "{count:8}   {:>14.1} s  {:>14.1} s   {:>8}",
            first.as_secs_f64(),
            again.as_secs_f64(),
            one_more.unwrap_or_default()
        );
        last = Some((count, again));
    }
}

/// A workspace with nothing but listings and their merged proofs.
struct Workspace {
    count: usize,
    folder: PathBuf,
}

impl Workspace {
    fn generate(count: usize) -> Workspace {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
        let root = root.canonicalize().expect("the root of the workspace");
        let folder = root.join("target/scale").join(count.to_string());
        if folder.exists() {
            fs::remove_dir_all(&folder).expect("the folder of an earlier run can be removed");
        }
        let workspace = Workspace { count, folder };
        let read = |path: &str| fs::read_to_string(root.join(path)).expect(path);
        let [manifest, program, recording] = ["Cargo.toml", "src/lib.rs", "timeline.toml"]
            .map(|file| read(&format!("{LISTING}/{file}")));
        let (library, _) = manifest.split_once("[[bin]]").expect("a listing has a program");
        let (_, dependencies) = manifest.split_once("[dependencies]").expect("a listing has some");
        let mut list = String::new();
        for i in 0..count {
            let name = format!("join-{i}");
            let listing = format!("listings/copies/{name}");
            let manifest = format!("{library}[dependencies]{dependencies}")
                .replace("\"join\"", &format!("{name:?}"));
            let program = program.replace("join::three_calls", &format!("join_{i}::three_calls"));
            workspace.write(&format!("{listing}/Cargo.toml"), &manifest);
            workspace.write(&format!("{listing}/src/lib.rs"), &program);
            workspace.write(&format!("{listing}/timeline.toml"), &recording);
            list += &format!("{name}.path = \"../../{listing}\"\n");
        }
        // The manifests of this repository, with this many listings.
        let proofs = read("tests/proofs/Cargo.toml");
        let (above, _) = proofs.split_once(MARK).expect("the list of the listings");
        workspace.write("tests/proofs/Cargo.toml", &format!("{above}{MARK}\n{list}"));
        workspace.write("tests/proofs/build.rs", &read("tests/proofs/build.rs"));
        workspace.write("tests/proofs/src/lib.rs", &read("tests/proofs/src/lib.rs"));
        workspace.write("Cargo.lock", &read("Cargo.lock"));
        let shared = read("Cargo.toml");
        let (_, shared) = shared.split_once("[workspace.package]").expect("there is one");
        let shared = shared.replace("path = \"", &format!("path = \"{}/", root.display()));
        workspace.write(
            "Cargo.toml",
            &format!(
                "[workspace]\nmembers = [\"tests/proofs\", \"listings/*/*\"]\nresolver = \"3\"\n\n\
                 [workspace.package]{shared}"
            ),
        );
        workspace
    }

    fn write(&self, path: &str, text: &str) {
        let path = self.folder.join(path);
        fs::create_dir_all(path.parent().expect("it is in the workspace")).expect("a new folder");
        fs::write(path, text).expect("a new file");
    }

    /// How long it takes to prove all listings.
    fn prove(&self) -> Duration {
        let start = Instant::now();
        let output = Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
            .args(["test", "--package", "proofs", "--offline"])
            .current_dir(&self.folder)
            .env("CARGO_TARGET_DIR", self.folder.with_file_name("target"))
            .output()
            .expect("cargo runs this benchmark");
        let time = start.elapsed();
        let printed = String::from_utf8_lossy(&output.stdout);
        let passed = format!("test result: ok. {} passed; 0 failed", self.count);
        assert!(
            printed.contains(&passed),
            "not `{passed}`, but\n{printed}\n{}",
            String::from_utf8_lossy(&output.stderr)
        );
        time
    }
}

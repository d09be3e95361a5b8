//! Whether a function reports that it returns: what its attribute says in the source.
//!
//! A future that is dropped at once after a poll does the same to its span as one that returns
//! without a report. Which of the two it was can only be told by knowing whether there would have
//! been a report, and nothing but the source says so.

use std::{
    env, fs,
    path::{Path, PathBuf},
};

/// Whether the span that is opened in this line reports that its function returns: whether it is
/// opened by `#[instrument(ret)]`.
///
/// A source that cannot be found is taken for one that does: a program that was moved away from its
/// source is recorded as if all its functions had `ret`.
pub(super) fn reports_return(file: Option<&str>, line: Option<u32>) -> bool {
    let (Some(file), Some(line)) = (file, line) else { return true };
    let source = find(file).and_then(|path| fs::read_to_string(path).ok());
    source.is_none_or(|source| said_in(&source, line as usize))
}

/// The compiler names files relative to the folder that it was run in: for cargo that is the root
/// of the workspace, which is the folder of the package or above it. Tests run in that folder.
fn find(file: &str) -> Option<PathBuf> {
    let file = Path::new(file);
    let package = env::var_os("CARGO_MANIFEST_DIR").map(PathBuf::from);
    let folders: Vec<PathBuf> = package.into_iter().chain(env::current_dir().ok()).collect();
    let folders = folders.iter().flat_map(|folder| folder.ancestors());
    folders.map(|folder| folder.join(file)).find(|path| path.is_file())
}

/// Whether the attribute in this line of a source, counted from 1, has the argument `ret`.
fn said_in(source: &str, line: usize) -> bool {
    let rest: Vec<&str> = source.lines().skip(line.saturating_sub(1)).collect();
    let Some(first) = rest.first() else { return true };
    let Some(name) = first.find("instrument") else {
        // A span made by hand, which reports nothing. Whatever else stands here is not the line
        // that was meant: the code may be an example in a documentation.
        return !first.contains("span!");
    };
    if first[..name].contains("span!") || first[..name].ends_with('.') {
        return false;
    }
    let after = rest.join("\n");
    let after = after[name + "instrument".len()..].trim_start();
    let Some(arguments) = after.strip_prefix('(') else { return false };
    arguments_of(arguments).iter().any(|argument| {
        let name: String =
            argument.chars().take_while(|&c| c.is_alphanumeric() || c == '_').collect();
        name == "ret"
    })
}

/// The arguments up to the closing parenthesis, without what marks lines of documentation.
fn arguments_of(text: &str) -> Vec<String> {
    let mut arguments = vec![String::new()];
    let (mut depth, mut is_string) = (0, false);
    let mut chars = text.chars();
    while let Some(c) = chars.next() {
        match c {
            '\\' if is_string => drop(chars.next()),
            '"' => is_string = !is_string,
            _ if is_string => {}
            '(' | '[' | '{' => depth += 1,
            ')' if depth == 0 => break,
            ')' | ']' | '}' => depth -= 1,
            ',' if depth == 0 => {
                arguments.push(String::new());
                continue;
            }
            _ => {}
        }
        let argument = arguments.last_mut().expect("there is always one");
        if !argument.is_empty() || !(c.is_whitespace() || c == '/' || c == '!') {
            argument.push(c);
        }
    }
    arguments
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_ret_reports() {
        for (source, reports) in [
            ("#[instrument(ret)]", true),
            ("#[tracing::instrument(ret)]", true),
            ("    #[instrument(skip(pool), ret(Display), err)]", true),
            ("#[instrument(name = \"a, ret\", ret)]", true),
            ("#[instrument(\n    skip_all,\n    ret,\n)]", true),
            ("//! #[instrument(\n//!     skip_all,\n//!     ret\n//! )]", true),
            ("#[cfg_attr(test, instrument(ret))]", true),
            ("#[instrument]", false),
            ("#[instrument]\nfn f(ret: u32) {}", false),
            ("#[instrument(err)]", false),
            ("#[instrument(skip(ret))]", false),
            ("#[instrument(name = \"ret\")]", false),
            ("#[instrument(fields(ret = 1), retries = 2)]", false),
            ("let span = info_span!(\"x\");", false),
            ("sleep(delay).instrument(info_span!(\"x\")).await;", false),
            ("run(info_span!(\"instrument\", ret))", false),
            // Not the line that was meant.
            ("fn main() {", true),
            ("", true),
        ] {
            assert_eq!(said_in(&format!("// above\n{source}\n"), 2), reports, "{source}");
        }
        assert!(said_in("one line", 7));
    }

    #[test]
    fn a_source_that_cannot_be_found_reports() {
        assert!(reports_return(Some("no/such/file.rs"), Some(1)));
        assert!(reports_return(None, None));
        assert!(find(file!()).is_some());
    }
}

//! The table of directives in `CONTRIBUTING.md` is the one that the messages are made from.

use std::{env, fs, path::Path};

/// `SNAPSHOTS=overwrite` takes a new table, as it takes new figures.
const HOW_TO_UPDATE: &str = "SNAPSHOTS=overwrite cargo test -p mdbook-listings --test contributing";

#[test]
fn contributing_lists_all_directives() {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../CONTRIBUTING.md");
    let text = fs::read_to_string(&file).expect("CONTRIBUTING.md");
    let is_row = |line: &&str| line.trim_start().starts_with('|');
    let lines: Vec<&str> = text.lines().collect();
    let heading = lines.iter().position(|line| line.trim_start().starts_with("| directive |"));
    let first = heading.expect("CONTRIBUTING.md has a table with the heading `directive`");
    let rows = lines[first..].iter().take_while(|line| is_row(line)).count();
    // It belongs to an item of a list, and is indented with it.
    let indentation = &lines[first][..lines[first].len() - lines[first].trim_start().len()];
    let table = mdbook_listings::directives_table();
    let table: Vec<String> = table.lines().map(|line| format!("{indentation}{line}")).collect();
    if lines[first..first + rows] == table {
        return;
    }
    if env::var("SNAPSHOTS").is_ok_and(|action| action == "overwrite") {
        let after = lines[first + rows..].iter().copied();
        let all =
            lines[..first].iter().copied().chain(table.iter().map(String::as_str)).chain(after);
        let text: String = all.map(|line| format!("{line}\n")).collect();
        return fs::write(file, text).expect("CONTRIBUTING.md can be written");
    }
    panic!(
        "CONTRIBUTING.md:{}: this is not the table that crates/mdbook-listings/src/directive/mod.rs has; take \
         it with `{HOW_TO_UPDATE}`:\n\n{}\n",
        first + 1,
        table.join("\n")
    );
}

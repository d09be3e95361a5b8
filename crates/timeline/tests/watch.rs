//! What a reader sees of a program that is watched: in a file, and in a terminal.
//!
//! The programs are those of `examples/watched.rs`, which `cargo test -p timeline` builds as well.

use std::{
    env,
    io::{BufRead, BufReader, Read},
    path::PathBuf,
    process::{Command, Output, Stdio},
};

/// The path of the programs.
fn watched() -> PathBuf {
    let test = env::current_exe().expect("a test knows its own path");
    let profile = test.ancestors().nth(2).expect("a test is in target/<profile>/deps");
    let path = profile.join("examples").join("watched").with_extension(env::consts::EXE_EXTENSION);
    assert!(path.exists(), "{} is built by `cargo test -p timeline`", path.display());
    path
}

/// A command that no colour setting of whoever runs the tests reaches.
fn command(program: impl AsRef<std::ffi::OsStr>) -> Command {
    let mut command = Command::new(program);
    for variable in ["NO_COLOR", "CLICOLOR", "CLICOLOR_FORCE"] {
        command.env_remove(variable);
    }
    command.env("TERM", "xterm").stdin(Stdio::null());
    command
}

/// Runs one of the programs with its output in a pipe.
fn piped(program: &str) -> Output {
    command(watched()).arg(program).output().expect("the example can be started")
}

fn text(bytes: &[u8]) -> &str {
    str::from_utf8(bytes).expect("the output is UTF-8")
}

/// The text with every time as `0.0`: no test relies on how long something takes.
fn without_times(text: &str) -> String {
    let mut result = String::new();
    for line in text.lines() {
        let words = line.split_inclusive(' ').map(|word| {
            let time = word.trim_end().parse::<f64>().is_ok() && word.contains('.');
            if time { word.replace(|c: char| c.is_ascii_digit(), "0") } else { word.to_owned() }
        });
        result.extend(words);
        result.push('\n');
    }
    result
}

#[test]
fn in_a_pipe_every_event_is_a_line() {
    let output = piped("concurrent");
    assert_eq!(output.status.code(), Some(7));
    assert_eq!(text(&output.stderr), "");
    let text = without_times(text(&output.stdout));
    let (lines, table) = text.split_once("\n\n").expect("the table comes last");
    let (printed, events): (Vec<&str>, Vec<&str>) =
        lines.lines().partition(|line| line.starts_with("         | "));
    assert_eq!(
        events,
        [
            "  0.0 s  call 1 starts",
            "  0.0 s  call 2 starts",
            "  0.0 s  call 3 starts",
            "  0.0 s  call 3 returns (1st)",
            "  0.0 s  call 1 returns (2nd)",
            "  0.0 s  call 2 returns (3rd)",
        ]
    );
    assert_eq!(
        printed,
        [
            "         | call 1 starts",
            "         | call 2 starts",
            "         | call 3 starts",
            "         | call 3 returns",
            "         | call 1 returns",
            "         | call 2 returns",
        ]
    );
    // What a call prints comes after its start.
    for call in 1..=3 {
        let start = format!("  0.0 s  call {call} starts\n");
        let (above, _) = text.split_once(&start).expect("it starts");
        assert!(!above.contains(&format!("| call {call}")), "{text}");
    }
    assert_eq!(
        table,
        "call    start    end  order
call 1  0.0 s  0.0 s    2nd
call 2  0.0 s  0.0 s    3rd
call 3  0.0 s  0.0 s    1st
total          0.0 s
"
    );
}

#[test]
fn every_way_to_end_has_its_word() {
    let output = piped("outcomes");
    assert_eq!(output.status.code(), Some(7));
    let lines = without_times(text(&output.stdout));
    for line in [
        "  0.0 s  call 1 fails (1st)",
        "  0.0 s  call 2 panics",
        "  0.0 s  call 3 is dropped",
        "  0.0 s  call 4 returns (2nd)",
        "call    start    end  order  outcome",
        "call 1  0.0 s  0.0 s    1st  failed",
        "call 2  0.0 s  0.0 s         panicked",
        "call 3  0.0 s  0.0 s         dropped",
        "call 4  0.0 s  0.0 s    2nd  returned",
    ] {
        assert!(lines.lines().any(|other| other == line), "no line `{line}` in\n{lines}");
    }
}

#[test]
fn a_call_within_a_call_is_indented() {
    let output = piped("nested");
    let lines = without_times(text(&output.stdout));
    assert!(lines.contains("  0.0 s    call 2 starts\n"), "{lines}");
    assert!(lines.contains("call 1    0.0 s  0.0 s    2nd\n  call 2  0.0 s"), "{lines}");
}

#[test]
fn a_program_that_panics_is_shown_to_its_end() {
    let output = piped("panic");
    assert_eq!(output.status.code(), Some(101));
    assert!(text(&output.stderr).contains("on purpose"));
    let lines = without_times(text(&output.stdout));
    assert!(lines.contains("  0.0 s  call 1 panics\n"), "{lines}");
    assert!(lines.contains("\ntotal          0.0 s\n"), "{lines}");
}

#[test]
fn the_output_of_the_program_is_passed_on_byte_by_byte() {
    let output = piped("bytes");
    assert_eq!(text(&output.stderr), "an error\n");
    let lines: Vec<&[u8]> = output.stdout.split(|&byte| byte == b'\n').collect();
    for line in [
        &b"         | half call 1 starts"[..],
        b"         | \xff\xfe not UTF-8, \x1e a separator",
        b"         | no newline",
        b"",
    ] {
        let shown = String::from_utf8_lossy(&output.stdout);
        assert!(lines.contains(&line), "no `{}` in\n{shown}", line.escape_ascii());
    }
}

#[test]
fn a_program_without_calls_says_so() {
    let output = piped("no-calls");
    assert_eq!(output.status.code(), Some(7));
    assert!(text(&output.stdout).starts_with("\nno call was started\ntotal"));
}

#[test]
fn a_program_can_hold_the_lock_of_its_output() {
    let output = piped("locked");
    assert_eq!(output.status.code(), Some(7));
    let lines = without_times(text(&output.stdout));
    assert!(lines.contains("  0.0 s  call 1 returns (1st)\n"), "{lines}");
    assert!(lines.contains("         | 2 turns\n"), "{lines}");
}

#[cfg(unix)]
#[test]
fn a_process_that_keeps_the_output_open_is_not_awaited() {
    // Its own errors are not awaited either: they would stay open as well.
    let mut watcher = command(watched());
    watcher.arg("leaves-a-process").stdout(Stdio::piped()).stderr(Stdio::null());
    let output = watcher.output().expect("the example can be started");
    let lines = without_times(text(&output.stdout));
    let process = lines.lines().find_map(|line| line.split_once("| "));
    let (_, process) = process.unwrap_or_else(|| panic!("no process id in {lines}"));
    // That it can be ended shows that it has not ended by itself.
    let killed = command("kill").arg(process).status().expect("there is a `kill`");
    assert!(killed.success());
    assert_eq!(output.status.code(), Some(7));
}

/// Whether a process is there, be it as a zombie only.
#[cfg(target_os = "linux")]
fn exists(process: &str) -> bool {
    std::path::Path::new("/proc").join(process).exists()
}

#[cfg(target_os = "linux")]
#[test]
fn a_signal_ends_the_program_and_leaves_no_process_behind() {
    let watchers = ["INT", "TERM"].map(|signal| {
        let mut watcher = command(watched())
            .arg("endless")
            .stdout(Stdio::piped())
            .spawn()
            .expect("the example can be started");
        let mut lines = BufReader::new(watcher.stdout.take().expect("the output is piped"));
        let mut line = String::new();
        while !line.contains('|') {
            line.clear();
            assert_ne!(lines.read_line(&mut line).expect("lines are UTF-8"), 0, "no process id");
        }
        let program = line.rsplit('|').next().unwrap_or_default().trim().to_owned();
        assert!(exists(&program), "the program is running");
        let kill = format!("kill -{signal} {}", watcher.id());
        let sent = command("sh").args(["-c", &kill]).status().expect("there is a shell");
        assert!(sent.success());
        (watcher, lines, program)
    });
    for (mut watcher, mut lines, program) in watchers {
        let mut rest = String::new();
        lines.read_to_string(&mut rest).expect("the output is UTF-8");
        assert_eq!(watcher.wait().expect("it was started").code(), Some(130));
        assert!(!exists(&program), "the program has been ended and waited for");
        assert!(rest.contains("running\n") && rest.contains("\ninterrupted "), "{rest}");
    }
}

/// Runs one of the programs in a terminal of this size and gives what the terminal receives; or
/// nothing, if there is no `script` to provide a terminal.
#[cfg(target_os = "linux")]
fn in_terminal(program: &str, rows: u32, columns: u32, setting: &str) -> Option<String> {
    let command_line = format!(
        "stty rows {rows} cols {columns}; {setting} '{}' {program}; echo exit code $?",
        watched().display()
    );
    match command("script").args(["-qec", &command_line, "/dev/null"]).output() {
        Ok(output) => Some(text(&output.stdout).to_owned()),
        Err(error) => {
            println!("not run: there is no `script` to provide a terminal: {error}");
            None
        }
    }
}

/// What stands in a terminal that has received this, above and on its screen. Understands only
/// what the picture needs; anything else is an error.
#[cfg(target_os = "linux")]
fn screen(received: &str, rows: usize) -> Vec<String> {
    let mut lines = vec![String::new()];
    let (mut row, mut column) = (0, 0);
    let mut rest = received.chars();
    while let Some(c) = rest.next() {
        match c {
            '\r' => column = 0,
            '\n' => {
                row += 1;
                if row == lines.len() {
                    lines.push(String::new());
                }
            }
            '\x1b' => {
                assert_eq!(rest.next(), Some('['), "an unknown escape sequence");
                let mut number = String::new();
                let letter = loop {
                    match rest.next().expect("a whole escape sequence") {
                        c if c.is_ascii_digit() => number.push(c),
                        c => break c,
                    }
                };
                match letter {
                    'A' => {
                        let top = lines.len().saturating_sub(rows);
                        let up: usize = number.parse().expect("a number of lines");
                        row = row.saturating_sub(up).max(top);
                    }
                    'J' => {
                        lines.truncate(row + 1);
                        assert_eq!(column, 0);
                        lines[row].clear();
                    }
                    'm' => {}
                    other => panic!("an unknown escape sequence: {number}{other}"),
                }
            }
            c => {
                let line: String = lines[row].chars().take(column).chain([c]).collect();
                lines[row] = line;
                column += 1;
            }
        }
    }
    lines
}

#[cfg(target_os = "linux")]
#[test]
fn in_a_terminal_the_bars_stay_below_the_output() {
    let Some(received) = in_terminal("concurrent", 24, 60, "") else { return };
    assert!(received.contains("\x1b[32m"), "no colours in {received:?}");
    let screen = screen(&received, 24);
    let lines: Vec<&str> = screen.iter().map(String::as_str).collect();
    assert_eq!(
        lines[..7],
        [
            "call 1 starts",
            "call 2 starts",
            "call 3 starts",
            "call 3 returns",
            "call 1 returns",
            "call 2 returns",
            "",
        ],
        "{lines:#?}"
    );
    for (line, order) in lines[7..10].iter().zip(["2nd", "3rd", "1st"]) {
        assert!(line.starts_with("call ") && line.ends_with(&format!(" s  returned {order}")));
        assert!(line.contains(|c| "▏▎▍▌▋▊▉█".contains(c)), "no bar: {line}");
    }
    assert!(lines[10].contains("╵0"), "{lines:#?}");
    assert_eq!(lines[11..13], ["", "call    start    end  order"]);
    assert_eq!(lines.len(), 19, "{lines:#?}");
    assert_eq!(lines[17..], ["exit code 7", ""]);
}

#[cfg(target_os = "linux")]
#[test]
fn in_a_small_terminal_the_latest_calls_are_shown() {
    let Some(received) = in_terminal("many", 10, 40, "") else { return };
    let screen = screen(&received, 10);
    let output = (1..=60).flat_map(|n| [format!("call {n} starts"), format!("call {n} returns")]);
    for line in output {
        assert_eq!(screen.iter().filter(|&other| *other == line).count(), 1, "{line}: {screen:#?}");
    }
    let hidden = screen.iter().position(|line| line == "… 53 more calls: 53 ended");
    let hidden = hidden.unwrap_or_else(|| panic!("{screen:#?}"));
    let shown = &screen[hidden + 1..=hidden + 7];
    for order in 54..=60 {
        assert!(shown.iter().any(|line| line.ends_with(&format!(" s {order}th"))), "{shown:#?}");
    }
    assert!(screen.iter().all(|line| line.chars().count() < 40), "{screen:#?}");
}

#[cfg(target_os = "linux")]
#[test]
fn no_colour_is_used_against_the_will_of_the_reader() {
    for setting in ["NO_COLOR=1", "CLICOLOR=0"] {
        let Some(received) = in_terminal("outcomes", 24, 80, setting) else { return };
        assert!(received.contains("\x1b["), "the picture changes");
        let sequences = received.split("\x1b[").skip(1);
        for sequence in sequences {
            let end = sequence.find(|c: char| !c.is_ascii_digit() && c != ';');
            assert_ne!(end.map(|end| &sequence[end..=end]), Some("m"), "{setting}: {received:?}");
        }
    }
}

#[cfg(target_os = "linux")]
#[test]
fn in_a_terminal_that_can_do_nothing_every_event_is_a_line() {
    let Some(received) = in_terminal("concurrent", 24, 80, "TERM=dumb") else { return };
    assert!(!received.contains('\x1b'));
    assert!(without_times(&received).contains("  0.0 s  call 3 returns (1st)"));
}

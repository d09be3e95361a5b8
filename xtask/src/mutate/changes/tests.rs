use super::{Kind, find};

/// The changes of a function with this body, as kind and line.
fn changes(body: &str) -> Vec<(Kind, String)> {
    changes_of(&format!("pub async fn main() {{\n{body}\n}}\n"))
}

fn changes_of(program: &str) -> Vec<(Kind, String)> {
    let found = find(program).unwrap();
    assert!(found.unread.is_empty(), "{:?}", found.unread);
    for change in &found.changes {
        assert_ne!(change.program, program);
    }
    found.changes.into_iter().map(|change| (change.kind, change.text)).collect()
}

fn lines(kind: Kind, changes: &[(Kind, String)]) -> Vec<&str> {
    changes.iter().filter(|change| change.0 == kind).map(|change| &*change.1).collect()
}

#[track_caller]
fn assert_lines(kind: Kind, body: &str, expected: &[&str]) {
    assert_eq!(lines(kind, &changes(body)), expected);
}

#[test]
fn a_program_becomes_a_list_of_changes() {
    let program = "\
//! Two calls; `.await` here is no code.

/// Makes two calls: `call(1, Duration::from_secs(5)).await`.
pub async fn two_calls() -> (u32, u32) {
    let text = \"call(3, from_secs(1)).await\"; // call(4, from_secs(1)).await
    tokio::join!(call(1, Duration::from_secs(5)), call(2, Duration::from_secs(8)))
}

async fn call(call: u32, delay: Duration) -> u32 {
    println!(\"{}\", wait(delay).await);
    call
}
";
    let found = find(program).unwrap();
    let changes: Vec<_> = found
        .changes
        .iter()
        .map(|change| format!("{}: {}: {}", change.line, change.kind, change.text))
        .collect();
    assert_eq!(
        changes,
        [
            "6: turn a join into a series: (call(1, Duration::from_secs(5)).await, \
             call(2, Duration::from_secs(8)).await)",
            "6: swap two calls: \
             tokio::join!(call(2, Duration::from_secs(5)), call(1, Duration::from_secs(8)))",
            "6: change a delay: \
             tokio::join!(call(1, Duration::from_secs(6)), call(2, Duration::from_secs(8)))",
            "6: change a delay: \
             tokio::join!(call(1, Duration::from_secs(5)), call(2, Duration::from_secs(9)))",
            "10: drop an await: println!(\"{}\", wait(delay));",
        ]
    );
    assert!(!found.is_on_wall);
}

#[test]
fn delays() {
    assert_lines(
        Kind::Delay,
        "let it = (Duration::from_secs(1), from_millis(10), [5, 8].map(Duration::from_secs));",
        &[
            "let it = (Duration::from_secs(2), from_millis(10), [5, 8].map(Duration::from_secs));",
            "let it = (Duration::from_secs(1), from_millis(11), [5, 8].map(Duration::from_secs));",
            "let it = (Duration::from_secs(1), from_millis(10), [6, 8].map(Duration::from_secs));",
            "let it = (Duration::from_secs(1), from_millis(10), [5, 9].map(Duration::from_secs));",
        ],
    );
}

#[test]
fn delays_in_parts_of_a_second() {
    let program = "\
fn main() { add(Duration::from_secs(1)) }
fn add(second: Duration) { sleep(5 * second); sleep(COUNT as u32 * 3 * second); sleep(second / 2) }
";
    let changes = changes_of(program);
    assert_eq!(lines(Kind::Delay, &changes).len(), 3, "the length of the second is no delay");
    assert!(lines(Kind::Delay, &changes)[1].contains("COUNT as u32 * 4 * second"));
    assert!(find(program).unwrap().is_on_wall);
}

#[test]
fn capacities() {
    assert_lines(Kind::Capacity, "mpsc::channel::<u32>(2)", &["mpsc::channel::<u32>(3)"]);
    assert_lines(Kind::Capacity, "Semaphore::new(2);", &["Semaphore::new(3);"]);
    assert_lines(Kind::Capacity, "calls.buffered(2)", &["calls.buffered(3)"]);
    assert_lines(Kind::Capacity, "const ROOM: usize = 2;", &["const ROOM: usize = 3;"]);
    assert_lines(Kind::Capacity, "mpsc::channel(ROOM); Mutex::new(2);", &[]);
}

#[test]
fn attempt_limits() {
    let program = "\
pub const ATTEMPTS: u32 = 5;
async fn retry(pause: u32, attempts: u32) {
    for attempt in 1..attempts {}
    for attempt in [2, 3] {}
}
async fn main() {
    retry(1, 3).await
}
";
    assert_eq!(
        lines(Kind::AttemptLimit, &changes_of(program)),
        [
            "pub const ATTEMPTS: u32 = 6;",
            "pub const ATTEMPTS: u32 = 4;",
            "for attempt in 1..attempts + 1 {}",
            "for attempt in 1..attempts - 1 {}",
            "for attempt in [2] {}",
            "retry(1, 4).await",
            "retry(1, 2).await",
        ]
    );
}

#[test]
fn stack_sizes() {
    assert_lines(
        Kind::StackSize,
        "const STACK: usize = 2 * 1024;\nBuilder::new().stack_size(STACK).spawn(wait)",
        &[
            "const STACK: usize = (2 * 1024) / 2;",
            "Builder::new().stack_size((STACK) / 2).spawn(wait)",
        ],
    );
}

#[test]
fn awaits() {
    assert_lines(Kind::Await, "let sum = call().await?;", &["let sum = call()?;"]);
    assert_lines(Kind::Await, "println!(\"{}\", call().await);", &["println!(\"{}\", call());"]);
}

#[test]
fn tasks() {
    assert_lines(Kind::Task, "tokio::spawn(call());", &["call().await;"]);
    assert_lines(Kind::Task, "task::spawn(call()).await.unwrap()", &["call().await"]);
    assert_lines(Kind::Task, "handles.push(spawn(call()));", &["handles.push(call());"]);
    assert_lines(Kind::Task, "thread::spawn(call);", &[]);
    let program = "fn main() {\nlet one = spawn(call());\nassert!(one.await.unwrap());\n}\n";
    let changes = find(program).unwrap().changes;
    let task = changes.iter().find(|change| change.kind == Kind::Task).unwrap();
    assert_eq!(task.program, "fn main() {\nlet one = call();\nassert!(one.await);\n}\n");
    assert_eq!(changes.iter().filter(|change| change.kind == Kind::Task).count(), 1);
}

#[test]
fn spawns_into_a_set() {
    assert_lines(Kind::SpawnIntoSet, "self.tasks.spawn(call());", &["drop(call());"]);
}

#[test]
fn joins() {
    assert_lines(Kind::Join, "join!(one, &mut two)", &["(one.await, (&mut two).await)"]);
    assert_lines(Kind::Join, "join!(biased; one, two)", &["(one.await, two.await)"]);
    assert_lines(Kind::Join, "try_join!(one, two)", &["Ok((one.await?, two.await?))"]);
}

#[test]
fn branches_of_a_select() {
    let select = "\
tokio::select! {
    biased;
    Some(sum) = one() => sum,
    _ = sleep(Duration::from_secs(5)), if waits => { call(1, 2).await }
    else => 0,
}";
    let changes = changes(select);
    assert_eq!(
        lines(Kind::SelectBranch, &changes),
        [
            "without Some(sum) = one() => sum,",
            "without _ = sleep(Duration::from_secs(5)), if waits => { call(1, 2).await }",
            "without else => 0,",
        ]
    );
    assert_eq!(lines(Kind::Delay, &changes).len(), 1);
    assert_eq!(lines(Kind::Await, &changes).len(), 1);
    assert_lines(Kind::SelectBranch, "select! { sum = one() => sum }", &[]);
}

#[test]
fn biased() {
    assert_lines(Kind::Biased, "select! { biased; a = one => a }", &["select! {  a = one => a }"]);
    assert_lines(Kind::Biased, "join!(biased; one, two)", &["join!( one, two)"]);
    assert!(Kind::Biased.is_random());
}

#[test]
fn timeouts() {
    assert_lines(
        Kind::Timeout,
        "let sum = timeout(limit, call()).await;",
        &["let sum = Ok::<_, tokio::time::error::Elapsed>(call().await);"],
    );
}

#[test]
fn statements() {
    assert_lines(
        Kind::Statement,
        "drop(guard);\nself.task.abort();\ntoken.cancel();\ndrop(call());\ntask.join();",
        &["without drop(guard);", "without self.task.abort();", "without token.cancel();"],
    );
}

#[test]
fn guards() {
    assert_lines(Kind::Guard, "let _guard = lock();\nlet kept = lock();", &["let _ = lock();"]);
}

#[test]
fn missed_ticks() {
    assert_lines(
        Kind::MissedTicks,
        "ticks.set(MissedTickBehavior::Burst);",
        &["ticks.set(MissedTickBehavior::Delay);"],
    );
}

#[test]
fn swaps() {
    assert_lines(Kind::Swap, "send(1, a);\nsend(2, b);\ncall(3, c);", &["send(2, a);"]);
}

#[test]
fn of_a_macro_that_cannot_be_read_the_awaits_are_changed() {
    let found = find("fn main() {\n    rules! { a => call(1).await }\n}\n").unwrap();
    assert_eq!(found.unread, [(2, "rules".to_owned())]);
    let [change] = &*found.changes else { panic!("{:?}", found.changes) };
    assert_eq!((change.kind, &*change.text), (Kind::Await, "rules! { a => call(1) }"));
}

#[test]
fn a_name_that_is_no_kind_is_answered_with_those_that_are() {
    let error = Kind::try_from("drop an avait".to_owned()).unwrap_err();
    assert!(error.contains("there is no change `drop an avait`"), "{error}");
    assert!(error.contains("`drop an await`"), "{error}");
}

//! What the recorder hears of a program: every change of the program is a change of its run, and
//! `assert_recorded` shows which.

use std::{
    env, fs,
    panic::{AssertUnwindSafe, catch_unwind},
    path::{Path, PathBuf},
    process::{Command, Output},
    sync::mpsc,
    thread,
    time::Duration,
};

use tempfile::TempDir;
use timeline::{Clock, Outcome, Run, record_wall, record_wall_as, record_with, seconds};
use tokio::{
    join, select,
    task::yield_now,
    time::{sleep, timeout},
};
use tracing::instrument;

/// The run of a program whose value does not matter.
fn record<T>(program: impl Future<Output = T>) -> Run {
    timeline::record(program).1
}

/// The call that most programs here make.
#[instrument(ret)]
async fn wait(call: u32, delay: Duration) -> u32 {
    sleep(delay).await;
    call
}

#[instrument(ret)]
async fn wait_and_yield(call: u32, delay: Duration) -> u32 {
    yield_now().await;
    sleep(delay).await;
    call
}

#[instrument(ret)]
async fn wait_and_panic(call: u32, delay: Duration) -> u32 {
    sleep(delay).await;
    panic!("call {call} panics")
}

#[instrument(err)]
async fn wait_and_fail(call: u32, delay: Duration) -> Result<(), String> {
    sleep(delay).await;
    Err(format!("call {call} fails"))
}

#[instrument(ret)]
fn block(call: u32, delay: Duration) {
    thread::sleep(delay);
}

/// The outcome, the end and the number of polls of a call.
#[track_caller]
fn ending(run: &Run, call: u32) -> (Outcome, Option<Duration>, usize) {
    let call = run.call(call);
    (call.outcome, call.end, call.polls.len())
}

mod on_the_virtual_clock {
    use super::*;

    async fn two_calls() {
        join!(wait(1, seconds(5)), wait(2, seconds(3)));
    }

    #[test]
    fn the_same_program_gives_the_same_run() {
        let run = record(two_calls());
        assert_eq!(run, record(two_calls()));
        assert_eq!((run.clock(), run.total()), (Clock::Virtual, seconds(5)));
        assert_eq!(run.completion_order(), [2, 1]);
        assert_eq!(run.call(1).polls, [seconds(0), seconds(3), seconds(5)]);
        assert_eq!(run.call(1).arguments["delay"], "5s");
        assert_eq!(run.call(1).value.as_deref(), Some("1"));
        assert_eq!(run.returned::<u32>(2), 2);
        assert_eq!(run.call(1).thread, None);
    }

    #[test]
    fn a_delay_that_is_a_millisecond_off_is_noticed() {
        let run = record(two_calls());
        let late = record(async {
            join!(wait(1, seconds(5)), wait(2, seconds(3) + Duration::from_millis(1)));
        });
        assert_ne!(run, late);
        assert_eq!(late.call(2).end, Some(Duration::from_millis(3_001)));
        assert_eq!(late.total(), run.total());
    }

    #[test]
    fn two_calls_swapped_are_noticed() {
        let run = record(two_calls());
        let swapped = record(async {
            join!(wait(2, seconds(3)), wait(1, seconds(5)));
        });
        assert_ne!(run, swapped);
        assert_eq!(swapped.completion_order(), run.completion_order());
        assert_eq!(swapped.calls()[0].id, Some(2));
    }

    #[test]
    fn one_poll_more_is_noticed() {
        let run = record(wait(1, seconds(5)));
        let yielding = record(wait_and_yield(1, seconds(5)));
        assert_ne!(run, yielding);
        assert_eq!((run.poll_counts(), yielding.poll_counts()), (vec![2], vec![3]));
        assert_eq!(yielding.call(1).polls, [seconds(0), seconds(0), seconds(5)]);
    }

    #[test]
    fn calls_that_await_each_other_are_no_calls_at_once() {
        let run = record(two_calls());
        let serial = record(async {
            wait(1, seconds(5)).await;
            wait(2, seconds(3)).await;
        });
        assert_ne!(run, serial);
        assert_eq!((serial.total(), serial.call(2).start), (seconds(8), seconds(5)));
    }

    #[test]
    fn a_future_that_nobody_polls_makes_no_call() {
        let run = record(async { drop(wait(1, seconds(5))) });
        assert_eq!((run.calls().len(), run.total()), (0, Duration::ZERO));
    }

    #[test]
    fn a_call_dropped_by_select_has_not_completed() {
        let run = record(async {
            select! {
                biased;
                _ = wait(1, seconds(5)) => {}
                _ = wait(2, seconds(3)) => {}
            }
        });
        assert_eq!(run.completion_order(), [2]);
        // The span is entered once more to drop the future, and that is no poll.
        assert_eq!(ending(&run, 1), (Outcome::Dropped, Some(seconds(3)), 2));
        assert_eq!(run.call(1).polls, [seconds(0), seconds(3)]);
        assert_eq!((run.call(1).completion_rank, run.call(1).value.as_deref()), (None, None));
        assert_eq!(ending(&run, 2), (Outcome::Returned, Some(seconds(3)), 2));
    }

    #[test]
    fn a_call_dropped_by_its_timeout_has_not_completed() {
        let run = record(async { timeout(seconds(2), wait(1, seconds(5))).await });
        assert!(run.completion_order().is_empty());
        assert_eq!(ending(&run, 1), (Outcome::Dropped, Some(seconds(2)), 2));
    }

    #[test]
    fn a_call_dropped_after_its_first_poll_was_polled_once() {
        let run = record(async {
            select! {
                biased;
                _ = wait(1, seconds(5)) => {}
                () = async {} => {}
            }
        });
        assert_eq!(ending(&run, 1), (Outcome::Dropped, Some(seconds(0)), 1));
    }

    #[test]
    fn a_call_inside_a_dropped_one_is_dropped() {
        #[instrument(ret)]
        async fn outer(call: u32) {
            wait(2, seconds(5)).await;
        }
        let run = record(async { timeout(seconds(2), outer(1)).await });
        assert_eq!(ending(&run, 1), (Outcome::Dropped, Some(seconds(2)), 2));
        assert_eq!(ending(&run, 2), (Outcome::Dropped, Some(seconds(2)), 2));
    }

    #[test]
    fn a_call_dropped_by_the_panic_of_its_sibling_has_not_panicked() {
        let (caught, run) = record_with(|runtime| {
            let program = async { join!(wait(1, seconds(5)), wait_and_panic(2, seconds(3))) };
            catch_unwind(AssertUnwindSafe(|| runtime.block_on(program)))
        });
        assert!(caught.is_err());
        // The second time, `join!` begins with its second future, and gets no further.
        assert_eq!(ending(&run, 1), (Outcome::Dropped, Some(seconds(3)), 1));
        assert_eq!(ending(&run, 2), (Outcome::Panicked, Some(seconds(3)), 2));
        assert!(run.completion_order().is_empty());
    }

    #[test]
    fn a_panic_in_a_task_leaves_its_sibling_alone() {
        let run = record(async {
            let panics = tokio::spawn(wait_and_panic(1, seconds(3)));
            let returns = tokio::spawn(wait(2, seconds(5)));
            assert!(panics.await.is_err());
            assert_eq!(returns.await.ok(), Some(2));
        });
        assert_eq!(ending(&run, 1), (Outcome::Panicked, Some(seconds(3)), 2));
        assert_eq!(ending(&run, 2), (Outcome::Returned, Some(seconds(5)), 2));
        assert_eq!((run.completion_order(), run.call(2).completion_rank), (vec![2], Some(1)));
    }

    #[test]
    fn a_panic_goes_through_the_calls_around_it() {
        #[instrument(ret)]
        async fn outer(call: u32) {
            wait_and_panic(2, seconds(3)).await;
        }
        let run = record(async {
            assert!(tokio::spawn(outer(1)).await.is_err());
        });
        assert_eq!(ending(&run, 1), (Outcome::Panicked, Some(seconds(3)), 2));
        assert_eq!(ending(&run, 2), (Outcome::Panicked, Some(seconds(3)), 2));
    }

    #[test]
    fn an_aborted_task_is_dropped() {
        let run = record(async {
            let task = tokio::spawn(wait(1, seconds(5)));
            sleep(seconds(2)).await;
            task.abort();
            assert!(task.await.is_err_and(|error| error.is_cancelled()));
        });
        assert_eq!(ending(&run, 1), (Outcome::Dropped, Some(seconds(2)), 1));
    }

    #[test]
    fn an_error_is_a_failure_and_completes() {
        let run = record(async { join!(wait(1, seconds(5)), wait_and_fail(2, seconds(3))).1 });
        assert_eq!(ending(&run, 2), (Outcome::Failed, Some(seconds(3)), 2));
        assert_eq!(run.call(2).value.as_deref(), Some("call 2 fails"));
        assert_eq!(run.completion_order(), [2, 1]);
    }

    #[test]
    fn what_a_program_logs_does_not_end_its_call() {
        #[instrument(ret)]
        async fn retry(call: u32) {
            tracing::warn!(error = "the first try fails", "trying again");
            tracing::error!(error = "so does the second");
            tracing::info!(return = "not yet");
            sleep(seconds(2)).await;
        }
        let run = record(retry(1));
        assert_eq!(ending(&run, 1), (Outcome::Returned, Some(seconds(2)), 2));
        assert_eq!(
            (run.call(1).completion_rank, run.call(1).value.as_deref()),
            (Some(1), Some("()"))
        );
    }

    #[test]
    fn a_task_still_running_when_the_program_ends_is_dropped_with_the_runtime() {
        let run = record(async {
            tokio::spawn(wait(1, seconds(5)));
            wait(2, seconds(3)).await;
        });
        assert_eq!(run.total(), seconds(3));
        assert_eq!(ending(&run, 1), (Outcome::Dropped, Some(seconds(3)), 1));
        assert_eq!(run.completion_order(), [2]);
    }

    #[test]
    fn a_future_that_outlives_the_run_is_running() {
        let (unfinished, run) = record_with(|runtime| {
            let mut future = Box::pin(wait(1, seconds(5)));
            runtime.block_on(async { timeout(seconds(2), &mut future).await }).unwrap_err();
            future
        });
        assert_eq!(ending(&run, 1), (Outcome::Running, None, 2));
        assert_eq!(run.total(), seconds(2));
        drop(unfinished);
    }

    #[test]
    fn calls_inside_a_call_have_it_as_their_parent() {
        #[instrument(ret)]
        async fn outer() {
            join!(wait(1, seconds(5)), wait(2, seconds(3)));
            wait(3, seconds(1)).await;
        }
        let run = record(async { join!(outer(), wait(4, seconds(2))) });
        let parents: Vec<_> = run.calls().iter().map(|call| (call.label(), call.parent)).collect();
        let expected = [
            ("outer", None),
            ("call 1", Some(0)),
            ("call 2", Some(0)),
            ("call 4", None),
            ("call 3", Some(0)),
        ];
        assert_eq!(parents, expected.map(|(label, parent)| (label.to_owned(), parent)));
    }

    #[test]
    fn a_call_in_a_task_is_told_from_one_beside_it() {
        let run = record(async {
            let first = tokio::spawn(async {
                wait(1, seconds(5)).await;
                wait(2, seconds(1)).await;
            });
            let second = tokio::spawn(wait(3, seconds(2)));
            wait(4, seconds(3)).await;
            first.await.and(second.await)
        });
        let tasks = [1, 2, 3, 4].map(|call| run.call(call).task);
        assert_eq!(tasks, [Some(1), Some(1), Some(2), None]);
    }

    #[test]
    fn a_call_without_a_number_goes_by_the_name_of_its_function() {
        #[instrument(ret)]
        async fn nameless(delay: Duration) {
            sleep(delay).await;
        }
        #[instrument(ret)]
        async fn named(call: &str) {}
        let run = record(async {
            nameless(seconds(1)).await;
            named("first").await;
        });
        assert_eq!((run.calls()[0].label(), run.calls()[0].id), ("nameless".to_owned(), None));
        assert_eq!((run.calls()[1].label(), run.calls()[1].id), ("named".to_owned(), None));
        assert_eq!(run.calls()[1].arguments["call"], "first");
        assert_eq!(run.calls()[1].completion_rank, Some(2));
        assert!(run.completion_order().is_empty() && run.poll_counts().is_empty());
    }

    #[test]
    fn a_number_among_the_calls_of_its_function_is_in_the_label() {
        #[instrument(ret)]
        async fn send(n: u32, to: &str) {}
        #[instrument(ret)]
        async fn try_once(call: u32, n: u32) {}
        #[instrument(ret)]
        async fn count(n: Option<u32>) {}
        let run = record(async {
            send(1, "us").await;
            send(2, "them").await;
            try_once(1, 2).await;
            count(Some(3)).await;
        });
        let labels: Vec<String> = run.calls().iter().map(|call| call.label()).collect();
        assert_eq!(labels, ["send 1", "send 2", "call 1", "count"]);
        let numbers: Vec<Option<u32>> = run.calls().iter().map(|call| call.nth()).collect();
        assert_eq!(numbers, [Some(1), Some(2), Some(2), None]);
        assert!(run.to_text().contains("arguments = { n = \"2\", to = \"them\" }"));
        // What the label says, the table does not say again.
        let table = timeline::table(&run);
        for (line, arguments) in table.lines().skip(1).zip(["to us", "to them", "n 2", "n Some(3)"])
        {
            assert!(line.contains(&format!("  {arguments:<9}  0s")), "{table}");
        }
    }

    #[test]
    fn a_plain_function_is_polled_once() {
        #[instrument(ret)]
        fn add(call: u32) -> u32 {
            call + 1
        }
        #[instrument]
        fn panics(call: u32) {
            panic!("as call {call} must");
        }
        let run = record(async {
            add(1);
            sleep(seconds(1)).await;
            add(2);
            catch_unwind(|| panics(3)).unwrap_err();
        });
        assert_eq!(ending(&run, 1), (Outcome::Returned, Some(seconds(0)), 1));
        assert_eq!(ending(&run, 2), (Outcome::Returned, Some(seconds(1)), 1));
        assert_eq!(ending(&run, 3), (Outcome::Panicked, Some(seconds(1)), 1));
    }

    #[test]
    fn an_argument_stays_in_its_line_of_the_table() {
        #[instrument(ret)]
        async fn print(call: u32, text: &str) {}
        let run = record(print(1, "two\nlines \u{1b}[31m\u{202e}"));
        let table = timeline::table(&run);
        assert_eq!(table.lines().count(), 3, "{table}");
        assert!(table.contains("text two\\nlines \\u{1b}[31m\\u{202e}"), "{table}");
    }

    #[test]
    fn spans_that_are_no_functions_are_calls_too() {
        let run = record(async {
            let _entered = tracing::info_span!("by hand", user.id = 7).entered();
        });
        assert_eq!(run.calls()[0].label(), "by hand");
        let read = Run::parse(Path::new("x"), &run.to_text()).expect("it was written");
        assert_eq!(read.calls()[0].arguments["user.id"], "7");
    }

    #[test]
    fn runs_at_the_same_time_do_not_hear_each_other() {
        let alone = record(two_calls());
        thread::scope(|scope| {
            for _ in 0..8 {
                scope.spawn(|| assert_eq!(record(two_calls()), alone));
            }
        });
    }
}

/// The end of a call is when its future ended, whoever else holds or enters its span.
mod whoever_holds_the_span {
    use std::{cell::RefCell, future::pending};

    use tracing::{Instrument, Span, info_span};

    use super::*;

    #[instrument(ret)]
    async fn with_a_child(call: u32) {
        tokio::spawn(sleep(seconds(6)).instrument(info_span!("child")));
        sleep(seconds(8)).await;
    }

    async fn at_two_seconds(program: impl Future<Output = ()> + Send + 'static) {
        timeout(seconds(2), program).await.unwrap_err();
        sleep(seconds(7)).await;
    }

    #[test]
    fn a_child_that_runs_on_does_not_prolong_a_call() {
        let run = record(at_two_seconds(with_a_child(1)));
        assert_eq!(ending(&run, 1), (Outcome::Dropped, Some(seconds(2)), 2));
        assert_eq!(run.calls_of("child").next().unwrap().end, Some(seconds(6)));
        let aborted = record(async {
            let task = tokio::spawn(with_a_child(1));
            sleep(seconds(2)).await;
            task.abort();
            sleep(seconds(7)).await;
        });
        assert_eq!(ending(&aborted, 1), (Outcome::Dropped, Some(seconds(2)), 1));
    }

    #[test]
    fn a_clone_that_is_kept_does_not_prolong_a_call() {
        thread_local! {
            static KEPT: RefCell<Vec<Span>> = const { RefCell::new(Vec::new()) };
        }
        #[instrument(ret)]
        async fn keeps(call: u32, delay: Duration) {
            KEPT.with_borrow_mut(|kept| kept.push(Span::current()));
            sleep(delay).await;
        }
        // Not dropped before the recording ends.
        let run = record(async {
            let _ = timeout(seconds(2), keeps(1, seconds(8))).await;
            keeps(2, seconds(1)).await;
            sleep(seconds(1)).await;
        });
        assert_eq!(ending(&run, 1), (Outcome::Dropped, Some(seconds(2)), 2));
        assert_eq!(ending(&run, 2), (Outcome::Returned, Some(seconds(3)), 2));
    }

    #[test]
    fn a_task_that_enters_the_span_does_not_poll_the_call() {
        #[instrument(ret)]
        async fn spawns(call: u32) {
            tokio::spawn(sleep(seconds(1)).in_current_span());
            sleep(seconds(3)).await;
        }
        let run = record(spawns(1));
        assert_eq!(run.call(1).polls, [seconds(0), seconds(3)]);
        assert_eq!(ending(&run, 1), (Outcome::Returned, Some(seconds(3)), 2));
        let dropped = record(at_two_seconds(spawns(1)));
        assert_eq!(dropped.call(1).polls, [seconds(0), seconds(2)]);
        assert_eq!(ending(&dropped, 1), (Outcome::Dropped, Some(seconds(2)), 2));
    }

    #[test]
    fn a_span_that_is_entered_inside_of_itself_is_polled_once() {
        #[instrument(ret)]
        async fn joins(call: u32) {
            let inner = Span::current();
            join!(sleep(seconds(1)).in_current_span(), sleep(seconds(3)));
            inner.in_scope(|| {});
        }
        let run = record(joins(1));
        assert_eq!(run.call(1).polls, [0, 1, 3].map(seconds));
        assert_eq!(ending(&run, 1), (Outcome::Returned, Some(seconds(3)), 3));
    }

    #[test]
    fn a_future_takes_its_polls_to_another_task() {
        for with_clone in [false, true] {
            let run = record(async {
                let mut call = Box::pin(async move {
                    if with_clone { waits_with_clone(1).await } else { wait(1, seconds(5)).await }
                });
                timeout(seconds(2), &mut call).await.unwrap_err();
                tokio::spawn(call).await.unwrap();
            });
            assert_eq!(run.call(1).polls, [0, 2, 2, 5].map(seconds));
            assert_eq!(ending(&run, 1), (Outcome::Returned, Some(seconds(5)), 4));
        }

        #[instrument(ret)]
        async fn waits_with_clone(call: u32) -> u32 {
            let _kept = Span::current();
            sleep(seconds(5)).await;
            call
        }
    }

    #[test]
    fn a_future_can_be_dropped_by_another_task_or_thread() {
        let in_a_task = record(async {
            let mut call = Box::pin(wait(1, seconds(5)));
            timeout(seconds(2), &mut call).await.unwrap_err();
            tokio::spawn(async {
                sleep(seconds(1)).await;
                drop(call);
            });
            sleep(seconds(4)).await;
        });
        assert_eq!(ending(&in_a_task, 1), (Outcome::Dropped, Some(seconds(3)), 2));
        let on_a_thread = record(async {
            let mut call = Box::pin(wait(1, seconds(5)));
            timeout(seconds(2), &mut call).await.unwrap_err();
            thread::spawn(|| drop(call)).join().unwrap();
            sleep(seconds(4)).await;
        });
        assert_eq!(ending(&on_a_thread, 1), (Outcome::Dropped, Some(seconds(2)), 2));
    }

    #[test]
    fn a_future_that_is_never_polled_can_have_a_span() {
        let run = record(async {
            let made = pending::<()>().instrument(info_span!("made", call = 1));
            sleep(seconds(2)).await;
            drop(made);
            sleep(seconds(1)).await;
        });
        assert_eq!(run.call(1).end, Some(seconds(2)));
        assert_eq!(run.call(1).outcome, Outcome::Unknown);
    }

    #[test]
    fn a_destructor_that_panics_does_not_make_a_panic_of_a_drop() {
        struct Bomb;
        impl Drop for Bomb {
            fn drop(&mut self) {
                panic!("as it should");
            }
        }
        #[instrument(ret)]
        async fn armed(call: u32) {
            let _bomb = Bomb;
            sleep(seconds(5)).await;
        }
        let run = record(async {
            let mut call = Box::pin(armed(1));
            timeout(seconds(2), &mut call).await.unwrap_err();
            catch_unwind(AssertUnwindSafe(|| drop(call))).unwrap_err();
            sleep(seconds(1)).await;
        });
        assert_eq!(ending(&run, 1), (Outcome::Dropped, Some(seconds(2)), 2));
    }
}

mod without_a_report {
    use tracing::{Instrument, info_span};

    use super::*;

    #[instrument]
    async fn no_ret(call: u32) {
        sleep(seconds(2)).await;
    }

    #[instrument(err)]
    async fn only_err(call: u32) -> Result<(), String> {
        sleep(seconds(2)).await;
        Ok(())
    }

    #[test]
    fn how_a_call_ended_is_unknown() {
        let run = record(async {
            no_ret(1).await;
            only_err(2).await.unwrap();
            sleep(seconds(2)).instrument(info_span!("by hand", call = 3)).await;
            timeout(seconds(1), no_ret(4)).await.unwrap_err();
            wait(5, seconds(1)).await;
            timeout(seconds(1), wait(6, seconds(2))).await.unwrap_err();
        });
        for (call, end) in [(1, 2), (2, 4), (3, 6), (4, 7)] {
            assert_eq!(ending(&run, call), (Outcome::Unknown, Some(seconds(end)), 2), "{call}");
        }
        assert_eq!(ending(&run, 5).0, Outcome::Returned);
        assert_eq!(ending(&run, 6).0, Outcome::Dropped);
        assert_eq!(run.completion_order(), [5]);
        let note = "how `by hand`, `no_ret` and `only_err` ended is unknown: add `ret`, as in \
                    #[instrument(ret)]";
        assert_eq!(run.notes(), [note]);
        assert!(timeline::table(&run).contains(note));
        let read = Run::parse(Path::new("x"), &run.to_text()).expect("it was written");
        assert_eq!(read.call(1).outcome, Outcome::Unknown);
    }
}

mod on_other_threads {
    use tracing::{Span, info_span};

    use super::*;

    #[instrument(ret)]
    fn add(call: u32) -> u32 {
        call + 1
    }

    #[test]
    fn a_call_given_to_spawn_blocking_is_recorded() {
        let run = record(async {
            sleep(seconds(1)).await;
            let sum = tokio::task::spawn_blocking(|| add(1)).await.unwrap();
            sleep(seconds(sum.into())).await;
        });
        assert_eq!(run.call(1).start, seconds(1));
        assert_eq!(ending(&run, 1), (Outcome::Returned, Some(seconds(1)), 1));
        assert_eq!((run.returned::<u32>(1), run.total()), (2, seconds(3)));
    }

    #[test]
    fn a_call_in_a_span_of_the_program_is_recorded() {
        let run = record(async {
            sleep(seconds(2)).await;
            let span = info_span!("around", call = 1);
            thread::spawn(move || span.in_scope(|| add(2))).join().unwrap();
        });
        assert_eq!(ending(&run, 2), (Outcome::Returned, Some(seconds(2)), 1));
        assert_eq!(run.call(2).parent, Some(0));
        // And so is one in a dispatcher that was handed over.
        let run = record(async {
            let dispatch = tracing::dispatcher::get_default(|dispatch| dispatch.clone());
            let program = || tracing::dispatcher::with_default(&dispatch, || add(1));
            thread::scope(|scope| drop(scope.spawn(program).join()));
        });
        assert_eq!(run.returned::<u32>(1), 2);
    }

    #[test]
    fn a_call_on_any_other_thread_is_not_left_out_silently() {
        let run = record(async {
            thread::spawn(|| add(1)).join().unwrap();
            assert!(Span::current().is_none());
        });
        assert!(run.calls().is_empty());
        let notes = run.notes();
        assert_eq!(notes.len(), 1);
        assert!(notes[0].starts_with("not recorded: `add`, called on a thread that"), "{notes:?}");
        let said = catch_unwind(AssertUnwindSafe(|| drop(run.call(1).clone()))).unwrap_err();
        assert!(said.downcast_ref::<String>().unwrap().contains("not recorded: `add`"));
    }
}

#[test]
fn a_server_on_a_real_socket_has_the_same_outline_in_every_run() {
    use tokio::{
        io::{AsyncReadExt, AsyncWriteExt},
        net::{TcpListener, TcpStream},
    };

    #[instrument(ret, skip(stream))]
    async fn serve(n: u32, mut stream: TcpStream) -> std::io::Result<()> {
        let byte = stream.read_u8().await?;
        sleep(seconds(byte.into())).await;
        stream.write_u8(byte).await
    }

    #[instrument(ret, skip(address))]
    async fn ask(call: u32, byte: u8, address: std::net::SocketAddr) -> std::io::Result<u8> {
        let mut stream = TcpStream::connect(address).await?;
        stream.write_u8(byte).await?;
        stream.read_u8().await
    }

    async fn program() {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let address = listener.local_addr().expect("it is bound");
        let server = tokio::spawn(async move {
            for n in 1..=3 {
                let (stream, _) = listener.accept().await.expect("a client");
                tokio::spawn(serve(n, stream));
            }
        });
        let (one, two, three) = join!(ask(1, 2, address), ask(2, 1, address), ask(3, 2, address));
        assert_eq!((one.unwrap(), two.unwrap(), three.unwrap()), (2, 1, 2));
        server.await.unwrap();
    }

    let outlines = || record(program()).outline();
    let first = outlines();
    assert_eq!(first.total(), seconds(2));
    assert_eq!(first.completion_order(), [2, 1, 3]);
    for _ in 1..100 {
        assert_eq!(ask_only(&outlines()), ask_only(&first));
    }

    /// What the clients did: which of them the server accepts first is up to the system.
    fn ask_only(run: &Run) -> Vec<String> {
        let asked = run.calls_of("ask");
        asked.map(|call| format!("{:?}", (call.id, call.start, call.end, call.outcome))).collect()
    }
}

mod many_calls {
    use super::*;

    const CALLS: u32 = 10_000;

    #[test]
    fn a_table_of_nested_calls_is_as_long_as_its_calls() {
        let nested = |calls: u32| {
            let (text, run) = timeline::record(async move {
                let mut spans = Vec::new();
                for call in 0..calls {
                    spans.push(tracing::info_span!("nested", call).entered());
                }
                while spans.pop().is_some() {}
            });
            let () = text;
            assert_eq!(run.calls().last().unwrap().parent, Some(calls as usize - 2));
            let run = Run::parse(Path::new("x"), &run.to_text()).expect("it was written");
            timeline::table(&run).len()
        };
        // Ten times the calls make ten times the text, not a hundred times.
        assert!(nested(CALLS) < 15 * nested(CALLS / 10));
    }

    #[test]
    fn a_table_of_calls_in_one_that_is_polled_often_is_as_long_as_its_calls() {
        #[instrument(ret)]
        async fn all(calls: u32) {
            for call in 0..calls {
                wait(call, seconds(1)).await;
            }
        }
        let size = |calls| timeline::table(&record(all(calls))).len();
        assert!(size(2_000) < 15 * size(200));
    }
}

/// A package named `join`, in a temporary folder.
struct Package(TempDir);

impl Package {
    fn new() -> Package {
        let package = Package(tempfile::tempdir().expect("a temporary folder"));
        fs::write(package.file("Cargo.toml"), "[package]\nname = \"join\"\n").expect("a new file");
        package
    }

    fn with_recording(text: &str) -> Package {
        let package = Package::new();
        fs::write(package.recording(), text).expect("a new file");
        package
    }

    fn file(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    fn recording(&self) -> PathBuf {
        self.file("timeline.toml")
    }

    /// Tests the package by one of the [`scenarios`], with this value of `TIMELINE`.
    fn test(&self, scenario: &str, mode: Option<&str>) -> Tested {
        let mut command = Command::new(env::current_exe().expect("this test"));
        command.args(["scenarios", "--exact", "--nocapture"]);
        command.env(SCENARIO, scenario).env("CARGO_MANIFEST_DIR", self.0.path());
        command.env("RUST_BACKTRACE", "0").env_remove("TIMELINE");
        command.envs(mode.map(|mode| ("TIMELINE", mode)));
        let Output { status, stderr, .. } = command.output().expect("this test, once more");
        let heard = fs::read_to_string(self.file(HEARD)).unwrap_or_default();
        let (tries, text) = heard.split_once('\n').unwrap_or_default();
        Tested {
            passed: status.success(),
            said: String::from_utf8_lossy(&stderr).into_owned(),
            tries: tries.parse().unwrap_or_default(),
            heard: text.to_owned(),
        }
    }
}

/// How a test of the package went.
struct Tested {
    passed: bool,
    said: String,
    /// How often the program was run.
    tries: u32,
    /// The run, as a recording.
    heard: String,
}

/// Set in the environment of a process that plays one of the [`scenarios`].
const SCENARIO: &str = "TIMELINE_TEST_SCENARIO";

/// The file in which such a process leaves what it heard.
const HEARD: &str = "heard";

/// Not a test of its own: other tests run this one in processes of their own, because a recording
/// is looked for beside the package that the environment names, and because a recording on the
/// wall clock hears all threads of a process.
#[test]
fn scenarios() {
    let Ok(scenario) = env::var(SCENARIO) else { return };
    let mut tries = 0;
    let run = match scenario.as_str() {
        "one call" => record(wait(1, seconds(3))),
        "one call of a run with a name" => record(wait(1, seconds(3))),
        "two calls" => record(async {
            join!(wait(1, seconds(5)), wait(2, seconds(3)));
        }),
        "many calls of `record`" => {
            let open = || fs::read_dir("/proc/self/fd").map(|files| files.count()).ok();
            record(wait(1, seconds(3)));
            let before = open();
            let runs = (0..20).map(|_| record(wait(1, seconds(3)))).last();
            let panics = || record(wait_and_panic(1, seconds(3)));
            (0..20).for_each(|_| drop(catch_unwind(panics).unwrap_err()));
            assert_eq!(open(), before, "files are left open");
            runs.expect("there are twenty")
        }
        "a call inside another" => record(async {
            #[instrument(ret)]
            async fn outer(call: u32) {
                join!(wait(2, seconds(1)), wait(3, seconds(1)));
            }
            outer(1).await;
        }),
        "two recordings at once" => thread::scope(|scope| {
            let other = scope.spawn(|| record_wall(|second| block(2, second / 2)).1);
            let ((), run) = record_wall(|second| block(1, second / 2));
            assert_eq!(other.join().expect("it does not panic").calls().len(), 1);
            run
        }),
        "a recording after one that panicked" => {
            let panics = |second| {
                block(1, second / 2);
                panic!("as it should");
            };
            catch_unwind(|| record_wall::<()>(panics)).unwrap_err();
            record_wall(|second| block(2, second / 2)).1
        }
        on_the_wall => {
            let program = |second| {
                tries += 1;
                on_the_wall_clock::program(on_the_wall, second);
                second
            };
            let (second, run) = match on_the_wall.strip_suffix(" with a name") {
                None => record_wall(program),
                Some(_) => record_wall_as("again", program),
            };
            // The value is that of the run that is returned: the last one.
            let first = if env::var_os("TIMELINE").is_some() { 200 } else { 10 };
            assert_eq!(second, Duration::from_millis(first << (tries - 1)));
            run
        }
    };
    let package = PathBuf::from(env::var_os("CARGO_MANIFEST_DIR").expect("the package"));
    fs::write(package.join(HEARD), format!("{tries}\n{}", run.to_text())).expect("a new file");
    if scenario.contains("with a name") {
        run.assert_recorded_as("again");
    } else {
        run.assert_recorded();
    }
}

mod on_the_wall_clock {
    use super::*;

    #[instrument(ret)]
    fn block_around(call: u32, inner: u32, delay: Duration) {
        block(inner, delay);
    }

    #[instrument(ret)]
    fn block_forever(call: u32, started: mpsc::Sender<()>) {
        started.send(()).expect("the program waits for this");
        loop {
            thread::park();
        }
    }

    /// The programs, by the names of their scenarios.
    pub fn program(scenario: &str, second: Duration) {
        match scenario {
            "a call of a second and a half" | "a call of a second and a half with a name" => {
                block(1, second * 3 / 2)
            }
            "a call that is fifteen milliseconds late" => {
                let late = second + Duration::from_millis(15);
                tracing::info_span!("block", call = 1).in_scope(|| thread::sleep(late));
            }
            "calls on three threads" => thread::scope(|scope| {
                scope.spawn(|| block(3, 2 * second));
                thread::sleep(second / 10);
                scope.spawn(|| {
                    block(1, second / 2);
                    thread::sleep(second);
                    block(4, second);
                });
                thread::sleep(second / 10);
                scope.spawn(|| block(2, 4 * second));
            }),
            "a call inside one with a higher number" => block_around(2, 1, second / 2),
            "a thread that never ends" => {
                let (started, starts) = mpsc::channel();
                thread::spawn(|| block_forever(1, started));
                starts.recv().expect("the thread starts");
                block(2, second / 2);
            }
            other => panic!("there is no scenario `{other}`"),
        }
    }

    /// The lines of a recording that say what a call did, without those that are the same in all.
    fn recording(total: &str, calls: &str) -> String {
        format!("clock = \"wall\"\ntotal = \"{total}\"\n{calls}")
    }

    #[test]
    fn times_are_rounded_down_to_whole_seconds_and_arguments_are_scaled_back() {
        let package = Package::with_recording(&recording(
            "1s",
            "[[call]]\nname = \"block\"\ncall = 1\narguments = { delay = \"1.5s\" }\nthread = 1\n\
             start = \"0s\"\nend = \"1s\"\noutcome = \"returned\"\norder = 1\n",
        ));
        let tested = package.test("a call of a second and a half", None);
        assert!(tested.passed, "{}", tested.said);
    }

    #[test]
    fn what_is_late_at_the_first_lengths_of_a_second_only_is_tried_again() {
        let package = Package::with_recording(&recording(
            "1s",
            "[[call]]\nname = \"block\"\ncall = 1\nthread = 1\nstart = \"0s\"\nend = \"1s\"\n\
             outcome = \"unknown\"\n",
        ));
        let tested = package.test("a call that is fifteen milliseconds late", None);
        assert!(tested.passed, "{}", tested.said);
        assert!((2..=7).contains(&tested.tries), "it was tried {} times", tested.tries);
    }

    #[test]
    fn what_is_late_at_every_length_is_the_programs_own_fault() {
        let package = Package::with_recording(&recording(
            "0s",
            "[[call]]\nname = \"block\"\ncall = 1\narguments = { delay = \"1.5s\" }\nthread = 1\n\
             start = \"0s\"\nend = \"0s\"\noutcome = \"returned\"\norder = 1\n",
        ));
        let tested = package.test("a call of a second and a half", None);
        assert!(!tested.passed);
        assert_eq!(tested.tries, 7);
        assert!(tested.said.contains("total »0s« on the wall clock"), "{}", tested.said);
    }

    #[test]
    fn what_is_early_is_wrong_at_once() {
        // A thousand seconds of the book are ten of the machine: no noise is that loud.
        let package = Package::with_recording(&recording(
            "1000s",
            "[[call]]\nname = \"block\"\ncall = 1\narguments = { delay = \"1.5s\" }\nthread = 1\n\
             start = \"0s\"\nend = \"1000s\"\noutcome = \"returned\"\norder = 1\n",
        ));
        let tested = package.test("a call of a second and a half", None);
        assert!(!tested.passed);
        assert_eq!(tested.tries, 1);
        assert!(tested.said.contains("»16m 40s«"), "{}", tested.said);
    }

    #[test]
    fn threads_are_numbered_in_the_order_of_their_first_calls() {
        let call = |number, delay, thread, (start, end), order| {
            format!(
                "[[call]]\nname = \"block\"\ncall = {number}\narguments = {{ delay = \"{delay}\" }}\n\
                 thread = {thread}\nstart = \"{start}s\"\nend = \"{end}s\"\noutcome = \"returned\"\n\
                 order = {order}\n"
            )
        };
        let calls = [
            call(1, "500ms", 1, (0, 0), 1),
            call(2, "4s", 2, (0, 4), 4),
            call(3, "2s", 3, (0, 2), 2),
            call(4, "1s", 1, (1, 2), 3),
        ];
        let package = Package::with_recording(&recording("4s", &calls.concat()));
        let tested = package.test("calls on three threads", None);
        assert!(tested.passed, "{}", tested.said);
    }

    #[test]
    fn a_call_stands_below_the_one_that_made_it_whatever_its_number() {
        let package = Package::new();
        let tested = package.test("a call inside one with a higher number", Some("record"));
        assert!(tested.passed, "{}", tested.said);
        let run = Run::parse(Path::new("heard"), &tested.heard).expect("a recording");
        let numbers: Vec<_> = run.calls().iter().map(|call| (call.id, call.parent)).collect();
        assert_eq!(numbers, [(Some(2), None), (Some(1), Some(0))]);
    }

    #[test]
    fn a_thread_that_never_ends_is_running() {
        let package = Package::with_recording(&recording(
            "0s",
            "[[call]]\nname = \"block_forever\"\ncall = 1\narguments = { started = \"Sender { .. }\" }\n\
             thread = 1\nstart = \"0s\"\noutcome = \"running\"\n\
             [[call]]\nname = \"block\"\ncall = 2\narguments = { delay = \"500ms\" }\nthread = 2\n\
             start = \"0s\"\nend = \"0s\"\noutcome = \"returned\"\norder = 1\n",
        ));
        let tested = package.test("a thread that never ends", None);
        assert!(tested.passed, "{}", tested.said);
    }

    #[test]
    fn recordings_wait_for_each_other() {
        let tested = Package::new().test("two recordings at once", Some("record"));
        assert!(tested.passed, "{}", tested.said);
        let run = Run::parse(Path::new("heard"), &tested.heard).expect("a recording");
        assert_eq!((run.calls().len(), run.completion_order()), (1, vec![1]));
    }

    #[test]
    fn a_panic_does_not_disturb_the_next_recording() {
        let tested = Package::new().test("a recording after one that panicked", Some("record"));
        assert!(tested.passed, "{}", tested.said);
        let run = Run::parse(Path::new("heard"), &tested.heard).expect("a recording");
        assert_eq!((run.calls().len(), run.completion_order()), (1, vec![2]));
    }

    #[test]
    fn without_a_recording_the_program_is_tried_once() {
        let tested = Package::new().test("a call of a second and a half", None);
        assert!(!tested.passed);
        assert_eq!(tested.tries, 1);
        let remedy = "make it with `TIMELINE=record cargo test -p join`";
        assert!(tested.said.contains(remedy), "{}", tested.said);
    }

    #[test]
    fn a_run_with_a_name_is_measured_by_a_recording_of_that_name() {
        let package = Package::new();
        let recording = recording(
            "1000s",
            "[[call]]\nname = \"block\"\ncall = 1\narguments = { delay = \"1.5s\" }\nthread = 1\n\
             start = \"0s\"\nend = \"1000s\"\noutcome = \"returned\"\norder = 1\n",
        );
        fs::write(package.file("again.timeline.toml"), recording).expect("a new file");
        let tested = package.test("a call of a second and a half with a name", None);
        assert!(!tested.passed);
        assert_eq!(tested.tries, 1);
        assert!(tested.said.contains("again.timeline.toml: the run is not"), "{}", tested.said);
    }

    #[test]
    fn recording_again_tries_once_and_writes() {
        let package = Package::new();
        let tested = package.test("a call of a second and a half", Some("record"));
        assert!(tested.passed, "{}", tested.said);
        assert_eq!(tested.tries, 1);
        assert_eq!(fs::read_to_string(package.recording()).expect("it was written"), tested.heard);
    }
}

mod compared_with_the_recording {
    use super::*;

    /// A package in which the recording of a scenario is as it should be.
    fn recorded(scenario: &str) -> Package {
        let package = Package::new();
        let tested = package.test(scenario, Some("record"));
        assert!(tested.passed, "{}", tested.said);
        package
    }

    /// What the test says if this part of the recording had been another.
    fn said_with(scenario: &str, now: &str, then: &str) -> String {
        let package = recorded(scenario);
        let text = fs::read_to_string(package.recording()).expect("it was written");
        assert!(text.contains(now), "{text}");
        fs::write(package.recording(), text.replacen(now, then, 1)).expect("it can be changed");
        let tested = package.test(scenario, None);
        assert!(!tested.passed, "{}", tested.said);
        tested.said
    }

    #[test]
    fn a_run_is_recorded_and_then_the_same() {
        let package = recorded("two calls");
        let text = fs::read_to_string(package.recording()).expect("it was written");
        assert!(text.starts_with(
            "# What a run did. `TIMELINE=record cargo test` records it again.\nclock = \"virtual\"\n"
        ));
        let tested = package.test("two calls", None);
        assert!(tested.passed, "{}", tested.said);
        assert_eq!(fs::read_to_string(package.recording()).expect("it is still there"), text);
    }

    #[test]
    fn a_recording_leaves_nothing_behind() {
        let tested = Package::new().test("many calls of `record`", Some("record"));
        assert!(tested.passed, "{}", tested.said);
    }

    #[test]
    fn a_run_with_a_name_has_a_file_of_its_own() {
        let package = recorded("one call of a run with a name");
        assert!(package.file("again.timeline.toml").is_file());
        assert!(!package.recording().exists());
        let tested = package.test("one call of a run with a name", None);
        assert!(tested.passed, "{}", tested.said);
    }

    #[test]
    fn the_difference_is_shown_in_both_tables_with_the_command_that_records_again() {
        let said = said_with("two calls", "end = \"3s\"", "end = \"3s 1ms\"");
        let message = [
            "timeline.toml: the run is not the recorded one",
            "",
            "recorded:",
            "  call    function  arguments  start  polls     end       outcome   order",
            "  call 1  wait      delay 5s   0s     0s 3s 5s  5s        returned  2",
            "  call 2  wait      delay 3s   0s     0s 3s     »3s 1ms«  returned  1",
            "  total 5s on the virtual clock",
            "",
            "this run:",
            "  call    function  arguments  start  polls     end   outcome   order",
            "  call 1  wait      delay 5s   0s     0s 3s 5s  5s    returned  2",
            "  call 2  wait      delay 3s   0s     0s 3s     »3s«  returned  1",
            "  total 5s on the virtual clock",
            "",
            "If this run is the right one: TIMELINE=record cargo test -p join",
        ];
        assert!(said.contains(&message.join("\n")), "{said}");
    }

    #[test]
    fn whatever_differs_is_marked() {
        for (now, then, marked) in [
            ("name = \"wait\"", "name = \"sleep\"", "»sleep«"),
            ("call = 1", "call = 3", "»call 3«"),
            ("delay = \"5s\"", "delay = \"6s\"", "»delay 6s«"),
            ("arguments = { delay = \"5s\" }\n", "", "»nothing«"),
            ("polls = [\"0s\", \"3s\", \"5s\"]", "polls = [\"0s\", \"5s\"]", "»0s 5s«"),
            ("end = \"5s\"", "end = \"5s 1ns\"", "»5s 1ns«"),
            ("total = \"5s\"", "total = \"5s 1ns\"", "»5s 1ns«"),
            ("clock = \"virtual\"", "clock = \"wall\"", "»wall«"),
            ("call = 1\n", "call = 1\ntask = 7\n", "»7«"),
            ("call = 1\n", "call = 1\nthread = 7\n", "»7«"),
            ("outcome = \"returned\"", "outcome = \"failed\"", "»failed«"),
        ] {
            let said = said_with("two calls", now, then);
            assert!(said.contains(marked), "{then}: {said}");
        }
    }

    #[test]
    fn a_call_made_by_another_is_marked() {
        let said = said_with("a call inside another", "parent = 1\n", "");
        assert!(said.contains("»nothing«") && said.contains("»1«"), "{said}");
        let package = recorded("a call inside another");
        let text = fs::read_to_string(package.recording()).expect("it was written");
        let last = text.rfind("parent = 1").expect("call 3 has a parent");
        fs::write(package.recording(), text[..last].to_owned() + "parent = 2" + &text[last + 10..])
            .expect("it can be changed");
        let said = package.test("a call inside another", None).said;
        assert!(said.contains("»2«"), "{said}");
    }

    #[test]
    fn a_call_too_many_or_too_few_is_marked() {
        let package = recorded("two calls");
        let said = package.test("one call", None).said;
        assert!(said.contains("»call 2«"), "{said}");
        let package = recorded("one call");
        let said = package.test("two calls", None).said;
        assert!(said.contains("»call 2«"), "{said}");
    }

    #[test]
    fn a_missing_recording_says_how_to_make_it() {
        let package = Package::new();
        let tested = package.test("one call", None);
        assert!(!tested.passed);
        let message = format!(
            "{}: there is no such recording; make it with `TIMELINE=record cargo test -p join`",
            package.recording().display()
        );
        assert!(tested.said.contains(&message), "{}", tested.said);
    }

    #[test]
    fn a_malformed_recording_is_refused_on_both_clocks() {
        let package = Package::with_recording("clock = \"virtual\"\ntotal = \"soon\"\n");
        for scenario in ["one call", "a call of a second and a half"] {
            let tested = package.test(scenario, None);
            assert!(!tested.passed);
            let place = format!("{}:2: `soon` is not a duration", package.recording().display());
            assert!(tested.said.contains(&place), "{}", tested.said);
            assert_eq!(tested.tries, 0);
        }
    }

    #[test]
    fn an_unknown_mode_is_refused() {
        for mode in ["nonsense", "Record", "1", ""] {
            let package = recorded("one call");
            let before = fs::read_to_string(package.recording()).expect("it was written");
            let tested = package.test("two calls", Some(mode));
            assert!(!tested.passed);
            let message = format!("TIMELINE={mode}: the only value it can have is `record`");
            assert!(tested.said.contains(&message), "{}", tested.said);
            assert_eq!(fs::read_to_string(package.recording()).expect("it is still there"), before);
        }
    }

    #[test]
    fn the_folder_of_the_recordings_can_be_named() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let run = record(wait(1, seconds(3)));
        run.write(&folder.path().join("here.timeline.toml")).expect("it can be written");
        timeline::recordings_in(folder.path());
        run.assert_recorded_as("here");
        // The other threads have their own.
        thread::scope(|scope| {
            let other = scope.spawn(|| catch_unwind(|| run.assert_recorded_as("here")));
            assert!(other.join().expect("it is caught").is_err());
        });
    }
}

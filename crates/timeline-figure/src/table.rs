//! A run as a table.

use std::time::Duration;

use maud::{Markup, html};
use timeline::{Call, Outcome, Run};

use crate::{
    format::{grouped, label, ordinal, time_text},
    layout::lanes,
};

/// The number of polls up to which a table lists all of them.
const MAX_LISTED_POLLS: usize = 24;

/// Calls that are deeper inside of others are not indented further: the table of a deep recursion would
/// be mostly white space.
const MAX_INDENT: usize = 20;

/// The columns that a table has besides those that every table has.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Columns {
    /// Start, end and order; the outcome if there are several, and the thread if there are several.
    #[default]
    Usual,
    /// Also when each call was polled, and in which task.
    WithPolls,
}

/// The run as a table, a row for each call. It is one line of HTML: a blank line or an indented one
/// would end the HTML in Markdown.
pub fn table(run: &Run, columns: Columns) -> Markup {
    let columns = columns_of(run, columns);
    html! {
        div class="table-wrapper" {
            table {
                thead {
                    tr {
                        th scope="col" { "call" }
                        @for (heading, _) in &columns { th scope="col" { (heading) } }
                    }
                }
                tbody {
                    @for lane in lanes(run) {
                        tr {
                            th scope="row" { ("\u{2003}".repeat(lane.depth.min(MAX_INDENT))) (label(lane.call)) }
                            @for (_, cell) in &columns { td { (cell(lane.call)) } }
                        }
                    }
                }
                tfoot {
                    tr {
                        th scope="row" { "total" }
                        td colspan=(columns.len()) { (time_text(run.total())) }
                    }
                }
            }
        }
    }
}

/// A column: its heading, and what it says about a call.
type Column = (&'static str, fn(&Call) -> String);

fn columns_of(run: &Run, columns: Columns) -> Vec<Column> {
    let all_returned = run.calls().iter().all(|call| call.outcome == Outcome::Returned);
    let several_threads =
        run.calls().iter().filter_map(|call| call.thread).any(|thread| thread > 1);
    let mut all: Vec<Column> = vec![("starts", |call| time_text(call.start))];
    if columns == Columns::WithPolls {
        all.push(("is polled", |call| polls_text(&call.polls)));
        all.push(("in task", |call| {
            call.task.map_or_else(|| "main".to_owned(), |task| task.to_string())
        }));
    }
    if several_threads {
        all.push(("on thread", |call| call.thread.map_or_else(String::new, |id| id.to_string())));
    }
    all.push((if all_returned { "returns" } else { "ends" }, |call| {
        or_dash(call.end.map(time_text))
    }));
    if !all_returned {
        all.push(("outcome", |call| call.outcome.to_string()));
    }
    all.push(("completes", |call| or_dash(call.completion_rank.map(ordinal))));
    all
}

fn or_dash(text: Option<String>) -> String {
    text.unwrap_or_else(|| "–".to_owned())
}

/// When a call was polled, without the middle where that is long.
fn polls_text(polls: &[Duration]) -> String {
    let list = |polls: &[Duration]| {
        polls.iter().map(|&poll| time_text(poll)).collect::<Vec<_>>().join(", ")
    };
    if polls.len() <= MAX_LISTED_POLLS {
        return list(polls);
    }
    let (first, last) = (&polls[..8], &polls[polls.len() - 4..]);
    let left_out = polls.len() - first.len() - last.len();
    format!("{}, … {} more …, {}", list(first), grouped(left_out), list(last))
}

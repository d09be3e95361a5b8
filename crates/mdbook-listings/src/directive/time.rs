//! `{{#time join total}}`: one figure of a recorded run, in a sentence.

use std::{
    collections::{BTreeMap, BTreeSet},
    time::Duration,
};

use maud::{Markup, html};
use timeline::{Call, Run, layout::ordinal};
use timeline_figure::times_text;

use super::prose::{numbers, time_element};
use crate::{
    diagnostic::{Message, suggestion},
    page::Page,
};

#[derive(Debug)]
pub(crate) struct Time<'a> {
    run: &'a str,
    figure: Figure<'a>,
}

/// What is asked of a run.
#[derive(Debug)]
enum Figure<'a> {
    Total,
    Order,
    Polls,
    /// Of all calls of a function.
    Starts(&'a str),
    Ends(&'a str),
    /// Of one call, by the words that stand for it.
    Call(OfCall, String),
}

/// What is asked of one call.
#[derive(Clone, Copy, Debug)]
enum OfCall {
    Start,
    End,
    Place,
    Outcome,
}

const NAMES: [&str; 9] =
    ["total", "order", "polls", "start", "end", "place", "outcome", "starts", "ends"];

const EXAMPLE: &str = "`time` needs a run and a figure, as in `{{#time join total}}`";

impl<'a> Time<'a> {
    pub(super) fn parse(arguments: &[&'a str]) -> Result<Time<'a>, Message> {
        let [run, figure, rest @ ..] = arguments else {
            return Err(EXAMPLE.into());
        };
        let of_call = match *figure {
            "start" => Some(OfCall::Start),
            "end" => Some(OfCall::End),
            "place" => Some(OfCall::Place),
            "outcome" => Some(OfCall::Outcome),
            _ => None,
        };
        let figure = match (*figure, of_call, rest) {
            ("total", _, []) => Figure::Total,
            ("order", _, []) => Figure::Order,
            ("polls", _, []) => Figure::Polls,
            ("starts", _, [function]) => Figure::Starts(function),
            ("ends", _, [function]) => Figure::Ends(function),
            (_, Some(figure), [_] | [_, _]) => Figure::Call(figure, rest.join(" ")),
            (figure, Some(_), []) => {
                return Err(format!(
                    "`{figure}` needs a call, as in `{{{{#time {run} {figure} 1}}}}` or, by its function \
                     and number, `{{{{#time {run} {figure} send 1}}}}`"
                )
                .into());
            }
            (figure @ ("starts" | "ends"), _, []) => {
                return Err(format!(
                    "`{figure}` needs a function, as in `{{{{#time {run} {figure} send}}}}`"
                )
                .into());
            }
            (figure, _, rest) if NAMES.contains(&figure) => {
                let rest = rest.join(" ");
                return Err(format!("`{rest}` is too much for the figure `{figure}`").into());
            }
            (figure, ..) => {
                let nearest = suggestion(figure, NAMES);
                return Err(format!("`{figure}` is no figure of a run{nearest}").into());
            }
        };
        Ok(Time { run, figure })
    }

    pub(super) fn expand(&self, page: &Page) -> Result<Markup, Message> {
        let name = self.run;
        let run = page.catalogue.run(name)?;
        let text = |text: String| html! { (text) };
        Ok(match &self.figure {
            Figure::Total => time_element(run.total()),
            Figure::Order => {
                let order = run.completion_order();
                if order.is_empty() {
                    return Err(format!("no numbered call completes in the run `{name}`").into());
                }
                text(numbers(&order))
            }
            Figure::Polls => {
                let counts = run.poll_counts();
                if counts.iter().all(|&polls| polls == 0) {
                    return Err(format!("no polls are recorded of `{name}`").into());
                }
                text(counts.iter().map(usize::to_string).collect::<Vec<_>>().join(", "))
            }
            Figure::Starts(function) => {
                let starts = calls_of(name, run, function)?.into_iter().map(|call| call.start);
                text(list(&starts.collect::<Vec<_>>()))
            }
            Figure::Ends(function) => {
                let ends = calls_of(name, run, function)?.into_iter().map(|call| end(name, call));
                text(list(&ends.collect::<Result<Vec<_>, _>>()?))
            }
            Figure::Call(figure, words) => {
                let call = one_call(name, run, words)?;
                match figure {
                    OfCall::Start => time_element(call.start),
                    OfCall::End => time_element(end(name, call)?),
                    OfCall::Place => match call.completion_rank {
                        Some(rank) => text(ordinal(rank)),
                        None => return Err(does_not(name, call, "complete")),
                    },
                    OfCall::Outcome => text(call.outcome.to_string()),
                }
            }
        })
    }
}

/// Durations in the unit that is right for the longest of them.
fn list(times: &[Duration]) -> String {
    times_text(times, times.iter().max().copied().unwrap_or_default())
}

fn end(run: &str, call: &Call) -> Result<Duration, Message> {
    call.end.ok_or_else(|| does_not(run, call, "end"))
}

fn does_not(run: &str, call: &Call, what: &str) -> Message {
    format!("{} of the run `{run}` does not {what}", call.label()).into()
}

/// The words by which a directive can ask for a call: its number, its function and number, or its
/// function alone. Other calls may have the same.
fn addresses(call: &Call) -> Vec<String> {
    let number = call.id.map(|number| number.to_string());
    let numbers = [call.id, call.nth()].into_iter().flatten();
    let with_number = numbers.map(|number| format!("{} {number}", call.name));
    number.into_iter().chain(with_number).chain([call.name.clone()]).collect()
}

/// The call of a run that a directive asks for.
fn one_call<'a>(name: &str, run: &'a Run, address: &str) -> Result<&'a Call, Message> {
    let mut calls: BTreeMap<String, Vec<&Call>> = BTreeMap::new();
    for call in run.calls() {
        for address in BTreeSet::from_iter(addresses(call)) {
            calls.entry(address).or_default().push(call);
        }
    }
    let alone = calls.iter().filter(|(_, calls)| calls.len() == 1);
    match calls.get(address).map_or(&[][..], Vec::as_slice) {
        [call] => Ok(call),
        [] => {
            let alone = alone.map(|(address, _)| address.as_str());
            let nearest = suggestion(address, alone);
            Err(format!("the run `{name}` has no call `{address}`{nearest}").into())
        }
        several => {
            let is_one_of_them = |call| several.iter().any(|&other| std::ptr::eq(other, call));
            let of_them = alone.filter(|(_, calls)| is_one_of_them(calls[0]));
            let of_them: Vec<&str> = of_them.map(|(address, _)| address.as_str()).collect();
            let remedy = if of_them.is_empty() {
                "; number them by an argument `n: u32`".to_owned()
            } else {
                suggestion("", of_them)
            };
            let count = several.len();
            Err(format!("the run `{name}` has {count} calls `{address}`{remedy}").into())
        }
    }
}

/// The calls of a function, in the order in which they started.
fn calls_of<'a>(name: &str, run: &'a Run, function: &str) -> Result<Vec<&'a Call>, Message> {
    let calls: Vec<&Call> = run.calls_of(function).collect();
    if calls.is_empty() {
        let names: BTreeSet<&str> = run.calls().iter().map(|call| call.name.as_str()).collect();
        let nearest = suggestion(function, names);
        return Err(format!("the run `{name}` has no call of `{function}`{nearest}").into());
    }
    Ok(calls)
}

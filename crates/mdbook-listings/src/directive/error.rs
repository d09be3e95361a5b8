//! `{{#error async-main}}`: a rejected program and what the compiler says.

use maud::{Markup, PreEscaped, html};

use super::arguments::only;
use crate::{blocks, diagnostic::Message, page::Page};

#[derive(Debug)]
pub(crate) struct Error<'a> {
    name: &'a str,
}

impl<'a> Error<'a> {
    pub(super) fn parse(arguments: &[&'a str]) -> Result<Error<'a>, Message> {
        Ok(Error { name: only("error", "the name of a program in tests/errors", arguments)? })
    }

    pub(super) fn expand(&self, page: &Page) -> Result<Markup, Message> {
        let name = self.name;
        let rejected = page.catalogue.rejected_program(name)?;
        let message = rejected.message.as_deref().ok_or_else(|| {
            format!(
                "the compiler's message for tests/errors/{name}.rs is missing; record it with \
                 `TRYBUILD=overwrite cargo test -p errors`"
            )
        })?;
        let headline = message.lines().next().unwrap_or_default();
        let code = headline.strip_prefix("error[").and_then(|rest| rest.split_once(']'));
        // trybuild's placeholders: the reader's file is `src/main.rs`, and the versions of crates do
        // not matter.
        let message = message
            .replace("$DIR/", "")
            .replace(&format!("{name}.rs"), "src/main.rs")
            .replace("$CARGO/", "")
            .replace("-$VERSION", "");
        let program: Vec<String> =
            rejected.program.trim_end().lines().map(blocks::escape_line).collect();
        Ok(html! {
            figure class="rejected" data-error=(name) {
                "\n"
                figcaption {
                    (name) ": the compiler rejects this"
                    @if let Some((code, _)) = code { " " code { "rustc --explain " (code) } }
                }
                "\n\n" (PreEscaped(blocks::fence("rust,rejected", &program.join("\n"))))
                "\n\n" (PreEscaped(blocks::fence("text", message.trim_end()))) "\n\n"
            }
            "\n"
        })
    }
}

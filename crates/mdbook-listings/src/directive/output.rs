//! `{{#output hundred-thousand}}`: what a listing printed, and the command that made it print that.

use maud::{Markup, PreEscaped, html};

use super::arguments::{LISTING, only};
use crate::{blocks, catalogue::OUTPUT, diagnostic::Message, page::Page};

#[derive(Debug)]
pub(crate) struct Output<'a> {
    name: &'a str,
}

impl<'a> Output<'a> {
    pub(super) fn parse(arguments: &[&'a str]) -> Result<Output<'a>, Message> {
        Ok(Output { name: only("output", LISTING, arguments)? })
    }

    pub(super) fn expand(&self, page: &Page) -> Result<Markup, Message> {
        let name = self.name;
        let listing = page.catalogue.listing(name)?;
        let command = format!("cargo run --release -p {name}");
        let output = listing.output.as_deref().unwrap_or_default().trim_end();
        if output.is_empty() {
            return Err(format!(
                "the listing `{name}` has no output to show; make it with `{command} > {}`",
                listing.folder.join(OUTPUT).display()
            )
            .into());
        }
        Ok(html! {
            figure class="output" data-output=(name) {
                "\n"
                figcaption { code { (command) } " has printed this:" }
                "\n\n" (PreEscaped(blocks::fence("text", output))) "\n\n"
            }
            "\n"
        })
    }
}

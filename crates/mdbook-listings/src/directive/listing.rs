//! `{{#listing join}}`: the program.

use maud::{Markup, PreEscaped, html};

use super::arguments::{LISTING, subject};
use crate::{blocks, diagnostic::Message, page::Page};

#[derive(Debug)]
pub(crate) struct Listing<'a> {
    name: &'a str,
    /// The items that are shown; none if all are.
    items: Vec<&'a str>,
}

impl<'a> Listing<'a> {
    pub(super) fn parse(arguments: &[&'a str]) -> Result<Listing<'a>, Message> {
        let (name, items) = subject("listing", LISTING, arguments)?;
        Ok(Listing { name, items: items.to_vec() })
    }

    /// The whole listing.
    pub(super) fn whole(name: &'a str) -> Listing<'a> {
        Listing { name, items: Vec::new() }
    }

    pub(super) fn expand(&self, page: &mut Page) -> Result<Markup, Message> {
        let name = self.name;
        let listing = page.catalogue.listing(name)?;
        let program = if self.items.is_empty() {
            listing.source.program_shown()
        } else {
            let program = listing.source.program_showing(&self.items);
            program.map_err(|message| format!("the listing `{name}` {message}"))?
        };
        let belongs_here = page.is_of(&listing.chapter);
        let id = if belongs_here { page.new_id(format!("listing-{name}")) } else { None };
        Ok(html! {
            figure class="listing" data-listing=(name) id=[id] {
                "\n"
                figcaption {
                    a href={ (page.to_root) "listings.md#" (name) } { (name) }
                    " "
                    code { "cargo run -p " (name) }
                }
                "\n\n" (PreEscaped(blocks::fence(&listing.info("program"), &program))) "\n\n"
            }
            "\n"
        })
    }
}

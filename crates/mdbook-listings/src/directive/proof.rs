//! `{{#proof join}}`: the doc-test, folded.

use maud::{Markup, PreEscaped, html};

use super::arguments::{LISTING, only};
use crate::{blocks, diagnostic::Message, page::Page};

#[derive(Debug)]
pub(crate) struct Proof<'a> {
    pub(super) name: &'a str,
}

impl<'a> Proof<'a> {
    pub(super) fn parse(arguments: &[&'a str]) -> Result<Proof<'a>, Message> {
        Ok(Proof { name: only("proof", LISTING, arguments)? })
    }

    pub(super) fn expand(&self, page: &Page) -> Result<Markup, Message> {
        let name = self.name;
        let listing = page.catalogue.listing(name)?;
        let fences = listing.source.proofs.iter().map(|proof| {
            let (name, folder) = (listing.crate_name(), Some(listing.folder.as_path()));
            let program = listing.source.proof_program(&name, folder, &proof.code);
            blocks::fence(&listing.info("proof"), &program)
        });
        Ok(html! {
            details class="proof" {
                "\n"
                summary { "The proof: " code { "cargo test -p " (name) } }
                "\n\n"
                @for fence in fences { (PreEscaped(fence)) "\n\n" }
            }
            "\n"
        })
    }
}

//! `{{#rosetta join}}`: the programs in other languages, as tabs.

use maud::{Markup, PreEscaped, html};
use timeline_figure::json;

use super::arguments::{LISTING, subject};
use crate::{
    blocks,
    catalogue::{LANGUAGES, Translation},
    data,
    diagnostic::{Message, suggestion},
    page::Page,
};

#[derive(Debug)]
pub(crate) struct Rosetta<'a> {
    /// The listing or the rejected program.
    name: &'a str,
    /// The keys of the languages that are shown; none if all are.
    languages: Vec<&'a str>,
    is_open: bool,
}

impl<'a> Rosetta<'a> {
    pub(super) fn parse(arguments: &[&'a str]) -> Result<Rosetta<'a>, Message> {
        let (name, rest) = subject("rosetta", LISTING, arguments)?;
        let is_open = rest.contains(&"open");
        let languages = rest.iter().copied().filter(|&word| word != "open").collect();
        Ok(Rosetta { name, languages, is_open })
    }

    pub(super) fn expand(&self, page: &Page) -> Result<Markup, Message> {
        let translations = self.translations(page)?;
        let names: Vec<&str> = translations.iter().map(|each| each.language.name).collect();
        Ok(html! {
            div class="rosetta" data-rosetta=(self.name) {
                "\n"
                details open[self.is_open] {
                    "\n"
                    summary { "The same program in " (names.join(" and ")) }
                    "\n"
                    div class="languages" {
                        "\n"
                        @for translation in translations { (language(translation)) }
                    }
                    "\n"
                }
                "\n"
            }
            "\n"
        })
    }

    fn translations<'p>(&self, page: &Page<'p>) -> Result<Vec<&'p Translation>, Message> {
        let name = self.name;
        let all = page.catalogue.translations(name)?;
        for key in &self.languages {
            let keys = LANGUAGES.map(|language| language.key);
            if !keys.contains(key) {
                let nearest = suggestion(key, keys);
                return Err(format!("`{key}` is no language of this book{nearest}").into());
            }
            if !all.iter().any(|translation| translation.language.key == *key) {
                return Err(format!("`{name}` has no program in the language `{key}`").into());
            }
        }
        let is_shown = |translation: &&Translation| {
            self.languages.is_empty() || self.languages.contains(&translation.language.key)
        };
        let shown: Vec<&Translation> = all.iter().filter(is_shown).collect();
        if shown.is_empty() {
            return Err(format!("`{name}` has no program in another language").into());
        }
        Ok(shown)
    }
}

/// A program in another language: a tab where scripts run, and below the others where not.
fn language(Translation { language, file, program, message }: &Translation) -> Markup {
    let data = data::Program { language: language.key, name: language.name };
    html! {
        div class="language" data-program=(json(&data)) {
            "\n"
            p class="message" {
                "In " (language.name) ": "
                code { (language.command) " " (file.display()) }
            }
            "\n\n" (PreEscaped(blocks::fence(language.key, program.trim_end()))) "\n\n"
            @if let Some(message) = message {
                p class="message" { "What " (language.name) " says to it:" }
                "\n\n" (PreEscaped(blocks::fence("text", message.trim_end()))) "\n\n"
            }
        }
        "\n"
    }
}

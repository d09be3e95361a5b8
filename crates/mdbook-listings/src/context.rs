//! Where in a text the HTML of a directive would not be seen as such.

use std::ops::Range;

use mdbook_markdown::{
    MarkdownOptions, new_cmark_parser,
    pulldown_cmark::{Event, Tag, TagEnd},
};

/// A place in which no directive can be expanded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Context {
    /// A block or a piece of code.
    Code,
    /// `<!-- … -->`
    Comment,
    /// Between `<` and `>`.
    HtmlTag,
    /// The content of an HTML element that has text only, such as a script.
    RawText,
    /// The address or the title of a link, or anything of an image.
    Link,
}

/// All such places of a text.
pub(crate) struct Contexts {
    /// In the order in which they begin. One may be inside of another.
    places: Vec<(Range<usize>, Context)>,
    /// How many of them begin before the byte that was asked for last.
    begun: usize,
    /// Those of them that have not ended there.
    open: Vec<(usize, Context)>,
}

impl Contexts {
    /// The places of a text as mdBook reads it.
    pub(crate) fn of(markdown: &str) -> Contexts {
        let mut places = Vec::new();
        let parser = new_cmark_parser(markdown, &MarkdownOptions::default());
        let definitions = parser.reference_definitions().iter();
        places.extend(definitions.map(|(_, link)| (link.span.clone(), Context::Link)));
        let mut html = HtmlScanner::default();
        // For each link around the event, where the last part of its text ends.
        let mut link_texts: Vec<usize> = Vec::new();
        for (event, range) in parser.into_offset_iter() {
            match event {
                Event::Start(Tag::Link { .. }) => {
                    link_texts.push(range.start);
                    continue;
                }
                Event::End(TagEnd::Link) => {
                    let end = link_texts.pop().unwrap_or(range.start);
                    places.push((end..range.end, Context::Link));
                }
                Event::Start(Tag::Image { .. }) => places.push((range.clone(), Context::Link)),
                Event::Code(_) | Event::Start(Tag::CodeBlock(_)) => {
                    places.push((range.clone(), Context::Code));
                }
                Event::Html(_) | Event::InlineHtml(_) => html.scan(markdown, range.clone()),
                _ => {}
            }
            if let Some(end) = link_texts.last_mut() {
                *end = range.end.max(*end);
            }
        }
        places.extend(html.finish(markdown.len()));
        places.sort_by_key(|(range, _)| range.start);
        Contexts { places, begun: 0, open: Vec::new() }
    }

    /// The place that a byte is in, if it is in one. Bytes have to be asked for in ascending order.
    pub(crate) fn at(&mut self, byte: usize) -> Option<Context> {
        while let Some((range, context)) = self.places.get(self.begun)
            && range.start <= byte
        {
            self.open.push((range.end, *context));
            self.begun += 1;
        }
        self.open.retain(|(end, _)| *end > byte);
        self.open.last().map(|(_, context)| *context)
    }
}

/// Follows the HTML in a Markdown text, as far as it matters where text may stand. What is open at the
/// end of a piece of HTML goes on in the next one.
#[derive(Default)]
struct HtmlScanner {
    state: State,
    /// Where the state began.
    since: usize,
    /// Where the last piece of HTML ended.
    end: usize,
    places: Vec<(Range<usize>, Context)>,
}

#[derive(Clone, Copy, Default, PartialEq)]
enum State {
    #[default]
    Text,
    Comment,
    /// In a tag, and inside of this quotation mark, if any.
    Tag(Option<u8>),
    /// In the element with this name.
    RawText(&'static str),
}

impl HtmlScanner {
    /// Reads a piece of HTML.
    fn scan(&mut self, markdown: &str, piece: Range<usize>) {
        if matches!(self.state, State::Tag(_)) && self.end != piece.start {
            // Markdown ends a block of HTML at an empty line, and a tag in it with it.
            self.enter(State::Text, self.end);
        }
        self.end = piece.end;
        let bytes = &markdown.as_bytes()[..piece.end];
        let mut at = piece.start;
        while at < piece.end {
            let rest = &bytes[at..];
            match self.state {
                State::Text if rest.starts_with(b"<!--") => {
                    self.enter(State::Comment, at);
                    at += 4;
                }
                State::Text => {
                    let begins_tag = |c: &u8| c.is_ascii_alphabetic() || b"/!?".contains(c);
                    if rest[0] == b'<' && rest.get(1).is_some_and(begins_tag) {
                        self.enter(State::Tag(None), at);
                    }
                    at += 1;
                }
                State::Comment => {
                    if rest.starts_with(b"-->") {
                        at += 3;
                        self.enter(State::Text, at);
                    } else {
                        at += 1;
                    }
                }
                State::Tag(quote) => {
                    at += 1;
                    match (rest[0], quote) {
                        (b'>', None) => {
                            let next = match raw_text_element(&bytes[self.since..at]) {
                                Some(name) => State::RawText(name),
                                None => State::Text,
                            };
                            self.enter(next, at);
                        }
                        (mark @ (b'"' | b'\''), None) => self.state = State::Tag(Some(mark)),
                        (mark, Some(open)) if mark == open => self.state = State::Tag(None),
                        _ => {}
                    }
                }
                State::RawText(name) => {
                    if rest.starts_with(b"</")
                        && rest[2..]
                            .get(..name.len())
                            .is_some_and(|end| end.eq_ignore_ascii_case(name.as_bytes()))
                    {
                        self.enter(State::Tag(None), at);
                    }
                    at += 1;
                }
            }
        }
    }

    fn enter(&mut self, state: State, at: usize) {
        let context = match self.state {
            State::Text => None,
            State::Comment => Some(Context::Comment),
            State::Tag(_) => Some(Context::HtmlTag),
            State::RawText(_) => Some(Context::RawText),
        };
        self.places.extend(context.map(|context| (self.since..at, context)));
        self.state = state;
        self.since = at;
    }

    /// The places that were found in a text of this length.
    fn finish(mut self, length: usize) -> Vec<(Range<usize>, Context)> {
        let end = if matches!(self.state, State::Tag(_)) { self.end } else { length };
        self.enter(State::Text, end);
        self.places
    }
}

/// The name of the element that a tag opens, if it is one whose content is text only.
fn raw_text_element(tag: &[u8]) -> Option<&'static str> {
    ["script", "style", "textarea", "title"].into_iter().find(|name| {
        let (start, rest) = tag[1..].split_at(name.len().min(tag.len() - 1));
        start.eq_ignore_ascii_case(name.as_bytes())
            && rest.first().is_some_and(|c| !c.is_ascii_alphanumeric())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The context of the `@` in a text.
    #[track_caller]
    fn context(text: &str) -> Option<Context> {
        Contexts::of(text).at(text.find('@').expect("the text has a place"))
    }

    #[test]
    fn code_comments_tags_and_titles_are_no_places_for_html() {
        use Context::*;
        for (text, expected) in [
            ("Text @", None),
            ("## Title @ {#title}", None),
            ("| a |\n|---|\n| @ |", None),
            ("`a` @ `b`", None),
            ("`@`", Some(Code)),
            ("    @", Some(Code)),
            ("> ```\n> @\n> ```", Some(Code)),
            ("<!-- @ -->", Some(Comment)),
            ("<!--\n\n@\n\n-->", Some(Comment)),
            ("Text <!-- @ --> text", Some(Comment)),
            ("<div>\n<!--\n@\n-->\n</div>", Some(Comment)),
            ("<div>\n<!--\n\n@\n\n-->\n</div>", Some(Comment)),
            ("<!-- x --> @", None),
            ("a <!-- x --> @", None),
            ("<span title=\"@\">x</span>", Some(HtmlTag)),
            ("<div\n  title='>@'>\n", Some(HtmlTag)),
            ("<div title=\">\">@</div>", None),
            ("<span>@</span>", None),
            ("<div>\n@\n</div>", None),
            ("<div>\n\n@\n\n</div>", None),
            ("<div\n\n@", None),
            ("1 < 2 @ 3 > 2", None),
            ("<style>\n@\n</style>", Some(RawText)),
            ("<script>\n\n@\n\n</script>", Some(RawText)),
            ("<script>x</SCRIPT> @", None),
            ("<styles>@</styles>", None),
            ("[@](x.md)", None),
            ("[a *@*](x.md)", None),
            ("[a](x.md) @", None),
            ("[a](x.md \"@\")", Some(Link)),
            ("[a](@.md)", Some(Link)),
            ("[`a` @ b](x.md \"t\")", None),
            ("![@](x.png)", Some(Link)),
            ("[a]\n\n[a]: x.md '@'", Some(Link)),
        ] {
            assert_eq!(context(text), expected, "{text}");
        }
    }
}

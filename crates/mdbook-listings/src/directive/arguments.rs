//! What directives have in common in their arguments.

use crate::diagnostic::Message;

/// The first argument, which is what the directive is about, and the others.
pub(super) fn subject<'a, 'b>(
    directive: &str,
    needs: &str,
    arguments: &'b [&'a str],
) -> Result<(&'a str, &'b [&'a str]), Message> {
    match arguments {
        [] => Err(format!("`{directive}` needs {needs}").into()),
        [subject, rest @ ..] => Ok((subject, rest)),
    }
}

/// The only argument.
pub(super) fn only<'a>(
    directive: &str,
    needs: &str,
    arguments: &[&'a str],
) -> Result<&'a str, Message> {
    match subject(directive, needs, arguments)? {
        (subject, []) => Ok(subject),
        (_, rest) => {
            let rest = rest.join(" ");
            Err(format!("`{directive}` takes one argument; `{rest}` is too much").into())
        }
    }
}

/// What a directive needs that is about a listing.
pub(super) const LISTING: &str = "the name of a listing";

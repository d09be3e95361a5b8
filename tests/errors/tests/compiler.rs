//! The programs that the book says are rejected, and the words in which the compiler does so.
//!
//! `TRYBUILD=overwrite cargo test -p errors` records the words anew.

#[test]
fn rejected_programs_are_rejected_in_these_words() {
    trybuild::TestCases::new().compile_fail("*.rs");
}

//! Web pages → articles.

#[allow(dead_code)]
mod tree;

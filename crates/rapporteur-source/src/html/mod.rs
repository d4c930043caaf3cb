//! Web pages → articles.

#[allow(dead_code)]
mod json_ld;
#[allow(dead_code)]
mod metadata;
#[allow(dead_code)]
mod tree;

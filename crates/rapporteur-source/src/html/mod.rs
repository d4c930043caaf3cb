//! Web pages → articles.

#![allow(dead_code)]

mod json_ld;
mod metadata;
mod tree;

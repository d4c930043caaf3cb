//! Web pages → articles.

#![allow(dead_code)]

mod addresses;
mod candidates;
mod date_words;
mod headline;
mod json_ld;
mod metadata;
mod published;
mod sightings;
mod tree;

//! A case for language models: tools over the Model Context Protocol, on standard input and output.
//!
//! A model that reads a record reads words that strangers wrote. So each answer says first that what follows is quoted text;
//! everything that comes out of articles stands in one field, `untrusted`; and in the text that people and models see it is
//! JSON, the strings of which no words can close, with whatever steers or hides made visible (`told`).
//!
//! `tools` lists what there is, `arguments` what each takes, `shapes` how items are told, `pack` chooses what fits a budget,
//! `passage` finds words by their place, `server` speaks the protocol. All of it only reads.
//!
//! It knows nothing about how records and stories are made, and asks no other host for anything.

mod arguments;
#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "in tests a panic is the message")]
mod fuzz;
mod pack;
mod passage;
mod refusal;
mod server;
mod shapes;
mod told;
mod tools;

pub use server::serve;

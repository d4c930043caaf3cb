//! A case from the outside: what it says does not depend on how its articles came, what was put right by hand holds, what is
//! taken out is gone, and what changed is told.
//!
//! Tests whose names end in `_with_the_model` need the language model, named by `RAPPORTEUR_MODEL`.
//! Where it is not they say so and pass.
#![allow(clippy::unwrap_used, reason = "in tests a panic is the message")]

mod api;
mod bulk;
mod changes;
mod corrections;
mod desk;
mod document;
mod export;
mod mcp;
mod purge;
mod schema;
mod steps;
mod verify;

//! A case survives what happens to files: a run that is killed, a full disk, rights that are lacking, two runs at once,
//! bytes that change, and files that are something else.
#![allow(clippy::unwrap_used, reason = "in tests a panic is the message")]

mod flipped;
mod killed;
mod script;
mod strangers;
mod withheld;

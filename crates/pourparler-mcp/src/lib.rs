//! A ledger for assistants: read-only tools over the Model Context Protocol, each answer with its citations.
//!
//! [`serve`] speaks the protocol over standard input and output until the other side goes away. Each call opens the ledger anew, so
//! that it answers from what is in it then, and nothing can be written through it.
//!
//! A tool is a type of arguments that implements `tool::Call`: its fields are the tool's parameters, its answer says itself
//! as structured content and as text. The modules under `tools` have one tool each; `cite` is how all of them cite, `record` the
//! ledger as one call sees it, `page` what bounds answers, `near` finds what somebody may have meant.

mod cite;
mod input;
mod near;
mod page;
mod record;
mod refusal;
mod server;
mod tool;
mod tools;

pub use server::{ServeError, serve};

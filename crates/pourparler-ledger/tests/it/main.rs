//! The ledger from outside, and by raw SQL behind its back.

mod actors;
mod adding;
mod copies;
mod filters;
mod opening;
mod reviewing;
mod round_trip;
mod support;
mod verifying;
mod watching;

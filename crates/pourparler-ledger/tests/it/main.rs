//! The ledger from outside, and by raw SQL behind its back.

mod actors;
mod adding;
mod agreement;
mod copies;
mod deciding;
mod encrypting;
mod filters;
mod logging;
mod moving;
mod opening;
mod pages;
mod people;
mod reviewing;
mod round_trip;
mod store;
mod support;
mod together;
mod upgrading;
mod verifying;
mod watching;
mod workspace;

//! What a negotiation is about, and who is who in it.
//!
//! A [`Dossier`] is one TOML file: the sides, the people and their offices with dates, the issues under negotiation
//! and their options. [`Dossier::general`] knows the issues of peace and security talks at large, so that a reader
//! needs no file of their own to begin with; a dossier for one negotiation extends it.
//!
//! Two things look texts up in it. The [`Gazetteer`] tells whom a name stands for (*Moscow*, *the Kremlin* and
//! *Russian* are all Russia); it joins the dossier's sides with built-in tables of the world's countries, capitals,
//! demonyms, seats of government, movements and international bodies. The [`IssueMatcher`] tells which issues the
//! words of a statement take up.
//!
//! This crate knows no files, network or SQL: texts come in as `&str`, the built-in data is part of the program.

mod check;
mod dossier;
mod edit;
mod gazetteer;
mod issues;
mod people;
mod phrase;
mod tables;

pub use check::Problem;
pub use dossier::{Anchor, Choice, Dossier, DossierError, Issue, Office, Person, Side, SideKind};
pub use edit::{Change, EditError, changed};
pub use gazetteer::{Form, Gazetteer, Place, world};
pub use issues::{IssueHit, IssueMatcher};
pub use people::PersonMatch;

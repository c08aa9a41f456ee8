//! What can be said of a team.

use std::path::PathBuf;

use clap::Subcommand;
use pourparler_ledger::Role;

use super::LedgerPath;

/// How a workspace is served to a team.
#[derive(Debug, clap::Args)]
pub struct Team {
    /// Several people with accounts and roles; without it, whoever reaches the workspace is its one user
    #[arg(long)]
    pub team: bool,
    /// Certificate in PEM, followed by those that lead to its root: browsers come by https
    #[arg(long, value_name = "FILE", requires = "tls_key")]
    pub tls_cert: Option<PathBuf>,
    /// Private key of the certificate, in PEM
    #[arg(long, value_name = "FILE", requires = "tls_cert")]
    pub tls_key: Option<PathBuf>,
    /// A proxy does https before the workspace, and says for whom it asks with X-Forwarded-Proto and X-Forwarded-For
    #[arg(long, requires = "team", conflicts_with = "tls_cert")]
    pub behind_proxy: bool,
    /// Address of an OpenID Connect provider that vouches for people who were invited
    #[arg(long, value_name = "URL", requires_all = ["team", "oidc_client_id", "oidc_client_secret_file"])]
    pub oidc_issuer: Option<String>,
    /// How the provider knows this workspace
    #[arg(long, value_name = "ID", requires = "oidc_issuer")]
    pub oidc_client_id: Option<String>,
    /// File with the secret that the provider shares with this workspace
    #[arg(long, value_name = "FILE", requires = "oidc_issuer")]
    pub oidc_client_secret_file: Option<PathBuf>,
}

#[derive(Debug, clap::Args)]
pub struct People {
    #[command(flatten)]
    pub ledger: LedgerPath,
    /// Who does it, as the log names them
    #[arg(long = "by", value_name = "NAME", env = "USER", default_value = "command line")]
    pub by: String,
    #[command(subcommand)]
    pub command: PeopleCommand,
}

#[derive(Debug, Subcommand)]
pub enum PeopleCommand {
    /// List who is in the team, and which invitations hold
    List,
    /// Make an invitation and print its link, which holds once
    Invite {
        /// In whose name their decisions will be kept; they choose one where it is not said
        name: Option<String>,
        /// What they may do: reader, reviewer, editor or owner
        #[arg(long, default_value_t = Role::Reviewer)]
        role: Role,
        /// Their mail address, by which a provider's word is taken for theirs; nothing is sent there
        #[arg(long, value_name = "ADDRESS")]
        mail: Option<String>,
        /// How many days it holds
        #[arg(long, value_name = "N", default_value_t = 7, value_parser = clap::value_parser!(i64).range(1..=30))]
        days: i64,
        /// Where browsers reach the workspace, for the link, as in `https://desk.example.org`
        #[arg(long, value_name = "URL", default_value = "")]
        address: String,
    },
    /// Make a link by which somebody sets another password; it holds once and for two days
    Password {
        /// Their name
        name: String,
        /// Where browsers reach the workspace, for the link, as in `https://desk.example.org`
        #[arg(long, value_name = "URL", default_value = "")]
        address: String,
    },
    /// Give somebody another role
    Role {
        /// Their name
        name: String,
        /// What they may do: reader, reviewer, editor or owner
        role: Role,
    },
    /// End an account: its sessions, tokens and invitations end at once, its decisions stay
    Deactivate {
        /// Their name
        name: String,
    },
    /// Let somebody in again whose account was ended
    Activate {
        /// Their name
        name: String,
    },
}

//! The command line.

use std::io::Read as _;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Args, Parser, Subcommand, ValueEnum};
use ipnet::IpNet;
use portico_contract::password::PolicyProfile;
use portico_contract::sent_code::CodeChannel;
use portico_contract::user::Role;

use crate::domain::clock::{HOUR, MINUTE};
use crate::domain::new_passwords::Blocklist;
use crate::domain::origin::parse_network;
use crate::domain::rules::{SecondFactorRule, SignInHours, SignInRules, Window, parse_instant};
use crate::domain::second_factor::seal::SealKeys;
use crate::domain::users::NewUser;
use crate::serve;

/// The embedded backend of Portico.
#[derive(Debug, Parser)]
#[command(name = "portico-backend", version)]
struct Cli {
    #[command(flatten)]
    options: Options,
    #[command(subcommand)]
    command: Option<Command>,
}

/// How to serve.
#[derive(Clone, Debug, Args)]
pub(crate) struct Options {
    /// Address and port to listen on
    #[arg(long, env = "PORTICO_LISTEN", default_value = "127.0.0.1:8080")]
    pub(crate) listen: SocketAddr,
    /// Address of an SQLite file, made if missing (`sqlite://FILE`), or of a server (`postgres://USER@HOST/NAME`)
    #[arg(
        long,
        env = "PORTICO_DATABASE",
        default_value = "sqlite://data/portico.sqlite",
        global = true,
        hide_env_values = true
    )]
    pub(crate) database: String,
    /// Folder with the built front end; without it only the API is served
    #[arg(long, env = "PORTICO_SPA")]
    pub(crate) spa: Option<PathBuf>,
    /// Fill an empty database with demonstration data; refused where others could reach it
    #[arg(long, env = "PORTICO_DEMO")]
    pub(crate) demo: bool,
    /// How many demonstration customers to make
    #[arg(long, env = "PORTICO_CUSTOMERS", default_value_t = 500, value_parser = clap::value_parser!(u32).range(1..=1_000_000))]
    pub(crate) customers: u32,
    /// Seconds an access token is good for
    #[arg(long, env = "PORTICO_ACCESS_TTL", default_value_t = 300, value_parser = clap::value_parser!(u32).range(1..=43_200))]
    pub(crate) access_ttl: u32,
    /// Address or network of a proxy whose X-Forwarded-For is believed; several with commas
    #[arg(long, env = "PORTICO_TRUSTED_PROXY", value_delimiter = ',', value_parser = parse_network)]
    pub(crate) trusted_proxy: Vec<IpNet>,
    /// The rules for new passwords
    #[arg(long, env = "PORTICO_PASSWORD_POLICY", global = true, value_enum, default_value_t = PolicyName::Standard)]
    pub(crate) password_policy: PolicyName,
    /// File with passwords that nobody may have, one a line
    #[arg(long, env = "PORTICO_PASSWORD_BLOCKLIST", global = true)]
    pub(crate) password_blocklist: Option<PathBuf>,
    /// Minutes without activity after which a session ends
    #[arg(long, env = "PORTICO_IDLE_MINUTES", default_value_t = 30, value_parser = clap::value_parser!(u32).range(2..=1_440))]
    pub(crate) idle_minutes: u32,
    /// Hours after which a session ends in any case
    #[arg(long, env = "PORTICO_ABSOLUTE_HOURS", default_value_t = 12, value_parser = clap::value_parser!(u32).range(1..=720))]
    pub(crate) absolute_hours: u32,
    /// Days a session lasts when "keep me signed in" is chosen; without it that is not offered
    #[arg(long, env = "PORTICO_REMEMBER_DAYS", value_parser = clap::value_parser!(u32).range(1..=365))]
    pub(crate) remember_days: Option<u32>,
    /// When people may sign in, such as 09:00-18:00@Europe/Berlin; administrators always may
    #[arg(long, env = "PORTICO_SIGN_IN_HOURS")]
    pub(crate) sign_in_hours: Option<SignInHours>,
    /// Networks people may sign in from, with commas; without it from anywhere
    #[arg(long, env = "PORTICO_SIGN_IN_NETWORKS", value_delimiter = ',', value_parser = parse_network)]
    pub(crate) sign_in_networks: Vec<IpNet>,
    /// When maintenance begins, such as 2026-12-01T20:00:00Z; it is announced before, and then only administrators can work
    #[arg(long, env = "PORTICO_MAINTENANCE_FROM", requires = "maintenance_until", value_parser = parse_instant)]
    pub(crate) maintenance_from: Option<i64>,
    /// When maintenance is over
    #[arg(long, env = "PORTICO_MAINTENANCE_UNTIL", requires = "maintenance_from", value_parser = parse_instant)]
    pub(crate) maintenance_until: Option<i64>,
    /// Who must have a second factor: `required`, `optional`, or roles with commas; `required` without --demo
    #[arg(long, env = "PORTICO_SECOND_FACTOR")]
    pub(crate) second_factor: Option<SecondFactorRule>,
    /// Days a browser may do without the second factor if its owner says so; 0 for never
    #[arg(long, env = "PORTICO_TRUST_DAYS", default_value_t = 30, value_parser = clap::value_parser!(u32).range(0..=90))]
    pub(crate) trust_days: u32,
    /// Where codes may be sent as a second factor: `sms`, `mail`, or both with a comma; weaker than what a person holds
    #[arg(long, env = "PORTICO_SECOND_FACTOR_CODES", value_delimiter = ',', value_enum)]
    pub(crate) second_factor_codes: Vec<ChannelName>,
    /// File with the keys that secrets of second factors lie under, 32 bytes in base 64 a line, the newest first
    #[arg(long, env = "PORTICO_SEAL_KEY_FILE")]
    pub(crate) seal_key_file: Option<PathBuf>,
    /// Let POST /dev/clock move the clock, for tests; only together with --demo
    #[arg(long, env = "PORTICO_DEV_CLOCK")]
    pub(crate) dev_clock: bool,
    #[command(flatten)]
    pub(crate) messages: MessageOptions,
}

impl Options {
    /// What is said about signing in.
    pub(crate) fn rules(&self) -> Result<SignInRules, Fault> {
        let maintenance = match (self.maintenance_from, self.maintenance_until) {
            (Some(from), Some(until)) if from < until => Some(Window { from, until }),
            (Some(_), Some(_)) => return Err("maintenance must begin before it is over".into()),
            _ => None,
        };
        Ok(SignInRules {
            idle: i64::from(self.idle_minutes) * MINUTE,
            absolute: i64::from(self.absolute_hours) * HOUR,
            remember_days: self.remember_days,
            hours: self.sign_in_hours.clone(),
            networks: self.sign_in_networks.clone(),
            maintenance,
            second_factor: self.second_factor.clone().unwrap_or(if self.demo {
                SecondFactorRule::Optional
            } else {
                SecondFactorRule::Required
            }),
            trust_days: Some(self.trust_days).filter(|days| *days > 0),
            code_channels: self.code_channels()?,
        })
    }

    /// Where codes may be sent, each of which something has to leave by.
    fn code_channels(&self) -> Result<Vec<CodeChannel>, Fault> {
        let mut channels: Vec<CodeChannel> = self
            .second_factor_codes
            .iter()
            .map(|name| (*name).into())
            .collect();
        channels.sort_unstable();
        channels.dedup();
        let leaves = |channel| match channel {
            CodeChannel::Sms => self.messages.sms_url.is_some(),
            CodeChannel::Mail => self.messages.smtp_url.is_some(),
        };
        match channels.iter().find(|channel| !self.demo && !leaves(**channel)) {
            Some(CodeChannel::Sms) => Err("codes by short message need --sms-url".into()),
            Some(CodeChannel::Mail) => Err("codes by mail need --smtp-url".into()),
            None => Ok(channels),
        }
    }

    /// The keys that secrets of second factors lie under, if a file was named.
    pub(crate) fn seal_keys(&self) -> Result<Option<SealKeys>, Fault> {
        let read = |path: &PathBuf| {
            SealKeys::read(path)
                .map_err(|error| format!("the keys in {} cannot be used: {error}", path.display()).into())
        };
        self.seal_key_file.as_ref().map(read).transpose()
    }

    /// The passwords that nobody may have.
    pub(crate) fn blocklist(&self) -> Result<Blocklist, Fault> {
        let Some(path) = &self.password_blocklist else {
            return Ok(Blocklist::default());
        };
        Blocklist::read(path).map_err(|error| {
            format!("the list of passwords {} cannot be read: {error}", path.display()).into()
        })
    }
}

/// A way codes are sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum ChannelName {
    /// Short message
    Sms,
    /// Mail to the address of the account
    Mail,
}

impl From<ChannelName> for CodeChannel {
    fn from(name: ChannelName) -> Self {
        match name {
            ChannelName::Sms => Self::Sms,
            ChannelName::Mail => Self::Mail,
        }
    }
}

/// A named set of rules for new passwords.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum PolicyName {
    /// At least 12 characters of any kind, not easily guessed
    Standard,
    /// NIST SP 800-63B-4: at least 15 characters of any kind
    Nist,
    /// PCI DSS 4: at least 12 with letters and digits, changed every 90 days
    Pci,
    /// At least 8 of four kinds, changed every 90 days; weaker than the others
    Classic,
}

impl From<PolicyName> for PolicyProfile {
    fn from(name: PolicyName) -> Self {
        match name {
            PolicyName::Standard => Self::Standard,
            PolicyName::Nist => Self::Nist,
            PolicyName::Pci => Self::Pci,
            PolicyName::Classic => Self::Classic,
        }
    }
}

/// How messages to people leave, and what they say about where they come from.
///
/// Secrets come by file or by the environment, for arguments can be read by everybody on the machine.
#[derive(Clone, Debug, Default, Args)]
pub(crate) struct MessageOptions {
    /// Address people open Portico at, such as `https://crm.acme.example`; every link in a message begins with it
    #[arg(long, env = "PORTICO_PUBLIC_URL")]
    pub(crate) public_url: Option<String>,
    /// Mail server: `smtps://USER@HOST[:PORT]`, or `smtp://…` for STARTTLS; without one no mail is sent
    #[arg(
        long,
        env = "PORTICO_SMTP_URL",
        hide_env_values = true,
        requires = "mail_from"
    )]
    pub(crate) smtp_url: Option<String>,
    /// File with the mail server's password; `PORTICO_SMTP_PASSWORD` holds it itself
    #[arg(long, env = "PORTICO_SMTP_PASSWORD_FILE")]
    pub(crate) smtp_password_file: Option<PathBuf>,
    /// Certificate of an authority to trust besides the public ones for the mail server, in PEM
    #[arg(long, env = "PORTICO_SMTP_CA")]
    pub(crate) smtp_ca: Option<PathBuf>,
    /// Sender of mail, such as `Portico <no-reply@acme.example>`
    #[arg(long, env = "PORTICO_MAIL_FROM")]
    pub(crate) mail_from: Option<String>,
    /// Provider of short messages: gets `POST {"to", "text"}`; without one none are sent
    #[arg(long, env = "PORTICO_SMS_URL", hide_env_values = true)]
    pub(crate) sms_url: Option<String>,
    /// File with the provider's bearer token; `PORTICO_SMS_TOKEN` holds it itself
    #[arg(long, env = "PORTICO_SMS_TOKEN_FILE")]
    pub(crate) sms_token_file: Option<PathBuf>,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Make an account; the password is read from standard input
    CreateUser(CreateUser),
}

#[derive(Debug, Args)]
struct CreateUser {
    #[arg(long)]
    role: RoleName,
    #[arg(long)]
    email: String,
    #[arg(long)]
    name: String,
    #[arg(long)]
    employee_number: String,
    /// The team's name; made if it does not exist
    #[arg(long, default_value = "Office")]
    team: String,
    /// The password is good for 24 hours, and only to choose another one
    #[arg(long)]
    temporary: bool,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum RoleName {
    Admin,
    Manager,
    Sales,
    Service,
    Marketing,
    Guest,
}

impl From<RoleName> for Role {
    fn from(name: RoleName) -> Self {
        match name {
            RoleName::Admin => Self::Admin,
            RoleName::Manager => Self::Manager,
            RoleName::Sales => Self::Sales,
            RoleName::Service => Self::Service,
            RoleName::Marketing => Self::Marketing,
            RoleName::Guest => Self::Guest,
        }
    }
}

/// Everything that can end the command early.
pub(crate) type Fault = Box<dyn std::error::Error + Send + Sync>;

/// Runs the command of this process.
pub fn run() -> ExitCode {
    let cli = Cli::parse();
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build();
    let outcome = runtime
        .map_err(Fault::from)
        .and_then(|runtime| runtime.block_on(dispatch(cli)));
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(fault) => {
            eprintln!("portico-backend: {fault}");
            ExitCode::FAILURE
        }
    }
}

async fn dispatch(cli: Cli) -> Result<(), Fault> {
    match cli.command {
        None => serve::serve(cli.options).await,
        Some(Command::CreateUser(user)) => create_user(&cli.options, user).await,
    }
}

async fn create_user(options: &Options, user: CreateUser) -> Result<(), Fault> {
    let mut password = String::new();
    std::io::stdin().read_to_string(&mut password)?;
    let password = password.trim_end_matches(['\r', '\n']);
    let new = NewUser {
        role: user.role.into(),
        name: user.name,
        email: user.email,
        employee_number: user.employee_number,
        team: user.team,
        temporary: user.temporary,
    };
    let id = serve::create_user(options, new, password).await?;
    println!("created user {id}");
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_command_line_is_consistent() {
        use clap::CommandFactory as _;
        Cli::command().debug_assert();
    }

    #[test]
    fn a_second_factor_is_required_unless_the_operator_says_otherwise() {
        let rule = |arguments: &[&str]| {
            let line = ["portico-backend"].iter().chain(arguments);
            let rules = Cli::try_parse_from(line).unwrap().options.rules().unwrap();
            rules.second_factor
        };
        assert_eq!(rule(&[]), SecondFactorRule::Required);
        assert_eq!(rule(&["--demo"]), SecondFactorRule::Optional);
        assert_eq!(
            rule(&["--demo", "--second-factor", "required"]),
            SecondFactorRule::Required
        );
        assert_eq!(rule(&["--second-factor", "optional"]), SecondFactorRule::Optional);
        let roles = SecondFactorRule::Roles(vec![Role::Admin, Role::Manager]);
        assert_eq!(rule(&["--second-factor", "admin, manager"]), roles);
        assert!(Cli::try_parse_from(["portico-backend", "--second-factor", "admins"]).is_err());
    }

    #[test]
    fn codes_are_sent_only_where_the_operator_says_and_something_leaves() {
        let channels = |arguments: &[&str]| {
            let line = ["portico-backend"].iter().chain(arguments);
            let rules = Cli::try_parse_from(line).unwrap().options.rules();
            rules
                .map(|rules| rules.code_channels)
                .map_err(|fault| fault.to_string())
        };
        assert_eq!(channels(&[]), Ok(Vec::new()));
        let both = Ok(vec![CodeChannel::Sms, CodeChannel::Mail]);
        assert_eq!(
            channels(&["--demo", "--second-factor-codes", "mail,sms,mail"]),
            both
        );
        assert!(channels(&["--second-factor-codes", "mail"]).is_err());
        assert!(channels(&["--second-factor-codes", "sms"]).is_err());
        let sms = ["--second-factor-codes", "sms", "--sms-url", "https://sms.example"];
        assert_eq!(channels(&sms), Ok(vec![CodeChannel::Sms]));
    }

    #[test]
    fn the_readme_names_every_option_with_its_default() {
        use clap::CommandFactory as _;
        let readme = include_str!("../../../README.md");
        let table: Vec<_> = readme.lines().filter(|line| line.starts_with("| `--")).collect();
        for argument in Cli::command().get_arguments() {
            let Some(name) = argument
                .get_long()
                .filter(|name| !["help", "version"].contains(name))
            else {
                continue;
            };
            let row = table.iter().find(|row| row.contains(&format!("`--{name}`")));
            let row = row.unwrap_or_else(|| panic!("--{name} is not in the table"));
            for default in argument.get_default_values() {
                let default = default.to_string_lossy();
                assert!(row.contains(&*default), "--{name}: {default}");
            }
        }
    }
}

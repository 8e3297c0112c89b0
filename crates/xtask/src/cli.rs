//! What can be typed after `cargo xtask`.

use anyhow::{Result, bail};
use lexopt::{Arg, Parser, ValueExt};

use crate::test::Step;

/// Shown for `--help`, and for no command at all.
pub(crate) const HELP: &str = "\
Usage: cargo xtask <command> [options]

  serve   build what is out of date and serve the product with demo data
            --listen ADDRESS    default 127.0.0.1:8080
            --customers N       amount of demo data
  dev     the backend, and the front end with live reload on http://127.0.0.1:3000
  test    every check and test; ends with `N passed, N failed`
            --only STEP         lint, native, backend, postgres, web, build, api or e2e; may be repeated
  dist    the complete static site in dist/, and what each file weighs
            --force             build although nothing changed
  bench   what Lighthouse says of the sign-in page as it is released

Tools are kept in $PORTICO_CACHE (default: ~/.cache/portico) and found there by every checkout.";

/// One command with its options.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Command {
    Help,
    Serve(ServeOptions),
    Dev,
    Bench,
    Dist {
        force: bool,
    },
    Test {
        only: Vec<Step>,
    },
    /// Trunk's `pre_build` hook.
    Assets,
    /// Trunk's `post_build` hook.
    Finish,
}

/// Options of `serve` that reach the backend.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct ServeOptions {
    pub(crate) listen: String,
    pub(crate) customers: Option<String>,
}

impl Default for ServeOptions {
    fn default() -> Self {
        Self {
            listen: "127.0.0.1:8080".to_owned(),
            customers: None,
        }
    }
}

/// Reads the command line of this process.
pub(crate) fn parse() -> Result<Command> {
    parse_from(Parser::from_env())
}

fn parse_from(mut parser: Parser) -> Result<Command> {
    let mut command = match parser.next()? {
        None | Some(Arg::Long("help") | Arg::Short('h')) => return Ok(Command::Help),
        Some(Arg::Value(name)) => named(&name.string()?)?,
        Some(other) => return Err(other.unexpected().into()),
    };
    while let Some(argument) = parser.next()? {
        match (&mut command, argument) {
            (_, Arg::Long("help") | Arg::Short('h')) => return Ok(Command::Help),
            (Command::Serve(options), Arg::Long("listen")) => options.listen = parser.value()?.string()?,
            (Command::Serve(options), Arg::Long("customers")) => {
                options.customers = Some(parser.value()?.string()?);
            }
            (Command::Dist { force }, Arg::Long("force")) => *force = true,
            (Command::Test { only }, Arg::Long("only")) => only.push(parser.value()?.parse()?),
            (_, other) => return Err(other.unexpected().into()),
        }
    }
    Ok(command)
}

fn named(name: &str) -> Result<Command> {
    Ok(match name {
        "help" => Command::Help,
        "serve" => Command::Serve(ServeOptions::default()),
        "dev" => Command::Dev,
        "bench" => Command::Bench,
        "dist" => Command::Dist { force: false },
        "test" => Command::Test { only: Vec::new() },
        "assets" => Command::Assets,
        "finish" => Command::Finish,
        other => bail!("there is no command {other:?}\n\n{HELP}"),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parsed(arguments: &[&str]) -> Result<Command> {
        parse_from(Parser::from_args(arguments))
    }

    #[test]
    fn options_reach_their_command() {
        let options = ServeOptions {
            listen: "127.0.0.1:9000".to_owned(),
            customers: Some("20".to_owned()),
        };
        let arguments = ["serve", "--listen", "127.0.0.1:9000", "--customers=20"];
        assert_eq!(parsed(&arguments).ok(), Some(Command::Serve(options)));
        assert_eq!(
            parsed(&["test", "--only", "web", "--only", "lint"]).ok(),
            Some(Command::Test {
                only: vec![Step::Web, Step::Lint]
            })
        );
    }

    #[test]
    fn what_does_not_exist_is_refused() {
        assert!(parsed(&["deploy"]).is_err());
        assert!(parsed(&["dev", "--force"]).is_err());
        assert!(parsed(&["test", "--only", "everything"]).is_err());
    }

    #[test]
    fn nothing_asks_for_help() {
        assert_eq!(parsed(&[]).ok(), Some(Command::Help));
        assert_eq!(parsed(&["dist", "--help"]).ok(), Some(Command::Help));
    }
}

//! The project's commands, the same ones for a person and for CI: `cargo xtask serve | dev | test | dist | bench`.
//!
//! Each installs what it lacks, says what it does and how far it is, and installs nothing the second time.

mod bench;
#[expect(
    dead_code,
    reason = "the application's build script shares this file and uses its other half"
)]
mod catalogue;
mod cli;
mod dev;
mod process;
mod progress;
mod project;
mod serve;
mod service;
mod site;
mod test;
mod tools;

use std::process::ExitCode;

use cli::Command;
use project::Project;

fn main() -> ExitCode {
    match cli::parse().and_then(run) {
        Ok(code) => code,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn run(command: Command) -> anyhow::Result<ExitCode> {
    let project = Project::locate()?;
    match command {
        Command::Help => println!("{}", cli::HELP),
        Command::Serve(options) => serve::run(&project, &options)?,
        Command::Dev => dev::run(&project)?,
        Command::Bench => bench::run(&project)?,
        Command::Dist { force } => site::dist(&project, force)?,
        Command::Test { only } => return test::run(&project, &only),
        Command::Assets => site::assets::write(&project)?,
        Command::Finish => site::finish::run(&project)?,
    }
    Ok(ExitCode::SUCCESS)
}

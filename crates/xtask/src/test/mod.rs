//! `test`: every check and test, step by step, ending with one line of counts.

mod api;
mod counts;
mod e2e;
mod lint;
mod postgres;
mod suites;

use std::process::ExitCode;
use std::str::FromStr;

use anyhow::{Result, bail};

use crate::progress::Progress;
use crate::project::{Profile, Project};
use crate::serve::build_backend;
use crate::service;
use crate::site;
use crate::tools::{self, FOR_SITE, Tool};
use counts::Counts;

/// A part of `test` that can be asked for on its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Step {
    Lint,
    Native,
    Backend,
    Postgres,
    Web,
    Build,
    Api,
    E2e,
}

/// In the order of what they cost.
const ALL: [Step; 8] = [
    Step::Lint,
    Step::Native,
    Step::Backend,
    Step::Postgres,
    Step::Web,
    Step::Build,
    Step::Api,
    Step::E2e,
];

impl FromStr for Step {
    type Err = String;

    fn from_str(name: &str) -> Result<Self, String> {
        let found = ALL.into_iter().find(|step| step.name() == name);
        found.ok_or_else(|| {
            format!(
                "there is no step {name:?}; there are {}",
                ALL.map(Self::name).join(", ")
            )
        })
    }
}

impl Step {
    fn name(self) -> &'static str {
        match self {
            Self::Lint => "lint",
            Self::Native => "native",
            Self::Backend => "backend",
            Self::Postgres => "postgres",
            Self::Web => "web",
            Self::Build => "build",
            Self::Api => "api",
            Self::E2e => "e2e",
        }
    }

    fn title(self) -> &'static str {
        match self {
            Self::Lint => "Formatting and lints",
            Self::Native => "Tests of the contract, the tools and the front end's rules",
            Self::Backend => "Tests of the backend on SQLite",
            Self::Postgres => "Tests of the backend on PostgreSQL",
            Self::Web => "Tests of the front end in a browser",
            Self::Build => "The site and the backend as they are released",
            Self::Api => "Hostile requests to the running backend, made from its OpenAPI document",
            Self::E2e => "Journeys in a browser against the released product",
        }
    }

    fn tools(self) -> &'static [Tool] {
        match self {
            Self::Lint => &[Tool::WasmTarget, Tool::Lints],
            Self::Native | Self::Backend => &[],
            Self::Postgres => &[Tool::Postgres],
            Self::Web => &[Tool::WasmTarget, Tool::WasmBindgen, Tool::Browser],
            Self::Build => FOR_SITE,
            Self::Api => &[Tool::Schemathesis],
            Self::E2e => &[Tool::Browser, Tool::Playwright],
        }
    }

    /// Whether the released product is what this step looks at.
    fn needs_build(self) -> bool {
        matches!(self, Self::Api | Self::E2e)
    }

    fn run(self, project: &Project) -> Result<Counts> {
        tools::ensure(project, self.tools())?;
        match self {
            Self::Lint => lint::run(project),
            Self::Native => suites::native(project),
            Self::Backend => suites::backend(project, None),
            Self::Postgres => postgres::with_server(project, |url| suites::backend(project, Some(url))),
            Self::Web => suites::web(project),
            Self::Build => build(project),
            Self::Api => api::run(project),
            Self::E2e => e2e::run(project),
        }
    }
}

/// The command. The last line is `N passed, N failed`; the exit code says the same.
pub(crate) fn run(project: &Project, only: &[Step]) -> Result<ExitCode> {
    service::catch_interrupts()?;
    let steps = chosen(only);
    let mut progress = Progress::new(steps.len());
    let mut results: Vec<(Step, Counts, u64)> = Vec::new();
    let mut is_built = true;
    for step in steps {
        progress.step(step.title());
        let started = progress.seconds();
        let counts = if step.needs_build() && !is_built {
            Err(anyhow::anyhow!("not run: the build failed"))
        } else {
            step.run(project)
        };
        is_built &= step != Step::Build || counts.is_ok();
        let counts = counts.unwrap_or_else(|error| {
            eprintln!("error: {error:#}");
            Counts::failure()
        });
        if service::interrupted() {
            bail!("interrupted");
        }
        results.push((step, counts, progress.seconds() - started));
    }
    Ok(summary(&results))
}

/// What was asked for in the order of [`ALL`]; steps that look at the released product bring its build with them.
fn chosen(only: &[Step]) -> Vec<Step> {
    let needs_build = only.iter().any(|step| step.needs_build());
    let is_chosen =
        |step: &Step| only.is_empty() || only.contains(step) || (*step == Step::Build && needs_build);
    ALL.into_iter().filter(is_chosen).collect()
}

/// The site, the backend and the site's weight. Only without the first two is there nothing for later steps to look at.
fn build(project: &Project) -> Result<Counts> {
    site::make(project, false)?;
    // The tests have compiled most of this one already; the same code is released with other flags.
    build_backend(project, Profile::Dev)?;
    let mut counts = Counts { passed: 2, failed: 0 };
    counts += match site::weigh(project) {
        Ok(()) => Counts { passed: 1, failed: 0 },
        Err(error) => {
            eprintln!("error: {error:#}");
            Counts::failure()
        }
    };
    Ok(counts)
}

fn summary(results: &[(Step, Counts, u64)]) -> ExitCode {
    println!();
    let mut all = Counts::default();
    for (step, counts, seconds) in results {
        println!("{:<9} {counts}  ({seconds} s)", step.name());
        all += *counts;
    }
    println!("\n{all}");
    if all.failed == 0 {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_step_brings_the_build_it_looks_at() {
        assert_eq!(chosen(&[Step::E2e]), [Step::Build, Step::E2e]);
        assert_eq!(chosen(&[Step::Web, Step::Lint]), [Step::Lint, Step::Web]);
        assert_eq!(chosen(&[]), ALL);
    }

    #[test]
    fn every_step_is_found_by_its_name() {
        for step in ALL {
            assert_eq!(step.name().parse(), Ok(step));
        }
    }
}

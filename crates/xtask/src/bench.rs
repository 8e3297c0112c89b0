//! `bench`: what Lighthouse says of the released product, on the device and network of its mobile preset.

use std::collections::BTreeMap;
use std::fs::File;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Duration;

use anyhow::{Context, Result, bail};
use serde_json::Value;

use crate::process::run as run_program;
use crate::progress::Progress;
use crate::project::{Profile, Project};
use crate::serve::build_backend;
use crate::service::{self, Service, free_port, is_healthy};
use crate::site;
use crate::tools::{self, FOR_SITE, Tool};

/// Runs of which the middle one counts: a machine that does something else at the same time spoils one, not three.
const RUNS: usize = 3;

/// What is measured, and the score it has to have. The others are printed and judged by whoever reads them: how fast a
/// page is depends on the machine.
const CATEGORIES: [(&str, Option<u64>); 3] = [
    ("performance", None),
    ("accessibility", Some(100)),
    ("best-practices", Some(100)),
];

/// Lighthouse's name for a moment or an amount, and ours.
const AUDITS: [(&str, &str); 6] = [
    ("first-contentful-paint", "first picture"),
    ("largest-contentful-paint", "largest picture"),
    ("total-blocking-time", "blocked"),
    ("cumulative-layout-shift", "shift"),
    ("speed-index", "speed index"),
    ("total-byte-weight", "weight"),
];

/// The command: builds what is out of date, measures the sign-in page, and prints a table.
pub(crate) fn run(project: &Project) -> Result<()> {
    service::catch_interrupts()?;
    tools::ensure(project, FOR_SITE)?;
    tools::ensure(project, &[Tool::Browser, Tool::Lighthouse])?;
    let mut progress = Progress::new(3);
    progress.step("The site");
    site::make(project, false)?;
    progress.step("The backend");
    build_backend(project, Profile::Release)?;
    progress.step("Measuring");
    let home = tempfile::Builder::new().prefix("portico-bench-").tempdir()?;
    let address = format!("127.0.0.1:{}", free_port()?);
    let mut backend = Service::start("the backend", &mut backend(project, home.path(), &address)?)?;
    backend.wait_until(Duration::from_mins(2), || is_healthy(&address))?;
    let mut reports = Vec::new();
    for run in 0..RUNS {
        let report = home.path().join(format!("{run}.json"));
        run_program(&mut lighthouse(
            project,
            &format!("http://{address}/login"),
            &report,
        )?)?;
        reports.push(serde_json::from_reader(File::open(&report)?)?);
    }
    let scores = scores(&reports)?;
    println!("\n/login, median of {RUNS} runs, Lighthouse's mobile preset");
    for (category, score) in &scores {
        println!("  {category:<16} {score:>3}");
    }
    for (audit, name) in AUDITS {
        println!(
            "  {name:<16} {:.0}",
            median(&reports, &format!("/audits/{audit}/numericValue"))?
        );
    }
    for (category, least) in CATEGORIES {
        if least.is_some_and(|least| scores[category] < least) {
            report_findings(&reports[0], category);
            bail!("{category} is below {}", least.unwrap_or_default());
        }
    }
    Ok(())
}

fn backend(project: &Project, home: &Path, address: &str) -> Result<Command> {
    let mut backend = Command::new(project.backend(Profile::Release));
    backend
        .current_dir(&project.root)
        .args(["--demo", "--spa", "dist", "--listen", address]);
    backend
        .arg("--database")
        .arg(format!("sqlite://{}", home.join("portico.sqlite").display()));
    let log = File::create(home.join("log"))?;
    backend.stdin(Stdio::null()).stdout(log.try_clone()?).stderr(log);
    Ok(backend)
}

fn lighthouse(project: &Project, url: &str, report: &Path) -> Result<Command> {
    let mut lighthouse = Command::new("lighthouse");
    let categories: Vec<&str> = CATEGORIES.iter().map(|(category, _)| *category).collect();
    lighthouse
        .env("PATH", project.path())
        .env("CHROME_PATH", tools::browser().context("no Chromium")?)
        .arg(url)
        .args(["--quiet", "--output", "json", "--output-path"])
        .arg(report)
        .arg(format!("--only-categories={}", categories.join(",")))
        .arg("--chrome-flags=--headless=new --no-sandbox --disable-gpu --disable-quic --disable-background-networking");
    Ok(lighthouse)
}

/// The median score of each category, 0 to 100.
fn scores(reports: &[Value]) -> Result<BTreeMap<&'static str, u64>> {
    CATEGORIES
        .iter()
        .map(|(category, _)| {
            let score = median(reports, &format!("/categories/{category}/score"))?;
            #[expect(
                clippy::cast_possible_truncation,
                clippy::cast_sign_loss,
                reason = "a score lies between 0 and 1"
            )]
            Ok((*category, (score * 100.0).round() as u64))
        })
        .collect()
}

fn median(reports: &[Value], pointer: &str) -> Result<f64> {
    let mut values = reports
        .iter()
        .map(|report| {
            report
                .pointer(pointer)
                .and_then(Value::as_f64)
                .context(pointer.to_owned())
        })
        .collect::<Result<Vec<f64>>>()?;
    values.sort_by(f64::total_cmp);
    Ok(values[values.len() / 2])
}

/// Prints what cost points in `category`.
fn report_findings(report: &Value, category: &str) {
    let audits = report.pointer(&format!("/categories/{category}/auditRefs"));
    for audit in audits.and_then(Value::as_array).into_iter().flatten() {
        let Some(id) = audit["id"].as_str() else { continue };
        let found = &report["audits"][id];
        if found["score"].as_f64().is_some_and(|score| score < 1.0) {
            println!("  {id}: {}", found["title"].as_str().unwrap_or_default());
            println!("    {}", found["details"]["items"]);
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn one_bad_run_of_three_does_not_count() {
        let report = |score: f64| {
            let category = json!({ "score": score });
            json!({ "categories": { "performance": category, "accessibility": category, "best-practices": category } })
        };
        let scores = scores(&[report(0.98), report(0.41), report(1.0)]).expect("scores");
        assert_eq!(scores["performance"], 98);
        assert!(median(&[json!({})], "/categories").is_err());
    }
}

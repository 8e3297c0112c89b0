//! The `portico-backend` command.

fn main() -> std::process::ExitCode {
    portico_backend::cli::run()
}

//! The program.

fn main() -> std::process::ExitCode {
    server::run()
}

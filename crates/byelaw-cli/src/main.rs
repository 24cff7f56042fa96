//! The command line: arguments, files, the terminal, exit codes.
//!
//! In: arguments and files. Out: text for people on standard output and error, JSON for programs on standard output.
//! Never here: anything a user of the library might want.
//!
//! Exit codes: 0 fine; 1 findings (for `ask`: any outcome but permitted; for `duties`: one is breached; for `diff`: a difference, or an act that is undecided, or with a gate: it is not passed; for `addendum`: something does not go back, is touched, or is undecided; for `prove` and `verify`: a claim has no proof); 2 wrong usage or unreadable input.

mod addendum;
mod ask;
mod because;
mod build;
mod check;
mod decide;
mod diff;
mod disk;
mod duties;
mod effect;
mod fmt;
mod labels;
mod matrix;
mod new;
mod notes;
mod output;
mod packs;
mod prove;
mod sarif;
mod serve;
mod test;
mod trace;
mod vocabulary;
mod when;
mod would_change;

use clap::{Parser, Subcommand, ValueEnum};
use std::process::ExitCode;

/// Rules that people can read aloud and computers can check: who may do what, when, and with whose approval.
#[derive(Parser)]
#[command(name = "byelaw", version, about, max_term_width = 100)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Write a small policy to begin with
    New(new::New),
    /// Read a pack and say what is wrong with it
    Check(check::Check),
    /// Ask one question and read the answer
    Ask(ask::Ask),
    /// Answer questions given as JSON Lines on standard input
    Decide(decide::Decide),
    /// List every word that a question may use
    Vocabulary(vocabulary::Vocabulary),
    /// Put files into the one canonical form
    Fmt(fmt::Fmt),
    Test(test::Test),
    /// Show the tables of a policy as it decides them on a day
    Matrix(matrix::Matrix),
    Diff(diff::Diff),
    Addendum(addendum::AddendumCommand),
    Effect(effect::EffectCommand),
    Prove(prove::Prove),
    Verify(prove::Verify),
    /// List the duties of a policy, or say what has become of them by a log
    Duties(duties::Duties),
    /// Say of every clause of the source documents how a pack deals with it
    Trace(trace::TraceCommand),
    /// Compile a pack into a file that the evaluator loads, or into a WebAssembly module of its own
    Build(build::Build),
    /// Explain a code that a message carries
    Explain(check::Explain),
    /// Serve the page and the decisions on this machine
    Serve(serve::Serve),
}

/// How a command prints.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For people
    Text,
    /// For programs
    Json,
}

/// How a command ended.
enum End {
    Fine,
    Findings,
    Unusable,
}

fn main() -> ExitCode {
    let ended = match Arguments::parse().command {
        Command::New(command) => command.run(),
        Command::Check(command) => command.run(),
        Command::Ask(command) => command.run(),
        Command::Decide(command) => command.run(),
        Command::Vocabulary(command) => command.run(),
        Command::Fmt(command) => command.run(),
        Command::Test(command) => command.run(),
        Command::Matrix(command) => command.run(),
        Command::Diff(command) => command.run(),
        Command::Addendum(command) => command.run(),
        Command::Effect(command) => command.run(),
        Command::Prove(command) => command.run(),
        Command::Verify(command) => command.run(),
        Command::Duties(command) => command.run(),
        Command::Trace(command) => command.run(),
        Command::Build(command) => command.run(),
        Command::Explain(command) => command.run(),
        Command::Serve(command) => command.run(),
    };
    match ended {
        Ok(End::Fine) => ExitCode::SUCCESS,
        Ok(End::Findings) => ExitCode::from(1),
        Ok(End::Unusable) => ExitCode::from(2),
        // Somebody closed the pipe: they have read enough.
        Err(error) if error.kind() == std::io::ErrorKind::BrokenPipe => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::from(2)
        }
    }
}

//! `byelaw duties`.

use crate::labels::{Labels, cited, value, words};
use crate::{End, Format, output, packs, when};
use byelaw::ir::Program;
use byelaw::wire::{AccountJson, OwedJson, account, duty_rules};
use byelaw_zone::Zones;
use clap::Args;
use serde_json::json;
use std::collections::BTreeMap;
use std::io::{self, Read as _, Write as _};

/// List the duties of a policy, or say what has become of them by a log of what happened and what was done.
///
/// A log is JSON Lines, each entry with its day (`on`), and one or more of: `facts` (what happened, as in a question:
/// an act, an event, or neither for the duties that stand always), `did` and `waived` (names of deeds), `ends` (true:
/// nothing comes again in this case), `case` (what is done in one case closes no duty of another).
#[derive(Args)]
pub(crate) struct Duties {
    /// The pack: a folder, a compiled .polc file, or a name under `policies/`
    pack: String,
    /// The log, a file of JSON Lines; `-` for standard input
    #[arg(long, value_name = "FILE")]
    log: Option<String>,
    /// The day of the account: 2024-05-13; the day of the last entry if left out
    #[arg(long, value_name = "DATE", requires = "log")]
    as_of: Option<String>,
    /// How to print
    #[arg(long, value_enum, default_value = "text")]
    format: Format,
}

impl Duties {
    pub(crate) fn run(self) -> io::Result<End> {
        let program = match packs::program(&self.pack) {
            Ok(program) => program,
            Err(why) => return Ok(output::unusable(&why)),
        };
        let Some(file) = &self.log else { return list(&program, self.format) };
        let as_of = match self.as_of.as_deref().map(when::day).transpose() {
            Ok(day) => day,
            Err(why) => return Ok(output::unusable(&why)),
        };
        let text = match read(file) {
            Ok(text) => text,
            Err(why) => return Ok(output::unusable(&format!("the log `{file}` cannot be read: {why}"))),
        };
        let account = match account(&program, &text, as_of, Some(&Zones)) {
            Ok(account) => account,
            Err(wrong) => return Ok(output::unusable(&format!("the log `{file}`, {wrong}"))),
        };
        let mut out = io::stdout().lock();
        if self.format == Format::Json {
            writeln!(out, "{}", value(&account)?)?;
        } else {
            print(&mut out, &account, &Labels::of(&words(&program)?))?;
        }
        let breached = account.duties.iter().any(|d| d.state == "breached");
        Ok(if breached { End::Findings } else { End::Fine })
    }
}

fn read(file: &str) -> io::Result<String> {
    if file != "-" {
        return std::fs::read_to_string(file);
    }
    let mut text = String::new();
    io::stdin().read_to_string(&mut text)?;
    Ok(text)
}

/// The duties of a policy, by who bears them.
fn list(program: &Program, format: Format) -> io::Result<End> {
    let rules = duty_rules(program);
    let mut out = io::stdout().lock();
    if format == Format::Json {
        let names = &program.names;
        let rules = value(&rules)?;
        writeln!(out, "{}", json!({"v": 1, "pack": names.pack, "digest": names.digest, "duties": rules}))?;
        return Ok(End::Fine);
    }
    writeln!(out, "{}: {}", program.names.title, count(rules.len(), "duty", "duties"))?;
    let mut bearers: BTreeMap<&str, Vec<_>> = BTreeMap::new();
    for rule in &rules {
        bearers.entry(&rule.bearer).or_default().push(rule);
    }
    for (bearer, rules) in bearers {
        writeln!(out, "\n{bearer}")?;
        for rule in rules {
            writeln!(out, "  {}", rule.sentence)?;
            writeln!(out, "    ({})", cited(&rule.cites, &rule.rule))?;
        }
    }
    Ok(End::Fine)
}

/// The states in the order in which they want attention.
const STATES: [(&str, &str); 5] = [
    ("breached", "Breached: not done, and the last day has passed"),
    ("open", "Open"),
    ("late", "Done late"),
    ("done", "Done"),
    ("waived", "Waived"),
];

fn print(out: &mut impl io::Write, account: &AccountJson, labels: &Labels) -> io::Result<()> {
    let entries = count(account.entries, "entry", "entries");
    let later = match account.later {
        0 => String::new(),
        later => format!(" ({later} of a later day not counted)"),
    };
    writeln!(out, "{}: duties as of {}, from {entries}{later}", account.policy.title, account.as_of)?;
    for (state, title) in STATES {
        let mut duties: Vec<&OwedJson> = account.duties.iter().filter(|d| d.state == state).collect();
        // What can be told to be due comes first, the earliest day at the top.
        duties.sort_by_key(|d| (d.due_on.is_none(), d.due_on.clone()));
        if !duties.is_empty() {
            writeln!(out, "\n{title}")?;
        }
        for duty in duties {
            one(out, duty, labels)?;
        }
    }
    if account.duties.is_empty() {
        writeln!(out, "\nNothing in this log brings a duty.")?;
    }
    if !account.notes.is_empty() {
        writeln!(out)?;
    }
    for note in &account.notes {
        writeln!(out, "note: line {}: {}", note.line, note.note)?;
    }
    Ok(())
}

fn one(out: &mut impl io::Write, duty: &OwedJson, labels: &Labels) -> io::Result<()> {
    let case = if duty.case.is_empty() { String::new() } else { format!("{}: ", duty.case) };
    let instead = match duty.instead.as_slice() {
        [] => String::new(),
        instead => format!(", or instead {}", labels.list(instead, "or")),
    };
    writeln!(out, "  {case}{} must {}{instead}", duty.bearer, duty.text)?;
    let mut when: Vec<String> = Vec::new();
    match (&duty.due_on, duty.due.as_str()) {
        (Some(day), "") => when.push(format!("due {day}")),
        (Some(day), words) => when.push(format!("due {day} ({words})")),
        (None, "") => when.push("no day can be told".to_owned()),
        (None, words) => when.push(format!("due {words}; no day can be told")),
    }
    when.push(format!("since {}, line {}", duty.since, duty.line));
    when.extend(
        duty.on
            .as_ref()
            .map(|day| format!("{} on {day}", if duty.state == "waived" { "waived" } else { "done" })),
    );
    writeln!(out, "    {}", when.join("; "))?;
    if duty.sometimes {
        writeln!(out, "    perhaps: it hangs on facts that the entry leaves out")?;
    }
    if matches!(duty.state, "breached" | "late") && !duty.otherwise.is_empty() {
        writeln!(out, "    otherwise {}", duty.otherwise)?;
    }
    writeln!(out, "    ({})", cited(&duty.cites, &duty.rule))
}

fn count(number: usize, one: &str, more: &str) -> String {
    format!("{number} {}", if number == 1 { one } else { more })
}

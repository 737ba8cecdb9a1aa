//! What the command-line examples share: arguments, files, faults.

// Each example uses a part of it.
#![allow(
    dead_code,
    reason = "every example compiles this module and uses what it needs"
)]

use std::fmt::Display;
use std::ops::RangeInclusive;
use std::process::exit;
use std::str::FromStr;

/// The arguments of an example: options with a value, flags, and what stands alone.
pub struct Args {
    given: Vec<(&'static str, Option<String>)>,
    alone: Vec<String>,
}

impl Args {
    /// Reads the command line. `--help` prints the usage and exits 0; what the example does not know exits 2.
    ///
    /// `options` take a value, `flags` do not; `alone` is how many arguments may stand without an option.
    pub fn parse(
        usage: &str,
        options: &[&'static str],
        flags: &[&'static str],
        alone: usize,
    ) -> Self {
        let mut args = Self {
            given: Vec::new(),
            alone: Vec::new(),
        };
        let mut words = std::env::args_os().skip(1).map(|word| {
            let text = word.into_string();
            text.unwrap_or_else(|_| misuse("an argument is not UTF-8"))
        });
        while let Some(word) = words.next() {
            if word == "--help" || word == "-h" {
                print(&format!("{usage}\n"));
                exit(0);
            }
            let (name, joined) = match word.split_once('=') {
                Some((name, value)) if word.starts_with("--") => (name, Some(value.to_owned())),
                _ => (word.as_str(), None),
            };
            if let Some(&option) = options.iter().find(|&&o| o == name) {
                let value = joined.or_else(|| words.next().filter(|v| !v.starts_with("--")));
                let value = value.unwrap_or_else(|| misuse(format!("`{option}` needs a value")));
                args.give(option, Some(value));
            } else if let Some(&flag) = flags.iter().find(|&&f| f == word) {
                args.give(flag, None);
            } else if word.starts_with('-') && word.len() > 1 {
                misuse(format!("there is no option `{name}`; try `--help`"));
            } else if args.alone.len() < alone {
                args.alone.push(word);
            } else {
                misuse(format!("`{word}` is one argument too many; try `--help`"));
            }
        }
        args
    }

    fn give(&mut self, name: &'static str, value: Option<String>) {
        if self.given.iter().any(|(n, _)| *n == name) {
            misuse(format!("`{name}` is given twice"));
        }
        self.given.push((name, value));
    }

    /// Whether a flag is given.
    pub fn has(&self, flag: &str) -> bool {
        self.given.iter().any(|(name, _)| *name == flag)
    }

    /// The value of an option, as it was given.
    pub fn text(&self, option: &str) -> Option<&str> {
        let (_, value) = self.given.iter().find(|(name, _)| *name == option)?;
        value.as_deref()
    }

    /// The value of an option that must be given.
    pub fn required(&self, option: &str) -> &str {
        self.text(option)
            .unwrap_or_else(|| misuse(format!("`{option}` is missing; try `--help`")))
    }

    /// The value of an option, read; where it does not read, its type says why.
    pub fn value<T: FromStr<Err: Display>>(&self, option: &str) -> Option<T> {
        let text = self.text(option)?;
        let read = text.parse();
        Some(read.unwrap_or_else(|error| misuse(format!("`{option} {text}`: {error}"))))
    }

    /// The value of an option, a whole number of a range.
    pub fn whole<T: FromStr + PartialOrd + Display>(
        &self,
        option: &str,
        range: RangeInclusive<T>,
    ) -> Option<T> {
        let text = self.text(option)?;
        let read = text.parse().ok().filter(|value| range.contains(value));
        Some(read.unwrap_or_else(|| {
            let (low, high) = (range.start(), range.end());
            misuse(format!(
                "`{option} {text}`: not a whole number from {low} to {high}"
            ))
        }))
    }

    /// Refuses an option without the other that it says something about.
    pub fn needs(&self, option: &str, other: &str) {
        if self.text(option).is_some() && self.text(other).is_none() {
            misuse(format!("`{option}` needs `{other}`"));
        }
    }

    /// What stands without an option.
    pub fn alone(&self) -> &[String] {
        &self.alone
    }
}

/// Words to standard error as they are; one that is closed is no error.
pub fn tell(words: impl Display) {
    use std::io::Write as _;
    let _ = write!(std::io::stderr(), "{words}");
}

/// One line, exit 2.
pub fn misuse(message: impl Display) -> ! {
    tell(format!("{}\n", message.to_string().replace('\n', " ")));
    exit(2)
}

/// One line, exit 1.
pub fn fail(message: impl Display) -> ! {
    tell(format!("{}\n", message.to_string().replace('\n', " ")));
    exit(1)
}

/// The bytes of a file, or exit 1.
pub fn read(path: &str) -> Vec<u8> {
    std::fs::read(path).unwrap_or_else(|error| fail(format!("{path}: cannot be read: {error}")))
}

/// Writes a file, or exits 1.
pub fn write(path: &str, bytes: &[u8]) {
    if let Err(error) = std::fs::write(path, bytes) {
        fail(format!("{path}: cannot be written: {error}"));
    }
}

/// Writes to standard output; a reader that went away is no error.
pub fn print(text: &str) {
    use std::io::Write as _;
    let mut out = std::io::stdout().lock();
    let written = out.write_all(text.as_bytes()).and_then(|()| out.flush());
    match written {
        Err(error) if error.kind() != std::io::ErrorKind::BrokenPipe => fail(error),
        _ => {}
    }
}

/// A value as indented JSON with a newline at its end.
pub fn json(value: &impl serde::Serialize) -> String {
    match serde_json::to_string_pretty(value) {
        Ok(text) => text + "\n",
        Err(error) => fail(error),
    }
}

//! Commands that are one operation each, under a name of two words. They stand in one table; what a command takes is read
//! off its row, and a test holds each row to the fields of its operation.

mod table;

use crate::arguments::{Place, Who, purpose};
use crate::desk::signed_in;
use crate::ending::Ending;
use crate::{Ended, said};
use clap::{Arg, ArgAction, ArgMatches, Args as _, Command, FromArgMatches as _};
use keepwell_kernel::Purpose;
use keepwell_practice::Call;
use serde_json::{Map, Value};
use std::io::{IsTerminal as _, Read as _};
use table::{GROUPS, TABLE};

/// A command that is one operation.
struct Named {
    /// The two words that are typed.
    words: [&'static str; 2],
    operation: &'static str,
    about: &'static str,
    /// What is typed as arguments, as a usage line says it: `[…]` may be left out, `name` is said by being there, and what
    /// stands after a colon is what follows it. Ids, days, numbers and words of ours: nothing that a person is called.
    typed: &'static str,
    /// What comes as JSON on standard input, because arguments can be read by everybody on the machine.
    told: &'static str,
}

/// A field of a request.
#[derive(Clone, Copy)]
struct Field {
    /// As it is typed: `received-on`.
    name: &'static str,
    /// What follows it; nothing where it is said by being there.
    value: Option<&'static str>,
    optional: bool,
}

impl Field {
    fn all(of: &'static str) -> impl Iterator<Item = Self> {
        of.split_whitespace().map(|word| {
            let bare = word.strip_prefix('[').and_then(|word| word.strip_suffix(']'));
            let (name, value) = match bare.unwrap_or(word).split_once(':') {
                Some((name, value)) => (name, Some(value)),
                None => (bare.unwrap_or(word), None),
            };
            Self { name, value, optional: bare.is_some() }
        })
    }

    /// The name that the operation knows it by.
    fn key(self) -> String {
        self.name.replace('-', "_")
    }

    fn argument(self) -> Arg {
        let argument = Arg::new(self.name).long(self.name);
        match self.value {
            None => argument.action(ArgAction::SetTrue),
            Some("N") => argument.value_name("N").required(!self.optional).value_parser(clap::value_parser!(u64)),
            Some("DATE") => argument.value_name("DATE").required(!self.optional).help("As YYYY-MM-DD"),
            Some(value) => argument.value_name(value).required(!self.optional),
        }
    }

    /// Returns what was typed; nothing where it was left out.
    fn typed(self, matches: &ArgMatches) -> Option<Value> {
        match self.value {
            None => Some(Value::Bool(matches.get_flag(self.name))),
            Some("N") => matches.get_one::<u64>(self.name).map(|number| Value::from(*number)),
            Some(_) => matches.get_one::<String>(self.name).map(|text| Value::from(text.as_str())),
        }
    }
}

impl Named {
    fn command(&self) -> Command {
        let command = Command::new(self.words[1]);
        let command = command.args(Field::all(self.typed).map(Field::argument));
        let command = Who::augment_args(command).args([
            Arg::new("purpose")
                .long("purpose")
                .value_name("P")
                .value_parser(purpose)
                .help("Why; the first that fits when left out"),
            Arg::new("reason").long("reason").value_name("TEXT").help("The justification, kept in the log"),
        ]);
        let command = command.mut_args(|argument| match argument.get_id().as_str() {
            "user" | "totp" | "purpose" | "reason" => argument.help_heading("Who and why"),
            _ => argument,
        });
        command.about(self.about.trim_end_matches('.')).after_help(match self.told {
            "" => format!("It is {}.", self.operation),
            told => format!(
                "It is {}. On standard input: {{ {} }}; `surface --types` says what each is.",
                self.operation,
                told.replace('-', "_").replace(' ', ", ")
            ),
        })
    }

    /// Puts the request together from what was typed and what was told.
    fn request(&self, matches: &ArgMatches) -> Result<Value, Ending> {
        let mut request = if self.told.is_empty() { Map::new() } else { told()? };
        let fields: Vec<Field> = Field::all(self.told).collect();
        if let Some(strange) = request.keys().find(|key| !fields.iter().any(|field| field.key() == **key)) {
            return Err(Ending::Usage(format!(
                "The request on standard input has `{strange}`, which is not one of {}.",
                self.told
            )));
        }
        if let Some(missing) = fields.iter().find(|field| !field.optional && !request.contains_key(&field.key())) {
            return Err(Ending::Usage(format!("The request on standard input lacks `{}`.", missing.key())));
        }
        request.extend(Field::all(self.typed).filter_map(|field| Some((field.key(), field.typed(matches)?))));
        Ok(Value::Object(request))
    }
}

/// Adds the table to what can be typed.
pub(crate) fn with_commands(mut program: Command) -> Command {
    for (group, about) in GROUPS {
        if program.find_subcommand(group).is_none() {
            program = program.subcommand(
                Command::new(group)
                    .about(about.trim_end_matches('.'))
                    .subcommand_required(true)
                    .arg_required_else_help(true),
            );
        }
        let commands = TABLE.iter().filter(|named| named.words[0] == group).map(Named::command);
        program = program.mut_subcommand(group, |under| under.subcommands(commands));
    }
    program
}

/// Does the command of the table that was typed; nothing where none of them was.
pub(crate) fn run(typed: &ArgMatches) -> Option<Ended> {
    let (group, under) = typed.subcommand()?;
    let (word, matches) = under.subcommand()?;
    let named = TABLE.iter().find(|named| named.words == [group, word])?;
    Some(done(named, matches))
}

fn done(named: &Named, matches: &ArgMatches) -> Ended {
    let place = Place::from_arg_matches(matches).map_err(|error| Ending::Usage(error.to_string()))?;
    let who = Who::from_arg_matches(matches).map_err(|error| Ending::Usage(error.to_string()))?;
    let input = named.request(matches)?;
    signed_in(&place, &who, |practice| {
        let answer = practice.call(Call {
            operation: named.operation.to_owned(),
            input,
            purpose: matches.get_one::<Purpose>("purpose").copied(),
            reason: matches.get_one::<String>("reason").cloned(),
        })?;
        said::json(&answer)?;
        Ok(Ending::Done)
    })
}

/// Reads a JSON object from standard input; nothing there is an object without fields.
///
/// # Errors
/// The ending to take.
pub(crate) fn told() -> Result<Map<String, Value>, Ending> {
    let mut input = std::io::stdin();
    if input.is_terminal() {
        said::words("Type the request as JSON, and end it with Ctrl-D.");
    }
    let mut text = String::new();
    input.read_to_string(&mut text).map_err(|error| Ending::fault(&error))?;
    if text.trim().is_empty() {
        return Ok(Map::new());
    }
    // The parser's own words could repeat what somebody is called.
    serde_json::from_str(&text)
        .map_err(|_| Ending::Usage("The request on standard input is not a JSON object.".to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    /// Returns the fields of an operation's request as the screens know them, those that may be left out with a `?`.
    fn declared(types: &str, operation: &str) -> BTreeSet<String> {
        let (_, request) = types.split_once(&format!("\"{operation}\": {{ input: ")).unwrap();
        let request = request.split(';').next().unwrap();
        let (_, fields) = types.split_once(&format!("export type {request} = ")).unwrap();
        let fields = fields.split("\nexport type ").next().unwrap();
        let lines = fields.lines().filter(|line| !line.starts_with("/**") && !line.starts_with("Record<"));
        lines.filter_map(|line| Some(line.split_once(": ")?.0.to_owned())).collect()
    }

    #[test]
    fn each_row_takes_the_fields_of_its_operation() {
        let types = keepwell_practice::typescript();
        for named in &TABLE {
            let fields = Field::all(named.typed).chain(Field::all(named.told));
            let taken: BTreeSet<String> =
                fields.map(|field| format!("{}{}", field.key(), if field.optional { "?" } else { "" })).collect();
            let declared: BTreeSet<String> = declared(&types, named.operation);
            assert_eq!(taken, declared, "{:?}", named.words);
        }
    }

    #[test]
    fn everything_of_the_calendar_has_a_command_of_its_own() {
        let surface = keepwell_practice::surface();
        let wanted = surface.iter().map(|entry| entry.name).filter(|name| name.starts_with("scheduling."));
        let named: BTreeSet<&str> = TABLE.iter().map(|named| named.operation).collect();
        let without: Vec<&str> = wanted.filter(|name| !named.contains(name)).collect();
        assert!(without.is_empty(), "{without:?}");
    }

    #[test]
    fn a_person_is_called_nothing_in_an_argument() {
        let said = [
            "text",
            "reason",
            "basis",
            "name",
            "person",
            "requester",
            "statement",
            "details",
            "decided-by",
            "reviewer",
        ];
        for named in &TABLE {
            for field in Field::all(named.typed) {
                assert!(!said.contains(&field.name), "{:?}: {}", named.words, field.name);
            }
        }
    }
}

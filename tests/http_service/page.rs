//! The session that the page of the guide shows, said to the service line by line: its bodies are taken, and what it says comes back does.

use std::collections::BTreeMap;

use serde_json::Value;

use crate::wire::{Request, Server};

const PAGE: &str = include_str!("../../src/guide/service.md");

/// What the page's `ask` does is what this test does in its place; another one would have to be read anew.
const ASK: &str = r#"ask() { curl -sS -X "$2" "localhost:8080/programs$3" -H "Caller: $1" -H "Today: $today" --data-binary "${4-}" -w ' %{http_code}\n'; }"#;

/// As much of a shell as the page needs: variables, both kinds of quotes, and a file from a here-document.
#[derive(Default)]
struct Shell {
    variables: BTreeMap<String, String>,
    files: BTreeMap<String, String>,
}

impl Shell {
    /// The words of the command that a text begins with, and what follows its end of line.
    fn words<'t>(&self, text: &'t str) -> (Vec<String>, &'t str) {
        let (mut words, mut word, mut quote) = (Vec::new(), None::<String>, None);
        let mut rest = text.char_indices().peekable();
        while let Some((at, c)) = rest.next() {
            match (quote, c) {
                (None, '\n') => {
                    words.extend(word);
                    return (words, &text[at + 1..]);
                }
                (None, ' ') => words.extend(word.take()),
                (None, '\'' | '"') => {
                    quote = Some(c);
                    word.get_or_insert_default();
                }
                (Some(open), _) if open == c => quote = None,
                (None | Some('"'), '$') => {
                    let mut name = String::new();
                    while let Some((_, c)) = rest.next_if(|(_, c)| c.is_ascii_alphanumeric()) {
                        name.push(c);
                    }
                    word.get_or_insert_default()
                        .push_str(&self.variables[&name]);
                }
                _ => word.get_or_insert_default().push(c),
            }
        }
        panic!("no end of line: {text}");
    }
}

/// Whether everything that is shown is in what there is; what is left out is not looked at.
fn shows(shown: &Value, is: &Value) -> bool {
    match (shown, is) {
        (Value::Object(shown), Value::Object(is)) => shown
            .iter()
            .all(|(name, value)| is.get(name).is_some_and(|is| shows(value, is))),
        (Value::Array(shown), Value::Array(is)) if shown.iter().all(Value::is_object) => shown
            .iter()
            .all(|value| is.iter().any(|is| shows(value, is))),
        _ => shown == is,
    }
}

#[test]
fn the_session_of_the_page() {
    let server = Server::start();
    let scripts = PAGE.split("```sh\n").skip(1);
    let script: String = scripts.map(|s| s.split("```").next().unwrap()).collect();
    let mut text = script.strip_prefix(ASK).expect("another `ask`");
    let (mut shell, mut answer, mut asked) = (Shell::default(), None, 0);
    while !text.is_empty() {
        if let Some(comment) = text.strip_prefix("# ") {
            let (comment, rest) = comment.split_once('\n').unwrap();
            let (status, body) = comment.split_once(' ').unwrap_or((comment, "null"));
            let answer: crate::wire::Answer = answer.take().expect("an answer without a question");
            assert_eq!(answer.status.to_string(), status, "{comment}: {answer:?}");
            let shown: Value = serde_json::from_str(body).unwrap();
            assert!(shows(&shown, &answer.body), "{comment}\n{}", answer.body);
            text = rest;
            continue;
        }
        assert!(answer.is_none(), "no answer is shown before {text}");
        let (words, rest) = shell.words(text);
        text = rest;
        let words: Vec<&str> = words.iter().map(String::as_str).collect();
        match words.as_slice() {
            [] => {}
            ["ask", caller, method, path, body @ ..] => {
                let body = match body {
                    [] => "",
                    [file] if file.starts_with('@') => &shell.files[&file[1..]],
                    [body] => body,
                    more => panic!("{more:?}"),
                };
                let line = format!("{method} /programs{path}");
                let today = &shell.variables["today"];
                let request = Request {
                    line: &line,
                    caller,
                    today,
                    body: body.as_bytes(),
                };
                answer = Some(server.ask(&request));
                asked += 1;
            }
            ["cat", ">", name, "<<END"] => {
                let (content, rest) = text.split_once("END\n").unwrap();
                shell.files.insert((*name).to_owned(), content.to_owned());
                text = rest;
            }
            [set] => {
                let (name, value) = set.split_once('=').unwrap_or_else(|| panic!("{set}"));
                shell.variables.insert(name.to_owned(), value.to_owned());
            }
            other => panic!("{other:?}"),
        }
    }
    assert!(asked > 25, "{asked}");
}

/// Every route of the service stands on the page, and every way in the session is one of them.
#[test]
fn every_route_is_on_the_page() {
    let source = include_str!("../../examples/http_service.rs");
    let routes = source.split(".route(").skip(1);
    let names = routes.filter_map(|route| {
        let name = route.split('"').nth(1)?;
        let of_own = route.starts_with("&on(") || route.trim_start().starts_with("&");
        of_own.then_some(name)
    });
    let mut count = 0;
    for name in names {
        let last = name.rsplit('/').next().unwrap();
        assert!(PAGE.contains(last), "{name}");
        count += 1;
    }
    assert!(count > 12, "{count}");
}

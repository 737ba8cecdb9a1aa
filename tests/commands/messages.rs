//! The example `invites` takes nothing from the command line, and says so.

use super::{example, text};

#[test]
fn invites_says_what_it_is_and_takes_no_arguments() {
    let done = example("invites", &["--help"]);
    assert_eq!(done.status.code(), Some(0));
    assert!(text(&done.stdout).starts_with("invites\n\nPrints the messages"));
    for (word, said) in [
        ("--draft", "there is no option `--draft`; try `--help`\n"),
        ("file", "`file` is one argument too many; try `--help`\n"),
    ] {
        let done = example("invites", &[word]);
        assert_eq!((done.status.code(), text(&done.stdout)), (Some(2), ""));
        assert_eq!(text(&done.stderr), said);
    }
    let done = example("invites", &[]);
    assert_eq!(text(&done.stdout).matches("BEGIN:VCALENDAR").count(), 3);
}

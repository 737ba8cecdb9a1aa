//! The example `embed_sqlite`: a file of its own, the same file again, and what is no file of its kind.

use super::{example, folder, text};

#[test]
fn a_file_may_be_used_again() {
    let folder = folder("embed");
    let path = folder.join("programmes.sqlite");
    let mut told = Vec::new();
    for copies in 1..=3 {
        let done = example("embed_sqlite", &[path.to_str().unwrap()]);
        assert_eq!((done.status.code(), text(&done.stderr)), (Some(0), ""));
        assert!(text(&done.stdout).ends_with("restored and forgotten again: nobody known\n"));
        told.push(text(&done.stdout).to_owned());
        let files = std::fs::read_dir(&folder).unwrap();
        let names = files.map(|file| file.unwrap().file_name().into_string().unwrap());
        assert_eq!(
            names.filter(|name| name.ends_with("backup")).count(),
            copies
        );
    }
    // Who has which id is another matter, and the story is the same.
    let lines = |told: &String| told.lines().count();
    assert!(told.iter().all(|other| lines(other) == lines(&told[0])));
    assert_eq!(text(&example("embed_sqlite", &[]).stdout), told[0]);
    std::fs::remove_dir_all(folder).unwrap();
}

#[test]
fn what_cannot_be_used_makes_no_file() {
    let folder = folder("embed-misuse");
    let path = folder.join("no").join("such.sqlite");
    let (file, text_file) = (path.to_str().unwrap(), folder.join("text"));
    std::fs::write(&text_file, "name,grade\n".repeat(99)).unwrap();
    for (words, code, said) in [
        (vec!["--help"], 0, ""),
        (
            vec!["--fresh"],
            2,
            "there is no option `--fresh`; try `--help`\n",
        ),
        (
            vec!["a", "b"],
            2,
            "`b` is one argument too many; try `--help`\n",
        ),
        (
            vec![text_file.to_str().unwrap()],
            1,
            "the store does not work: file is not a database\n",
        ),
    ] {
        let done = example("embed_sqlite", &words);
        assert_eq!((done.status.code(), text(&done.stderr)), (Some(code), said));
        assert_eq!(text(&done.stdout).is_empty(), code != 0);
    }
    let missing = example("embed_sqlite", &[file]);
    assert_eq!(missing.status.code(), Some(1));
    assert!(text(&missing.stderr).starts_with("the store does not work: unable to open"));
    assert_eq!(std::fs::read_dir(&folder).unwrap().count(), 1);
    std::fs::remove_dir_all(folder).unwrap();
}

//! What may go to a terminal or a log, by a list of the test's own.

/// Characters that no line of text may carry raw: they control a terminal, end a line, or turn the direction of what follows.
pub(crate) fn disturbs(c: char) -> bool {
    let controls = matches!(u32::from(c), 0..0x20 | 0x7f..0xa0);
    let turns = [
        0x061c, 0x200e, 0x200f, 0x2028, 0x2029, 0x202a, 0x202b, 0x202c, 0x202d, 0x202e, 0x2066,
        0x2067, 0x2068, 0x2069,
    ];
    controls || turns.contains(&u32::from(c))
}

/// A message: one line, with something in it, of a length that a log takes.
pub(crate) fn message(text: &str) {
    let bad = text.chars().find(|c| disturbs(*c));
    assert_eq!(bad, None, "{text:?}");
    assert!(!text.trim().is_empty());
    assert!(
        text.chars().count() < 2_000,
        "{} characters",
        text.chars().count()
    );
}

/// A table of lines, as `Display` of larger values gives it.
pub(crate) fn lines(text: &str) {
    let bad = text.chars().find(|c| disturbs(*c) && *c != '\n');
    assert_eq!(bad, None, "{text:?}");
}

/// A field of a file, quoted as RFC 4180 has it.
pub(crate) fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('"', "\"\""))
}

pub(crate) fn row(cells: &[&str]) -> String {
    let cells: Vec<String> = cells.iter().map(|cell| quoted(cell)).collect();
    cells.join(",") + "\n"
}

/// Whether a text is a key or a label of so many bytes, read from the documentation a second time.
pub(crate) fn keeps(text: &str, most: usize) -> bool {
    let control = text
        .chars()
        .any(|c| matches!(u32::from(c), 0..0x20 | 0x7f..0xa0));
    !text.trim().is_empty() && text.len() <= most && !control
}

/// Whether a cell of items holds it as one item, byte for byte.
pub(crate) fn is_item(text: &str) -> bool {
    keeps(text, 1024) && text.trim() == text && !text.contains(';')
}

//! The bytes of a record: on which line it stands, and whether its quotes are those of RFC 4180.

use std::fmt;
use std::str::Utf8Error;

use super::code::FaultCode;
use crate::text::Quoted;

/// Counts line ends (LF, CRLF, or a lone CR) up to a place that only moves forward.
#[derive(Debug)]
pub(super) struct LineCount {
    pub(super) at: u64,
    line: u64,
}

impl LineCount {
    pub(super) const fn new() -> Self {
        Self { at: 0, line: 1 }
    }

    /// The line of a place; `bytes` are those from the last place on, and the one after this place, where there is one.
    pub(super) fn up_to(&mut self, bytes: &[u8], place: u64) -> u64 {
        let count = usize::try_from(place.saturating_sub(self.at)).unwrap_or(usize::MAX);
        let passed = bytes.get(..count).unwrap_or(bytes);
        let (ends, has_cr) = line_ends(passed);
        if has_cr {
            for (at, byte) in passed.iter().enumerate() {
                let ends = match byte {
                    b'\n' => true,
                    b'\r' => bytes.get(at + 1) != Some(&b'\n'),
                    _ => false,
                };
                self.line += u64::from(ends);
            }
        } else {
            self.line += ends;
        }
        self.at = self.at.max(place);
        self.line
    }
}

/// How many LF there are, and whether there is a CR: in pieces so short that a byte can count, as many are counted at once then.
fn line_ends(bytes: &[u8]) -> (u64, bool) {
    let (mut lf, mut cr) = (0, false);
    for piece in bytes.chunks(255) {
        let of_piece = piece.iter().fold((0, false), |(lf, cr): (u8, bool), byte| {
            (lf + u8::from(*byte == b'\n'), cr | (*byte == b'\r'))
        });
        lf += u64::from(of_piece.0);
        cr |= of_piece.1;
    }
    (lf, cr)
}

/// What is wrong with the quotes of a record.
pub(super) struct QuoteFault {
    /// The first field that is wrong, from 0.
    pub(super) field: usize,
    pub(super) column: Option<String>,
    pub(super) open: bool,
    /// The last line of the row, where that is another than the first.
    pub(super) last: Option<u64>,
}

impl QuoteFault {
    pub(super) const fn code(&self) -> FaultCode {
        if self.open {
            FaultCode::OpenQuote
        } else {
            FaultCode::BadQuote
        }
    }
}

impl fmt::Display for QuoteFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let what = if self.open {
            "a quote is never closed"
        } else {
            "text follows a closing quote"
        };
        match &self.column {
            Some(name) => write!(f, "{} is unclear: {what}", Quoted(name))?,
            None => write!(f, "field {} is unclear: {what}", self.field + 1)?,
        }
        match self.last {
            Some(last) => write!(f, ", and everything up to line {last} ran into the row"),
            None => Ok(()),
        }
    }
}

/// Whether a record is its row byte for byte but for the separators and the end of the line: then no quote has opened a cell. Quotes
/// that did are gone, and the lengths tell; what was left open took the end of the line with it.
pub(super) fn is_literal(raw: &[u8], record: &csv::ByteRecord) -> bool {
    let is_end = |byte: &u8| matches!(byte, b'\r' | b'\n');
    let separators = record.len().saturating_sub(1);
    let row = record.as_slice().len() + separators;
    let end = raw.get(row..);
    end.is_some_and(|end| end.len() <= 2 && end.iter().all(is_end))
        && !record.as_slice().last().is_some_and(is_end)
}

/// Whether the quotes of one record are as RFC 4180 has them; else the field, and whether the quote is still open.
pub(super) fn check_quotes(raw: &[u8], separator: u8) -> Result<(), (usize, bool)> {
    if are_sound(raw, separator) {
        return Ok(());
    }
    first_wrong_quote(raw, separator)
}

/// Whether every quote that opens a cell is closed before a separator or the end: the same question by leaps from quote to
/// quote, as nearly every row has the answer yes.
fn are_sound(raw: &[u8], separator: u8) -> bool {
    let mut from = 0;
    while let Some(quote) = quote_from(raw, from) {
        from = quote + 1;
        let before = quote.checked_sub(1).and_then(|at| raw.get(at));
        if before.is_some_and(|b| *b != separator) {
            continue; // a sign of a cell that no quote opened
        }
        loop {
            let Some(closing) = quote_from(raw, from) else {
                return false;
            };
            from = closing + 1;
            match raw.get(from) {
                Some(b'"') => from += 1,
                Some(b'\r' | b'\n') | None => return true,
                Some(sign) if *sign == separator => break,
                Some(_) => return false,
            }
        }
    }
    true
}

/// The first quote from a place on, eight bytes at a time.
fn quote_from(raw: &[u8], from: usize) -> Option<usize> {
    let rest = raw.get(from..)?;
    for (word, at) in rest.chunks_exact(8).zip((from..).step_by(8)) {
        let word = u64::from_le_bytes(word.try_into().unwrap_or_default());
        // A quote becomes a zero byte. The lowest of them is the lowest byte to borrow; what is marked above it does not count.
        let differs = word ^ (LOWEST * b'"' as u64);
        let zeros = differs.wrapping_sub(LOWEST) & !differs & (LOWEST << 7);
        if zeros != 0 {
            return Some(at + (zeros.trailing_zeros() / 8) as usize);
        }
    }
    let tail = rest.len() / 8 * 8;
    let leap = rest.get(tail..)?.iter().position(|b| *b == b'"')?;
    Some(from + tail + leap)
}

/// The lowest bit of each byte of a word.
const LOWEST: u64 = u64::from_le_bytes([1; 8]);

fn first_wrong_quote(raw: &[u8], separator: u8) -> Result<(), (usize, bool)> {
    enum At {
        Start,
        Bare,
        Quoted,
        /// After a quote inside quotes: the end of the cell, or half of a doubled quote.
        Closed,
    }
    let (mut at, mut field) = (At::Start, 0);
    for byte in raw {
        at = match (at, byte) {
            (At::Start, b'"') | (At::Closed, b'"') => At::Quoted,
            (At::Quoted, b'"') => At::Closed,
            (At::Quoted, _) => At::Quoted,
            (At::Start | At::Bare | At::Closed, sign) if *sign == separator => {
                field += 1;
                At::Start
            }
            (At::Start | At::Bare | At::Closed, b'\r' | b'\n') => return Ok(()),
            (At::Closed, _) => return Err((field, false)),
            (At::Start | At::Bare, _) => At::Bare,
        };
    }
    match at {
        At::Quoted => Err((field, true)),
        _ => Ok(()),
    }
}

/// Whether a file is UTF-16: by its mark, or by a first character of which one byte is zero, as no text in UTF-8 has it.
pub(super) const fn is_utf16(bytes: &[u8]) -> bool {
    matches!(
        bytes,
        [0xff, 0xfe, ..] | [0xfe, 0xff, ..] | [0, 1..=0xff, ..] | [1..=0xff, 0, ..]
    )
}

/// How many characters before a wrong byte are shown.
const SHOWN: usize = 24;

/// Bytes that are not UTF-8, and where: the wrong byte and what can be read before it.
pub(super) struct NotUtf8<'a>(pub(super) &'a [u8], pub(super) Utf8Error);

impl fmt::Display for NotUtf8<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self(bytes, error) = self;
        let (before, rest) = bytes
            .split_at_checked(error.valid_up_to())
            .unwrap_or_default();
        let before = std::str::from_utf8(before).unwrap_or_default();
        f.write_str("is not UTF-8")?;
        let Some(wrong) = rest.first() else {
            return Ok(());
        };
        write!(f, ": byte {wrong:02X} ")?;
        match before.char_indices().nth_back(SHOWN - 1) {
            _ if before.is_empty() => f.write_str("at its beginning")?,
            Some((from, _)) if from > 0 => {
                let last = format!("…{}", before.get(from..).unwrap_or_default());
                write!(f, "after {}", Quoted(&last))?;
            }
            _ => write!(f, "after {}", Quoted(before))?,
        }
        // The bytes that Windows-1252 leaves open.
        if !matches!(wrong, 0x81 | 0x8d | 0x8f | 0x90 | 0x9d) {
            f.write_str("; is the file Windows-1252?")?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Every text of up to nine of the signs that matter: leaping finds what going sign by sign finds.
    #[test]
    fn leaps_are_steps() {
        let signs = [b'"', b',', b'a', b'\n'];
        for length in 0..=9u32 {
            for number in 0..4usize.pow(length) {
                let sign = |at: u32| signs[number / 4usize.pow(at) % 4];
                let raw: Vec<u8> = (0..length).map(sign).collect();
                // A row ends where it ends: what the reader takes for one goes on only in quotes, which open at the start of a cell.
                let (mut start, mut quoted) = (true, false);
                let inner = raw.split_last().map_or(&[][..], |(_, inner)| inner);
                let whole = inner.iter().all(|byte| {
                    let sign = !quoted && *byte == b'"' && start;
                    // A quote within quotes closes them, and one right behind opens them again.
                    start = if quoted { *byte == b'"' } else { *byte == b',' };
                    quoted = sign || (quoted && *byte != b'"');
                    quoted || *byte != b'\n'
                });
                if whole {
                    assert_eq!(
                        are_sound(&raw, b','),
                        first_wrong_quote(&raw, b',').is_ok(),
                        "{raw:?}"
                    );
                }
            }
        }
    }

    /// Every text of up to seven of the signs that matter, as the reader takes it: a row is there byte for byte where no quote opens
    /// a cell, and nowhere else.
    #[test]
    fn rows_that_are_literal_open_no_quote() {
        let signs = [b'"', b',', b'a', b'\n', b'\r'];
        let mut literal = 0;
        for length in 1..=7u32 {
            for number in 0..5usize.pow(length) {
                let sign = |at: u32| signs[number / 5usize.pow(at) % 5];
                let text: Vec<u8> = (0..length).map(sign).collect();
                let mut reader = csv::ReaderBuilder::new()
                    .has_headers(false)
                    .flexible(true)
                    .from_reader(text.as_slice());
                let mut record = csv::ByteRecord::new();
                let mut from = 0;
                while reader.read_byte_record(&mut record).unwrap() {
                    let to = usize::try_from(reader.position().byte()).unwrap();
                    let raw = &text[from..to];
                    let blank = raw.iter().take_while(|b| matches!(b, b'\r' | b'\n'));
                    let raw = &raw[blank.count()..];
                    let opens = |at: usize| raw[at] == b'"' && (at == 0 || raw[at - 1] == b',');
                    let opened = (0..raw.len()).any(opens);
                    assert_eq!(is_literal(raw, &record), !opened, "{text:?}");
                    literal += usize::from(!opened);
                    from = to;
                }
            }
        }
        assert!(literal > 10_000, "{literal}");
    }

    #[test]
    fn line_ends_are_counted_across_pieces() {
        for length in 0..600 {
            let bytes: Vec<u8> = (0..length).map(|at| [b'a', b'\n'][at % 2]).collect();
            assert_eq!(line_ends(&bytes), (length as u64 / 2, false));
            let mut all = vec![b'\n'; length];
            assert_eq!(line_ends(&all), (length as u64, false));
            all.push(b'\r');
            assert_eq!(line_ends(&all), (length as u64, true));
        }
    }

    #[test]
    fn the_first_quote_wherever_it_stands() {
        for length in 0..96 {
            for quote in 0..=length {
                let mut raw = vec![b'a'; length];
                raw.iter_mut()
                    .skip(quote)
                    .step_by(7)
                    .for_each(|b| *b = b'"');
                for from in 0..=length + 1 {
                    let found = (from..length).find(|at| raw[*at] == b'"');
                    assert_eq!(quote_from(&raw, from), found, "{length}, {quote}, {from}");
                }
            }
        }
    }
}

//! The one rule for text cells: it loses nothing, and what it lets out is no formula.

#[path = "support/nasty.rs"]
mod nasty;

use proptest::prelude::*;
use reverse_mentoring::spreadsheet::{escape, starts_formula, unescape};

/// Every text with what stands in the cell, worked out by hand.
#[test]
fn by_hand() {
    let table = [
        ("", ""),
        ("Zoë", "Zoë"),
        ("5", "5"),
        ("a=b", "a=b"),
        ("1-1", "1-1"),
        ("=", "'="),
        ("=1+1", "'=1+1"),
        ("+1", "'+1"),
        ("-5", "'-5"),
        ("-", "'-"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("\tx", "'\tx"),
        ("\rx", "'\rx"),
        ("\nx", "'\nx"),
        ("\r\nx", "'\r\nx"),
        ("＝1", "'＝1"),
        ("＋1", "'＋1"),
        ("－1", "'－1"),
        ("＠A1", "'＠A1"),
        ("−1", "'−1"),
        (" =1", "' =1"),
        ("\u{a0}\u{3000}+1", "'\u{a0}\u{3000}+1"),
        ("\u{feff}=1", "'\u{feff}=1"),
        ("\u{200b}-1", "'\u{200b}-1"),
        ("\0=1", "'\0=1"),
        ("\u{202e}@", "'\u{202e}@"),
        (" x", " x"),
        ("\u{b}x", "\u{b}x"),
        ("'", "''"),
        ("'x", "''x"),
        ("''", "'''"),
        ("'=1", "''=1"),
        (" '=1", " '=1"),
        ("\"=1\"", "\"=1\""),
        ("|calc", "|calc"),
    ];
    for (text, cell) in table {
        assert_eq!(escape(text), cell, "{text:?}");
        assert_eq!(unescape(cell), text, "{cell:?}");
    }
    // What nobody wrote is taken as it stands.
    assert_eq!(unescape("=1"), "=1");
}

/// Alone and after everything that may be passed over, each of the starts; and nothing else of ASCII.
#[test]
fn every_first_character_of_ascii() {
    for c in (0u8..128).map(char::from) {
        let formula = matches!(c, '=' | '+' | '-' | '@' | '\t' | '\r' | '\n');
        assert_eq!(starts_formula(&format!("{c}x")), formula, "{c:?}");
        assert_eq!(
            escape(&format!("{c}x")).len(),
            2 + usize::from(formula || c == '\'')
        );
        let blank = c.is_ascii_whitespace() || c.is_ascii_control();
        assert_eq!(starts_formula(&format!("{c}=x")), formula || blank, "{c:?}");
    }
}

#[test]
fn the_nastiest_strings() {
    for text in nasty::nasty() {
        let cell = escape(&text);
        assert_eq!(unescape(&cell), text);
        assert!(!starts_formula(&cell), "{text:?}");
    }
}

proptest! {
    #[test]
    fn comes_back_and_is_no_formula(text in any::<String>(), front in "[-='+@\t\r\n ＝'\u{200b}]{0,3}") {
        let text = front + &text;
        let cell = escape(&text);
        prop_assert_eq!(unescape(&cell), text.as_str());
        prop_assert!(!starts_formula(&cell));
        prop_assert!(cell.len() - text.len() <= 1);
        // Nothing that a spreadsheet trims or takes for a start is in front.
        let seen = cell.trim_start_matches(|c: char| c.is_whitespace() || c.is_control());
        prop_assert!(!seen.starts_with(['=', '+', '-', '@', '＝', '＋', '－', '＠']));
    }

    #[test]
    fn two_texts_never_share_a_cell(a in "['=x]{0,4}", b in "['=x]{0,4}") {
        prop_assert_eq!(a == b, escape(&a) == escape(&b));
    }
}

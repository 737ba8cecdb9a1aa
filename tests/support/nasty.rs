//! Two hundred strings that have broken something somewhere: what a careless writer lets through, and a careless reader trips over.

/// They are all different; which of them a door takes is the door's affair, but what it takes comes out as it went in.
pub fn nasty() -> Vec<String> {
    let mut all: Vec<String> = Vec::new();
    // Every control character, alone within a name.
    all.extend(
        (0u8..32)
            .chain([127])
            .map(|c| format!("A{}B", char::from(c))),
    );
    all.extend(["\u{80}", "\u{85}", "\u{9f}"].map(|c| format!("A{c}B")));
    // Ends of lines, and what looks like the next line.
    let lines = [
        "\r\nATTENDEE:mailto:evil@example.com",
        "\nATTENDEE:mailto:evil@example.com",
        "\rX-EVIL:1",
        "\u{2028}X-EVIL:1",
        "\u{2029}X-EVIL:1",
        "\u{85}X-EVIL:1",
        "\\nEND:VEVENT",
        "\\r\\nEND:VEVENT",
        "END:VEVENT",
        "BEGIN:VALARM",
        "\r\n \r\nX:1",
        "a\r\n\tb",
        "a\u{b}b",
        "a\u{c}b",
        "x\r\n.\r\nMAIL FROM:<a@b>",
    ];
    all.extend(lines.map(str::to_owned));
    // What starts a formula in a spreadsheet.
    let formulas = [
        "=1+1",
        "+1",
        "-1",
        "@SUM(A1)",
        "=cmd|' /C calc'!A0",
        "\t=1+1",
        "\r=1+1",
        "'=1+1",
        "\"=1+1\"",
        "=HYPERLINK(\"http://example.com\")",
        "＝1+1",
        "−1",
        "=\"\"&1",
        " =1+1",
        "+-=@",
        "=",
        "@",
        "-",
        "+",
    ];
    all.extend(formulas.map(str::to_owned));
    // What ends a value.
    let signs = [
        "\"",
        "\"\"",
        "'",
        "''",
        "`",
        ",",
        ",,",
        ";",
        ":",
        "|",
        "\\",
        "\\\\",
        "\\,",
        "\\;",
        "\\n",
        "\\N",
        "^",
        "^^",
        "^n",
        "^'",
        "\"^'\"",
        "a,b;c:d",
        "\"a\"",
        "a\"b",
        "a'b",
        "Doe, John",
        "Doe; John",
        "CN=x",
        "a=b",
        "a&b",
        "<b>",
        "</script><script>alert(1)</script>",
        "<!--",
        "-->",
        "]]>",
        "&amp;",
        "&#13;&#10;",
        "%0d%0a",
        "%00",
        "%",
        "%s%n",
        "{0}",
        "{{7*7}}",
        "${x}",
        "$(id)",
        "`id`",
        "'; DROP TABLE journal; --",
        "' OR '1'='1",
        "\" OR \"\"=\"",
        "1;--",
        "NULL",
        "null",
        "None",
        "nil",
        "NaN",
        "inf",
        "true",
        "False",
        "undefined",
        "0",
        "00042",
        "1e9",
        "0x10",
        "1,5",
        "1.5",
        "12:30",
        "1/2",
        "2026-02-30",
        "#REF!",
        "#",
        "//",
        "/*",
        "*/",
        "..",
        "../../etc/passwd",
        "C:\\nul",
        "con",
        "~",
        "*",
        "?",
        "[]",
        "{}",
        "()",
    ];
    all.extend(signs.map(str::to_owned));
    // Blanks and what cannot be seen.
    let blanks = [
        "",
        " ",
        "  ",
        "\u{a0}",
        "\u{2003}",
        "\u{3000}",
        "\u{200b}",
        "\u{feff}",
        " a",
        "a ",
        "a  b",
        "\u{a0}a",
        "a\u{200b}b",
        "\u{feff}a",
        "a\u{ad}b",
        "a\u{2060}b",
        "\u{180e}a",
        "\u{115f}",
    ];
    all.extend(blanks.map(str::to_owned));
    // Which way it runs.
    let bidi = [
        "\u{202e}moc.elpmaxe@live",
        "a\u{202e}b\u{202c}c",
        "\u{2066}a\u{2069}",
        "\u{2067}a",
        "\u{200f}a",
        "a\u{61c}b",
        "שלום",
        "مرحبا بالعالم",
        "abc אבג 123",
        "\u{202d}a\u{202c}",
    ];
    all.extend(bidi.map(str::to_owned));
    // Letters that are more than one, or look like another.
    let letters = [
        "Zoë",
        "Zoe\u{308}",
        "ﬁ",
        "ß",
        "ẞ",
        "İ",
        "ı",
        "K",
        "Å",
        "Ａ",
        "аdа",
        "ɑda",
        "𝔸𝕕𝕒",
        "Ǆ",
        "Z͑ͫ̓ͪ̂ͫ̽͏̴̙̤̞͉͚̯̞̠͍A̴̵̜̰͔ͫ͗͢",
        "日本語",
        "한국어",
        "한국어",
        "ไทย",
        "नमस्ते",
        "👩‍👩‍👧‍👦",
        "🏳️‍🌈",
        "🇨🇭",
        "👍🏿",
        "é́́́",
        "\u{1f600}",
        "\u{10ffff}",
        "\u{fffd}",
        "\u{fffe}",
        "\u{e000}",
        "\u{1d15e}",
        "ﷺ",
        "ﷺﷺﷺ",
        "𒐫𒐫𒐫",
    ];
    all.extend(letters.map(str::to_owned));
    // Long ones, in one byte and in many.
    all.push("a".repeat(10_000));
    all.push("é".repeat(5_000));
    all.push("👩‍👩‍👧‍👦".repeat(400));
    all.push("\"".repeat(1_000));
    all.push(",;\\".repeat(300));
    all.push(" x".repeat(500));
    // At the edge of a folded line of 75 bytes, with a letter of one to four bytes across it.
    for letter in ["a", "é", "日", "😀", " ", "\\", ",", "\""] {
        for before in 60..70 {
            all.push(format!("{}{letter}{}", "x".repeat(before), "y".repeat(80)));
        }
    }
    all.sort();
    all.dedup();
    all
}

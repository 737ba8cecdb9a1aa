//! The chronicle of one pairing, word for word: what passes, and what every refusal says.

use super::{example, text};

#[test]
fn the_chronicle_is_what_the_guide_promises() {
    let told = example("one_pairing", &[]);
    assert!(told.status.success() && told.stderr.is_empty());
    let told = text(&told.stdout);
    if std::env::var_os("BLESS").is_some() {
        let golden = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/golden/one_pairing.txt");
        std::fs::write(golden, told).unwrap();
    }
    assert_eq!(told, include_str!("../golden/one_pairing.txt"));
}

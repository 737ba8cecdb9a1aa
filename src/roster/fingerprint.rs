//! Numbers that tell two rosters apart, and two default exchanges.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::offer::{Offer, Wish};
use super::skill::Skill;

/// Not 32 hexadecimal digits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a fingerprint has 32 hexadecimal digits")]
#[non_exhaustive]
pub struct FingerprintError;

macro_rules! fingerprint {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
        #[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "schema", schemars(extend("pattern" = "^[0-9a-f]{32}$")))]
        #[serde(try_from = "String", into = "String")]
        pub struct $name(u128);

        impl $name {
            pub(crate) const fn of(hash: &Hasher) -> Self {
                Self(hash.0)
            }
        }

        impl TryFrom<String> for $name {
            type Error = FingerprintError;

            fn try_from(text: String) -> Result<Self, FingerprintError> {
                let hex = |b| matches!(b, b'0'..=b'9' | b'a'..=b'f');
                if text.len() != 32 || !text.bytes().all(hex) {
                    return Err(FingerprintError);
                }
                u128::from_str_radix(&text, 16)
                    .map(Self)
                    .map_err(|_| FingerprintError)
            }
        }

        impl From<$name> for String {
            fn from(fingerprint: $name) -> Self {
                fingerprint.to_string()
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, "{:032x}", self.0)
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, concat!(stringify!($name), "({})"), self)
            }
        }
    };
}

fingerprint! {
    /// What a roster looked like when a decision was made: recorded as evidence, compared when a decision is used.
    ///
    /// 128-bit FNV-1a over everything the roster holds but the [`Traits`](super::Traits): whether somebody changed what they
    /// value is nothing that a journal shall show. It notices change; it is no protection against forgery, and it
    /// gives nothing away about a person. Stable within a wire version.
    RosterFingerprint
}

fingerprint! {
    /// What a [default exchange](crate::policy::DefaultExchange) declared when a decision was made: recorded as evidence.
    ///
    /// 128-bit FNV-1a over its four lists. Stable within a wire version.
    ExchangeFingerprint
}

/// FNV-1a, fed with fields that each carry their length, so that no two values run together.
pub(crate) struct Hasher(u128);

impl Hasher {
    const PRIME: u128 = 0x0000_0000_0100_0000_0000_0000_0000_013b;
    /// What eight bytes multiply by.
    const EIGHT: u128 = Self::PRIME.wrapping_pow(8);

    pub(crate) const fn new() -> Self {
        Self(0x6c62_272e_07bb_0142_62b8_2175_6295_c58d)
    }

    /// What all fields together come to.
    #[cfg(feature = "fleet")]
    pub(crate) const fn value(&self) -> u128 {
        self.0
    }

    pub(crate) fn bytes(&mut self, bytes: &[u8]) -> &mut Self {
        self.number(bytes.len() as u64);
        self.feed(bytes)
    }

    /// Its eight bytes, from the lowest on.
    pub(crate) fn number(&mut self, number: u64) -> &mut Self {
        if number > 0xff {
            return self.feed(&number.to_le_bytes());
        }
        // A byte of zero only multiplies, and of a length or a level seven are zero: half of what a roster feeds.
        self.0 = (self.0 ^ u128::from(number)).wrapping_mul(Self::EIGHT);
        self
    }

    pub(crate) fn text(&mut self, text: Option<&str>) -> &mut Self {
        self.number(text.is_some().into());
        self.bytes(text.unwrap_or_default().as_bytes())
    }

    /// Offers and wishes, each list with its length.
    pub(crate) fn skills(&mut self, offers: &[Offer], wishes: &[Wish]) -> &mut Self {
        self.number(offers.len() as u64);
        for offer in offers {
            self.skill(offer.skill())
                .number(offer.level().as_u8().into());
        }
        self.number(wishes.len() as u64);
        for wish in wishes {
            self.skill(wish.skill())
                .number(wish.from().as_u8().into())
                .number(wish.to().as_u8().into());
        }
        self
    }

    /// What makes it the skill it is: the label of a reference does not.
    fn skill(&mut self, skill: &Skill) -> &mut Self {
        match skill.reference() {
            None => self.text(Some(skill.as_str())),
            // `text` begins with 0 or 1.
            Some(reference) => self
                .number(2)
                .bytes(reference.scheme().as_bytes())
                .bytes(reference.id().as_bytes()),
        }
    }

    fn feed(&mut self, bytes: &[u8]) -> &mut Self {
        for &byte in bytes {
            self.0 = (self.0 ^ u128::from(byte)).wrapping_mul(Self::PRIME);
        }
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_published_test_value() {
        // FNV-1a 128 of "a", from the reference distribution.
        let mut hasher = Hasher::new();
        hasher.feed(b"a");
        assert_eq!(
            RosterFingerprint::of(&hasher).to_string(),
            "d228cb696f1a8caf78912b704e4a8964"
        );
    }

    #[test]
    fn a_number_is_its_eight_bytes() {
        for number in (0..=0x300).chain([0xff00, 1 << 32, u64::MAX]) {
            let (mut at_once, mut byte_by_byte) = (Hasher::new(), Hasher::new());
            at_once.feed(b"a").number(number).number(7);
            byte_by_byte.feed(b"a").feed(&number.to_le_bytes());
            byte_by_byte.feed(&[7, 0, 0, 0, 0, 0, 0, 0]);
            assert_eq!(at_once.0, byte_by_byte.0, "{number}");
        }
    }

    #[test]
    fn reads_back_and_refuses_the_rest() {
        let fingerprint = RosterFingerprint::of(&Hasher::new());
        let json = serde_json::to_string(&fingerprint).unwrap();
        assert_eq!(
            serde_json::from_str::<RosterFingerprint>(&json).unwrap(),
            fingerprint
        );
        for bad in [
            "\"\"",
            "\"6C62272E07BB014262B821756295C58D\"",
            "\"+c62272e07bb014262b821756295c58d\"",
        ] {
            let error = serde_json::from_str::<RosterFingerprint>(bad).unwrap_err();
            assert_eq!(error.to_string(), "a fingerprint has 32 hexadecimal digits");
        }
    }
}

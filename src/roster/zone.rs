//! How far apart two clocks are, where that can be known without tables of time zones.

use std::fmt;

/// A fixed offset from Coordinated Universal Time, −12:00 to +14:00: all that are in civil use.
///
/// Read from a time zone's name where the name *is* an offset: `UTC`, `Z`, `UTC+05:30` or `+05:30`, in exactly these
/// forms. Any other name (`Europe/London`, `CET`, `Etc/GMT+2` with its sign the other way round, `GMT+2`, `UTC+2`) is
/// no offset here: which one it stands for depends on the day, on tables, or on who wrote it, and the library does not
/// guess. `-00:00` says by RFC 3339 that the offset is unknown, and is none either.
///
/// ```
/// use reverse_mentoring::roster::UtcOffset;
///
/// let [delhi, pago_pago] = ["UTC+05:30", "UTC-11:00"].map(|zone| UtcOffset::of_name(zone).unwrap());
/// assert_eq!((delhi.minutes(), pago_pago.to_string()), (330, "UTC-11:00".to_owned()));
/// assert_eq!(delhi.apart(pago_pago), 7 * 60 + 30); // the shorter way round
/// assert_eq!(UtcOffset::of_name("Europe/London"), None);
/// ```
// INVARIANT (offset): -720..=840 minutes. Kept by `of_name`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct UtcOffset {
    minutes: i16,
}

impl UtcOffset {
    /// The offset that a time zone's name states; `None` where it states none.
    #[must_use]
    pub fn of_name(name: &str) -> Option<Self> {
        let offset = name.strip_prefix("UTC").unwrap_or(name);
        if name == "UTC" || name == "Z" {
            return Some(Self { minutes: 0 });
        }
        let [sign @ (b'+' | b'-'), h1, h2, b':', m1, m2] = offset.as_bytes() else {
            return None;
        };
        let number = |tens: &u8, ones: &u8| {
            let both = tens.is_ascii_digit() && ones.is_ascii_digit();
            both.then(|| i16::from(tens - b'0') * 10 + i16::from(ones - b'0'))
        };
        let (hours, minutes) = (number(h1, h2)?, number(m1, m2)?);
        let east = hours * 60 + minutes;
        let signed = if *sign == b'-' { -east } else { east };
        let known = minutes < 60 && (-720..=840).contains(&signed) && !(*sign == b'-' && east == 0);
        known.then_some(Self { minutes: signed })
    }

    /// Minutes east of Greenwich, −720 to 840.
    #[must_use]
    pub const fn minutes(self) -> i16 {
        self.minutes
    }

    /// Minutes between the two clock faces, the shorter way round: 0 to 720. `UTC+14:00` and `UTC-10:00` show the same
    /// hour of another day, and are 0 apart.
    #[must_use]
    pub const fn apart(self, other: Self) -> u16 {
        let round = (self.minutes - other.minutes).unsigned_abs() % 1440;
        if round > 720 { 1440 - round } else { round }
    }
}

/// As `UTC+05:30`, which reads back.
impl fmt::Display for UtcOffset {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.minutes < 0 { '-' } else { '+' };
        let minutes = self.minutes.unsigned_abs();
        write!(f, "UTC{sign}{:02}:{:02}", minutes / 60, minutes % 60)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_by_hand() {
        for (name, minutes) in [
            ("UTC", Some(0)),
            ("Z", Some(0)),
            ("UTC+00:00", Some(0)),
            ("+00:00", Some(0)),
            ("UTC+01:00", Some(60)),
            ("+05:45", Some(345)),
            ("UTC-03:30", Some(-210)),
            ("-12:00", Some(-720)),
            ("UTC+14:00", Some(840)),
            ("UTC+14:01", None),
            ("UTC-12:01", None),
            ("UTC-00:00", None),
            ("-00:00", None),
            ("UTC+01:60", None),
            ("UTC+2", None),
            ("UTC+02", None),
            ("UTC+0200", None),
            ("UTC 02:00", None),
            ("UTC02:00", None),
            ("utc+02:00", None),
            ("GMT+02:00", None),
            ("UTC+02:00 ", None),
            (" UTC+02:00", None),
            ("UTCZ", None),
            ("UTCUTC", None),
            ("UTC\u{2212}02:00", None),
            ("+0a:00", None),
            ("+00:0a", None),
            ("+00:a0", None),
            ("Europe/London", None),
            ("Etc/GMT+2", None),
            ("", None),
        ] {
            let read = UtcOffset::of_name(name);
            assert_eq!(read.map(UtcOffset::minutes), minutes, "{name}");
        }
    }

    /// Every offset reads back from its text, and the distance is the least number of minutes that a hand is turned.
    #[test]
    fn every_offset_and_every_distance() {
        let all: Vec<_> = (-720..=840).map(|minutes| UtcOffset { minutes }).collect();
        assert!(
            all.iter()
                .all(|o| UtcOffset::of_name(&o.to_string()) == Some(*o))
        );
        let face = |o: &UtcOffset| (i32::from(o.minutes) + 1440) % 1440;
        for (a, b) in all
            .iter()
            .step_by(15)
            .flat_map(|a| all.iter().map(move |b| (a, b)))
        {
            let ahead = (0..1440).find(|turn| (face(a) + turn) % 1440 == face(b));
            let ahead = ahead.unwrap();
            let least = if ahead < 1440 - ahead {
                ahead
            } else {
                1440 - ahead
            };
            assert_eq!(i32::from(a.apart(*b)), least, "{a} {b}");
            assert_eq!(a.apart(*b), b.apart(*a));
        }
    }
}

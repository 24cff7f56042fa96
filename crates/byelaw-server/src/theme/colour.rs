//! Colours as numbers, and how well two of them can be told apart (WCAG 2.2, contrast ratio and relative luminance).

use std::fmt;

/// The contrast that text needs, in hundredths (WCAG 2.2, success criterion 1.4.3).
pub(super) const ENOUGH: u32 = 450;

/// Red, green and blue.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Colour([u8; 3]);

/// Text and what it stands on, in any order.
pub(super) struct Pair(pub Colour, pub Colour);

impl Colour {
    pub const BLACK: Colour = Colour([0; 3]);
    pub const WHITE: Colour = Colour([255; 3]);

    /// A colour written as `#` and six digits.
    pub fn read(text: &str) -> Option<Colour> {
        let digits =
            text.strip_prefix('#').filter(|d| d.len() == 6 && d.bytes().all(|b| b.is_ascii_hexdigit()))?;
        let part = |from: usize| u8::from_str_radix(digits.get(from..from + 2)?, 16).ok();
        Some(Colour([part(0)?, part(2)?, part(4)?]))
    }

    /// So many hundredths of the way to another one.
    pub fn towards(self, other: Colour, hundredths: u32) -> Colour {
        let mix = |a: u8, b: u8| {
            let sum = u32::from(a) * (100 - hundredths) + u32::from(b) * hundredths;
            u8::try_from(sum / 100).unwrap_or(u8::MAX)
        };
        let [a, b] = [self.0, other.0];
        Colour([mix(a[0], b[0]), mix(a[1], b[1]), mix(a[2], b[2])])
    }

    /// White or black, whichever is read more easily on it.
    pub fn text_on_it(self) -> Colour {
        let contrast = |text| Pair(self, text).contrast();
        if contrast(Colour::WHITE) >= contrast(Colour::BLACK) { Colour::WHITE } else { Colour::BLACK }
    }

    fn luminance(self) -> f64 {
        let linear = |part: u8| {
            let part = f64::from(part) / 255.0;
            if part <= 0.04045 { part / 12.92 } else { ((part + 0.055) / 1.055).powf(2.4) }
        };
        let [red, green, blue] = self.0.map(linear);
        0.2126 * red + 0.7152 * green + 0.0722 * blue
    }
}

impl Pair {
    /// The contrast of the two in hundredths, from 100 to 2,100, rounded down.
    pub fn contrast(&self) -> u32 {
        let (a, b) = (self.0.luminance(), self.1.luminance());
        let ratio = (a.max(b) + 0.05) / (a.min(b) + 0.05) * 100.0;
        // From 100 to 2,100.
        ratio as u32
    }
}

impl fmt::Display for Colour {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [red, green, blue] = self.0;
        write!(f, "#{red:02x}{green:02x}{blue:02x}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn contrast_is_that_of_the_guidelines() {
        let of = |a, b| Pair(Colour::read(a).expect(a), Colour::read(b).expect(b)).contrast();
        // Computed by hand from the definition.
        assert_eq!(of("#000000", "#ffffff"), 2100);
        assert_eq!(of("#777777", "#ffffff"), 447);
        assert_eq!(of("#ffffff", "#767676"), 454);
        assert_eq!(of("#123c46", "#123c46"), 100);
    }

    #[test]
    fn some_text_can_be_read_on_every_colour() {
        for grey in 0..=255 {
            let colour = Colour([grey; 3]);
            assert!(Pair(colour, colour.text_on_it()).contrast() >= ENOUGH, "{colour}");
        }
    }

    #[test]
    fn only_numbers_are_colours() {
        for text in ["red", "#12345", "#1234567", "#12345g", "123456", "#+12345", "#é234"] {
            assert_eq!(Colour::read(text), None, "{text}");
        }
    }
}

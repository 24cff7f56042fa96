//! Figures as people read them: three digits, and a unit that fits.

/// Nanoseconds in the unit that fits.
pub fn time(nanos: f64) -> String {
    match nanos {
        n if n.is_nan() => "unknown".to_owned(),
        n if n < 1e3 => format!("{} ns", digits(n)),
        n if n < 1e6 => format!("{} µs", digits(n / 1e3)),
        n if n < 1e9 => format!("{} ms", digits(n / 1e6)),
        n => format!("{} s", digits(n / 1e9)),
    }
}

/// Bytes in the unit that fits.
pub fn bytes(bytes: f64) -> String {
    match bytes {
        n if n < 1024.0 => format!("{n:.0} B"),
        n if n < 1024.0 * 1024.0 => format!("{} KB", digits(n / 1024.0)),
        n => format!("{} MB", digits(n / 1024.0 / 1024.0)),
    }
}

/// A ratio: `3.2`, or `1/310` if it is under one half.
pub fn ratio(ratio: f64) -> String {
    match ratio {
        r if r.is_nan() => "unknown".to_owned(),
        r if r < 0.5 => format!("1/{}", digits(1.0 / r)),
        r => digits(r),
    }
}

/// Three digits that count; large numbers with a comma.
fn digits(number: f64) -> String {
    match number {
        n if n < 10.0 => format!("{n:.2}"),
        n if n < 100.0 => format!("{n:.1}"),
        n if n < 1_000.0 => format!("{n:.0}"),
        n => {
            let rounding = 10_f64.powf(n.log10().floor() - 2.0);
            let whole = ((n / rounding).round() * rounding) as u64;
            let text = whole.to_string();
            let mut grouped = String::new();
            for (place, digit) in text.chars().enumerate() {
                if place > 0 && (text.len() - place).is_multiple_of(3) {
                    grouped.push(',');
                }
                grouped.push(digit);
            }
            grouped
        }
    }
}

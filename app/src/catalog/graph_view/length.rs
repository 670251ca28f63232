//! Lengths as attributes. The standard library writes every float exactly, and brings tables for it that
//! are as large as a page; a picture needs a hundredth of a pixel.

/// A length to a hundredth: `12`, `36.5`, `-0.25`.
pub(super) fn px(length: f32) -> String {
    let hundredths = rounded(f64::from(length) * 100.0);
    let sign = if hundredths < 0 { "-" } else { "" };
    let (whole, part) = (hundredths.abs() / 100, hundredths.abs() % 100);
    let text = format!("{sign}{whole}.{part:02}");
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

/// The nearest whole number.
#[expect(
    clippy::cast_possible_truncation,
    reason = "no picture is as large as that"
)]
pub(super) fn rounded(number: f64) -> i64 {
    number.round_ties_even() as i64
}

#[cfg(test)]
mod tests {
    use super::px;

    #[test]
    fn a_length_has_as_many_digits_as_it_needs() {
        let lengths = [0.0, 12.0, 36.5, -0.25, 100.004, 1.999, -7.1];
        let texts = ["0", "12", "36.5", "-0.25", "100", "2", "-7.1"];
        assert_eq!(lengths.map(px), texts);
    }
}

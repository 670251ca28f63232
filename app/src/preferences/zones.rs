//! The time zones that the settings offer. A name that is not among them is not passed to the
//! browser, which would throw at one that it does not know.

/// IANA names with the city that people look for, by continent.
pub const ZONES: [(&str, &[&str]); 6] = [
    (
        "Africa",
        &[
            "Africa/Cairo",
            "Africa/Johannesburg",
            "Africa/Lagos",
            "Africa/Nairobi",
        ],
    ),
    (
        "Americas",
        &[
            "America/Anchorage",
            "America/Argentina/Buenos_Aires",
            "America/Bogota",
            "America/Chicago",
            "America/Denver",
            "America/Los_Angeles",
            "America/Mexico_City",
            "America/New_York",
            "America/Sao_Paulo",
            "America/Toronto",
        ],
    ),
    (
        "Asia",
        &[
            "Asia/Bangkok",
            "Asia/Dubai",
            "Asia/Hong_Kong",
            "Asia/Jakarta",
            "Asia/Jerusalem",
            "Asia/Karachi",
            "Asia/Kolkata",
            "Asia/Seoul",
            "Asia/Shanghai",
            "Asia/Singapore",
            "Asia/Tokyo",
        ],
    ),
    (
        "Atlantic",
        &["Atlantic/Azores", "Atlantic/Faroe", "Atlantic/Reykjavik"],
    ),
    (
        "Australia and Pacific",
        &[
            "Australia/Brisbane",
            "Australia/Perth",
            "Australia/Sydney",
            "Pacific/Auckland",
            "Pacific/Honolulu",
        ],
    ),
    (
        "Europe",
        &[
            "Europe/Amsterdam",
            "Europe/Athens",
            "Europe/Berlin",
            "Europe/Copenhagen",
            "Europe/Dublin",
            "Europe/Helsinki",
            "Europe/Istanbul",
            "Europe/Kyiv",
            "Europe/Lisbon",
            "Europe/London",
            "Europe/Madrid",
            "Europe/Oslo",
            "Europe/Paris",
            "Europe/Prague",
            "Europe/Rome",
            "Europe/Stockholm",
            "Europe/Vienna",
            "Europe/Warsaw",
            "Europe/Zurich",
        ],
    ),
];

/// The name for the browser; nothing means its own zone.
#[must_use]
pub fn iana(zone: &str) -> Option<&'static str> {
    if zone == "utc" {
        return Some("UTC");
    }
    let mut offered = ZONES.iter().flat_map(|(_, names)| names.iter());
    offered.find(|name| **name == zone).copied()
}

/// The city of a zone: `Buenos Aires`.
#[must_use]
pub fn city(zone: &str) -> String {
    zone.rsplit('/').next().unwrap_or(zone).replace('_', " ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_offered_zones_reach_the_browser() {
        assert_eq!(iana("utc"), Some("UTC"));
        assert_eq!(iana("Europe/Copenhagen"), Some("Europe/Copenhagen"));
        assert_eq!(iana(""), None);
        assert_eq!(iana("Mars/Olympus_Mons"), None);
        assert_eq!(city("America/Argentina/Buenos_Aires"), "Buenos Aires");
    }
}

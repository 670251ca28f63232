//! How often everything is read again: `catalog.processingInterval`.

use std::time::Duration;

use integrations::duration;
use model::catalog::JsonPath;
use serde_json::Value;

use super::section::{Findings, in_words};

/// Backstage's own range is 100 to 150 seconds.
pub(super) const DEFAULT_INTERVAL: Duration = Duration::from_secs(120);
const EXPECTED: &str = "false, a text such as 30s, 5m or 1h, or a mapping such as {minutes: 5}";

/// `None` when configured as `false`: then only watching and asking lead to a read.
pub(super) fn interval(
    value: Option<&Value>,
    path: &JsonPath,
    findings: &mut Findings,
) -> Option<Duration> {
    match value {
        None | Some(Value::Bool(true)) => Some(DEFAULT_INTERVAL),
        Some(Value::Bool(false)) => None,
        Some(value) => match duration(value) {
            Some(interval) if interval >= Duration::from_secs(1) => Some(interval),
            Some(_) => {
                findings.wrong(
                    path,
                    format!("is {}", in_words(value)),
                    "at least one second",
                );
                None
            }
            None => {
                findings.wrong(path, format!("is {}", in_words(value)), EXPECTED);
                None
            }
        },
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn read(value: &Value) -> (Option<Duration>, usize) {
        let mut findings = Findings::default();
        let read = interval(Some(value), &JsonPath::root(), &mut findings);
        (read, findings.problems.len())
    }

    #[test]
    fn durations_are_read_in_every_notation() {
        let seconds = |seconds| (Some(Duration::from_secs(seconds)), 0);
        assert_eq!(read(&json!("90s")), seconds(90));
        assert_eq!(read(&json!("1.5 h")), seconds(5_400));
        assert_eq!(read(&json!({"minutes": 5, "seconds": 30})), seconds(330));
        assert_eq!(read(&json!(false)), (None, 0));
    }

    #[test]
    fn what_is_no_duration_is_a_finding() {
        for wrong in [
            json!("soon"),
            json!({}),
            json!({"months": 1}),
            json!(5),
            json!("10ms"),
        ] {
            assert_eq!(read(&wrong), (None, 1), "{wrong}");
        }
        assert_eq!(read(&json!("-5m")).1, 1);
    }
}

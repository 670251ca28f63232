//! Icons that catalog files name, as icons of our sprite.

/// What links may show. Names that are not here are drawn as a plain link.
const KNOWN: [&str; 40] = [
    "activity",
    "alert",
    "api",
    "archive",
    "bell",
    "book",
    "chart",
    "clock",
    "cloud",
    "comment",
    "component",
    "docs",
    "domain",
    "download",
    "external",
    "file-code",
    "gauge",
    "github",
    "graph",
    "group",
    "help",
    "home",
    "info",
    "key",
    "list",
    "lock",
    "note",
    "phone",
    "puzzle",
    "repo",
    "resource",
    "rocket",
    "send",
    "server",
    "settings",
    "shield",
    "system",
    "tag",
    "terminal",
    "user",
];

/// The icon for a link's `icon`. Backstage's names mean what they mean there.
pub(super) fn of_link(name: Option<&str>) -> &'static str {
    let name = name.unwrap_or_default().to_lowercase();
    let own = KNOWN.into_iter().find(|known| *known == name);
    own.unwrap_or(match name.as_str() {
        "dashboard" => "gauge",
        "techdocs" | "documentation" | "runbook" => "book",
        "chat" | "message" | "slack" => "comment",
        "email" | "mail" => "send",
        "warning" => "alert",
        "logs" | "log" => "list",
        "code" | "source" => "file-code",
        _ => "link",
    })
}

#[cfg(test)]
mod tests {
    use super::{KNOWN, of_link};

    #[test]
    fn every_icon_is_in_the_sprite() {
        let sprite = include_str!("../../../public/icons.svg");
        let others = [
            "dashboard",
            "techdocs",
            "chat",
            "email",
            "warning",
            "logs",
            "code",
            "?",
        ];
        for icon in KNOWN
            .into_iter()
            .chain(others)
            .map(|name| of_link(Some(name)))
        {
            assert!(sprite.contains(&format!("id=\"{icon}\"")), "no {icon}");
        }
    }
}

//! Whose settings hold in which browser.

use app::identity::types::{Settings, Theme};
use axum::http::StatusCode;

use crate::portal::{OPEN, TestPortal};

const SAVE: &str = "/api/identity/settings";
const DARK: &str = "theme=dark&time_zone=Europe/Copenhagen&shortcuts=true";
const LIGHT_COOKIE: &str = "perilune_settings=light.1.utc";
const DARK_COOKIE: &str = "perilune_settings=dark.1.Europe/Copenhagen";

fn dark() -> Settings {
    Settings {
        theme: Theme::Dark,
        time_zone: "Europe/Copenhagen".to_owned(),
        shortcuts: true,
    }
}

#[tokio::test]
async fn who_signs_in_elsewhere_finds_their_theme_and_time_zone() {
    let portal = TestPortal::start(OPEN).await;
    let laptop = portal.sign_in("ann").await;
    let saved = portal.post(SAVE, &laptop, DARK).await;
    assert!(saved.cookies()[0].starts_with(DARK_COOKIE), "{saved:?}");

    let phone = portal.sign_in("ann").await;
    let page = portal.get("/settings", &phone).await;
    assert_eq!(page.boot().settings, dark());
    assert!(page.text.contains("data-theme=\"dark\""));
    assert!(page.cookies()[0].starts_with(DARK_COOKIE), "mirrored");

    let both = format!("{phone}; {LIGHT_COOKIE}");
    let page = portal.get("/settings", &both).await;
    assert_eq!(page.boot().settings, dark(), "the stored ones win");
    assert!(page.cookies()[0].starts_with(DARK_COOKIE));

    let mirrored = format!("{phone}; {DARK_COOKIE}");
    let page = portal.get("/settings", &mirrored).await;
    assert_eq!(page.cookies(), [""; 0], "said once");

    let bob = portal.sign_in("bob").await;
    let boot = portal.get("/settings", &bob).await.boot();
    assert_eq!(boot.settings, Settings::default(), "they are ann's");
}

#[tokio::test]
async fn a_browser_keeps_what_a_visitor_sets() {
    let portal = TestPortal::start(OPEN).await;
    let saved = portal.post(SAVE, "", DARK).await;
    assert!(saved.cookies()[0].starts_with(DARK_COOKIE));
    let page = portal.get("/settings", DARK_COOKIE).await;
    assert_eq!(page.boot().settings, dark());
    assert_eq!(page.cookies(), [""; 0]);

    let ann = portal.sign_in("ann").await;
    let both = format!("{ann}; {DARK_COOKIE}");
    let boot = portal.get("/settings", &both).await.boot();
    assert_eq!(boot.settings, dark(), "until ann has stored her own");
}

#[tokio::test]
async fn a_time_zone_is_a_name_that_a_cookie_holds() {
    let portal = TestPortal::start(OPEN).await;
    let ann = portal.sign_in("ann").await;
    for zone in ["time_zone=a%3Bb&theme=dark", "theme=dark&time_zone=%22%3E"] {
        let answer = portal.post(SAVE, &ann, zone).await;
        assert_eq!(answer.status, StatusCode::BAD_REQUEST);
        assert_eq!(answer.cookies(), [""; 0]);
    }
    let boot = portal.get("/settings", &ann).await.boot();
    assert_eq!(boot.settings, Settings::default());
}

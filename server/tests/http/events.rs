//! What an open page hears.

use db_testing::Fixture;

use crate::portal::{OPEN, TestPortal};

const STAR: &str = "/api/identity/star";
const ALPHA: &str = "entity_ref=component:default/alpha&on=true";

#[tokio::test]
async fn a_stream_hears_of_its_own_visitor_and_ends_with_the_session() {
    let portal = TestPortal::start(OPEN).await;
    let (ann, bob) = (portal.sign_in("ann").await, portal.sign_in("bob").await);
    let (mut anns, mut bobs) = (portal.follow(&ann).await, portal.follow(&bob).await);
    portal.post(STAR, &ann, ALPHA).await;
    assert_eq!(anns.next().await.as_deref(), Some("star"));
    for session in [&ann, &bob] {
        portal.post("/api/identity/sign-out", session, "").await;
    }
    assert_eq!(anns.next().await.as_deref(), Some("bye"));
    assert_eq!(anns.next().await, None);
    assert_eq!(bobs.next().await.as_deref(), Some("bye"), "and no star");
}

#[tokio::test]
async fn a_portal_that_stops_ends_its_streams() {
    let portal = TestPortal::start(OPEN).await;
    let mut visitor = portal.follow("").await;
    portal.stop.cancel();
    assert_eq!(visitor.next().await, None);
}

#[test]
fn another_replica_hears_of_a_star_and_of_signing_out() {
    db_testing::on_postgres(async |Fixture { url, .. }| {
        let here = TestPortal::start_on(OPEN, Some(&url)).await;
        let there = TestPortal::start_on(OPEN, Some(&url)).await;
        let ann = here.sign_in("ann").await;
        let mut page = there.follow(&ann).await;
        here.post(STAR, &ann, ALPHA).await;
        assert_eq!(page.next().await.as_deref(), Some("star"));
        here.post("/api/identity/sign-out", &ann, "").await;
        assert_eq!(page.next().await.as_deref(), Some("bye"));
    });
}

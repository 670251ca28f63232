//! Rebuilds the crate when a migration is added: `sqlx::migrate!` cannot see new files itself.

fn main() {
    println!("cargo:rerun-if-changed=../migrations");
}

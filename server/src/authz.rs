//! Who may change what, decided in one place: the owners of a thing and the portal's admins.

use app::context::Actor;
use app::error::PortalError;
use model::catalog::EntityRef;

/// Whether an actor may change what these own; returns who it is, for the audit. A program's own
/// grants have been looked at by then.
///
/// # Errors
/// [`PortalError::Unauthenticated`] where nobody is known, [`PortalError::Forbidden`] with who
/// could do it.
pub(crate) fn may_change(
    actor: &Actor,
    admins: &[EntityRef],
    owners: &[EntityRef],
    action: &str,
) -> Result<String, PortalError> {
    if let Some(program) = &actor.program {
        return Ok(format!("external:{}", program.subject));
    }
    let user = actor.require_user()?;
    let mut own = actor.ownership.iter();
    if own.any(|own| owners.contains(own) || admins.contains(own)) {
        return Ok(user.to_string());
    }
    Err(PortalError::Forbidden {
        action: action.to_owned(),
        who: who(owners),
    })
}

fn who(owners: &[EntityRef]) -> String {
    let owners = owners.iter().map(EntityRef::to_string);
    let mut names: Vec<String> = owners.collect();
    names.push("an admin of the portal".to_owned());
    names.join(" or ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use app::context::Program;

    fn actor(user: Option<&str>, groups: &[&str]) -> Actor {
        let entity_ref = |text: &str| EntityRef::parse(text).unwrap();
        let user = user.map(entity_ref);
        let groups = groups.iter().copied().map(entity_ref);
        Actor {
            ownership: user.iter().cloned().chain(groups).collect(),
            user,
            program: None,
            session: None,
            open_reading: true,
        }
    }

    #[track_caller]
    fn check(actor: &Actor, expected: Result<&str, u16>) {
        let refs = |text: &str| vec![EntityRef::parse(text).unwrap()];
        let (admins, owners) = (refs("group:default/admins"), refs("group:default/crew"));
        let found = may_change(actor, &admins, &owners, "delete it");
        let found = found.map_err(|error| error.status());
        assert_eq!(found, expected.map(str::to_owned));
    }

    #[test]
    fn owners_admins_and_programs_may_and_others_may_not() {
        let ann = Some("user:default/ann");
        check(&actor(ann, &["group:default/crew"]), Ok("user:default/ann"));
        check(
            &actor(ann, &["group:default/admins"]),
            Ok("user:default/ann"),
        );
        check(&actor(ann, &["group:default/others"]), Err(403));
        check(&actor(None, &[]), Err(401));
        let program = Program {
            subject: "ci".to_owned(),
            grants: None,
        };
        let program = Actor {
            program: Some(program),
            ..actor(None, &[])
        };
        check(&program, Ok("external:ci"));
    }
}

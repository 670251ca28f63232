//! Initials in a calm colour that a name keeps. A group is a square, a person a circle.

use model::catalog::text::upper_case;

use crate::prelude::*;

/// How large an avatar is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum AvatarSize {
    /// In a table.
    #[default]
    Small,
    /// In a list of people.
    Medium,
    /// In a page's head.
    Large,
}

/// Decorative: the name beside it is the text.
#[component]
pub fn Avatar(
    /// The name.
    label: String,
    /// Whether it is a person's.
    #[prop(optional)]
    person: bool,
    /// How large.
    #[prop(optional)]
    size: AvatarSize,
) -> impl IntoView {
    let shape = if person { " av--person" } else { "" };
    let size = match size {
        AvatarSize::Small => "",
        AvatarSize::Medium => " av--md",
        AvatarSize::Large => " av--lg",
    };
    let class = format!("av av--{}{shape}{size}", colour(&label));
    view! { <span class=class aria-hidden="true">{initials(&label)}</span> }
}

/// 1 to 8, always the same for a name.
fn colour(label: &str) -> u32 {
    label.chars().fold(7_u32, |sum, c| {
        sum.wrapping_mul(31).wrapping_add(u32::from(c))
    }) % 8
        + 1
}

/// `Squad Aura` is AU, `Runa Holmvik` RH, `squad-void` VO.
fn initials(label: &str) -> String {
    let words: Vec<&str> = label
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty() && !word.eq_ignore_ascii_case("squad"))
        .collect();
    let letters: String = match words.as_slice() {
        [] => label.chars().take(2).collect(),
        [only] => only.chars().take(2).collect(),
        [first, .., last] => first.chars().take(1).chain(last.chars().take(1)).collect(),
    };
    upper_case(&letters)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn initials_are_two_letters_of_the_name() {
        assert_eq!(initials("Squad Aura"), "AU");
        assert_eq!(initials("Runa Holmvik"), "RH");
        assert_eq!(initials("squad-void"), "VO");
        assert_eq!(initials("Ø"), "Ø");
    }
}

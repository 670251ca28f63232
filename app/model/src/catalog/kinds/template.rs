//! The kind that describes how something new is made.

use super::{Kind, Reference};
use crate::catalog::relation_type::RelationType;
use crate::catalog::shape::{ANY_OBJECT, Field, Members, Shape};

const PERMISSIONS: Field = Field::optional(
    "backstage:permissions",
    Shape::Object(&Members::open(&[Field::optional(
        "tags",
        Shape::List(&Shape::AnyText),
        "tags that permissions refer to",
    )])),
    "tags that permissions refer to",
);

const IF: Field = Field::optional("if", Shape::TextOrBool, "when it applies");
const TITLE: Field = Field::optional("title", Shape::Text, "what to call it");
const ICON: Field = Field::optional("icon", Shape::Text, "the name of an icon");

const PARAMETERS: Field = Field::optional(
    "parameters",
    Shape::OneOrMany(&Members::open(&[PERMISSIONS])),
    "the pages of the form, each a JSON Schema",
);

const STEPS: Field = Field::required(
    "steps",
    Shape::List(&Shape::Object(&Members::open(&[
        Field::required(
            "action",
            Shape::AnyText,
            "the action to run, like fetch:template",
        ),
        Field::optional("id", Shape::AnyText, "how other steps refer to it"),
        Field::optional("name", Shape::AnyText, "what to call it"),
        Field::optional("input", ANY_OBJECT, "the action's input"),
        IF,
        Field::optional("each", Shape::Loop, "what to repeat it for"),
        PERMISSIONS,
    ]))),
    "what to do, in order",
);

const OUTPUT: Field = Field::optional(
    "output",
    Shape::Object(&Members {
        fields: &[
            Field::optional(
                "links",
                Shape::List(&Shape::Object(&Members::open(&[
                    IF,
                    Field::optional("url", Shape::Text, "an address"),
                    Field::optional("entityRef", Shape::Text, "an entity in the catalog"),
                    TITLE,
                    ICON,
                ]))),
                "links to what was made",
            ),
            Field::optional(
                "text",
                Shape::List(&Shape::Object(&Members::open(&[
                    IF,
                    TITLE,
                    ICON,
                    Field::optional("content", Shape::AnyText, "Markdown"),
                ]))),
                "texts to show at the end",
            ),
        ],
        rest: Some(&Shape::AnyText),
    }),
    "what to show at the end",
);

const SECRETS: Field = Field::optional(
    "secrets",
    Shape::Object(&Members::open(&[Field::optional(
        "schema",
        ANY_OBJECT,
        "a JSON Schema",
    )])),
    "the secrets that callers must supply",
);

const PRESENTATION: Field = Field::optional(
    "presentation",
    Shape::Object(&Members::open(&[Field::optional(
        "buttonLabels",
        Shape::Object(&Members::open(&[
            Field::optional("backButtonText", Shape::AnyText, "a label"),
            Field::optional("createButtonText", Shape::AnyText, "a label"),
            Field::optional("reviewButtonText", Shape::AnyText, "a label"),
        ])),
        "labels of the form's buttons",
    )])),
    "how the form looks",
);

const RECOVERY: Field = Field::optional(
    "EXPERIMENTAL_recovery",
    Shape::Object(&Members::open(&[Field::optional(
        "EXPERIMENTAL_strategy",
        Shape::AnyText,
        "none or startOver",
    )])),
    "what happens to a run that a restart interrupts",
);

const DECORATORS: Shape = Shape::List(&Shape::Object(&Members::open(&[
    Field::optional("id", Shape::AnyText, "the decorator"),
    Field::optional("input", ANY_OBJECT, "its input"),
])));

pub(super) const TEMPLATE: Kind = Kind {
    name: "Template",
    title: "Template",
    plural: "Templates",
    icon: "template",
    api_versions: &["scaffolder.backstage.io/v1beta3"],
    spec: &Members::open(&[
        Field::required(
            "type",
            Shape::Text,
            "what it makes, like service or website",
        ),
        Field::optional(
            "owner",
            Shape::Text,
            "who owns it, like my-team or user:jane",
        ),
        Field::optional("lifecycle", Shape::Text, "how far it is, like production"),
        PARAMETERS,
        SECRETS,
        PRESENTATION,
        RECOVERY,
        Field::optional("formDecorators", DECORATORS, "decorators of the form"),
        Field::optional(
            "EXPERIMENTAL_formDecorators",
            DECORATORS,
            "decorators of the form",
        ),
        STEPS,
        OUTPUT,
    ]),
    references: &[Reference::to("owner", RelationType::OwnedBy, "Group")],
};

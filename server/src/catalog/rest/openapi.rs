//! `/openapi.json`: the endpoints as OpenAPI describes them.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use axum::http::Method;
use serde_json::json;
use utoipa::openapi::path::{OperationBuilder, Parameter, ParameterBuilder, ParameterIn};
use utoipa::openapi::request_body::RequestBodyBuilder;
use utoipa::openapi::schema::{Components, ComponentsBuilder, Schema};
use utoipa::openapi::security::{HttpAuthScheme, HttpBuilder, SecurityScheme};
use utoipa::openapi::{
    Content, HttpMethod, Info, OpenApi, OpenApiBuilder, Paths, Ref, RefOr, Required, Response,
    ResponseBuilder, SecurityRequirement, Server,
};

use super::MOUNT;
use super::asked::Asked;
use super::endpoints::{ENDPOINTS, Endpoint};
use super::reply::Reply;
use crate::catalog::View;
use crate::http::ApiError;

const JSON: &str = "application/json";
const TOKEN: &str = "token";
/// Schemas by name, in JSON.
const SCHEMAS: &str = include_str!("schemas.json");
/// Parameters that are whole numbers.
const NUMBERS: [&str; 2] = ["limit", "offset"];
/// Parameters that may be given several times.
const LISTS: [&str; 6] = [
    "facet",
    "fields",
    "filter",
    "fullTextFilterFields",
    "order",
    "orderField",
];

pub(super) fn get(_: &View, _: &Asked) -> Result<Reply, ApiError> {
    Ok(Reply::json(DOCUMENT.as_str()))
}

static DOCUMENT: LazyLock<String> = LazyLock::new(|| json!(document()).to_string());

fn document() -> OpenApi {
    let mut paths = Paths::new();
    for endpoint in ENDPOINTS {
        if let Some(method) = method(&endpoint.method) {
            paths.add_path_operation(endpoint.path, vec![method], operation(endpoint));
        }
    }
    OpenApiBuilder::new()
        .info(Info::new("Catalog", env!("CARGO_PKG_VERSION")))
        .servers(Some([Server::new(MOUNT)]))
        .security(Some([
            SecurityRequirement::default(),
            SecurityRequirement::new::<_, _, String>(TOKEN, []),
        ]))
        .paths(paths)
        .components(Some(components()))
        .build()
}

fn method(method: &Method) -> Option<HttpMethod> {
    match *method {
        Method::GET => Some(HttpMethod::Get),
        Method::POST => Some(HttpMethod::Post),
        Method::PUT => Some(HttpMethod::Put),
        Method::DELETE => Some(HttpMethod::Delete),
        _ => None,
    }
}

fn operation(endpoint: &Endpoint) -> OperationBuilder {
    let (status, schema) = endpoint.answer;
    let in_path = endpoint.path.split('/').filter_map(|part| {
        let name = part.strip_prefix('{')?.strip_suffix('}')?;
        Some(parameter(name, ParameterIn::Path))
    });
    let in_query = endpoint.parameters.iter();
    let in_query = in_query.map(|name| parameter(name, ParameterIn::Query));
    let errors = [400, 401, 403].iter().chain(endpoint.errors);
    let operation = OperationBuilder::new()
        .summary(Some(endpoint.summary))
        .parameters(Some(in_path.chain(in_query)))
        .response(status.to_string(), response("Success", schema));
    let operation = errors.fold(operation, |operation, status| {
        operation.response(status.to_string(), response("Refused", Some("Error")))
    });
    let body = endpoint.body.map(|schema| {
        RequestBodyBuilder::new()
            .required(Some(Required::True))
            .content(JSON, content(schema))
            .build()
    });
    operation.request_body(body)
}

fn parameter(name: &str, place: ParameterIn) -> Parameter {
    let required = match place {
        ParameterIn::Path => Required::True,
        _ => Required::False,
    };
    let schema = match name {
        number if NUMBERS.contains(&number) => "Number",
        list if LISTS.contains(&list) => "Texts",
        _ => "Text",
    };
    ParameterBuilder::new()
        .name(name)
        .parameter_in(place)
        .required(required)
        .schema(Some(reference(schema)))
        .build()
}

fn response(description: &str, schema: Option<&str>) -> Response {
    let response = ResponseBuilder::new().description(description);
    match schema {
        Some(schema) => response.content(JSON, content(schema)).build(),
        None => response.build(),
    }
}

fn content(schema: &str) -> Content {
    Content::new(Some(reference(schema)))
}

fn reference(schema: &str) -> Ref {
    Ref::from_schema_name(schema)
}

fn components() -> Components {
    let schemas = schemas().into_iter();
    let components = schemas.fold(ComponentsBuilder::new(), |components, (name, schema)| {
        components.schema(name, schema)
    });
    let token = HttpBuilder::new().scheme(HttpAuthScheme::Bearer).build();
    components
        .security_scheme(TOKEN, SecurityScheme::Http(token))
        .build()
}

fn schemas() -> BTreeMap<String, RefOr<Schema>> {
    // A test reads every one of them.
    serde_json::from_str(SCHEMAS).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use serde_json::Value;

    use super::*;

    #[test]
    fn every_schema_that_is_named_is_there() {
        let known: BTreeSet<String> = schemas().into_keys().collect();
        assert!(known.len() > 10, "the file can be read");
        let text = json!(document()).to_string();
        let named = text.split("#/components/schemas/").skip(1);
        let named: BTreeSet<String> = named
            .filter_map(|rest| rest.split('"').next().map(str::to_owned))
            .collect();
        assert_eq!(named, known);
    }

    #[test]
    fn every_endpoint_is_described() {
        let document = json!(document());
        let operations = document["paths"].as_object().unwrap().values();
        let count: usize = operations.map(|path| path.as_object().unwrap().len()).sum();
        assert_eq!(count, ENDPOINTS.len());
        let by_refs = &document["paths"]["/entities/by-refs"]["post"];
        let body = &by_refs["requestBody"]["content"]["application/json"]["schema"]["$ref"];
        assert_eq!(body, "#/components/schemas/EntityRefs");
        assert_eq!(by_refs["parameters"][0]["name"], "filter");
        assert_eq!(
            document["components"]["schemas"]["Texts"]["type"],
            Value::from("array")
        );
    }
}

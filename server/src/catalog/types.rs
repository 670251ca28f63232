//! Types (`spec.type`) as people write them. Any text may be a type; these are the usual ones.

use model::catalog::text::capitalised;

/// Types that say what a thing is: one of it, several.
const THINGS: [(&str, &str, &str); 20] = [
    ("bucket", "Bucket", "Buckets"),
    ("broker", "Broker", "Brokers"),
    ("cli", "CLI", "CLIs"),
    ("cache", "Cache", "Caches"),
    ("cluster", "Cluster", "Clusters"),
    ("database", "Database", "Databases"),
    ("dashboard", "Dashboard", "Dashboards"),
    ("documentation", "Documentation", "Documentation"),
    ("infrastructure", "Infrastructure", "Infrastructure"),
    ("job", "Job", "Jobs"),
    ("library", "Library", "Libraries"),
    ("pipeline", "Pipeline", "Pipelines"),
    ("plugin", "Plugin", "Plugins"),
    ("queue", "Queue", "Queues"),
    ("service", "Service", "Services"),
    ("topic", "Topic", "Topics"),
    ("tool", "Tool", "Tools"),
    ("website", "Website", "Websites"),
    ("worker", "Worker", "Workers"),
    ("app", "App", "Apps"),
];

/// Names with a spelling of their own.
const NAMES: [(&str, &str); 14] = [
    ("asyncapi", "AsyncAPI"),
    ("grpc", "gRPC"),
    ("graphql", "GraphQL"),
    ("kafka", "Kafka"),
    ("mongodb", "MongoDB"),
    ("mysql", "MySQL"),
    ("openapi", "OpenAPI"),
    ("postgres", "PostgreSQL"),
    ("postgresql", "PostgreSQL"),
    ("rabbitmq", "RabbitMQ"),
    ("redis", "Redis"),
    ("s3", "S3"),
    ("trpc", "tRPC"),
    ("wsdl", "WSDL"),
];

/// A type that says what a thing is, for one or for several; `None` of another.
pub(super) fn counted(spec_type: &str, one: bool) -> Option<&'static str> {
    let lower = spec_type.to_lowercase();
    let known = THINGS.iter().find(|(known, ..)| *known == lower)?;
    Some(if one { known.1 } else { known.2 })
}

/// A type as a heading has it: by its own spelling, else with a capital.
pub(super) fn title(spec_type: &str) -> String {
    let lower = spec_type.to_lowercase();
    if let Some((_, name)) = NAMES.iter().find(|(known, _)| *known == lower) {
        return (*name).to_owned();
    }
    counted(spec_type, true).map_or_else(|| capitalised(spec_type), str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::{counted, title};

    #[test]
    fn usual_types_are_written_as_people_do() {
        assert_eq!(counted("service", false), Some("Services"));
        assert_eq!(counted("Library", true), Some("Library"));
        assert_eq!(counted("copybook", false), None);
        assert_eq!(title("openapi"), "OpenAPI");
        assert_eq!(title("cli"), "CLI");
        assert_eq!(title("copybook"), "Copybook");
        assert_eq!(title(""), "");
    }
}

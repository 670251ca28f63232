// Who depends on whom: gathers what the lines of services, APIs and resources say about each component.

/** Relations of every component, by name; refuses words that name nothing. */
export function relations(model) {
  const components = new Map(model.components.map((c) => [c.name, c]));
  const resources = new Set(model.resources.map((r) => r.name));
  const result = new Map(model.components.map((c) => [c.name, { provides: [], consumes: [], dependsOn: [] }]));
  const of = (name, why) => {
    const found = result.get(name);
    if (!found) throw new Error(`${why}: no component is called ${name}`);
    return found;
  };
  for (const c of model.components) {
    for (const target of c.dependsOn) of(c.name).dependsOn.push(ref(target, c.name));
  }
  for (const r of model.resources) {
    for (const name of r.dependencyOf) of(name, `resource ${r.name}`).dependsOn.push(`resource:${r.name}`);
  }
  for (const a of model.apis) {
    of(a.provider, `api ${a.name}`).provides.push(a.name);
    for (const name of a.consumers) of(name, `api ${a.name}`).consumes.push(a.name);
  }
  for (const r of result.values()) for (const key of Object.keys(r)) r[key] = [...new Set(r[key])].sort();
  return result;

  function ref(target, source) {
    if (components.has(target)) return `component:${target}`;
    if (resources.has(target)) return `resource:${target}`;
    throw new Error(`${source} depends on ${target}, which is neither a component nor a resource`);
  }
}

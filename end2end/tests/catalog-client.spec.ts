// Backstage's own client asks the catalog, as plugins and scripts of a company do.
import { CatalogClient, type EntityFilterQuery } from "@backstage/catalog-client";
import { expect, test } from "../portal.js";

const client = (address: string) =>
  new CatalogClient({
    discoveryApi: { getBaseUrl: async (plugin) => `${address}/api/${plugin}` },
    fetchApi: { fetch },
  });

const ref = (entity: { kind: string; metadata: { namespace?: string; name: string } }) =>
  `${entity.kind}:${entity.metadata.namespace}/${entity.metadata.name}`.toLowerCase();

const services: EntityFilterQuery = { kind: "component", "spec.type": "service" };
const ofAura: EntityFilterQuery = { ...services, "relations.ownedBy": "group:default/squad-aura" };
const DEAD_LETTER = "component:default/dead-letter";

test("lists are filtered, cut and ordered", async ({ portal }) => {
  const catalog = client(portal.address);
  const all = await catalog.getEntities({ filter: ofAura, fields: ["kind", "metadata"] });
  expect(all.items).toHaveLength(72);
  expect(Object.keys(all.items[0]).sort()).toEqual(["kind", "metadata"]);
  const page = await catalog.getEntities({
    filter: ofAura,
    order: { field: "metadata.name", order: "desc" },
    limit: 3,
    offset: 1,
  });
  const names = all.items.map((item) => item.metadata.name).sort().reverse();
  expect(page.items.map((item) => item.metadata.name)).toEqual(names.slice(1, 4));
});

test("pages lead to the last one and back", async ({ portal }) => {
  const catalog = client(portal.address);
  const first = await catalog.queryEntities({
    filter: ofAura,
    orderFields: { field: "metadata.name", order: "asc" },
    limit: 30,
  });
  expect([first.totalItems, first.items.length]).toEqual([72, 30]);
  const second = await catalog.queryEntities({ cursor: first.pageInfo.nextCursor!, limit: 30 });
  const third = await catalog.queryEntities({ cursor: second.pageInfo.nextCursor!, limit: 30 });
  expect([third.items.length, third.pageInfo.nextCursor]).toEqual([12, undefined]);
  const back = await catalog.queryEntities({ cursor: third.pageInfo.prevCursor!, limit: 30 });
  expect(back.items.map(ref)).toEqual(second.items.map(ref));
  const streamed: string[] = [];
  for await (const items of catalog.streamEntities({ filter: ofAura, pageSize: 20 })) {
    streamed.push(...items.map(ref));
  }
  const paged = [first, second, third].flatMap((page) => page.items.map(ref));
  expect(streamed.sort()).toEqual(paged.sort());
});

test("predicates and texts find the same as filters", async ({ portal }) => {
  const catalog = client(portal.address);
  const found = await catalog.queryEntities({
    query: { $all: [{ kind: "component" }, { "spec.type": { $in: ["service"] } }] },
    limit: 0,
  });
  const filtered = await catalog.queryEntities({ filter: services, limit: 0 });
  expect(found.totalItems).toBe(778);
  expect(filtered.totalItems).toBe(778);
  const text = await catalog.queryEntities({
    filter: services,
    fullTextFilter: { term: "DEAD-lett", fields: ["metadata.name"] },
  });
  expect(text.items.map(ref)).toContain(DEAD_LETTER);
});

test("single entities, several at once, and where they come from", async ({ portal }) => {
  const catalog = client(portal.address);
  const entity = await catalog.getEntityByRef(DEAD_LETTER);
  expect(entity?.relations).toContainEqual({
    type: "ownedBy",
    targetRef: "group:default/squad-aura",
  });
  expect(await catalog.getEntityByRef("component:default/no-such-thing")).toBeUndefined();
  const several = await catalog.getEntitiesByRefs({
    entityRefs: [DEAD_LETTER, "component:default/no-such-thing", DEAD_LETTER],
    filter: services,
  });
  expect(several.items.map((item) => item?.metadata.name)).toEqual([
    "dead-letter",
    undefined,
    "dead-letter",
  ]);
  const ancestry = await catalog.getEntityAncestors({ entityRef: DEAD_LETTER });
  expect(ancestry.rootEntityRef).toBe(DEAD_LETTER);
  expect(ancestry.items[0].entity).toEqual(entity);
  const known = new Set(ancestry.items.map((item) => ref(item.entity)));
  expect(ancestry.items[0].parentEntityRefs).not.toEqual([]);
  for (const item of ancestry.items) {
    for (const parent of item.parentEntityRefs) expect(known).toContain(parent);
  }
  const last = ancestry.items.at(-1)!;
  expect([last.entity.kind, last.parentEntityRefs]).toEqual(["Location", []]);
});

test("facets count what filters find", async ({ portal }) => {
  const catalog = client(portal.address);
  const { facets } = await catalog.getEntityFacets({
    filter: { kind: "component" },
    facets: ["spec.type", "relations.ownedBy"],
  });
  expect(facets["spec.type"]).toContainEqual({ value: "service", count: 778 });
  expect(facets["relations.ownedBy"].length).toBeGreaterThan(10);
});

test("an entity is refreshed, deleted and comes back, for a program that may", async ({ portal }) => {
  const catalog = client(portal.address);
  const options = { token: portal.token };
  await expect(catalog.refreshEntity(DEAD_LETTER)).rejects.toThrow(/401/);
  await catalog.refreshEntity(DEAD_LETTER, options);
  const before = await catalog.getEntityByRef(DEAD_LETTER);
  await catalog.removeEntityByUid(before!.metadata.uid!, options);
  // Its file still names it.
  await expect.poll(() => catalog.getEntityByRef(DEAD_LETTER)).toEqual(before);
});

test("an entity is validated before it is taken", async ({ portal }) => {
  const catalog = client(portal.address);
  const entity = {
    apiVersion: "backstage.io/v1alpha1",
    kind: "Component",
    metadata: { name: "new" },
    spec: { type: "service", lifecycle: "production", owner: "squad-aura" },
  };
  const location = "url:https://github.com/lunar/new/blob/main/catalog-info.yaml";
  expect(await catalog.validateEntity(entity, location)).toEqual({ valid: true });
  const broken = { ...entity, metadata: { name: "not a name" } };
  const answer = await catalog.validateEntity(broken, location);
  expect(answer).toMatchObject({ valid: false });
  expect(JSON.stringify(answer)).toContain("metadata.name");
});

// Addresses that make no sense are read as far as they do, and never fail on our side.
import { expect, test } from "../portal.js";

const queries = [
  "filters[kind]=%FF%00",
  "filters[kind]=%3Cscript%3Ealert(1)%3C%2Fscript%3E",
  "filters[kind]=%3C/title%3E%3Cimg%20src=x%20onerror=alert(1)%3E",
  "filters[[[=1&limit=-5&offset=x",
  "filters=1&filters[]=2&filters[kind][0][1]=3",
  "sort=;drop%20table&columns=%%%",
  "filters[owners]=:/:&filters[owners]=group:&filters[owners]=a:b:c/d/e",
  "limit=99999999999999999999&offset=18446744073709551616",
  "offset=4294967295&limit=500",
  "&&&=&=&?&#",
  `filters[text]=${"x".repeat(4000)}`,
  `filters[text]=${"a+".repeat(500)}`,
  Array.from({ length: 300 }, (_, n) => `filters[tags]=t${n}`).join("&"),
  "rootEntityRefs[]=nonsense&maxDepth=-1&selectedKinds[]=%00&direction=UP",
  "severity=%F0%28%8C%28&text=%ED%A0%80&next=//elsewhere.example",
];

const pages = ["/catalog", "/catalog-graph", "/problems", "/settings", "/sign-in", "/", "/catalog/default/component/dead-letter"];

test("a query that makes no sense is never our failure", async ({ request }) => {
  for (const page of pages) {
    for (const query of queries) {
      const answer = await request.get(`${page}?${query}`);
      expect(answer.status(), `${page}?${query.slice(0, 80)}`).toBeLessThan(500);
    }
  }
});

test("the list answers every query with a page that has no markup of the query's", async ({ request }) => {
  for (const query of queries) {
    const answer = await request.get(`/catalog?${query}`);
    expect(answer.status(), query.slice(0, 80)).toBe(200);
    const text = await answer.text();
    expect(text).toContain("<h1");
    expect(text).not.toContain("<script>alert");
    expect(text).not.toContain("<img src=x");
  }
});

test("a path that makes no sense is a 404 or a 400", async ({ request }) => {
  const paths = [
    "/catalog/default/component/%00",
    "/catalog/default/component/..%2f..%2fetc",
    "/catalog/%3Cscript%3E/component/x",
    "/catalog/a/b",
    `/catalog/default/component/${"n".repeat(3000)}`,
    "/pkg/../../etc/passwd",
    "/%ff%fe",
  ];
  for (const path of paths) {
    const status = (await request.get(path)).status();
    expect([400, 404, 414], `${path.slice(0, 60)}: ${status}`).toContain(status);
  }
});

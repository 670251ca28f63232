// Every page in every state that looks different, for the checks that walk all of them.

export interface Address {
  /** The name of its picture. */
  name: string;
  path: string;
  /** Whether somebody is signed in. */
  signedIn?: boolean;
  /** Whether the browser logs that the page is not there. */
  missing?: boolean;
}

export const addresses: Address[] = [
  { name: "home", path: "/" },
  { name: "home-signed-in", path: "/", signedIn: true },
  { name: "catalog-domains", path: "/catalog?filters[kind]=domain" },
  { name: "catalog-services", path: "/catalog?filters[type]=service&filters[owners]=group:squad-aura" },
  { name: "catalog-owned", path: "/catalog?filters[user]=owned", signedIn: true },
  { name: "catalog-all", path: "/catalog?filters[kind]=all&limit=20&offset=40" },
  { name: "catalog-columns", path: "/catalog?columns=name,tags,namespace,type,owner,domain,lifecycle,tier" },
  { name: "catalog-no-match", path: "/catalog?filters[kind]=domain&filters[tier]=1&filters[text]=nothing+like+this" },
  { name: "catalog-no-stars", path: "/catalog?filters[user]=starred", signedIn: true },
  { name: "catalog-stranger", path: "/catalog?filters[user]=owned" },
  { name: "component", path: "/catalog/default/component/dead-letter" },
  { name: "domain", path: "/catalog/default/domain/async-messaging" },
  { name: "api", path: "/catalog/default/api/dead-letter-api" },
  { name: "api-definition", path: "/catalog/default/api/dead-letter-api/definition" },
  { name: "group", path: "/catalog/default/group/squad-aura" },
  { name: "group-members", path: "/catalog/default/group/squad-aura/members" },
  { name: "user", path: "/catalog/default/user/runa-holmvik" },
  { name: "history", path: "/catalog/default/component/dead-letter/history" },
  { name: "source", path: "/catalog/default/component/dead-letter/source" },
  { name: "missing-entity", path: "/catalog/default/component/dead-lettr", missing: true },
  { name: "graph", path: "/catalog-graph?rootEntityRefs[]=component:default/dead-letter&maxDepth=1" },
  { name: "graph-empty", path: "/catalog-graph" },
  { name: "problems", path: "/problems" },
  { name: "settings", path: "/settings" },
  { name: "sign-in", path: "/sign-in" },
  { name: "not-found", path: "/no/such/page", missing: true },
];

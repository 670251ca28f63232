// Pages of a list, and the Link header that leads through them.

const number = (text, fallback) => (/^\d+$/.test(text ?? "") && Number(text) > 0 ? Number(text) : fallback);

/** `location` is what GitHub leads on with: an organisation or a repository by its number. */
export function paged(all, query, location) {
  const per = Math.min(number(query.get("per_page"), 30), 100);
  const page = number(query.get("page"), 1);
  const last = Math.max(Math.ceil(all.length / per), 1);
  const to = (number, rel) => {
    const next = new URLSearchParams(query);
    next.set("page", String(number));
    return `<${location}?${next}>; rel="${rel}"`;
  };
  const links = [
    ...(page > 1 ? [to(Math.min(page - 1, last), "prev")] : []),
    ...(page < last ? [to(page + 1, "next"), to(last, "last")] : []),
    ...(page > 1 ? [to(1, "first")] : []),
  ];
  return {
    items: all.slice((page - 1) * per, page * per),
    headers: links.length ? { link: links.join(", ") } : {},
  };
}

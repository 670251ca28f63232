// What GitHub says when it refuses.

const DOCS = "https://docs.github.com/rest";
const LIMITS = `${DOCS}/overview/rate-limits-for-the-rest-api`;

export class Problem extends Error {
  constructor(status, message, { documentation_url = DOCS, headers = {}, ...more } = {}) {
    super(message);
    this.status = status;
    this.headers = headers;
    this.body = { message, ...more, documentation_url, status: String(status) };
  }
}

export const notFound = (message = "Not Found") => new Problem(404, message);
export const badCredentials = (message = "Bad credentials") => new Problem(401, message);
export const requiresAuthentication = () => new Problem(401, "Requires authentication");
export const emptyRepository = () => new Problem(409, "Git Repository is empty.");

export const moved = (location) =>
  new Problem(301, "Moved Permanently", {
    url: location,
    headers: { location },
    documentation_url: `${DOCS}/guides/best-practices-for-using-the-rest-api#follow-redirects`,
  });

export const primaryLimit = (whom, request) =>
  new Problem(
    403,
    whom.anonymous
      ? `API rate limit exceeded for ${whom.name}. (But here's the good news: Authenticated requests get a higher rate limit. Check out the documentation for more details.)`
      : `API rate limit exceeded for ${whom.name}. If you reach out to GitHub Support for help, please include the request ID ${request}.`,
    { documentation_url: LIMITS },
  );

export const secondaryLimit = (request, status = 403, retryAfter = 60) =>
  new Problem(
    status,
    `You have exceeded a secondary rate limit. Please wait a few minutes before you try again. If you reach out to GitHub Support for help, please include the request ID ${request}.`,
    {
      documentation_url: `${LIMITS}#about-secondary-rate-limits`,
      headers: retryAfter === null ? {} : { "retry-after": String(retryAfter) },
    },
  );

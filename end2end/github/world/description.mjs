// A world, or a part of one, written down: the control interface takes it in one piece.

/** Takes over users, organisations, repositories, tokens, installations and settings, in this order. */
export function describe(world, wanted) {
  const { users = [], organizations = [], repositories = [], tokens = [], installations = [], settings = {} } = wanted;
  for (const { login, ...user } of users) world.user(login, user);
  // Teams may own repositories, which belong to organisations.
  for (const { login, teams: _, ...organization } of organizations) world.organization(login, organization);
  for (const { full_name, ...repository } of repositories) world.repository(full_name, repository);
  for (const { login, teams = [] } of organizations) for (const team of teams) world.team(login, team);
  for (const { token, ...holder } of tokens) world.token(token, holder);
  for (const { organization, ...installation } of installations) world.app.install(organization, installation);
  for (const [key, value] of Object.entries(settings)) {
    if (!(key in world.settings)) throw new Error(`no such setting: ${key}`);
    world.settings[key] = value;
  }
}

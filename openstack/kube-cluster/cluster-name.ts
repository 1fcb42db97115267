/** What Magnum accepts: a letter, then letters, digits, `_`, `.` and `-`, 242 in all. */
const VALID = /^[A-Za-z][A-Za-z0-9_.-]{0,241}$/;

/** Why a text is no name of a cluster; undefined when it is one. */
export const clusterNameProblem = (name: string): string | undefined =>
  VALID.test(name)
    ? undefined
    : `"${name}" is no name for a cluster: a letter, then letters, digits, "_", "." or "-", 242 at most`;

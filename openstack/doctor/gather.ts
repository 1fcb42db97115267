import { explainFailure } from '../explain-failure.ts';
import type { About } from '../explain/about.ts';
import { exitCode } from '../exit-code.ts';
import type { Session } from '../identity/session.ts';
import { failedWith } from '../openstack-error.ts';
import { UserError } from '../../terminal/user-error.ts';
import { type Finding, problem, warning } from './finding.ts';

/** For one answer of a service: a person waits, and what is slower than that is worth a finding. */
const ANSWER_MS = 15_000;

/** The same session with a short patience. */
export const hasty = (session: Session): Session => ({
  login: session.login,
  endpoint: session.endpoint,
  rescoped: session.rescoped,
  close: session.close,
  request: (call) => session.request({ timeoutMs: ANSWER_MS, ...call }),
});

/** A check whose failure is a finding like any other: the rest of the report goes on. */
export async function gather(
  check: string,
  about: About,
  look: () => Promise<readonly Finding[]>,
): Promise<readonly Finding[]> {
  try {
    return await look();
  } catch (error) {
    // The catalog's own finding tells it, with what the catalog has.
    if (failedWith(error, 'NoEndpoint')) return [];
    return [failure(check, explainFailure(error, about))];
  }
}

/** What an error says: a refusal is a warning (not everybody may ask everything), all else a problem. */
export function failure(check: string, error: unknown): Finding {
  const [said = '', ...remedy] = (error instanceof Error ? error.message : String(error)).split('\n');
  const advice = remedy.length === 0 ? undefined : remedy.join(' ');
  if (!(error instanceof UserError)) return problem(check, said, advice);
  const code = Object.values(exitCode).find((known) => known === error.exitCode) ?? exitCode.failed;
  return code === exitCode.forbidden ? warning(check, said, advice) : problem(check, said, advice, code);
}

import type { SparkApplication } from '../../api/sparkapplication.ts';

/** Something that the author of an application would have to be allowed to do himself. */
export interface AccessNeed {
  readonly verb: string;
  readonly group: string;
  readonly resource: string;
  /** Name of the one object; unset: any in the namespace. */
  readonly name?: string;
  /** The field that asks for it, such as `spec.driver.serviceAccount`. */
  readonly field: string;
  /** What the application would do with it. */
  readonly why: string;
}

/** What an application does that not everyone may do; an empty list when nothing is sensitive. */
export function accessNeeded(app: SparkApplication, trustedServiceAccounts: readonly string[]): readonly AccessNeed[] {
  return (['driver', 'executor'] as const).flatMap((role) => {
    const name = app.spec[role]?.serviceAccount ?? '';
    if (name === '' || name === 'default' || trustedServiceAccounts.includes(name)) return [];
    const field = `spec.${role}.serviceAccount`;
    return [
      { verb: 'impersonate', group: '', resource: 'serviceaccounts', name, field, why: `${role} runs as ${name}` },
    ];
  });
}

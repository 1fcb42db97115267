/** Something that the author of an application would have to be allowed to do himself. */
export interface AccessNeed {
  readonly verb: string;
  readonly group: string;
  readonly resource: string;
  /** Name of the one object; unset: any in the namespace. */
  readonly name?: string;
  /** The field that asks for it, such as `spec.driver.serviceAccount`. */
  readonly field: string;
  /** What the application would do with it. Begins in lower case. */
  readonly why: string;
}

/**
 * The right that stands above all needs: whoever may create pods can use every service account, Secret and node feature
 * that Pod Security admits in the namespace. Ask for it first; one who has it needs nothing else.
 */
export const createPods = { verb: 'create', group: '', resource: 'pods' } as const;

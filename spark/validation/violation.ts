/** One thing that is wrong with an application. */
export interface Violation {
  /** Path of the field, such as `spec.driver.memory`. */
  readonly field: string;
  /** What was wrong, and what to do. Begins in lower case, to stand behind the field. */
  readonly message: string;
  /** Name of the rule that found it, such as `memoryNotJava`. */
  readonly rule: string;
}

/** A violation as a check reports it; the list of rules knows its name. */
export type Finding = Omit<Violation, 'rule'>;

/** A violation as one line of text. */
export const violationText = ({ field, message }: Finding): string => `${field}: ${message}`;

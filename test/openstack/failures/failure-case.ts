/** A way in which OpenStack says no, and the answer that is designed for it. The table of docs/openstack.md is made of these. */
export interface FailureCase {
  /** What goes wrong, in the words of the table. */
  readonly row: string;
  /** What exactly is the matter in this case of it. */
  readonly when: string;
  /** Command line without `opsparkctl`. */
  readonly command: string;
  /** What is said; `…` stands for what differs from time to time. */
  readonly message: string;
  readonly exitCode: number;
}

/** Whether a text contains the message of a case. */
export const saysMessage = ({ message }: Pick<FailureCase, 'message'>): RegExp =>
  new RegExp(
    message
      .split('…')
      .map((part) => part.replaceAll(/[\\^$.*+?()[\]{}|/-]/g, String.raw`\$&`))
      .join('[^]*?'),
  );

import type { CloudConfig } from '../cloud-config/cloud-config.ts';
import type { Login } from '../identity/session.ts';
import type { ExitCode } from '../exit-code.ts';

/** What was going on when something failed: the more of it is known, the more the message can say. */
export interface About {
  readonly cloud?: CloudConfig | undefined;
  readonly login?: Login | undefined;
  /** What was to be done, as after "cannot": `create the cluster "demo"`. */
  readonly doing?: string | undefined;
  /** The bucket, for failures of the object store. */
  readonly bucket?: string | undefined;
  /** URL of the Kubernetes API server, for its failures. */
  readonly server?: string | undefined;
}

/** What a person is told, and the exit code. */
export interface Explanation {
  readonly text: string;
  readonly exitCode: ExitCode;
}

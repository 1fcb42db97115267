/** A request that is answered with an HTTP error instead of a review. The message is sent to the caller. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
  readonly code = 'Refused';
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

/** What a service answers. */
export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

const NOTHING = Buffer.alloc(0);

/** An answer with a JSON body. */
export const jsonAnswer = (status: number, value: unknown, headers: Readonly<Record<string, string>> = {}): Answer => ({
  status,
  headers: { 'content-type': 'application/json', ...headers },
  body: Buffer.from(JSON.stringify(value)),
});

/** An answer with a text of another kind: XML, HTML, plain. */
export const textAnswer = (status: number, contentType: string, text: string): Answer => ({
  status,
  headers: { 'content-type': contentType },
  body: Buffer.from(text),
});

/** An answer without a body. */
export const emptyAnswer = (status: number, headers: Readonly<Record<string, string>> = {}): Answer => ({
  status,
  headers,
  body: NOTHING,
});

/** The same answer with more headers. */
export const withHeaders = (answer: Answer, headers: Readonly<Record<string, string>>): Answer => ({
  ...answer,
  headers: { ...answer.headers, ...headers },
});

/** Thrown by a handler to answer at once: refusals travel this way. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
  readonly answer: Answer;

  constructor(answer: Answer) {
    super(`Answered ${answer.status}`);
    this.answer = answer;
  }
}

import { jsonAnswer, Refusal } from '../http/answer.ts';

/** A refusal in Magnum's words: the title is the first sentence of the detail. */
export const magnumError = (status: number, detail: string): Refusal =>
  new Refusal(
    jsonAnswer(status, {
      errors: [
        {
          request_id: '',
          code: status < 500 ? 'client' : 'server',
          status,
          title: detail.split('.', 1)[0],
          detail,
          links: [],
        },
      ],
    }),
  );

const titles: Readonly<Record<number, string>> = { 404: 'Not Found', 405: 'Method Not Allowed', 406: 'Not Acceptable' };

/** A refusal by the web framework, as it is to callers that accept JSON. */
export const frameworkError = (status: number, detail = ''): Refusal =>
  new Refusal(
    jsonAnswer(status, {
      errors: [{ request_id: '', code: '', status, title: titles[status] ?? '', detail, links: [] }],
    }),
  );

/** 403: the policy does not let this caller. */
export const policyForbids = (action: string): Refusal =>
  magnumError(403, `Policy doesn't allow ${action} to be performed.`);

/** 400 for a field of a body that does not have the right type or form. */
export const invalidInput = (field: string, value: string, why: string): Refusal =>
  magnumError(400, `Invalid input for field/attribute ${field}. Value: '${value}'. ${why}`);

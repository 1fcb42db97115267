import { ApiError, isInvalid } from '../../kube/errors.ts';
import type { ManifestDocument } from './parse-manifest.ts';

/**
 * What the API server refused in an object, one line each with the place in the file. Undefined when the refusal was
 * not about the content of the object.
 */
export function serverRefusal(error: unknown, document: ManifestDocument): readonly string[] | undefined {
  if (!(error instanceof ApiError)) return undefined;
  if (isDeniedByWebhook(error)) return [`${document.where()}: ${error.message}`];
  if (!isInvalid(error)) return undefined;
  const fields = [...causesOf(error), ...unknownFieldsOf(error.message)];
  return fields.length === 0
    ? [`${document.where()}: ${error.message}`]
    : fields.map(({ field, message }) => `${document.where(field)}: ${field}: ${message}`);
}

interface Refused {
  readonly field: string;
  readonly message: string;
}

const causesOf = ({ causes }: ApiError): readonly Refused[] =>
  causes.flatMap(({ field, message }) =>
    field === undefined || message === undefined || /^<nil>$/.test(field) ? [] : [{ field, message }],
  );

/** `strict decoding error: unknown field "spec.drivr", unknown field "spec.x"`, or a field written twice. */
const unknownFieldsOf = (message: string): readonly Refused[] =>
  [...message.matchAll(/(unknown|duplicate) field "([^"]+)"/g)].map(([, what = 'unknown', field = '']) => ({
    field,
    message: what === 'unknown' ? 'no such field: check its spelling and indentation' : 'written twice',
  }));

const isDeniedByWebhook = ({ message }: ApiError): boolean => /^admission webhook "[^"]+" denied/.test(message);

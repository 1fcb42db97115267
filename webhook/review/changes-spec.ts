import { equalJson } from '../../spark/mutation/equal-json.ts';
import type { AdmissionRequest } from './admission-request.ts';

/** Whether a request brings a new specification. Metadata, status and objects that are going are never held up. */
export function changesSpec({ operation, object, oldObject }: AdmissionRequest): boolean {
  if (operation === 'CREATE') return true;
  if (operation !== 'UPDATE' || isGoing(object)) return false;
  return !equalJson(object['spec'], oldObject?.['spec']);
}

const isGoing = ({ metadata }: AdmissionRequest['object']): boolean =>
  typeof metadata === 'object' && metadata !== null && 'deletionTimestamp' in metadata;

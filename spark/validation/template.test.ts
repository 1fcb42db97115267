import type { PodTemplate } from '../../api/kubernetes.ts';
import { describeRules } from '../../test/violations.ts';

/** A template as it comes: nothing has checked it before. */
const sent = (template: object) => ({ driver: { template: template as PodTemplate } });

describeRules({
  templateMisshapen: {
    'maps with numbers': [
      sent({ metadata: { labels: { version: 4 }, annotations: [] }, spec: { nodeSelector: { gpu: true } } }),
      'spec.driver.template.metadata.labels: must be a map of texts: put numbers and true or false in quotes',
      'spec.driver.template.metadata.annotations: must be a map of texts: put numbers and true or false in quotes',
      'spec.driver.template.spec.nodeSelector: must be a map of texts: put numbers and true or false in quotes',
    ],
    'lists that are none': [
      sent({ spec: { containers: [{ name: 'a', env: { A: 'b' } }], volumes: { name: 'x' }, tolerations: ['x'] } }),
      'spec.driver.template.spec.volumes: must be a list of objects: begin each item with a dash',
      'spec.driver.template.spec.tolerations: must be a list of objects: begin each item with a dash',
      'spec.driver.template.spec.containers[0].env: must be a list of objects: begin each item with a dash',
    ],
    'a container without a name': [
      sent({ spec: { containers: [{ image: 'x' }] } }),
      'spec.driver.template.spec.containers[0].name: is missing: every container has a name',
    ],
    'parts that are no objects at all are left to the API server': [sent({ metadata: 1, spec: 'x' })],
    'a pod': [sent({ metadata: { labels: { a: 'b' } }, spec: { containers: [{ name: 'a', env: [{ name: 'B' }] }] } })],
    nothing: [sent({})],
  },
});

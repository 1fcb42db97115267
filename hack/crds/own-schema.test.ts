import { describe, expect, it } from '@jest/globals';
import type { JsonSchema } from './json-schema.ts';
import { ownSchema } from './own-schema.ts';
import type { StructuralSchema } from './structural-schema.ts';

const core = (properties: Record<string, JsonSchema>, required?: string[]): JsonSchema => ({
  type: 'object',
  description: 'left out',
  properties,
  ...(required === undefined ? {} : { required }),
});

const definitions: Record<string, JsonSchema> = {
  Int32: { type: 'integer', format: 'int32' },
  'Readonly<Record<string,string>>': { type: 'object', additionalProperties: { type: 'string' } },
  V1Volume: core({ name: { type: 'string' }, emptyDir: { $ref: '#/definitions/V1EmptyDirVolumeSource' }, rbd: { $ref: '#/definitions/V1RBDVolumeSource' } }, ['name']),
  V1EmptyDirVolumeSource: core({ sizeLimit: { type: 'string' }, deep: { $ref: '#/definitions/V1Container' } }),
  V1RBDVolumeSource: core({ image: { type: 'string' } }),
  V1Container: core({ name: { type: 'string' }, ports: { type: 'array', items: { $ref: '#/definitions/V1ContainerPort' } } }),
  V1ContainerPort: core({ containerPort: { type: 'number' } }),
  V1Seconds: core({ short: { type: 'number' }, long: { type: 'number' }, port: { $ref: '#/definitions/IntOrString' } }),
};

const models = { V1Seconds: { attributeTypeMap: [{ baseName: 'long', format: 'int64' }] } };

const cases: Record<string, { given: JsonSchema; want: StructuralSchema }> = {
  'an alias keeps its format beside the range of the field': {
    given: { $ref: '#/definitions/Int32', minimum: 1, description: 'Cores.' },
    want: { type: 'integer', format: 'int32', minimum: 1, description: 'Cores.' },
  },
  'null beside a type is a mark': {
    given: { anyOf: [{ type: 'string', format: 'date-time' }, { type: 'null' }] },
    want: { type: 'string', format: 'date-time', nullable: true },
  },
  'a union of words is an enumeration': {
    given: { type: 'string', enum: ['a', 'b'] },
    want: { type: 'string', enum: ['a', 'b'] },
  },
  'a single word as well': { given: { type: 'string', const: 'a' }, want: { type: 'string', enum: ['a'] } },
  'a map by its encoded name': {
    given: { $ref: '#/definitions/Readonly%3CRecord%3Cstring%2Cstring%3E%3E' },
    want: { type: 'object', additionalProperties: { type: 'string' } },
  },
  'number or text': { given: { type: ['string', 'number'] }, want: { 'x-kubernetes-int-or-string': true } },
  'a volume two levels deep, quantities as number or text, past drivers open': {
    given: { $ref: '#/definitions/V1Volume' },
    want: {
      type: 'object',
      required: ['name'],
      properties: {
        name: { type: 'string' },
        emptyDir: {
          type: 'object',
          properties: {
            sizeLimit: { 'x-kubernetes-int-or-string': true },
            deep: { type: 'object', 'x-kubernetes-preserve-unknown-fields': true },
          },
        },
        rbd: { type: 'object', 'x-kubernetes-preserve-unknown-fields': true },
      },
    },
  },
  'a container one level deep': {
    given: { $ref: '#/definitions/V1Container' },
    want: {
      type: 'object',
      properties: {
        name: { type: 'string' },
        ports: { type: 'array', items: { type: 'object', 'x-kubernetes-preserve-unknown-fields': true } },
      },
    },
  },
  'numbers of Kubernetes are whole, in the width of the model': {
    given: { $ref: '#/definitions/V1Seconds' },
    want: {
      type: 'object',
      properties: {
        short: { type: 'integer', format: 'int32' },
        long: { type: 'integer', format: 'int64' },
        port: { 'x-kubernetes-int-or-string': true },
      },
    },
  },
};

describe('ownSchema', () => {
  it.each(Object.entries(cases))('%s', (_name, { given, want }) => {
    const { properties } = ownSchema('Given', { ...definitions, Given: { type: 'object', properties: { field: given } } }, models);
    expect(properties?.['field']).toEqual(want);
  });

  it('attaches the rules of a type and of a field', () => {
    const memory: JsonSchema = { type: 'object', properties: { memory: { type: 'string' } } };
    const { properties } = ownSchema('DriverSpec', { DriverSpec: memory }, models);
    expect(properties?.['memory']?.['x-kubernetes-validations']).toHaveLength(1);
  });

  it('names a type that is not there', () => {
    expect(() => ownSchema('Nothing', definitions, models)).toThrow('Type Nothing is not among the definitions');
  });
});

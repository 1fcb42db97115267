import { fileURLToPath } from 'node:url';
import {
  ChainNodeParser,
  createFormatter,
  createParser,
  createProgram,
  DEFAULT_CONFIG,
  SchemaGenerator,
  type SubNodeParser,
} from 'ts-json-schema-generator';

/** The part of JSON Schema that the generator writes for interfaces, unions and aliases. */
export interface JsonSchema {
  readonly $ref?: string | undefined;
  readonly type?: string | readonly string[] | undefined;
  readonly description?: string | undefined;
  readonly properties?: Readonly<Record<string, JsonSchema>> | undefined;
  readonly required?: readonly string[] | undefined;
  readonly items?: JsonSchema | undefined;
  readonly additionalProperties?: JsonSchema | boolean | undefined;
  readonly anyOf?: readonly JsonSchema[] | undefined;
  readonly enum?: readonly unknown[] | undefined;
  readonly const?: unknown;
  readonly [keyword: string]: unknown;
}

/** A syntax tree node of the generator's own copy of TypeScript, which need not be ours. */
type Node = Parameters<SubNodeParser['supportsNode']>[0];

/**
 * JSON Schema of the exported types of `api/`, one definition for each type that is reached. `Wire<V1Pod>` stands
 * there as `V1Pod`: the model as the Kubernetes client declares it.
 */
export function jsonSchemaOf(types: readonly string[]): Readonly<Record<string, JsonSchema>> {
  const config = {
    ...DEFAULT_CONFIG,
    type: [...types],
    path: fileURLToPath(new URL('../../api/*spark{application,poddefaults}.ts', import.meta.url)),
    tsconfig: fileURLToPath(new URL('../../tsconfig.json', import.meta.url)),
    expose: 'all' as const,
    jsDoc: 'extended' as const,
    // tsc has checked the types; the generator's older TypeScript would only do it again.
    skipTypeCheck: true,
    additionalProperties: true,
    functions: 'hide' as const,
    sortProps: false,
  };
  const program = createProgram(config);
  const parser = createParser(program, config, (chain) => {
    if (!(chain instanceof ChainNodeParser)) throw new TypeError('ts-json-schema-generator has another parser now');
    chain.addNodeParser(wireParser(chain));
  });
  const { definitions } = new SchemaGenerator(program, parser, createFormatter(config), config).createSchema();
  // The generator declares all of JSON Schema; it writes the part above.
  return (definitions ?? {}) as Readonly<Record<string, JsonSchema>>;
}

/** Reads `Wire<T>` as T: in JSON the two differ only in dates, which have the format date-time. */
function wireParser(chain: ChainNodeParser): SubNodeParser {
  return {
    supportsNode: (node) => wireArgument(node) !== undefined,
    createType: (node, context) => {
      const argument = wireArgument(node);
      if (argument === undefined) throw new TypeError('Only Wire<T> is read here');
      return chain.createType(argument, context);
    },
  };
}

/** T of `Wire<T>`; undefined for any other node. Told by shape, because kinds are numbered anew in each TypeScript. */
function wireArgument(node: Node): Node | undefined {
  const { typeName, typeArguments } = node as Node & { typeName?: { text?: string }; typeArguments?: readonly Node[] };
  return typeName?.text === 'Wire' ? typeArguments?.[0] : undefined;
}

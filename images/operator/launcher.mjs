#!/usr/local/bin/node
// One image, several programs. A program sees what follows its words as its own arguments.
//   spark-operator controller start FLAGS…    spark-operator webhook start FLAGS…    spark-operator hook NAME FLAGS…
import { pathToFileURL } from 'node:url';

const HOME = '/opt/spark-operator';
const PROGRAMS = { controller: 'dist/controller/main.js', webhook: 'dist/webhook/main.js' };
const HOOKS = 'dist/hooks/main.js';

const [node, , program = '', ...rest] = process.argv;
const [file, args] = chosen(program, rest);
process.argv = [node, file, ...args];
await import(pathToFileURL(file).href);

/** The file of a program and its arguments. Ends the process with the usage when the words name none. */
function chosen(name, [verb = '', ...flags]) {
  if (name === 'hook' && verb !== '' && !verb.startsWith('-')) return [`${HOME}/${HOOKS}`, [verb, ...flags]];
  if (Object.hasOwn(PROGRAMS, name) && verb === 'start') return [`${HOME}/${PROGRAMS[name]}`, flags];
  console.error(`Usage: spark-operator ${Object.keys(PROGRAMS).join('|')} start [FLAGS…]`);
  console.error('       spark-operator hook preflight|certificates|crds|openstack-init|cleanup [FLAGS…]');
  process.exit(2);
}

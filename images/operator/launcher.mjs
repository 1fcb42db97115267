#!/usr/local/bin/node
// spark-operator PROGRAM start FLAGS…: one image, several programs. The program sees FLAGS as its own arguments.
import { pathToFileURL } from 'node:url';

const HOME = '/opt/spark-operator';
const PROGRAMS = { controller: 'dist/controller/main.js' };

const [node, , program = '', verb = '', ...flags] = process.argv;
if (!Object.hasOwn(PROGRAMS, program) || verb !== 'start') {
  console.error(`Usage: spark-operator ${Object.keys(PROGRAMS).join('|')} start [FLAGS…]`);
  process.exit(2);
}
const file = `${HOME}/${PROGRAMS[program]}`;
process.argv = [node, file, ...flags];
await import(pathToFileURL(file).href);

import { accessCases } from './access-cases.ts';
import type { FailureCase } from './failure-case.ts';
import { kubeCases } from './kube-cases.ts';
import { loginCases } from './login-cases.ts';
import { realCases } from './real-cases.ts';
import { s3Cases } from './s3-cases.ts';
import { sparkCases } from './spark-cases.ts';

/** Between these lines of docs/openstack.md the table stands. */
export const TABLE_BEGINS =
  '<!-- Written by test/openstack/failures/write-failures-table.ts. -->\n<!-- prettier-ignore-start -->\n';
export const TABLE_ENDS = '<!-- prettier-ignore-end -->';

/** All cases that have a test. */
export const allCases: readonly FailureCase[] = [loginCases, kubeCases, accessCases, s3Cases, sparkCases].flatMap(
  (cases: Readonly<Record<string, FailureCase>>) => Object.values(cases),
);

/** The table of all cases, grouped by what goes wrong. */
export function failuresTable(): string {
  const real = new Set<FailureCase>(Object.values(realCases).map(({ of }) => of));
  const names = [...new Set(allCases.map(({ row }) => row))];
  const rows = names.flatMap((name) => allCases.filter(({ row }) => row === name));
  const lines = rows.map((failure, index) => {
    const first = rows[index - 1]?.row === failure.row ? '' : failure.row;
    const cells = [first, failure.when, code(failure.command), words(failure.message), String(failure.exitCode)];
    return `| ${[...cells, real.has(failure) ? 'fake, real' : 'fake'].join(' | ')} |`;
  });
  return [
    '| What goes wrong | in this case | `opsparkctl …` | is answered with | exit code | run against |',
    '| --- | --- | --- | --- | --- | --- |',
    ...lines,
    '',
  ].join('\n');
}

const code = (text: string): string => `\`${text.replaceAll('|', String.raw`\|`)}\``;

/** A message as text of Markdown: its lines below each other, without the indentation and with what is left out as `…`. */
const words = (message: string): string =>
  message
    .trim()
    .replaceAll(/ {2,}/g, ' ')
    .replaceAll(/[|*<_]/g, String.raw`\$&`)
    .replaceAll(/…{2,}/g, '…')
    .replaceAll(/\n+ */g, '<br>');

/** The page with this version's table. Throws an Error when it has no place for one. */
export function withTable(page: string): string {
  const begin = page.indexOf(TABLE_BEGINS) + TABLE_BEGINS.length;
  const end = page.indexOf(TABLE_ENDS, begin);
  if (begin < TABLE_BEGINS.length || end < 0) throw new Error('The page has no place for the table of failures');
  return `${page.slice(0, begin)}\n${failuresTable()}\n${page.slice(end)}`;
}

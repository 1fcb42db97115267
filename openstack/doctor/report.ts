import { palette } from '../../terminal/palette.ts';
import { table } from '../../terminal/table.ts';
import type { Finding } from './finding.ts';

/** A table of all findings; what to do comes below it, problems first. */
export function doctorReport(findings: readonly Finding[], colour: boolean): readonly string[] {
  const { good, busy, bad, strong } = palette(colour);
  const paint = { ok: good, warning: busy, problem: bad };
  const rows = findings.map(({ check, level, said }) => [check, paint[level](level), said]);
  const remedies = (['problem', 'warning'] as const).flatMap((level) =>
    findings.flatMap((finding) =>
      finding.level === level && finding.remedy !== undefined ? [`- ${finding.check}: ${finding.remedy}`] : [],
    ),
  );
  return [
    ...table(['CHECK', 'RESULT', 'FINDING'], rows),
    ...(remedies.length === 0 ? [] : ['', strong('What to do:'), ...new Set(remedies)]),
  ];
}

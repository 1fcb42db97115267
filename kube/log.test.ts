import { describe, expect, it } from '@jest/globals';
import { createLogger } from './log.ts';

const lines = (options: Parameters<typeof createLogger>[0], say: (log: ReturnType<typeof createLogger>) => void) => {
  const written: string[] = [];
  say(createLogger({ ...options, write: (line) => written.push(line) }));
  return written;
};

describe('the log', () => {
  it('writes JSON lines with level, time and the fields of the child', () => {
    const [line = ''] = lines({}, (log) => log.child({ namespace: 'team' }).info({ attempt: 2 }, 'Submitted'));
    expect(JSON.parse(line)).toEqual({
      level: 'info',
      time: expect.stringMatching(/^\d{4}-\d\d-\d\dT/) as unknown,
      namespace: 'team',
      attempt: 2,
      msg: 'Submitted',
    });
  });

  it('writes for people on demand, errors with their stack', () => {
    const [line = ''] = lines({ encoder: 'console' }, (log) => log.warn({ err: new Error('no'), app: 'pi' }, 'Failed'));
    expect(line).toMatch(/^\d\d:\d\d:\d\d\.\d{3} WARN {2}Failed app=pi\n {2}Error: no\n/);
  });

  it('leaves out what is below the level', () => {
    expect(lines({ level: 'warn' }, (log) => log.info('Quiet'))).toEqual([]);
  });
});

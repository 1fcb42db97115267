import { describe, expect, it } from '@jest/globals';
import { ConfigError, readFlags } from './flags.ts';

const table = {
  command: ['tool', 'start'],
  defaults: { names: '', wait: '15s', count: '', on: 'true', address: ':8080' },
} as const;

describe('flags', () => {
  it('come after the words of the program, after the last of them, or alone', () => {
    for (const argv of [['tool', 'start', '--wait=1s'], ['start', '--wait', '1s'], ['--wait=1s']]) {
      expect(readFlags(argv, table).duration('wait')).toBe(1_000);
    }
  });

  it('are read by type', () => {
    const flags = readFlags(['--names=a, b,,c', '--wait=1h1m1.5s', '--count=3', '--on'], table);
    expect(flags.list('names')).toEqual(['a', 'b', 'c']);
    expect(flags.duration('wait')).toBe(3_661_500);
    expect(flags.integer('count', 1)).toBe(3);
    expect(flags.boolean('on')).toBe(true);
    expect(readFlags([], table).optionalInteger('count', 1)).toBeUndefined();
    expect(readFlags([], table).text('names')).toBeUndefined();
  });

  it.each([
    [['--wait'], '--wait needs a value'],
    [['--wait=90d'], '--wait must be a duration'],
    [['--wait=1s-2s'], '--wait must be a duration'],
    [['--count=0'], '--count must be a whole number of at least 1, got "0"'],
    [['--count=1e9x'], '--count must be a whole number'],
    [['--on=yes'], '--on must be one of true, false'],
    [['--address=8080'], '--address must be [host]:port'],
    [['--nothing=1'], 'Unknown flag --nothing. Known flags: --names, --wait'],
    [['stray'], 'Unexpected argument "stray"'],
  ])('%s is refused with the reason', (argv, message) => {
    const read = (): void => {
      const flags = readFlags(argv, table);
      flags.duration('wait');
      flags.optionalInteger('count', 1);
      flags.boolean('on');
      flags.address('address');
    };
    expect(read).toThrow(message);
    expect(read).toThrow(ConfigError);
  });
});

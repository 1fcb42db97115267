import { describe, expect, it } from '@jest/globals';

import type { Progress } from '../../terminal/progress.ts';
import { CommandError } from '../run.ts';
import { parseSetupArguments, type SetupRequest } from './arguments.ts';
import { setup } from './setup.ts';

function request(...argv: readonly string[]): SetupRequest {
  const parsed = parseSetupArguments(argv, 'abc');
  if (parsed === 'help') throw new Error('help was asked for');
  return parsed;
}

/** A world in which everything works, but for what `failing` names. It keeps what was done, by the first two words. */
function worldOf(failing: string | undefined, interruptAfter?: string) {
  const done: string[] = [];
  const controller = new AbortController();
  const act = (what: string): Promise<string> => {
    done.push(what);
    if (what === interruptAfter) controller.abort();
    return what === failing ? Promise.reject(new Error(`${what} failed`)) : Promise.resolve('');
  };
  const said: string[] = [];
  const progress: Progress = {
    heading: () => undefined,
    say: (text) => void said.push(text),
    step: (_title, work) => work({ update: () => undefined }),
  };
  const opsparkctl = (args: readonly string[]): Promise<string> =>
    act(args.slice(0, args[0] === 'kubeconfig' ? 1 : 2).join(' '));
  const smokeTest = async (): Promise<void> => {
    await act('pi');
  };
  return { done, said, world: { progress, opsparkctl, smokeTest, interrupted: controller.signal } };
}

const ALL = ['create kube', 'kubeconfig', 'create spark', 'pi', 'delete kube'];

const cases: Record<
  string,
  { argv?: readonly string[]; failing?: string; interrupt?: string; want: readonly string[] }
> = {
  'everything is made, tried and removed': { want: ALL },
  'everything stays when told': { argv: ['--keep'], want: ALL.slice(0, 4) },
  'a cluster that failed is removed': { failing: 'create kube', want: ['create kube', 'delete kube'] },
  'a failed test removes what was made': { failing: 'pi', want: ALL },
  'a failure leaves everything when told': { argv: ['--keep'], failing: 'pi', want: ALL.slice(0, 4) },
  'Ctrl-C removes what was made': { interrupt: 'kubeconfig', want: ['create kube', 'kubeconfig', 'delete kube'] },
};

describe('openstack-setup', () => {
  it.each(Object.entries(cases))('%s', async (_name, { argv = [], failing, interrupt, want }) => {
    const { done, world } = worldOf(failing, interrupt);
    const run = setup(world, request(...argv));
    if (interrupt !== undefined) await expect(run).rejects.toThrow('Interrupted');
    else if (failing !== undefined) await expect(run).rejects.toThrow(`${failing} failed`);
    else await run;
    expect(done).toEqual(want);
  });

  it('names what may be left when even the removal fails, and throws the first error', async () => {
    const { said, world } = worldOf('pi');
    const opsparkctl = (args: readonly string[]): Promise<string> =>
      args[0] === 'delete' ? Promise.reject(new Error('no route')) : Promise.resolve('');
    await expect(setup({ ...world, opsparkctl }, request('--name', 'x'))).rejects.toThrow('pi failed');
    expect(said).toEqual(['Something of it may be left: opsparkctl delete kube x (no route)']);
  });

  it('leaves a cluster alone whose name was taken', async () => {
    const { done, world } = worldOf(undefined);
    const taken = new CommandError('opsparkctl', 6, 'ended with code 6', { stdout: '', stderr: 'the name is taken' });
    const opsparkctl = (args: readonly string[]): Promise<string> => {
      done.push(args.slice(0, 2).join(' '));
      return Promise.reject(taken);
    };
    await expect(setup({ ...world, opsparkctl }, request('--name', 'x'))).rejects.toThrow('the name is taken');
    expect(done).toEqual(['create kube']);
  });

  it('has a name for each run', () => {
    expect(request().name).toBe('spark-ci-abc');
    expect(request('--kube=--nodes=2', '--kube=--template=t', '--spark=--no-s3')).toMatchObject({
      kube: ['--nodes=2', '--template=t'],
      spark: ['--no-s3'],
    });
  });

  it('shows its usage when asked', () => {
    expect(parseSetupArguments(['--help'], 'abc')).toBe('help');
  });

  it('says what there is when a flag is unknown', () => {
    expect(() => request('--nam', 'x')).toThrow(/--nam[^]*npm run openstack-setup/);
  });
});

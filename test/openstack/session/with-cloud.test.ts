import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { Command } from 'commander';

import type { FakeCloud } from '../../../hack/fake-cloud/cloud.ts';
import { startFakeCloud } from '../../../hack/fake-cloud/start.ts';
import { addCloudOptions } from '../../../openstack/cloud-config/cloud-options.ts';
import { realCli } from '../../../openstack/real-cli.ts';
import { type OpenCloud, withCloud } from '../../../openstack/with-cloud.ts';
import type { Ask } from '../../../terminal/ask.ts';
import { capturedWorld } from '../captured-world.ts';

// Real connections and child processes take seconds on a busy machine.
jest.setTimeout(60_000);

let fake: FakeCloud;
let folder: string;

beforeAll(async () => {
  [fake, folder] = await Promise.all([startFakeCloud({ tls: true }), mkdtemp(join(tmpdir(), 'with-cloud-'))]);
});
afterEach(() => {
  fake.heal();
  fake.forget();
});
afterAll(async () => {
  await fake.close();
  await rm(folder, { recursive: true });
});

/** Somebody at the keyboard who always gives the same answers. */
const person = (answers: { readonly project?: string; readonly secret?: string; readonly text?: string }): Ask => ({
  choose: (_question, choices) => {
    const chosen = choices.find(({ name }) => name === answers.project);
    return chosen === undefined ? Promise.reject(new Error('no such choice')) : Promise.resolve(chosen.value);
  },
  text: () => Promise.resolve(answers.text ?? ''),
  secret: () => Promise.resolve(answers.secret ?? ''),
  confirm: () => Promise.resolve(true),
});

interface Setting {
  readonly ask?: Ask;
  readonly env?: Readonly<Record<string, string>>;
  readonly use?: (cloud: OpenCloud) => Promise<unknown>;
}

async function enter(args: readonly string[], { ask, env = {}, use = () => Promise.resolve() }: Setting = {}) {
  const all = { PATH: process.env['PATH'] ?? '', OS_CLIENT_CONFIG_FILE: fake.cloudsFile, ...env };
  const world = capturedWorld({ args, env: all, home: folder, ask, hurry: 1000 });
  const cli = realCli(world.surroundings);
  const command = addCloudOptions(new Command()).exitOverride();
  let project: string | undefined;
  command.action(() =>
    withCloud(cli, command, async (cloud) => {
      project = cloud.login.project?.name;
      await use(cloud);
    }),
  );
  const error: unknown = await command.parseAsync(args, { from: 'user' }).then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  return { project, error, err: world.err(), out: world.out() };
}

/** The fake's clouds.yaml with a change, as a file of its own. */
async function changed(change: (text: string) => string): Promise<Readonly<Record<string, string>>> {
  const file = join(folder, `${Math.random()}.yaml`);
  await writeFile(file, change(await readFile(fake.cloudsFile, 'utf8')), { mode: 0o600 });
  return { OS_CLIENT_CONFIG_FILE: file };
}

const answers = (message: RegExp | string, exitCode: number): object => ({
  name: 'UserError',
  message: typeof message === 'string' ? message : expect.stringMatching(message),
  exitCode,
});

describe('a command that needs a cloud', () => {
  it('logs in as the entry says', async () => {
    await expect(enter(['--os-cloud', 'demo'])).resolves.toEqual({
      project: 'demo',
      error: undefined,
      err: '',
      out: '',
    });
  });

  it('logs in to another project by --project', async () => {
    const { project } = await enter(['--os-cloud', 'demo', '--project', 'demo-staging']);
    expect(project).toBe('demo-staging');
  });

  it('asks for the project where somebody can answer', async () => {
    const { project } = await enter(['--os-cloud', 'demo-unscoped'], { ask: person({ project: 'demo-staging' }) });
    expect(project).toBe('demo-staging');
  });

  it('lists the projects where nobody can answer', async () => {
    const { error } = await enter(['--os-cloud', 'demo-unscoped']);
    expect(error).toMatchObject(
      answers('which project? Choose one with --project or OS_PROJECT_NAME: demo, demo-staging', 2),
    );
  });

  it('needs no choice between one project', async () => {
    const env = await changed((text) => text.replace(/(username: other\n.*\n.*\n) *project_name.*\n.*\n/, '$1'));
    const { project, error } = await enter(['--os-cloud', 'other'], { env });
    expect(error).toBeUndefined();
    expect(project).toBe('other');
  });

  it('lists the projects when the given one is wrong', async () => {
    const { error } = await enter(['--os-cloud', 'demo', '--project', 'nope']);
    expect(error).toMatchObject(
      answers(
        'user "demo" of domain "Default" has no role in project "nope" of domain "Default" of cloud "demo", ' +
          'or there is no such project. Its projects: demo, demo-staging',
        3,
      ),
    );
  });

  it('tells which login is not accepted, and tries the password no more than once in each way', async () => {
    const { error } = await enter(['--os-cloud', 'demo-wrong']);
    expect(error).toMatchObject(
      answers(
        new RegExp(
          `^Keystone does not accept the login of cloud "demo-wrong" \\(${fake.cloudsFile}\\), user "demo" of domain ` +
            '"Default" with a password, project "demo" of domain "Default": The request you have made requires ' +
            'authentication\\. \\(request req-[0-9a-f-]+\\)\nKeystone does not tell what is wrong: the user, its domain ' +
            'or the password, which may have expired\\.$',
        ),
        3,
      ),
    );
    expect(fake.requests({ method: 'POST', path: /tokens/ })).toHaveLength(2);
  });

  it('says what may be wrong with an application credential', async () => {
    const { error } = await enter(['--os-cloud', 'demo-app-expired']);
    expect(error).toMatchObject(
      answers(/application credential [0-9a-f]{32}: .*\n.*the credential may have expired/, 3),
    );
  });

  it('says kinit where there is no ticket and nobody to ask', async () => {
    const { error } = await enter(['--os-cloud', 'demo-kerberos'], { env: { KRB5CCNAME: 'FILE:/none' } });
    expect(error).toMatchObject(
      answers(/\nGet a ticket with "kinit" \("klist" shows what you have\), and try again\.$/, 3),
    );
  });

  it('falls to a password where there is no ticket and somebody to ask', async () => {
    const secret = /username: demo\n\s*password: (\S+)/.exec(await readFile(fake.cloudsFile, 'utf8'))?.[1] ?? '';
    const { project, err } = await enter(['--os-cloud', 'demo-kerberos'], {
      ask: person({ text: 'demo', secret }),
      env: { KRB5CCNAME: 'FILE:/none' },
    });
    expect(project).toBe('demo');
    expect(err).toBe('There is no Kerberos ticket ("kinit" gets one): logging in with a password instead\n');
  });

  it('refuses --project that the application credential is not for', async () => {
    const { error } = await enter(['--os-cloud', 'demo-app', '--project', 'demo-staging']);
    expect(error).toMatchObject(
      answers(/^the login is for project "demo" and cannot be used for "demo-staging": leave --project out/, 2),
    );
  });

  it('names cacert where the authority is not known, and nothing worse', async () => {
    const env = await changed((text) => text.replaceAll(/ *cacert: .*\n/g, ''));
    const { error } = await enter(['--os-cloud', 'demo'], { env });
    expect(error).toMatchObject(
      answers(
        `Keystone of cloud "demo" cannot be reached: 127.0.0.1: its certificate is signed by an authority that is not ` +
          `known here\nName the file with the certificate (PEM) of the cloud's authority: "cacert" of the entry in ` +
          `${env['OS_CLIENT_CONFIG_FILE'] ?? ''}, OS_CACERT or --os-cacert. The operators of the cloud have it.`,
        9,
      ),
    );
    expect(String(error)).not.toMatch(/verify|insecure/);
  });

  it('warns where certificates are not checked', async () => {
    const env = await changed((text) => text.replaceAll(/ *cacert: .*\n/g, ''));
    const { project, err } = await enter(['--os-cloud', 'demo', '--insecure'], { env });
    expect(project).toBe('demo');
    expect(err).toBe('Warning: certificates are not checked: whoever is in between can read your password\n');
  });

  it('tells a Keystone that is not there', async () => {
    const { error } = await enter(['--os-cloud', 'demo', '--os-auth-url', 'http://127.0.0.1:1/v3']);
    expect(error).toMatchObject(
      answers('Keystone of cloud "demo" cannot be reached: nothing listens at 127.0.0.1, port 1', 9),
    );
  });

  it('tells a URL where no Keystone is', async () => {
    const { error } = await enter([
      '--os-cloud',
      'demo',
      '--os-auth-url',
      fake.facts.authUrl.replace('/identity/', '/nova/'),
    ]);
    expect(error).toMatchObject(answers(/^there is no Keystone at https:.*\nCheck auth_url \(OS_AUTH_URL\)\.$/, 2));
  });

  it('tells a service that the catalog does not have in the region', async () => {
    const { error } = await enter(['--os-cloud', 'demo', '--region', 'Elsewhere'], {
      use: ({ session }) => session.request({ service: 'container-infra', method: 'GET', path: '/v1/clusters' }),
    });
    expect(error).toMatchObject(
      answers(
        'cloud "demo": the catalog has no container-infra in region "Elsewhere" with interface "public"; it has ' +
          'container-infra in RegionOne (admin), RegionOne (internal), RegionOne (public)',
        5,
      ),
    );
  });

  it('tells that the conductor may be away', async () => {
    fake.fail(
      { service: 'container-infra' },
      { status: 500, body: { errors: [{ detail: 'Timed out waiting for a reply' }] } },
      9,
    );
    const { error } = await enter(['--os-cloud', 'demo'], {
      use: ({ session }) => session.request({ service: 'container-infra', method: 'GET', path: '/v1/clusters' }),
    });
    expect(error).toMatchObject(
      answers(/^Magnum has a problem of its own \(500\): Timed out waiting for a reply \(request [^]*conductor/, 9),
    );
  });

  it('warns of variables that were left over', async () => {
    const { err } = await enter(['--os-cloud', 'demo'], { env: { OS_USER_DOMAIN_NAME: 'default' } });
    expect(err).toBe(
      'Warning: OS_USER_DOMAIN_NAME of the environment takes the place of user_domain_name of cloud "demo" in ' +
        `${fake.cloudsFile}\n`,
    );
  });
});

describe('clocks that differ', () => {
  it('are worth a warning', async () => {
    const ahead = await startFakeCloud({ clockSkewMs: 600_000 });
    try {
      const { project, err } = await enter(['--os-cloud', 'demo'], {
        env: { OS_CLIENT_CONFIG_FILE: ahead.cloudsFile },
      });
      expect(project).toBe('demo');
      expect(err).toMatch(/^Warning: the clock of this machine is 10 min behind Keystone's: S3 signatures/);
    } finally {
      await ahead.close();
    }
  });
});

describe('secrets', () => {
  it('are in nothing that is printed or thrown', async () => {
    const ends = await Promise.all(
      ['demo', 'demo-wrong', 'demo-app', 'demo-app-expired', 'demo-unscoped'].map((name) =>
        enter(['--os-cloud', name]),
      ),
    );
    const shown = ends.map(({ err, out, error }) => `${out}${err}${String(error)}`).join('\n');
    for (const secret of fake.secrets()) expect(shown).not.toContain(secret);
  });
});

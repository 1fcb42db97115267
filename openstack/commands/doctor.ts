import { Command } from 'commander';

import { UserError } from '../../terminal/user-error.ts';
import type { Cli } from '../cli.ts';
import { addCloudOptions, cloudFlagsOf } from '../cloud-config/cloud-options.ts';
import { loadCloud } from '../cloud-config/load-cloud.ts';
import { examine } from '../doctor/examine.ts';
import { exitCodeOf, type Finding } from '../doctor/finding.ts';
import { failure } from '../doctor/gather.ts';
import { cloudFindings } from '../doctor/login-findings.ts';
import { doctorReport } from '../doctor/report.ts';
import { helmFinding, kubernetesFinding } from '../doctor/tool-findings.ts';
import { enterCloud } from '../enter-cloud.ts';
import { exitCode } from '../exit-code.ts';
import { globalFlagsOf } from '../global-options.ts';
import { type OutputFormat, outputOption, printResult } from '../output.ts';

interface Flags {
  readonly probe?: boolean;
  readonly output: OutputFormat;
}

/** `opsparkctl doctor` */
export const doctorCommand = (cli: Cli): Command =>
  addCloudOptions(
    new Command('doctor')
      .description('Look at cloud, login, services, quotas, S3 and tools, and tell what will not work and what to do')
      .option('--probe', 'also make an S3 key and a bucket, try them, and delete them again')
      .addOption(outputOption()),
  ).action(async (flags: Flags, command: Command) => {
    const [cloud, helm, kubernetes] = await Promise.all([
      cloudReport(cli, command, flags),
      helmFinding(cli),
      kubernetesFinding(cli, globalFlagsOf(command)),
    ]);
    const findings = [...cloud, helm, kubernetes];
    const code = exitCodeOf(findings);
    const ended = { exitCode: code, findings };
    await printResult(cli.terminal, flags.output, ended, doctorReport(findings, cli.terminal.colour));
    if (code !== exitCode.ok) throw new UserError('', { exitCode: code });
  });

/** What can be said of the cloud: without a login, why there is none. */
async function cloudReport(cli: Cli, command: Command, { probe }: Flags): Promise<readonly Finding[]> {
  const findings: Finding[] = [];
  try {
    const flags = cloudFlagsOf(command);
    const config = await loadCloud(cli, flags);
    findings.push(...cloudFindings(config));
    // What the configuration warns of is among the findings already.
    const quiet = { ...cli, terminal: { ...cli.terminal, printError: () => undefined } };
    findings.push(...(await enterCloud(quiet, { config, flags }, (cloud) => examine(cli, cloud, probe === true))));
  } catch (error) {
    if (!(error instanceof UserError) || error.exitCode === exitCode.interrupted) throw error;
    findings.push(failure(findings.length === 0 ? 'cloud' : 'login', error));
  }
  return findings;
}

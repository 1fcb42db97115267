import { join } from 'node:path';

import { places, type RigPlan } from '../plan.ts';

/** The broker between Magnum's API and its conductor. */
export const rabbitUrl = ({ ports }: RigPlan): string => `rabbit://guest:guest@127.0.0.1:${ports.rabbitmq}/`;

/** Everything of RabbitMQ and of the Erlang below it on the loopback device and in folders of the cloud's own. */
export function rabbitEnvironment({ root, ports }: RigPlan): Readonly<Record<string, string>> {
  const { data, logs, configuration } = places(root);
  return {
    HOME: join(data, 'rabbitmq'),
    RABBITMQ_NODENAME: 'rabbit@localhost',
    RABBITMQ_NODE_IP_ADDRESS: '127.0.0.1',
    RABBITMQ_NODE_PORT: String(ports.rabbitmq),
    RABBITMQ_DIST_PORT: String(ports.rabbitmqDistribution),
    RABBITMQ_MNESIA_BASE: join(data, 'rabbitmq', 'mnesia'),
    RABBITMQ_LOG_BASE: logs,
    RABBITMQ_LOGS: '-',
    RABBITMQ_ENABLED_PLUGINS_FILE: join(configuration, 'rabbitmq-plugins'),
    RABBITMQ_GENERATED_CONFIG_DIR: join(data, 'rabbitmq', 'generated'),
    RABBITMQ_CONFIG_FILE: join(configuration, 'rabbitmq.conf'),
    RABBITMQ_CONF_ENV_FILE: '/dev/null',
    RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS: '-kernel inet_dist_use_interface {127,0,0,1} -start_epmd false +S 1:1',
    // Replaces the shell by the Erlang machine, so that its process id is the one that was started.
    RUNNING_UNDER_SYSTEMD: 'true',
    ERL_EPMD_ADDRESS: '127.0.0.1',
    ERL_EPMD_PORT: String(ports.epmd),
  };
}

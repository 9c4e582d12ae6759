/**
 * The server's settings, for a machine that also runs the program itself. They are given on the command line, so that
 * a new version of the program brings its own and nothing in the cluster has to be edited.
 * @param durable false only for clusters that are thrown away (tests): then nothing waits for the disk
 */
export function serverSettings(port: number, durable: boolean): string[] {
  const settings: Record<string, string> = {
    listen_addresses: '127.0.0.1',
    port: String(port),
    unix_socket_directories: '',
    max_connections: '100',
    shared_buffers: '128MB',
    work_mem: '16MB',
    maintenance_work_mem: '128MB',
    effective_cache_size: '1GB',
    random_page_cost: '1.1',
    max_wal_size: '1GB',
    // One server without a replica: the backup is a stopped copy or our own export.
    wal_level: 'minimal',
    max_wal_senders: '0',
    checkpoint_completion_target: '0.9',
    fsync: durable ? 'on' : 'off',
    full_page_writes: durable ? 'on' : 'off',
    synchronous_commit: durable ? 'on' : 'off',
    jit: 'off',
    password_encryption: 'scram-sha-256',
    // A date must never depend on the server's location: SQL that needs Chinese days names the time zone.
    timezone: 'UTC',
    lc_messages: 'C',
    log_timezone: 'Asia/Shanghai',
    log_line_prefix: '%m [%p] %q%u@%d ',
    log_min_duration_statement: '1s',
    log_connections: 'off',
    log_checkpoints: 'off',
    log_statement: 'none',
    // The data of a statement (names, figures, hashes) stay out of the log, for slow statements and for failed ones.
    log_parameter_max_length: '0',
    log_parameter_max_length_on_error: '0',
  };
  return Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
}

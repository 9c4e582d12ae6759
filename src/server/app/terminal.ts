import type { StartLog } from '#platform/config/start-error.ts';

/** Messages of the start while there is no server log yet. Standard output stays free for results. */
export const consoleLog: StartLog = {
  info: (message) => void process.stderr.write(`${message}\n`),
  warn: (message) => void process.stderr.write(`▲ ${message}\n`),
};

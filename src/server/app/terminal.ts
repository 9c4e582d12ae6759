import type { StartLog } from '#platform/config/start-error.ts';

/** What start-up has to say while there is no server log yet. Standard output stays free for results. */
export const consoleLog: StartLog = {
  info: (message) => void process.stderr.write(`${message}\n`),
  warn: (message) => void process.stderr.write(`▲ ${message}\n`),
};

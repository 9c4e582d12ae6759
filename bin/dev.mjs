import { spawn } from 'node:child_process';
import path from 'node:path';

/**
 * Runs server and desk from their sources: the server restarts on a change, Vite serves the desk and passes /api on.
 * Strict: what a handler forgot fails here already, and not only in a test.
 */
const root = path.resolve(import.meta.dirname, '..');
const environment = { ...process.env, PORT: process.env.PORT ?? '3000', STRICT: 'on' };
const tool = (name) => path.join(root, 'node_modules/.bin', name);
const children = [
  spawn(tool('tsx'), ['watch', '--clear-screen=false', 'src/server/app/main.ts', 'serve'], {
    cwd: root,
    stdio: 'inherit',
    env: environment,
  }),
  spawn(tool('vite'), ['src/web/desk', '--config', 'vite.config.ts'], {
    cwd: root,
    stdio: 'inherit',
    env: environment,
  }),
];
for (const child of children) {
  child.on('exit', (code) => {
    for (const other of children) other.kill('SIGTERM');
    process.exitCode ||= code ?? 0;
  });
}
for (const signal of ['SIGINT', 'SIGTERM']) {
  process.on(signal, () => {
    for (const child of children) child.kill(signal);
  });
}

import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { rolldown } from 'rolldown';
import { productRoot } from '../src/server/app/root.ts';
import { against, fromPairs, median, type Pair, type Result } from './result.ts';

/**
 * Measures how long a workbook of 10,000 rows and 40 columns takes from its bytes to rows for COPY, thread and transfer
 * included, beside the time that the library takes to read the same bytes. Measures the memory as well.
 * @param rounds pairs of alternating readings
 */
export async function measureWorkbook(rounds = 5): Promise<Result[]> {
  const folder = mkdtempSync(path.join(tmpdir(), 'dudao-bench-workbook-'));
  const file = path.join(folder, 'schools.xlsx');
  try {
    const program = await bundle();
    const run = (...argv: string[]): string => {
      const { status, stdout, stderr } = spawnSync(process.execPath, ['--max-old-space-size=1024', program, ...argv], {
        encoding: 'utf8',
      });
      if (status !== 0) throw new Error(`the measurement of workbooks ended with ${status}: ${stderr}`);
      return stdout;
    };
    run('make', file);
    const pairs = JSON.parse(run('time', file, String(rounds))) as Pair[];
    const readings = Array.from({ length: 3 }, () => JSON.parse(run('memory', file)) as { peak: number; idle: number });
    const about = 'a workbook of 400,000 typed cells from bytes to rows for COPY';
    return [
      fromPairs(
        { name: 'workbook', what: `${about}, beside SheetJS reading it`, goal: 0.6, more: false, unit: 'ms' },
        pairs,
        { 'file, KB': statSync(file).size / 1024 },
      ),
      {
        ...against(
          { name: 'workbook memory', what: `${about}: memory above the idle process`, unit: 'MB' },
          median(readings.map(({ peak }) => peak)),
          120,
        ),
        figures: { 'idle, MB': median(readings.map(({ idle }) => idle)) },
      },
    ];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/**
 * The program with its thread beside it, bundled like the product: a thread that runs from sources starts far more
 * slowly.
 */
async function bundle(): Promise<string> {
  const out = path.join(productRoot, 'node_modules', '.cache', 'dudao-bench');
  mkdirSync(out, { recursive: true });
  const bundled = await rolldown({
    input: {
      'workbook-program': path.join(productRoot, 'bench', 'workbook-program.ts'),
      'file-read.worker': path.join(productRoot, 'src/server/platform/documents/file-read.worker.ts'),
    },
    cwd: productRoot,
    platform: 'node',
    external: (id) => !id.startsWith('.') && !id.startsWith('#') && !path.isAbsolute(id),
    logLevel: 'warn',
  });
  await bundled.write({
    dir: out,
    format: 'esm',
    entryFileNames: '[name].js',
    chunkFileNames: 'chunks/[name]-[hash].js',
  });
  await bundled.close();
  return path.join(out, 'workbook-program.js');
}

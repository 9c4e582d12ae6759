import { parentPort, workerData } from 'node:worker_threads';
import { buildWorkbook, type WorkbookSheet } from './workbook.ts';

/** Runs in a thread of its own: sheets in, bytes out. See `workbook.ts`. */
parentPort!.postMessage(await buildWorkbook((workerData as { sheets: readonly WorkbookSheet[] }).sheets));

import { parentPort, workerData } from 'node:worker_threads';
import { buildWorkbook, type WorkbookSheet } from './workbook.ts';

/** Runs in its own thread: sheets in, bytes out. See `workbook.ts`. */
parentPort!.postMessage(await buildWorkbook((workerData as { sheets: readonly WorkbookSheet[] }).sheets));

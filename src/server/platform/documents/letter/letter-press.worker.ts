import { devNull } from 'node:os';
import { Worker } from 'node:worker_threads';
import typst from '@myriaddreamin/typst-ts-node-compiler';
import { beginsLetter } from '#domain/letter/laid-letter.ts';
import {
  areaWidth,
  certificateMeasures,
  characterPitch,
  linePitch,
  measures,
  recalledMeasures,
} from '#domain/letter/measures.ts';
import { cardTemplate } from './card-template.ts';
import { findFaces } from './letter-faces.ts';
import { pageTemplate } from './page-template.ts';
import type { PressOrder, PressReply, Printed } from './press-order.ts';
import { reportTemplate, typesetReport } from './report/report-template.ts';
import { writeWordReport } from './report/word-report.ts';
import { writeWordLetter } from './word-letter.ts';

/**
 * The press: a process of its own, because a library of machine code that fails or grows takes its process with it, and
 * because a long table keeps either library busy for a second. It gets letters and reports one after another and ends with whoever started it.
 */
const [folder = '', megabytes = ''] = process.argv.slice(2);

/** The compiler with its fonts, which take the most memory; a Word file needs neither. */
function openCompiler() {
  const { fonts, ...found } = findFaces(folder === '' ? null : folder);
  const compiler = typst.NodeCompiler.create({
    // Nothing lies below this file: a program that asks for a file finds none.
    workspace: devNull,
    fontArgs: [{ fontBlobs: fonts.map((bytes) => Buffer.from(bytes)) }],
  });
  return { compiler, ...found };
}
let opened: ReturnType<typeof openCompiler> | undefined;

const { area, bodySize, titleSize, margins, sheet } = measures;
const { imprintSize, pageNumberSize, tableSize, ...recalled } = recalledMeasures;
const size = {
  ...recalled,
  certificate: certificateMeasures,
  ...{ area, areaWidth, characterPitch, linePitch, margins, sheet },
  ...{ body: bodySize, title: titleSize, imprint: imprintSize, pageNumber: pageNumberSize, table: tableSize },
};

/** A letter without a day carries this one in its file, so that the same letter gives the same bytes. */
const noDay = Date.UTC(2000, 0, 1);

function writePdf(template: string, day: string | null, data: (faces: object) => object): Printed {
  opened ??= openCompiler();
  const { compiler, faces, substitutions } = opened;
  const parted = day === null ? null : day.split('-').map(Number);
  const made = compiler.compile({
    mainFileContent: template,
    inputs: { data: JSON.stringify({ ...data(faces), day: parted }) },
    resetRead: true,
  });
  const document = made.result;
  if (document === null) {
    const error = made.takeError();
    throw new Error(JSON.stringify(error === null ? null : compiler.fetchDiagnostics(error)));
  }
  const moment = day === null ? noDay : Date.parse(day);
  const bytes = compiler.pdf(document, { creationTimestamp: moment / 1000 });
  // What is remembered of earlier letters would only fill the memory.
  compiler.evictCache(2);
  return { bytes, substitutions };
}

async function print(order: PressOrder): Promise<Printed> {
  if ('letter' in order) {
    const { letter, as, watermark = null } = order;
    if (as === 'word') return { bytes: await writeWordLetter(letter), substitutions: [] };
    return writePdf(pageTemplate, letter.day, (faces) => ({
      letter,
      size,
      faces,
      watermark,
      begins: beginsLetter(letter),
    }));
  }
  if ('cards' in order) {
    const { title, author, day, cards } = order.cards;
    return writePdf(cardTemplate, day, (faces) => ({
      ...{ title, author, faces },
      // Typst makes bytes of numbers.
      cards: cards.map((card) => ({ ...card, photograph: card.photograph === null ? null : [...card.photograph] })),
    }));
  }
  const { report, as } = order;
  if (as === 'word') return { bytes: await writeWordReport(report), substitutions: [] };
  return writePdf(reportTemplate, report.day, (faces) => ({ report: typesetReport(report), faces }));
}

const limit = Number(megabytes) * 1024 * 1024;

process.on('message', async (order: PressOrder) => {
  if (process.memoryUsage.rss() > limit) process.kill(process.pid, 'SIGKILL');
  let reply: PressReply;
  try {
    const printed = await print(order);
    reply = { printed, held: process.memoryUsage.rss() };
  } catch (error) {
    const fault = error instanceof Error ? error.message : String(error);
    reply = { fault, held: process.memoryUsage.rss() };
  }
  process.send?.(reply);
});
process.on('disconnect', () => process.exit());

// The compiler holds the main thread while it works, so another one looks after the memory.
const watch = `setInterval(() => {
  if (process.memoryUsage.rss() > ${limit}) process.kill(process.pid, 'SIGKILL');
}, 20)`;
new Worker(watch, { eval: true }).unref();

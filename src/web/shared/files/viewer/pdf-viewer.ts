import {
  AnnotationMode,
  getDocument,
  type PDFDocumentProxy,
  type PDFPageProxy,
  PDFWorker,
} from 'pdfjs-dist/legacy/build/pdf.mjs';
import type { FilePlace } from '../PdfFrame.tsx';

/**
 * The frame that draws a PDF. It has no origin, no network and no storage; the page that holds it hands the bytes over. The
 * document is read in a thread of its own, and its scripts, links and forms are not run.
 */

/** Pages beyond are left to the program with which people open the file after saving it. */
const mostPages = 2000;
/** Pixels of the largest canvas that every browser draws. */
const mostPixels = 12_000_000;
const zooms = { step: 1.25, least: 0.4, most: 5 };

const element = <Kind extends HTMLElement = HTMLElement>(id: string) => document.getElementById(id) as Kind;
const [pages, state, count] = [element('pages'), element('state'), element('count')];
const field = element<HTMLInputElement>('page');
const buttons = { previous: element<HTMLButtonElement>('previous'), next: element<HTMLButtonElement>('next') };

/** Tables of the character sets in which Chinese documents are written; they travel in the page. */
const maps = JSON.parse(element('maps').textContent ?? '{}') as Readonly<Record<string, string>>;
class CharacterMaps {
  async fetch({ name }: { name: string }) {
    const kept = maps[name];
    if (kept === undefined) throw new Error(`no character map ${name}`);
    return { cMapData: Uint8Array.from(atob(kept), (sign) => sign.charCodeAt(0)), isCompressed: true };
  }
}

/** Where the document opens. */
let place: FilePlace | null = null;

interface Sheet {
  readonly number: number;
  readonly section: HTMLElement;
  /** Points of the page, as far as they are known. */
  size: { readonly width: number; readonly height: number };
  /** Counts what was begun on this page: what ends late is thrown away. */
  turn: number;
}

// What scrolls is reached by the keyboard.
pages.tabIndex = 0;

let zoom = 1;
let sheets: readonly Sheet[] = [];
const inView = new Set<Sheet>();

function layOut(): void {
  const room = Math.max(120, pages.clientWidth - 24);
  for (const { section, size } of sheets) {
    const width = room * zoom;
    section.style.inlineSize = `${width}px`;
    section.style.blockSize = `${Math.min((width * size.height) / size.width, 20_000)}px`;
  }
}

async function draw(pdf: PDFDocumentProxy, sheet: Sheet): Promise<void> {
  sheet.turn += 1;
  const { turn, section } = sheet;
  try {
    const page = await pdf.getPage(sheet.number);
    const plain = page.getViewport({ scale: 1 });
    if (plain.width !== sheet.size.width || plain.height !== sheet.size.height) {
      sheet.size = { width: plain.width, height: plain.height };
      layOut();
    }
    const wanted = (section.clientWidth / plain.width) * Math.min(window.devicePixelRatio, 2);
    const scale = Math.min(wanted, Math.sqrt(mostPixels / (plain.width * plain.height)));
    const viewport = page.getViewport({ scale });
    const canvas = document.createElement('canvas');
    canvas.width = Math.max(1, Math.floor(viewport.width));
    canvas.height = Math.max(1, Math.floor(viewport.height));
    canvas.setAttribute('aria-hidden', 'true');
    await page.render({ canvas, viewport, annotationMode: AnnotationMode.ENABLE }).promise;
    const words = await textOf(page);
    if (turn === sheet.turn) section.replaceChildren(canvas, words, ...marksOn(sheet));
    page.cleanup();
  } catch {
    if (turn === sheet.turn) section.replaceChildren(paragraph(`第 ${sheet.number} 页无法显示。`, 'fault'));
  }
}

/** The rectangle that a person drew round the proof, on its page alone. */
function marksOn({ number }: Sheet): HTMLElement[] {
  if (place === null || place.region === null || place.page !== number) return [];
  const { left, top, width, height } = place.region;
  const mark = document.createElement('div');
  mark.className = 'mark';
  mark.title = '标出的区域';
  mark.style.insetInlineStart = `${left * 100}%`;
  mark.style.insetBlockStart = `${top * 100}%`;
  mark.style.inlineSize = `${width * 100}%`;
  mark.style.blockSize = `${height * 100}%`;
  return [mark];
}

/** The text of a page for whoever listens to it. */
async function textOf(page: PDFPageProxy): Promise<HTMLElement> {
  const { items } = await page.getTextContent();
  const text = items.map((item) => ('str' in item ? `${item.str}${item.hasEOL ? '\n' : ''}` : '')).join('');
  return paragraph(text.trim() || '这一页没有可读的文字。');
}

function paragraph(text: string, kind = ''): HTMLElement {
  const made = document.createElement('p');
  made.className = kind;
  made.textContent = text;
  return made;
}

/** The page that fills the upper part of the view. */
function current(): number {
  const line = pages.scrollTop + pages.clientHeight / 3;
  const below = sheets.findIndex(({ section }) => section.offsetTop - pages.offsetTop > line);
  return below === -1 ? sheets.length : Math.max(1, below);
}

function tellPage(): void {
  const at = current();
  if (document.activeElement !== field) field.value = String(at);
  buttons.previous.disabled = at <= 1;
  buttons.next.disabled = at >= sheets.length;
}

function goTo(number: number): void {
  const sheet = sheets[Math.min(Math.max(number, 1), sheets.length) - 1];
  if (sheet) pages.scrollTop = sheet.section.offsetTop - pages.offsetTop - 12;
  tellPage();
}

async function show(bytes: ArrayBuffer): Promise<void> {
  const program = new Blob([element('worker').textContent ?? ''], { type: 'text/javascript' });
  // The type that the library states for it is that of nothing.
  const port = new Worker(URL.createObjectURL(program)) as unknown as null;
  const pdf = await getDocument({
    data: new Uint8Array(bytes),
    worker: new PDFWorker({ port }),
    CMapReaderFactory: CharacterMaps,
    ...{ useWorkerFetch: false, useWasm: false, enableXfa: false, isEvalSupported: false, useSystemFonts: true },
    ...{ maxImageSize: 100_000_000, verbosity: 0 },
  }).promise;
  const first = (await pdf.getPage(1)).getViewport({ scale: 1 });
  sheets = Array.from({ length: Math.min(pdf.numPages, mostPages) }, (_, at) => {
    const section = document.createElement('section');
    section.setAttribute('aria-label', `第 ${at + 1} 页`);
    return { number: at + 1, section, size: { width: first.width, height: first.height }, turn: 0 };
  });
  pages.replaceChildren(...sheets.map(({ section }) => section));
  count.textContent = `共 ${pdf.numPages} 页`;
  field.max = String(sheets.length);
  state.textContent = pdf.numPages > mostPages ? `只显示前 ${mostPages} 页，其余请下载后查看。` : '';
  layOut();
  const sheetOf = new Map(sheets.map((sheet) => [sheet.section as Element, sheet]));
  const watch = new IntersectionObserver(
    (changes) => {
      for (const { target, isIntersecting } of changes) {
        const sheet = sheetOf.get(target)!;
        if (isIntersecting) {
          inView.add(sheet);
          void draw(pdf, sheet);
        } else if (inView.delete(sheet)) {
          // A long document would else fill the memory.
          sheet.turn += 1;
          sheet.section.replaceChildren();
        }
      }
    },
    { root: pages, rootMargin: '100% 0px' },
  );
  for (const { section } of sheets) watch.observe(section);

  const zoomTo = (wanted: number) => {
    const at = current();
    zoom = Math.min(Math.max(wanted, zooms.least), zooms.most);
    layOut();
    goTo(at);
    for (const sheet of inView) void draw(pdf, sheet);
  };
  const acts: Readonly<Record<string, () => void>> = {
    previous: () => goTo(current() - 1),
    next: () => goTo(current() + 1),
    smaller: () => zoomTo(zoom / zooms.step),
    larger: () => zoomTo(zoom * zooms.step),
    fit: () => zoomTo(1),
  };
  for (const [id, act] of Object.entries(acts)) element(id).addEventListener('click', act);
  const keys: Readonly<Record<string, string>> = {
    ...{ ArrowLeft: 'previous', ArrowRight: 'next', '-': 'smaller', '+': 'larger', '=': 'larger', '0': 'fit' },
  };
  document.addEventListener('keydown', (event) => {
    if (event.target === field || event.ctrlKey || event.metaKey || event.altKey) return;
    const act = acts[keys[event.key] ?? ''];
    if (act === undefined) return;
    event.preventDefault();
    act();
  });
  field.addEventListener('change', () => goTo(Number(field.value) || 1));
  pages.addEventListener('scroll', tellPage, { passive: true });
  window.addEventListener('resize', () => zoomTo(zoom));
  if (place !== null) goTo(place.page);
  tellPage();
}

function sentenceOf(error: unknown): string {
  const isLocked = error instanceof Error && error.name === 'PasswordException';
  return isLocked
    ? '这个 PDF 有打开密码，不能在页面里查看，请下载后用密码打开。'
    : '这个 PDF 已损坏或不完整，不能在页面里查看，请下载后核对。';
}

window.addEventListener('message', function begin({ source, ports: [port] }) {
  // Nobody but the page that holds the frame hands it anything.
  if (source !== window.parent || port === undefined) return;
  window.removeEventListener('message', begin);
  port.onmessage = ({ data }) => {
    const given = data as { readonly bytes: ArrayBuffer; readonly place: FilePlace | null };
    place = given.place;
    show(given.bytes).catch((error: unknown) => {
      state.textContent = sentenceOf(error);
    });
  };
  port.postMessage('ready');
});

import type { Upload } from 'tus-js-client';
import * as files from '#contract/files/attachments.ts';
import { largestFile, uploadPart } from '#domain/file/upload-bounds.ts';
import { call } from '../call/call.ts';
import { asProblem } from '../call/problem.ts';
import { tabPost } from '../session/tab-post.ts';
import type { UploadMark, UploadNotes } from './upload-note.ts';

/** A file on its way to a subject. */
export interface QueuedUpload {
  readonly id: string;
  readonly name: string;
  readonly size: number;
  readonly sent: number;
  /** Bytes a second over the last seconds. */
  readonly rate: number;
  /** `broken`: the line is away, and it goes on by itself. `failed`: a person must do something. */
  readonly state: 'waiting' | 'sending' | 'paused' | 'broken' | 'checking' | 'failed' | 'attached';
  readonly fault: string | null;
}

interface Running {
  view: QueuedUpload;
  readonly file: File;
  readonly mark: UploadMark | null;
  /** Whether the server may know it: only then it is asked how far it is. */
  begun: boolean;
  upload: Upload | null;
  /** What had been sent when, for the rate. */
  readonly seen: Array<readonly [at: number, sent: number]>;
}

export interface UploadTarget {
  readonly subjectType: string;
  readonly subjectId: string;
  readonly part: string | null;
}

/** What a whole upload becomes: an attachment of the target, where nothing else is said. */
export type Attaching = (uploadId: string, mark: UploadMark | null) => Promise<unknown>;

/** Milliseconds until the next try; the last one is repeated for as long as the page is open. */
const delays = [0, 1000, 3000, 5000, 10_000, 20_000];
const atOnce = 2;

/**
 * Sends files one after another, two at once, and attaches each to its subject when the server has looked at it. A line
 * that is away does not end it.
 */
export class UploadQueue {
  readonly #target: UploadTarget;
  readonly #notes: UploadNotes;
  readonly #attached: () => void;
  readonly #attach: Attaching;
  readonly #listeners = new Set<() => void>();
  readonly #running = new Map<string, Running>();
  #views: readonly QueuedUpload[] = [];

  constructor(
    target: UploadTarget,
    notes: UploadNotes,
    attached: () => void,
    attach: Attaching = (uploadId, mark) => call(files.attach, { body: { ...target, uploadId, ...mark } }),
  ) {
    this.#target = target;
    this.#notes = notes;
    this.#attached = attached;
    this.#attach = attach;
  }

  readonly subscribe = (listen: () => void) => {
    this.#listeners.add(listen);
    return () => this.#listeners.delete(listen);
  };

  readonly read = (): readonly QueuedUpload[] => this.#views;

  /** Whether something would be lost by leaving the page. */
  get busy(): boolean {
    return this.#views.some(({ state }) => state !== 'failed' && state !== 'attached');
  }

  add(chosen: readonly File[], mark: UploadMark | null = null): void {
    for (const file of chosen) {
      const id = newUploadId();
      const fault =
        file.size === 0 ? '这个文件是空的，没有可传的内容' : file.size > largestFile ? '一个文件最大 2 GB' : null;
      this.#running.set(id, { view: fresh(id, file, fault), file, mark, begun: false, upload: null, seen: [] });
      if (fault === null) this.#note(id, file, mark);
    }
    this.#next();
  }

  /** Goes on with an upload that a page before this one began, with the same file chosen again. */
  goOn(id: string, file: File, mark: UploadMark | null): void {
    this.#running.set(id, { view: fresh(id, file, null), file, mark, begun: true, upload: null, seen: [] });
    this.#note(id, file, mark);
    this.#next();
  }

  pause(id: string): void {
    const one = this.#running.get(id);
    if (!one) return;
    void one.upload?.abort();
    one.upload = null;
    this.#set(id, { state: 'paused', rate: 0 });
    this.#next();
  }

  resume(id: string): void {
    this.#set(id, { state: 'waiting', fault: null });
    this.#next();
  }

  /** Gives an upload up; what the server has of it goes too. */
  async cancel(id: string): Promise<void> {
    const one = this.#running.get(id);
    this.#running.delete(id);
    this.#notes.forget(id);
    this.#show();
    this.#next();
    await one?.upload?.abort();
    await discard(id);
  }

  /** Takes away the line of one that is over. */
  dismiss(id: string): void {
    this.#running.delete(id);
    this.#notes.forget(id);
    this.#show();
  }

  #note(id: string, { name, size, lastModified }: File, mark: UploadMark | null): void {
    const { subjectType, subjectId, part } = this.#target;
    this.#notes.keep(id, { name, size, lastModified, subject: subjectKey({ subjectType, subjectId, part }), mark });
  }

  #next(): void {
    this.#show();
    const underWay = this.#views.filter(({ state }) => state === 'sending' || state === 'broken').length;
    const waiting = this.#views.filter(({ state }) => state === 'waiting');
    for (const { id } of waiting.slice(0, Math.max(0, atOnce - underWay))) void this.#send(id);
  }

  async #send(id: string): Promise<void> {
    const one = this.#running.get(id);
    if (!one) return;
    this.#set(id, { state: 'sending' });
    // The library is needed by nobody who only reads.
    const { Upload, DetailedError } = await import('tus-js-client').catch(() => ({
      Upload: null,
      DetailedError: null,
    }));
    if (Upload === null || DetailedError === null)
      return this.#set(id, { state: 'failed', fault: '页面没有载全，请刷新后再传' });
    const known = one.begun ? await call(files.readUpload, { params: { uploadId: id } }).catch(() => null) : null;
    if (this.#running.get(id) !== one || one.view.state !== 'sending') return;
    const post = tabPost();
    const upload = new Upload(one.file, {
      endpoint: '/files/uploads',
      ...(known === null ? {} : { uploadUrl: `/files/uploads/${id}` }),
      chunkSize: uploadPart,
      retryDelays: [...delays, ...Array.from({ length: 500 }, () => delays.at(-1)!)],
      metadata: { id, name: one.file.name },
      headers: post === null ? {} : { 'x-dudao-post': post },
      storeFingerprintForResuming: false,
      onShouldRetry: (error) => {
        const status = error.originalResponse?.getStatus() ?? 0;
        const passes = status === 0 || status === 409 || status === 423 || (status >= 500 && status !== 507);
        if (passes) this.#set(id, { state: 'broken', rate: 0 });
        return passes;
      },
      onProgress: (sent) => this.#progress(id, sent),
      onSuccess: () => void this.#settle(id),
      onError: (error) => {
        const body = error instanceof DetailedError ? (error.originalResponse?.getBody() ?? '') : '';
        one.upload = null;
        this.#set(id, { state: 'failed', rate: 0, fault: sentenceOf(body) });
        this.#next();
      },
    });
    one.upload = upload;
    one.begun = true;
    upload.start();
  }

  #progress(id: string, sent: number): void {
    const one = this.#running.get(id);
    if (!one || one.view.state === 'paused') return;
    const now = performance.now();
    one.seen.push([now, sent]);
    while (one.seen.length > 2 && now - one.seen[0]![0] > 5000) one.seen.shift();
    const [at, before] = one.seen[0]!;
    const rate = now > at ? Math.max(0, ((sent - before) * 1000) / (now - at)) : 0;
    this.#set(id, { state: 'sending', sent, rate });
  }

  /** Everything is there: asks until the server has looked at it, then attaches it. */
  async #settle(id: string): Promise<void> {
    this.#set(id, { state: 'checking', sent: this.#running.get(id)?.view.size ?? 0, rate: 0 });
    this.#next();
    try {
      for (;;) {
        const { state, fault } = await call(files.readUpload, { params: { uploadId: id } });
        if (!this.#running.has(id)) return;
        if (state === 'refused') return this.#end(id, { state: 'failed', fault });
        if (state === 'whole') break;
        // The answer itself waits while the file is looked at.
        await new Promise((resolve) => setTimeout(resolve, 300));
      }
      const mark = this.#running.get(id)?.mark;
      await this.#attach(id, mark ?? null);
      this.#end(id, { state: 'attached' });
      this.#attached();
    } catch (error) {
      this.#set(id, { state: 'failed', fault: asProblem(error).message });
    }
  }

  #end(id: string, change: Partial<QueuedUpload>): void {
    this.#notes.forget(id);
    this.#set(id, change);
    if (change.state === 'attached') this.#running.delete(id);
    this.#show();
  }

  #set(id: string, change: Partial<QueuedUpload>): void {
    const one = this.#running.get(id);
    if (!one) return;
    one.view = { ...one.view, ...change };
    this.#show();
  }

  #show(): void {
    this.#views = [...this.#running.values()].map(({ view }) => view);
    for (const listen of this.#listeners) listen();
  }
}

/** Tells the server that an upload is given up. Where it does not hear it, the upload expires by itself. */
export async function discard(id: string): Promise<void> {
  const { Upload } = await import('tus-js-client');
  const post = tabPost();
  const headers = post === null ? {} : { 'x-dudao-post': post };
  await Upload.terminate(`/files/uploads/${id}`, { headers, retryDelays: [1000, 3000] }).catch(() => {});
}

/** The name of a target in the notes. */
export const subjectKey = ({ subjectType, subjectId, part }: UploadTarget): string =>
  [subjectType, subjectId, part ?? ''].join(' ');

const fresh = (id: string, { name, size }: File, fault: string | null): QueuedUpload => ({
  ...{ id, name, size, sent: 0, rate: 0, fault },
  state: fault === null ? 'waiting' : 'failed',
});

function sentenceOf(body: string): string {
  try {
    return (JSON.parse(body) as { message?: string }).message ?? unheard;
  } catch {
    return unheard;
  }
}

const unheard = '没有传成，请检查网络后再试';

/** A random id. `crypto.randomUUID` does not exist where an office opens the desk by http at an address of its own. */
function newUploadId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6]! & 0x0f) | 0x40;
  bytes[8] = (bytes[8]! & 0x3f) | 0x80;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}

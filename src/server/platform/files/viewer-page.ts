import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import type { Readable } from 'node:stream';

/** The frame in which a PDF is drawn: one page of ours, with all that it needs in it. */
export interface ViewerPage {
  /** Its tag and its rules; null where the desk was not built. */
  about(): Promise<{ readonly etag: string; readonly policy: string } | null>;
  /** Its bytes, packed by gzip. */
  packed(): Readable;
}

/**
 * @param file the page; `file.gz` lies beside it
 */
export function viewerPageAt(file: string): ViewerPage {
  let known: ReturnType<ViewerPage['about']> | undefined;
  return {
    about() {
      // It is read once, for its sum: it takes two megabytes that nobody needs afterwards.
      known ??= readFile(file, 'utf8').then(aboutPage, () => null);
      return known;
    },
    packed: () => createReadStream(`${file}.gz`),
  };
}

/** The rules let this one script run, a thread that it makes of a text of its own, and nothing be fetched. */
function aboutPage(html: string): { readonly etag: string; readonly policy: string } {
  const script = /<script id="viewer">([\s\S]*?)<\/script>/.exec(html)?.[1] ?? '';
  const sum = createHash('sha256').update(script).digest('base64');
  const rules = [
    'sandbox allow-scripts',
    "default-src 'none'",
    `script-src 'sha256-${sum}'`,
    'worker-src blob:',
    "style-src 'unsafe-inline'",
    'img-src data: blob:',
    'font-src data: blob:',
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'self'",
  ];
  return { etag: `"${createHash('sha256').update(html).digest('base64url')}"`, policy: rules.join('; ') };
}

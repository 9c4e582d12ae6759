import { readZipDirectory, unfold } from '#platform/documents/workbook/zip.ts';
import { normalForm, type Volatile } from './normal-form.ts';
import type { WireAnswer } from './sample-stage.ts';
import { workbookContent } from './workbook-content.ts';

/** An answer as the record keeps it: its content and its kind, in normal form; `beside` is kept with it. */
export async function answerContent(
  answer: WireAnswer,
  volatile: Volatile,
  beside: Readonly<Record<string, unknown>> = {},
): Promise<{ status: number; content: object }> {
  const { 'content-length': _length, date: _date, connection: _connection, ...headers } = answer.headers;
  const content = {
    headers: { ...headers, ...fileNameIn(headers['content-disposition']) },
    ...(answer.cookies.length === 0 ? {} : { cookies: answer.cookies.map(withoutValue) }),
    body: await bodyOf(answer),
    ...beside,
  };
  return { status: answer.status, content: normalForm(content, volatile) };
}

/** Whether the body of an answer is JSON that the program wrote, and not a file. */
export function isJson({ headers }: Pick<WireAnswer, 'headers'>): boolean {
  return contentTypeOf(headers).startsWith('application/json');
}

const contentTypeOf = (headers: WireAnswer['headers']) => String(headers['content-type'] ?? '');

/** The file name under which a browser saves the answer, decoded. */
function fileNameIn(disposition: unknown): { fileName?: string } {
  const [, encoded] = String(disposition ?? '').split("''");
  return encoded === undefined ? {} : { fileName: decodeURIComponent(encoded) };
}

async function bodyOf(answer: WireAnswer): Promise<unknown> {
  const { body } = answer;
  if (isJson(answer)) return JSON.parse(body.toString('utf8'));
  return fileContent(body, contentTypeOf(answer.headers));
}

async function fileContent(body: Uint8Array, type: string): Promise<unknown> {
  if (type.includes('spreadsheetml')) return workbookContent(body);
  if (type.includes('zip')) {
    const files: Record<string, unknown> = {};
    for (const entry of readZipDirectory(body).values()) {
      files[entry.name] = await fileContent(unfold(body, entry), entry.name.endsWith('.xlsx') ? 'spreadsheetml' : '');
    }
    return files;
  }
  // Split into lines, so that a difference names its line. The byte order mark and the line ends are part of the text.
  return Buffer.from(body).toString('utf8').split('\n');
}

/** The value of a cookie is random; its name and its attributes are not. */
function withoutValue(line: string): string {
  return line.replace(/=[^;]+/, (value) => (value === '=' ? value : '=<secret>'));
}

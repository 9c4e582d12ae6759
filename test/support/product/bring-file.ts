import { randomUUID } from 'node:crypto';
import * as files from '#contract/files/attachments.ts';
import { postText } from '#domain/access/actor.ts';
import type { TestApp, TestPerson } from '../app.ts';

/** The headers of a person who speaks tus. */
export function tusHeaders(person: TestPerson): Record<string, string> {
  return {
    cookie: person.cookie,
    ...(person.post === null ? {} : { 'x-dudao-post': postText(person.post) }),
    'tus-resumable': '1.0.0',
  };
}

/** What the client says of a new upload. */
export function metadataOf(id: string, name: string): string {
  const text = (value: string) => Buffer.from(value).toString('base64');
  return `id ${text(id)},name ${text(name)}`;
}

/** Announces a file; the answer as it came. */
export function announce(
  app: TestApp,
  person: TestPerson,
  { id, name, size }: { id: string; name: string; size: number },
) {
  return app.http.inject({
    method: 'POST',
    url: '/files/uploads',
    headers: { ...tusHeaders(person), 'upload-length': String(size), 'upload-metadata': metadataOf(id, name) },
  });
}

/** Sends a part of a file; the answer as it came. */
export function sendPart(app: TestApp, person: TestPerson, id: string, offset: number, bytes: Uint8Array) {
  return app.http.inject({
    method: 'PATCH',
    url: `/files/uploads/${id}`,
    headers: {
      ...tusHeaders(person),
      'upload-offset': String(offset),
      'content-type': 'application/offset+octet-stream',
    },
    payload: Buffer.from(bytes),
  });
}

/** Brings a file whole and waits until it was looked at. */
export async function bring(app: TestApp, person: TestPerson, name: string, bytes: Uint8Array) {
  const id = randomUUID();
  const announced = await announce(app, person, { id, name, size: bytes.length });
  if (announced.statusCode !== 201) throw new Error(`${name}: ${announced.statusCode} ${announced.body}`);
  const sent = await sendPart(app, person, id, 0, bytes);
  if (sent.statusCode !== 204) throw new Error(`${name}: ${sent.statusCode} ${sent.body}`);
  for (;;) {
    const upload = await person.call(files.readUpload, { params: { uploadId: id } });
    if (upload.state !== 'checking') return upload;
  }
}

import { useState } from 'react';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { drawFramed, plainFrame, sessionOf } from '#test/support/browser/framed.tsx';
import { queryClient } from '#web/shared/call/queries.ts';
import { Photograph } from '../photograph/Photograph.tsx';
import { PaperFile } from './PaperFile.tsx';

/** An upload that is through at once. */
vi.mock('tus-js-client', () => ({
  DetailedError: class extends Error {},
  Upload: class {
    readonly #options: { readonly onSuccess: () => void };
    constructor(_file: File, options: { readonly onSuccess: () => void }) {
      this.#options = options;
    }
    start() {
      this.#options.onSuccess();
    }
  },
}));

const inspectorId = '01890000-0000-7000-8000-000000000001';
const session = sessionOf('city');
const empty = new File([], '空.pdf');
const whole = new File(['x'], '计划.pdf');

beforeEach(() => {
  localStorage.clear();
  vi.stubGlobal('fetch', async (address: unknown) =>
    Response.json(String(address).includes('/api/uploads/') ? upload : { picture: null }),
  );
});
afterEach(() => {
  vi.unstubAllGlobals();
  queryClient.clear();
});
const upload = { id: inspectorId, name: '计划.pdf', size: 1, received: 1, state: 'whole', fault: null };

const draw = (content: React.ReactNode) => drawFramed('/', { session, frame: plainFrame }, content);

function Paper() {
  const [uploadId, setUploadId] = useState<string | null>(null);
  return <PaperFile inspectorId={inspectorId} part="plan" uploadId={uploadId} onBrought={setUploadId} />;
}

it('the fault of a paper is gone once another file came through', async () => {
  const screen = await draw(<Paper />);
  await screen.getByLabelText('文件（附上文件）').upload(empty);
  await expect.element(screen.getByRole('alert')).toHaveTextContent('这个文件是空的');
  await screen.getByLabelText('文件（附上文件）').upload(whole);
  await expect.element(screen.getByRole('button', { name: '换一个文件', exact: true })).toBeVisible();
  await expect.element(screen.getByRole('status')).toHaveTextContent('文件已传好，随材料一起提交');
  expect(screen.getByRole('alert').elements()).toEqual([]);
});

it('the fault of a photograph is gone once another one came through', async () => {
  const screen = await draw(<Photograph inspectorId={inspectorId} name="林督学" mayBring />);
  await screen.getByLabelText('文件（上传照片）').upload(empty);
  await expect.element(screen.getByRole('alert')).toHaveTextContent('这个文件是空的');
  await screen.getByLabelText('文件（上传照片）').upload(whole);
  await expect.element(screen.getByRole('status')).toHaveTextContent('JPEG、PNG 或 WebP');
  expect(screen.getByRole('alert').elements()).toEqual([]);
});

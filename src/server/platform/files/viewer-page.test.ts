import { createHash } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, it } from 'vitest';
import { viewerPageAt } from './viewer-page.ts';

it('the rules of the viewer let its one script run and nothing else, and without a build there is none', async () => {
  const folder = await mkdtemp(path.join(tmpdir(), 'dudao-viewer-'));
  try {
    const file = path.join(folder, 'viewer.html');
    expect(await viewerPageAt(file).about()).toBeNull();
    const script = "show('督导')";
    await writeFile(file, `<script type="text/plain">"<script>"</script><script id="viewer">${script}</script>`);
    const { policy } = (await viewerPageAt(file).about())!;
    expect(policy.split('; ')).toEqual([
      'sandbox allow-scripts',
      "default-src 'none'",
      `script-src 'sha256-${createHash('sha256').update(script).digest('base64')}'`,
      'worker-src blob:',
      "style-src 'unsafe-inline'",
      'img-src data: blob:',
      'font-src data: blob:',
      "base-uri 'none'",
      "form-action 'none'",
      "frame-ancestors 'self'",
    ]);
  } finally {
    await rm(folder, { recursive: true });
  }
});

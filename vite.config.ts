import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { constants, gzip } from 'node:zlib';
import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin } from 'vite';

const root = import.meta.dirname;
const framework =
  /node_modules\/(?:react|react-dom|scheduler|zod|@tanstack|use-sync-external-store)\/|desk\/schema-settings\.ts$|vite\/preload-helper/;
/** What every page reads and acts by, with all that it imports: in one file, whoever else imports a part of it. */
const base = /web\/shared\/(?:queries\.ts|session\.tsx)$/;
/** What features say of themselves on other pages: leaves that import nothing, so that a page asks once for all of them. */
const deskWords = /features\/[^/]+\/desk\/(?:desk\.words|state-marks)\.ts$|shared\/desk\/(?:since|marks-of)\.ts$/;
const compressed = /\.(?:js|css|html|svg|json|txt)$/;
const press = promisify(gzip);

/** Lays `name.js.gz` beside each text asset once, so that the server compresses nothing while it answers. */
function precompress(): Plugin {
  let outDir = '';
  return {
    name: 'dudao-precompress',
    apply: 'build',
    configResolved(config) {
      outDir = resolve(config.root, config.build.outDir);
    },
    // Not where the bundle closes: that is called after a failed build too, and its own error would hide the cause.
    async writeBundle() {
      const entries = await readdir(outDir, { recursive: true, withFileTypes: true });
      const files = entries.filter((entry) => entry.isFile() && compressed.test(entry.name));
      await Promise.all(
        files.map(async (entry) => {
          const path = join(entry.parentPath, entry.name);
          await writeFile(`${path}.gz`, await press(await readFile(path), { level: constants.Z_BEST_COMPRESSION }));
        }),
      );
    },
  };
}

/** The pieces that are measured by their names. */
const named = ['framework', 'base', 'desk-words'];

export default defineConfig({
  root: join(root, 'src/web/desk'),
  cacheDir: join(root, 'node_modules/.cache/vite'),
  plugins: [react(), precompress()],
  build: {
    // The oldest browser that city offices still run (360 and the like sit on Chromium 109).
    target: ['chrome109', 'firefox115', 'safari16'],
    manifest: true,
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
    reportCompressedSize: false,
    rolldownOptions: {
      output: {
        // The doors carry the names of all files that pages load later: hashes alone are the lightest. `manifest.json` tells
        // what each holds.
        chunkFileNames: ({ name }) => (named.includes(name) ? 'assets/[name]-[hash].js' : 'assets/[hash].js'),
        assetFileNames: 'assets/[hash][extname]',
        codeSplitting: {
          // What every page needs, under one name; with it the setting that must hold before any schema is made.
          groups: [
            { name: 'framework', test: framework },
            { name: 'base', test: base },
            { name: 'desk-words', test: deskWords },
          ],
        },
      },
    },
  },
  server: {
    port: 5173,
    fs: { allow: [root] },
    // The host stays that of the page: the server compares it with the origin of every write.
    proxy: { '/api': { target: process.env.API ?? 'http://127.0.0.1:3000', changeOrigin: false } },
  },
  preview: { proxy: { '/api': process.env.API ?? 'http://127.0.0.1:3000' } },
});

import path from 'node:path';
import { clamdAt, type Scanner } from './clamd.ts';
import { FileAddresses } from './file-address.ts';
import { openPictureDrawer, type PictureDrawer } from './file-processes.ts';
import { Files } from './files.ts';
import { openPrintReader, type PrintReader } from './prints.ts';
import { type ViewerPage, viewerPageAt } from './viewer-page.ts';

/** What the process shares of files. */
export interface FileServices {
  readonly store: Files;
  readonly addresses: FileAddresses;
  /** Draws the copies of pictures; whoever opens the services closes it. */
  readonly pictures: PictureDrawer;
  /** Reads the prints by which a file is found again, for jobs; whoever opens the services closes it. */
  readonly prints: PrintReader;
  readonly viewer: ViewerPage;
  /** Looks at every file before it is opened; null where none is set. */
  readonly scanner: Scanner | null;
}

export interface FileOptions {
  readonly dataDir: string;
  /** The page in which a PDF is drawn. */
  readonly viewerFile: string;
  /** The secret of the installation. */
  readonly secret: string;
  readonly clamd?: { readonly host: string; readonly port: number } | null;
}

/** Opens the files of a data folder. */
export async function openFileServices({
  dataDir,
  viewerFile,
  secret,
  clamd = null,
}: FileOptions): Promise<FileServices> {
  const store = await Files.open(path.join(dataDir, 'files'));
  return {
    store,
    addresses: new FileAddresses(secret),
    viewer: viewerPageAt(viewerFile),
    pictures: openPictureDrawer(),
    prints: openPrintReader(store),
    scanner: clamd === null ? null : clamdAt(clamd),
  };
}

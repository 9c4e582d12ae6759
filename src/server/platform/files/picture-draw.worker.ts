import { Worker } from 'node:worker_threads';
import type { Sharp } from 'sharp';
import type { PictureOrder, PictureReply, ProcessOrder } from './picture-order.ts';

/**
 * Draws copies of pictures, and takes the prints of pictures and documents, in a process of its own, because what reads a hostile picture is machine code: where it fails or
 * grows, its process ends and nothing else. Nothing that was recorded beside the picture (place, time, device) goes into a
 * copy.
 */
const [megabytes = ''] = process.argv.slice(2);

/** A photo of any telephone has less. */
const mostPixels = 120_000_000;
const longestSide = 1600;
/** An inch of a card at 360 points, and more than a page shows. */
const portraitSide = 360;

/** The library with nothing but the four loaders; undefined where it cannot be loaded on this machine. */
const library = import('sharp').then(
  ({ default: sharp }) => {
    sharp.cache(false);
    sharp.concurrency(1);
    sharp.block({ operation: ['VipsForeignLoad'] });
    // From a file, or from the bytes of a picture within a document.
    const loaders = ['Jpeg', 'Png', 'Webp', 'Nsgif'].flatMap((name) =>
      ['File', 'Buffer'].map((from) => `VipsForeignLoad${name}${from}`),
    );
    sharp.unblock({ operation: loaders });
    return sharp;
  },
  () => undefined,
);

async function draw({ as, mediaType, from, to }: PictureOrder): Promise<PictureReply> {
  const sharp = await library;
  if (sharp === undefined) return 'missing';
  const isMoving = as === 'clean' && (mediaType === 'image/gif' || mediaType === 'image/webp');
  const options = { limitInputPixels: mostPixels, sequentialRead: true, failOn: 'error', animated: isMoving } as const;
  // Upright, because the sign of how the camera was held goes as well.
  const picture = sharp(from, options).autoOrient().toColourspace('srgb');
  try {
    await copyOf(picture, as, mediaType).toFile(to);
    return 'drawn';
  } catch {
    return 'unreadable';
  }
}

function copyOf(picture: Sharp, as: PictureOrder['as'], mediaType: string): Sharp {
  if (as === 'shown') return shown(picture);
  return as === 'portrait' ? portrait(picture) : clean(picture, mediaType);
}

/** A face stands in the upper part of a portrait, so the lower part goes. */
const portrait = (picture: Sharp) =>
  picture
    .resize({ width: portraitSide, height: portraitSide, fit: 'cover', position: 'top' })
    .webp({ quality: 84, effort: 2 });

const shown = (picture: Sharp) =>
  picture
    .resize({ width: longestSide, height: longestSide, fit: 'inside', withoutEnlargement: true })
    .webp({ quality: 82, effort: 2 });

function clean(picture: Sharp, mediaType: string): Sharp {
  if (mediaType === 'image/jpeg') return picture.jpeg({ quality: 92, chromaSubsampling: '4:4:4' });
  if (mediaType === 'image/png') return picture.png();
  return mediaType === 'image/gif' ? picture.gif() : picture.webp({ quality: 92 });
}

process.on('message', async (order: ProcessOrder) => {
  if (order.as !== 'prints') {
    process.send?.(await draw(order));
    return;
  }
  const { takePrints } = await import('./prints-take.ts');
  process.send?.(await takePrints(order, await library));
});
process.on('disconnect', () => process.exit());

const limit = Number(megabytes) * 1024 * 1024;
const watch = `setInterval(() => {
  if (process.memoryUsage.rss() > ${limit}) process.kill(process.pid, 'SIGKILL');
}, 20)`;
new Worker(watch, { eval: true }).unref();

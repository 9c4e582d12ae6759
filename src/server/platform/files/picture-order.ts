import type { PrintsOrder, PrintsReply } from './prints-order.ts';

/**
 * A copy of a picture: `shown` in the page, `clean` to be saved by others than those who brought it, `portrait` cut to a small
 * square.
 */
export type PictureCopy = 'shown' | 'clean' | 'portrait';

/** What every picture in a page is, whatever it was. */
export const shownPictureType = 'image/webp';

export interface PictureOrder {
  readonly as: PictureCopy;
  readonly mediaType: string;
  /** Where the picture lies, and where its copy goes. */
  readonly from: string;
  readonly to: string;
}

/** `missing`: the library of pictures is not there, or not for this machine. */
export type PictureReply = 'drawn' | 'unreadable' | 'missing';

/** What the process is asked, and what it answers. */
export type ProcessOrder = PictureOrder | PrintsOrder;
export type ReplyTo<Order extends ProcessOrder> = Order extends PrintsOrder ? PrintsReply : PictureReply;

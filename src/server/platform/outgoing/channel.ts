import type { AllowedAddress } from './address.ts';

/** One message to one person. It names nothing but what its reader may read in any mailbox. */
export interface OutgoingMessage {
  /** Fixed for every copy: `<…@…>`. */
  readonly messageId: string;
  readonly address: string;
  readonly name: string;
  readonly subject: string;
  readonly text: string;
}

/**
 * What became of a message, with a sentence for the operator where it did not go: `failed` for good, `later` where another try
 * may help, `uncertain` where the other side had the whole message and did not say that it took it.
 */
export type SendOutcome =
  | { readonly state: 'sent' }
  | { readonly state: 'failed' | 'later' | 'uncertain'; readonly sentence: string };

/** A way on which notices leave the product. */
export interface NoticeChannel {
  readonly name: 'mail';
  /** The address of the product as people type it, without a slash at its end. */
  readonly origin: string;
  /** The domain in which messages get their ids. */
  readonly domain: string;
  /** The host and port that must be allowed. */
  readonly target: { readonly host: string; readonly port: number };
  /** Never throws: what stands in the way is an outcome. */
  send(message: OutgoingMessage, allowed: readonly AllowedAddress[]): Promise<SendOutcome>;
}

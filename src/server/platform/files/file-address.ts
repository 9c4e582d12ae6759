import { createHmac, timingSafeEqual } from 'node:crypto';
import type { PostName } from '#domain/access/actor.ts';

/**
 * How the bytes at an address are sent: to be saved, drawn or played in the page, or saved as they came. A picture that
 * is saved or shown is a copy without the place where it was taken.
 */
const fileModes = ['save', 'show', 'original'] as const;
export type FileMode = (typeof fileModes)[number];

/** What an address of a file stands for. It names the content by nothing: who opens it is looked at again each time. */
export interface FileAddress {
  /** The session, or the token, to which it was given. */
  readonly sessionId: string;
  readonly post: PostName | null;
  readonly placeId: number;
  readonly attachmentId: string;
  readonly mode: FileMode;
  readonly until: Date;
}

const none = '00000000-0000-0000-0000-000000000000';
const seal = 16;

const bytesOf = (uuid: string) => Buffer.from(uuid.replaceAll('-', ''), 'hex');
function uuidAt(bytes: Buffer, at: number): string {
  return bytes.toString('hex', at, at + 16).replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}

/** Signs addresses, so that nobody makes one: the act that gives it out asks the subject and leaves its audit row. */
export class FileAddresses {
  readonly #key: Buffer;

  /** @param secret the secret of the installation */
  constructor(secret: string) {
    this.#key = createHmac('sha256', secret).update('addresses of files').digest();
  }

  /** The token of an address: letters, digits, `-` and `_`. */
  write({ sessionId, post, placeId, attachmentId, mode, until }: FileAddress): string {
    const rest = Buffer.alloc(9);
    rest.writeUInt32BE(placeId, 0);
    rest.writeUInt32BE(Math.floor(until.getTime() / 1000), 4);
    rest.writeUInt8(fileModes.indexOf(mode), 8);
    const ids = [sessionId, attachmentId, post?.grantId ?? none, post?.standInId ?? none].map(bytesOf);
    const said = Buffer.concat([...ids, rest]);
    return Buffer.concat([said, this.#seal(said)]).toString('base64url');
  }

  /** What a token says; undefined where we did not sign it, or it is over. */
  read(token: string, now: Date): FileAddress | undefined {
    const bytes = Buffer.from(token, 'base64url');
    if (bytes.length !== 64 + 9 + seal || bytes.toString('base64url') !== token) return undefined;
    const said = bytes.subarray(0, 64 + 9);
    if (!timingSafeEqual(bytes.subarray(64 + 9), this.#seal(said))) return undefined;
    const [grantId, standInId] = [uuidAt(said, 32), uuidAt(said, 48)];
    const until = new Date(said.readUInt32BE(68) * 1000);
    if (until <= now) return undefined;
    return {
      sessionId: uuidAt(said, 0),
      attachmentId: uuidAt(said, 16),
      post: grantId === none ? null : { grantId, standInId: standInId === none ? null : standInId },
      placeId: said.readUInt32BE(64),
      mode: fileModes[said.readUInt8(72)] ?? 'save',
      until,
    };
  }

  #seal(said: Buffer): Buffer {
    return createHmac('sha256', this.#key).update(said).digest().subarray(0, seal);
  }
}

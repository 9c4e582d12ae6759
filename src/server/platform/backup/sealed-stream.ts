import { createCipheriv, createDecipheriv, createHmac, randomBytes, scrypt, timingSafeEqual } from 'node:crypto';
import { StartError } from '../config/start-error.ts';

/**
 * A backup that only the holder of a passphrase or a key file reads: scrypt makes the key, AES-256-GCM seals chunks of
 * 64 KiB. The number of a chunk, and whether it is the last, stand in its nonce, and the head of the file is
 * authenticated with each chunk: one that is changed, moved, left out or cut off does not open.
 */
const magic = Buffer.from('DUDAO-SEALED-1\n');
const saltLength = 16;
const prefixLength = 7;
const checkLength = 16;
export const sealedHeadLength = magic.length + saltLength + prefixLength + checkLength;
const chunkLength = 64 * 1024;
const tagLength = 16;

export type SealingKey = Buffer;

/** Whether a file that begins with these bytes is sealed. */
export const isSealed = (head: Buffer) => head.subarray(0, magic.length).equals(magic);

export async function* seal(plain: AsyncIterable<Buffer>, secret: SealingKey): AsyncGenerator<Buffer> {
  const salt = randomBytes(saltLength);
  const prefix = randomBytes(prefixLength);
  const key = await keyOf(secret, salt);
  const head = Buffer.concat([magic, salt, prefix, checkOf(key)]);
  yield head;
  let number = 0;
  const close = (chunk: Buffer, last: boolean) => {
    const cipher = createCipheriv('aes-256-gcm', key, nonceOf(prefix, number, last));
    cipher.setAAD(head);
    number += 1;
    return Buffer.concat([cipher.update(chunk), cipher.final(), cipher.getAuthTag()]);
  };
  let rest: Buffer = Buffer.alloc(0);
  for await (const piece of plain) {
    rest = rest.length === 0 ? piece : Buffer.concat([rest, piece]);
    // One chunk is held back: whether it is the last is known only at the end.
    while (rest.length > chunkLength) {
      yield close(rest.subarray(0, chunkLength), false);
      rest = rest.subarray(chunkLength);
    }
  }
  yield close(rest, true);
}

/** @throws StartError where the key is another one, or a chunk is not as it was written */
export async function* unseal(sealed: AsyncIterable<Buffer>, secret: SealingKey): AsyncGenerator<Buffer> {
  let rest: Buffer = Buffer.alloc(0);
  let opened: { readonly key: Buffer; readonly prefix: Buffer; readonly head: Buffer } | undefined;
  let number = 0;
  const open = (chunk: Buffer, last: boolean): Buffer => {
    const { key, prefix, head } = opened!;
    const body = chunk.length - tagLength;
    const damaged = () => {
      const from = sealedHeadLength + number * (chunkLength + tagLength);
      const what = last ? '（文件可能被截断）' : '';
      return new StartError(`备份文件已损坏：加密的第 ${number + 1} 段（第 ${from} 字节起）与写入时不同${what}。`);
    };
    if (body < 0) throw damaged();
    const decipher = createDecipheriv('aes-256-gcm', key, nonceOf(prefix, number, last));
    decipher.setAAD(head);
    decipher.setAuthTag(chunk.subarray(body));
    try {
      const plain = Buffer.concat([decipher.update(chunk.subarray(0, body)), decipher.final()]);
      number += 1;
      return plain;
    } catch {
      throw damaged();
    }
  };
  for await (const piece of sealed) {
    rest = rest.length === 0 ? piece : Buffer.concat([rest, piece]);
    if (opened === undefined) {
      if (rest.length < sealedHeadLength) continue;
      opened = await openHead(rest.subarray(0, sealedHeadLength), secret);
      rest = rest.subarray(sealedHeadLength);
    }
    while (rest.length > chunkLength + tagLength) {
      yield open(rest.subarray(0, chunkLength + tagLength), false);
      rest = rest.subarray(chunkLength + tagLength);
    }
  }
  if (opened === undefined) throw new StartError('备份文件已损坏：文件头不完整。');
  yield open(rest, true);
}

async function openHead(bytes: Buffer, secret: SealingKey) {
  const head = Buffer.from(bytes);
  const salt = head.subarray(magic.length, magic.length + saltLength);
  const prefix = head.subarray(magic.length + saltLength, magic.length + saltLength + prefixLength);
  const key = await keyOf(secret, salt);
  if (!timingSafeEqual(checkOf(key), head.subarray(sealedHeadLength - checkLength))) {
    throw new StartError('口令或密钥文件不是备份时所用的那一个，或备份文件的开头已损坏。');
  }
  return { key, prefix, head };
}

const keyOf = (secret: SealingKey, salt: Buffer) =>
  new Promise<Buffer>((resolve, reject) => {
    scrypt(secret, salt, 32, { N: 2 ** 15, r: 8, p: 1, maxmem: 64 * 1024 * 1024 }, (error, key) => {
      if (error) reject(error);
      else resolve(key);
    });
  });

const checkOf = (key: Buffer) => createHmac('sha256', key).update('check').digest().subarray(0, checkLength);

function nonceOf(prefix: Buffer, number: number, last: boolean): Buffer {
  const nonce = Buffer.alloc(12);
  prefix.copy(nonce);
  nonce.writeUInt32BE(number, prefixLength);
  nonce[11] = last ? 1 : 0;
  return nonce;
}
